import { Button } from '@mantine/core'
import { useRef } from 'react'
import type { ImportResult } from '../../../shared/contract/account.ts'
import { importText } from '../../text/account/import.ts'
import { Facts } from '../../ui/facts.tsx'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { RecordTable } from '../../ui/table/record-table.tsx'
import { badRowColumns } from './preview-parts.tsx'
import type { useBadRows } from './use-bad-rows.ts'

interface ImportResultProps {
  result: ImportResult
  badRows: ReturnType<typeof useBadRows>
  onAnother: () => void
  onBackToOptions: () => void
}

function titleOf({ imported, unchanged }: ImportResult): string {
  const { resultTitles } = importText
  if (imported) return resultTitles.imported
  return unchanged ? resultTitles.unchanged : resultTitles.refused
}

const RESULT_COLUMNS = badRowColumns('row')

/** What came of an import, and the rows that did not go in. */
export function ImportResultView({ result, badRows, onAnother, onBackToOptions }: ImportResultProps) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const hasBad = result.badRowCount > 0
  const refused = !result.imported && !result.unchanged
  return (
    <div ref={place} className="stack">
      <Panel className="stack">
        <div role={refused ? 'alert' : 'status'}>
          <h2>{titleOf(result)}</h2>
          {refused && <p className="muted">{importText.refusedAdvice}</p>}
          {!refused && result.nothingClosed && <p className="muted">{importText.nothingClosed}</p>}
        </div>
        <Figures result={result} />
        <div className="row">
          <Button
            data-autofocus={refused ? undefined : true}
            variant={refused ? 'default' : 'filled'}
            onClick={onAnother}
          >
            {importText.anotherFile}
          </Button>
          {refused && (
            <Button data-autofocus onClick={onBackToOptions}>
              {importText.changeOptions}
            </Button>
          )}
          {hasBad && (
            <Button variant="default" onClick={badRows.save}>
              {importText.saveBad}
            </Button>
          )}
        </div>
        <ErrorNote>{badRows.problem}</ErrorNote>
      </Panel>
      {hasBad && <BadRows result={result} />}
    </div>
  )
}

function Figures({ result }: { result: ImportResult }) {
  const { figures } = importText
  const count = (n: number) => n.toLocaleString('en-US')
  return (
    <Facts
      facts={[
        [figures.accounts, result.imported || result.unchanged ? count(result.accountCount) : null],
        [figures.items, result.imported || result.unchanged ? count(result.itemCount) : null],
        [figures.changed, result.imported ? count(result.changedAccounts) : null],
        [figures.bad, count(result.badRowCount)],
      ]}
    />
  )
}

function BadRows({ result }: { result: ImportResult }) {
  const { badRows, badRowCount } = result
  const hint = badRows.length < badRowCount ? importText.badShown(badRows.length, badRowCount) : null
  return (
    <Panel title={importText.badTitle} {...(hint === null ? {} : { hint })} className="stack">
      <RecordTable
        label={importText.badTitle}
        columns={RESULT_COLUMNS}
        rows={badRows}
        keyOf={row => `${row.line} ${row.column} ${row.reason}`}
      />
    </Panel>
  )
}
