import { useState } from 'react'
import { ADMINISTRATORS, SUPERVISORS } from '../../../shared/roles.ts'
import { client } from '../../client.ts'
import type { ScreenSpec } from '../../screen-spec.ts'
import { sayError } from '../../text/refusals/refusals.ts'
import { ChooseStage } from './choose-stage.tsx'
import type { ImportPreview } from './import-form.ts'
import { PreviewStage } from './preview-stage.tsx'
import './import.css'

type Stage =
  | { kind: 'choose'; reading: boolean; problem: string | null }
  | { kind: 'preview'; preview: ImportPreview }

const START: Stage = { kind: 'choose', reading: false, problem: null }

/** Import of accounts: a file, what its columns mean, the run, what came of it. */
function ImportScreen() {
  const [stage, setStage] = useState<Stage>(START)
  const read = (file: File) => {
    setStage({ kind: 'choose', reading: true, problem: null })
    client.account.previewImport({ fileName: file.name, content: file, madeAtMs: file.lastModified }).then(
      preview => setStage({ kind: 'preview', preview }),
      error => setStage({ kind: 'choose', reading: false, problem: sayError(error) }),
    )
  }
  if (stage.kind === 'choose') return <ChooseStage {...stage} onFile={read} />
  const { preview } = stage
  return <PreviewStage key={preview.uploadId} preview={preview} onAnother={() => setStage(START)} />
}

export const screen: ScreenSpec = {
  path: '/import',
  title: 'Import accounts',
  key: 'I',
  place: 120,
  roles: [...SUPERVISORS, ...ADMINISTRATORS],
  component: ImportScreen,
}
