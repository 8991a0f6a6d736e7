import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { SyncException } from '../../../shared/contract/sync.ts'
import { formatCents } from '../../../shared/money.ts'
import { formatInstant } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { REASON_LABELS, syncText } from '../../text/sync.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import { Panel } from '../../ui/parts.tsx'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'

/** Text that stays on one line. */
function fixed(text: string) {
  return <span className="sync-fixed">{text}</span>
}

function columnsIn(timeZone: string): Column<SyncException>[] {
  const { columns } = syncText
  const labels = ({ reason }: SyncException) => (reason === null ? null : REASON_LABELS[reason])
  return [
    { title: columns.number, cell: row => fixed(row.number) },
    {
      title: columns.at,
      wideOnly: true,
      cell: row => fixed(formatInstant(row.postedAtMs, timeZone, 'date-time')),
    },
    { title: columns.cashier, wideOnly: true, cell: row => fixed(row.cashierName) },
    { title: columns.what, cell: row => labels(row)?.what ?? syncText.noReason },
    { title: columns.next, cell: row => labels(row)?.next ?? '' },
    {
      title: columns.amount,
      number: true,
      cell: row => (row.totalCents === null ? '' : formatCents(row.totalCents)),
    },
  ]
}

/** Receipts in suspense, with what to do about each; Enter opens the receipt. */
export function ExceptionsPanel({ timeZone }: { timeZone: string }) {
  const [, go] = useLocation()
  const exceptions = useQuery(orpc.sync.exceptions.queryOptions())
  return (
    <Panel title={syncText.exceptionsTitle} hint={syncText.exceptionsHint} className="stack">
      <Answer asked={exceptions}>
        {rows =>
          rows.length === 0 ? (
            <p className="muted">{syncText.noExceptions}</p>
          ) : (
            <RecordTable
              label={syncText.exceptionsTitle}
              columns={columnsIn(timeZone)}
              rows={rows}
              keyOf={row => row.receiptId}
              open={row => go(`/receipts/${row.receiptId}`)}
            />
          )
        }
      </Answer>
    </Panel>
  )
}
