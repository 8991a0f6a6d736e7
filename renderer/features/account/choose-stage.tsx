import { Box, Button } from '@mantine/core'
import { type DragEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { importText } from '../../text/account/import.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'

interface ChooseStageProps {
  reading: boolean
  problem: string | null
  onFile: (file: File) => void
}

/** Choosing the file: by the system's dialog, or by dropping it. */
export function ChooseStage({ reading, problem, onFile }: ChooseStageProps) {
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [wrongDrop, setWrongDrop] = useState(false)
  useFirstFocus(place)
  const choose = () => input.current?.click()
  const take = (files: FileList | null) => {
    const [file] = files ?? []
    setWrongDrop(files !== null && files.length > 1)
    if (file !== undefined && files?.length === 1) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    if (!reading) take(event.dataTransfer.files)
  }
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: importText.keys.choose, run: choose, disabled: reading },
    { key: 'Escape', label: importText.keys.back, run: () => go('/') },
  ]
  return (
    <Screen title={importText.title} keys={keys}>
      <Box
        ref={place}
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={drop}
        className="import-choose"
      >
        <Panel title={importText.title} hint={importText.chooseIntro} className="stack">
          <div className="import-drop">
            <Button data-autofocus onClick={choose} loading={reading}>
              {importText.choose}
            </Button>
            <span className="muted">{reading ? importText.reading : importText.drop}</span>
          </div>
          <input
            ref={input}
            type="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            hidden
            aria-label={importText.choose}
            onChange={event => take(event.currentTarget.files)}
          />
          <ErrorNote>{wrongDrop ? importText.notCsv : problem}</ErrorNote>
          <div role="status" className="hidden-words">
            {reading ? importText.reading : ''}
          </div>
        </Panel>
      </Box>
    </Screen>
  )
}
