import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { VerifyReport } from '../../../shared/contract/till.ts'
import { cents, formatCents } from '../../../shared/money.ts'
import { auditText, VERIFY_PHASES } from '../../text/report/audit.ts'
import { Facts } from '../../ui/facts.tsx'
import type { LongWorkState } from '../../ui/long-work.ts'
import { ErrorNote, Panel, ProgressPanel } from '../../ui/parts.tsx'
import { RecordTable } from '../../ui/table/record-table.tsx'

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
      <div className="row">
        {running ? (
          <Button variant="default" onClick={onCancel}>
            {auditText.cancel}
          </Button>
        ) : (
          <Button onClick={onStart}>{auditText.verify}</Button>
        )}
        <div role="status">{statusOf(state)}</div>
      </div>
      {state.kind === 'failed' && <ErrorNote>{state.problem}</ErrorNote>}
      {state.kind === 'done' && <Report report={state.result} />}
    </Panel>
  )
}

/** What is to be said of the verification; what went wrong is said as an alert instead. */
function statusOf(state: LongWorkState<VerifyReport>): ReactNode {
  if (state.kind === 'idle') return <span className="muted">{auditText.never}</span>
  if (state.kind === 'cancelled') return auditText.cancelled
  if (state.kind !== 'done' || !state.result.ok) return null
  return <p className="audit-clean">{auditText.clean}</p>
}

function Report({ report }: { report: VerifyReport }) {
  const { figures } = auditText
  const count = (n: number) => n.toLocaleString('en-US')
  return (
    <div className="stack">
      {!report.ok && (
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
          [figures.head, report.head],
        ]}
      />
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
