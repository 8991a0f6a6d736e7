import { Button } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { ImportResult } from '../../../shared/contract/account.ts'
import { client } from '../../client.ts'
import { importText, PHASE_NAMES } from '../../text/import.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { type LongWorkState, useLongWork } from '../../ui/long-work.ts'
import { ErrorNote, Panel, ProgressPanel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { formFor, type ImportForm, type ImportPreview, missingColumns, toRunInput } from './import-form.ts'
import { ImportOptions } from './import-options.tsx'
import { ImportResultView } from './import-result.tsx'
import { ColumnMapping, FirstRows, Problems } from './preview-parts.tsx'

interface PreviewStageProps {
  preview: ImportPreview
  onAnother: () => void
}

/** A file that has been read: its columns, its first rows, how it is to go in; then the run and its result. */
export function PreviewStage({ preview, onAnother }: PreviewStageProps) {
  const [, go] = useLocation()
  const [form, setForm] = useState<ImportForm>(() => formFor(preview))
  const work = useLongWork<ImportResult>()
  const running = work.state.kind === 'running'
  const missing = missingColumns(form)
  const run = () => {
    const input = toRunInput(preview, form)
    work.start(signal => client.account.runImport(input, { signal }))
  }
  const { keys: words } = importText
  const keys: KeyDeclaration[] = running
    ? [{ key: 'Escape', label: words.cancel, run: work.cancel }]
    : [
        { key: 'F2', label: words.another, run: onAnother },
        {
          key: 'F10',
          label: words.run,
          run,
          disabled: missing.length > 0 || work.state.kind === 'done',
        },
        { key: 'Escape', label: words.back, run: work.state.kind === 'done' ? () => go('/') : onAnother },
      ]
  return (
    <Screen title={importText.title} keys={keys}>
      <div className="stack">
        <FileFacts preview={preview} />
        {work.state.kind === 'done' ? (
          <ImportResultView
            result={work.state.result}
            preview={preview}
            onAnother={onAnother}
            onBackToOptions={work.reset}
          />
        ) : (
          <Choices
            {...{ preview, form, missing }}
            state={work.state}
            onForm={setForm}
            onRun={run}
            onCancel={work.cancel}
          />
        )}
      </div>
    </Screen>
  )
}

function FileFacts({ preview }: { preview: ImportPreview }) {
  const { delimiters } = importText
  return (
    <Panel title={preview.fileName}>
      <p className="muted small">
        {importText.fileFacts(preview.encoding, delimiters[preview.delimiter] ?? preview.delimiter)}
      </p>
    </Panel>
  )
}

interface ChoicesProps {
  preview: ImportPreview
  form: ImportForm
  missing: ReturnType<typeof missingColumns>
  state: LongWorkState<ImportResult>
  onForm: (form: ImportForm) => void
  onRun: () => void
  onCancel: () => void
}

function Choices({ preview, form, missing, state, onForm, onRun, onCancel }: ChoicesProps) {
  const running = state.kind === 'running'
  return (
    <>
      <div className="import-columns" inert={running}>
        <ColumnMapping preview={preview} form={form} onForm={onForm} />
        <div className="stack">
          <Problems preview={preview} />
          <Panel title={importText.optionsTitle} className="stack">
            <ImportOptions form={form} onForm={onForm} onRun={onRun} disabled={missing.length > 0} />
            {missing.map(what => (
              <ErrorNote key={what}>{importText.columnsMissing[what]}</ErrorNote>
            ))}
            {state.kind === 'failed' && <ErrorNote>{state.problem}</ErrorNote>}
            {state.kind === 'cancelled' && <p role="status">{importText.cancelled}</p>}
          </Panel>
        </div>
      </div>
      {running && <Running state={state} onCancel={onCancel} />}
      <FirstRows preview={preview} />
    </>
  )
}

interface RunningProps {
  state: Extract<LongWorkState<ImportResult>, { kind: 'running' }>
  onCancel: () => void
}

function Running({ state, onCancel }: RunningProps) {
  const { progress } = state
  return (
    <Panel title={importText.running} className="stack">
      <ProgressPanel
        label={PHASE_NAMES[progress?.phase ?? ''] ?? importText.running}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
      <div>
        <Button variant="default" onClick={onCancel} autoFocus>
          {importText.keys.cancel}
        </Button>
      </div>
    </Panel>
  )
}
