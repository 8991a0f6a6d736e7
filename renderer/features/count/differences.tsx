import { formatCents } from '../../../shared/money.ts'
import { explainText } from '../../text/session/close.ts'
import { useTenderTypes } from '../../till.ts'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'
import './verdict.css'
import { type Balance, differing, inOrder, sizeOf, verdictOf } from './difference.ts'

const { columns } = explainText

function sayDifference({ overShortCents }: Balance): string {
  const verdict = verdictOf(overShortCents)
  return verdict === 'agrees' ? explainText.agrees : explainText[verdict](sizeOf(overShortCents))
}

const COLUMNS: readonly Column<Balance>[] = [
  { title: columns.tender, cell: balance => <strong>{balance.name}</strong> },
  { title: columns.expected, number: true, cell: balance => formatCents(balance.expectedCents) },
  { title: columns.counted, number: true, cell: balance => formatCents(balance.countedCents) },
  {
    title: columns.difference,
    number: true,
    cell: balance => (
      <strong className={`verdict-${verdictOf(balance.overShortCents)}`}>{sayDifference(balance)}</strong>
    ),
  },
]

/** What differs in large type, then every tender with its figures. Over and short are words, not only colours. */
export function Differences({ balances, brief = false }: { balances: readonly Balance[]; brief?: boolean }) {
  const types = useTenderTypes()
  return (
    <div className="stack">
      <ul className="verdicts">
        {differing(balances).map(balance => {
          const verdict = verdictOf(balance.overShortCents)
          return verdict === 'agrees' ? null : (
            <li key={balance.tender} className={`verdict ${verdict}`}>
              {explainText.verdict(balance.name, verdict, sizeOf(balance.overShortCents))}
            </li>
          )
        })}
      </ul>
      {!brief && (
        <>
          <RecordTable
            label={explainText.byTender}
            columns={COLUMNS}
            rows={inOrder(balances, types)}
            keyOf={balance => balance.tender}
          />
          {differing(balances).length > 1 && <p className="muted small">{explainText.notNetted}</p>}
        </>
      )}
    </div>
  )
}
