import { Button } from '@mantine/core'
import type { VerifyReport } from '../../../shared/contract/till.ts'
import { cents, formatCents } from '../../../shared/money.ts'
import { auditText, VERIFY_PHASES } from '../../text/audit.ts'
import { Facts } from '../../ui/facts.tsx'
import type { LongWorkState } from '../../ui/long-work.ts'
import { ErrorNote, Panel, ProgressPanel } from '../../ui/parts.tsx'
import { RecordTable } from '../../ui/record-table.tsx'

interface VerifyPanelProps {
  state: LongWorkState<VerifyReport>
  onStart: () => void
  onCancel: () => void
}

/** Verification of the whole ledger: its way, and what it came to. */
export function VerifyPanel({ state, onStart, onCancel }: VerifyPanelProps) {
  const running = state.kind === 'running'
  return (
    <Panel title={auditText.verifyTitle} hint={auditText.verifyIntro} className="stack">
      {running && (
        <ProgressPanel
          label={VERIFY_PHASES[state.progress?.phase ?? ''] ?? auditText.verifying}
          done={state.progress?.done ?? 0}
          total={state.progress?.total ?? 0}
        />
      )}
      <div role="status">
        {state.kind === 'cancelled' && auditText.cancelled}
        {state.kind === 'idle' && <span className="muted">{auditText.never}</span>}
      </div>
      {state.kind === 'failed' && <ErrorNote>{state.problem}</ErrorNote>}
      {state.kind === 'done' && <Report report={state.result} />}
      <div>
        {running ? (
          <Button variant="default" onClick={onCancel}>
            {auditText.cancel}
          </Button>
        ) : (
          <Button onClick={onStart}>{auditText.verify}</Button>
        )}
      </div>
    </Panel>
  )
}

function Report({ report }: { report: VerifyReport }) {
  const { figures } = auditText
  const count = (n: number) => n.toLocaleString('en-US')
  return (
    <div className="stack">
      {report.ok ? (
        <p role="status" className="audit-clean">
          {auditText.clean}
        </p>
      ) : (
        <ErrorNote>{`${auditText.notClean(report.problems.length)}. ${auditText.notCleanAdvice}`}</ErrorNote>
      )}
      <Facts
        facts={[
          [figures.facts, count(report.facts)],
          [figures.receipts, count(report.receipts)],
          [figures.sessions, count(report.sessions)],
          [figures.accounts, count(report.accounts)],
          [figures.rowsCompared, count(report.rowsCompared)],
          [figures.total, formatCents(cents(report.totalCents))],
        ]}
      />
      <Facts facts={[[figures.head, report.head]]} rows />
      {report.problems.length > 0 && (
        <RecordTable
          label={auditText.notClean(report.problems.length)}
          rows={report.problems}
          keyOf={problem => `${problem.place} ${problem.problem}`}
          columns={[
            { title: auditText.place, cell: problem => problem.place },
            { title: auditText.problem, cell: problem => problem.problem },
          ]}
        />
      )}
    </div>
  )
}
