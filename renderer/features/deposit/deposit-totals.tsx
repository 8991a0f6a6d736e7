import { formatCents } from '../../../shared/money.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { sizeOf } from '../count/difference.ts'
import '../count/verdict.css'
import type { DepositTotals } from './deposit-form.ts'

/** What the deposit must hold and what has been entered, with the difference as words. */
export function DepositTotalsView({ totals }: { totals: DepositTotals }) {
  const { cashDifferenceCents: difference } = totals
  const verdict =
    difference === null
      ? depositText.problems.count
      : difference === 0
        ? depositText.cashAgrees
        : difference > 0
          ? depositText.cashOver(sizeOf(difference))
          : depositText.cashShort(sizeOf(difference))
  return (
    <div className="deposit-totals" role="status">
      <div className="between deposit-sums">
        <span>
          {depositText.cash} <strong>{formatCents(totals.cashWantedCents)}</strong>
          {totals.cashWantedCents > 0 && (
            <span className={difference === 0 ? 'verdict-agrees' : 'verdict-short'}> · {verdict}</span>
          )}
        </span>
        <span>
          {depositText.items} <strong>{formatCents(totals.itemsCents)}</strong>{' '}
          <span className="muted small">{depositText.itemCount(totals.itemCount)}</span>
        </span>
      </div>
      <div className="between deposit-total">
        <span>{depositText.total}</span>
        <strong>{formatCents(totals.totalCents)}</strong>
      </div>
    </div>
  )
}
