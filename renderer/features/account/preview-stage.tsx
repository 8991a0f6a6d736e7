import { Button } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ImportResult } from '../../../shared/contract/account.ts'
import { client } from '../../client.ts'
import { importText, PHASE_NAMES } from '../../text/account/import.ts'
import { useTill } from '../../till.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { type LongWorkState, useLongWork } from '../../ui/long-work.ts'
import { ErrorNote, Panel, ProgressPanel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import {
  formFor,
  type ImportForm,
  type ImportPreview,
  missingColumns,
  paymentsThroughOf,
  toRunInput,
} from './import-form.ts'
import { ImportOptions } from './import-options.tsx'
import { ImportResultView } from './import-result.tsx'
import { ColumnMapping, FirstRows, Problems } from './preview-parts.tsx'
import { useBadRows } from './use-bad-rows.ts'

interface PreviewStageProps {
  preview: ImportPreview
  onAnother: () => void
}

/** A file that has been read: its columns, its first rows, how it is to go in; then the run and its result. */
export function PreviewStage({ preview, onAnother }: PreviewStageProps) {
  const [, go] = useLocation()
  const { timeZone } = useTill()
  const [form, setForm] = useState<ImportForm>(() => formFor(preview, timeZone))
  const work = useLongWork<ImportResult>()
  const throughMs = paymentsThroughOf(form, preview, timeZone)
  const missing = [
    ...missingColumns(form).map(what => importText.columnsMissing[what]),
    ...(throughMs === undefined ? [importText.paymentsThroughMissing] : []),
  ]
  const run = () => {
    if (throughMs === undefined) return
    const input = toRunInput(preview, form, throughMs)
    work.start(signal => client.account.runImport(input, { signal }))
  }
  const badRows = useBadRows(preview)
  const keys = keysFor(work.state, {
    another: onAnother,
    run,
    cancel: work.cancel,
    saveBad: badRows.save,
    home: () => go('/'),
    canRun: missing.length === 0,
  })
  return (
    <Screen title={importText.title} keys={keys}>
      <div className="stack">
        <FileFacts preview={preview} />
        {work.state.kind === 'done' ? (
          <ImportResultView
            result={work.state.result}
            badRows={badRows}
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

interface KeyParts {
  another: () => void
  run: () => void
  cancel: () => void
  saveBad: () => void
  home: () => void
  canRun: boolean
}

/** The keys of the file as it is now: being looked at, being imported, or done. */
function keysFor(state: LongWorkState<ImportResult>, parts: KeyParts): KeyDeclaration[] {
  const { keys } = importText
  const another = { key: 'F2', label: keys.another, run: parts.another }
  if (state.kind === 'running') return [{ key: 'Escape', label: keys.cancel, run: parts.cancel }]
  if (state.kind !== 'done') {
    return [
      another,
      { key: 'F10', label: keys.run, run: parts.run, disabled: !parts.canRun },
      { key: 'Escape', label: keys.back, run: parts.another },
    ]
  }
  const save = { key: 'F9', label: keys.save, run: parts.saveBad }
  const back = { key: 'Escape', label: keys.back, run: parts.home }
  return state.result.badRowCount > 0 ? [another, save, back] : [another, back]
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
  /** What has to be said first. */
  missing: readonly string[]
  state: LongWorkState<ImportResult>
  onForm: (form: ImportForm) => void
  onRun: () => void
  onCancel: () => void
}

function Choices({ preview, form, missing, state, onForm, onRun, onCancel }: ChoicesProps) {
  if (state.kind === 'running') return <Running state={state} onCancel={onCancel} />
  return (
    <FocusedStack>
      {state.kind === 'failed' && <ErrorNote>{state.problem}</ErrorNote>}
      {state.kind === 'cancelled' && (
        <Panel>
          <p role="status">{importText.cancelled}</p>
        </Panel>
      )}
      <div className="import-columns">
        <ColumnMapping preview={preview} form={form} onForm={onForm} />
        <div className="stack">
          <Panel title={importText.optionsTitle} className="stack">
            <ImportOptions form={form} onForm={onForm} onRun={onRun} disabled={missing.length > 0} />
            {missing.map(what => (
              <ErrorNote key={what}>{what}</ErrorNote>
            ))}
          </Panel>
          <Problems preview={preview} />
        </div>
      </div>
      <FirstRows preview={preview} />
    </FocusedStack>
  )
}

/** Puts the cursor into the first field whenever its content appears. */
function FocusedStack({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  return (
    <div ref={place} className="stack">
      {children}
    </div>
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
