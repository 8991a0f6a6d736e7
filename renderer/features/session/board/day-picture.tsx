import type { TillClient } from '../../../../shared/contract/index.ts'
import { formatCents } from '../../../../shared/money.ts'
import { boardText } from '../../../text/session/board.ts'
import { BigFigure, Panel } from '../../../ui/parts.tsx'
import { hourBars } from './board-actions.ts'

export type Board = Awaited<ReturnType<TillClient['session']['board']>>

/** The day in one look: what the safe holds, how many drawers are open, and when the receipts came. */
export function DayPicture({ board }: { board: Board }) {
  const open = board.drawers.filter(({ session }) => session !== null).length
  const bars = hourBars(board.hours)
  return (
    <Panel title={boardText.day} className="board-day">
      <BigFigure label={boardText.safe} value={formatCents(board.safeCents)} medium />
      <BigFigure label={boardText.open} value={boardText.openOf(open, board.drawers.length)} medium />
      <div className="board-hours">
        <span className="figure-label">{boardText.receiptsByHour}</span>
        {bars.length === 0 ? (
          <p className="muted">{boardText.noReceipts}</p>
        ) : (
          <ol aria-label={boardText.receiptsByHour}>
            {bars.map(({ hour, receiptCount, percent }) => (
              <li key={hour} aria-label={boardText.receiptsAt(boardText.hour(hour), receiptCount)}>
                <span className="board-bar-count">{receiptCount === 0 ? '' : receiptCount}</span>
                <span className="board-bar" style={{ height: `${(percent * 44) / 100}px` }} />
                <span className="muted board-bar-hour">{boardText.hour(hour)}</span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </Panel>
  )
}
