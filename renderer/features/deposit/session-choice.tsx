import type { KeyboardEvent } from 'react'
import { formatCents } from '../../../shared/money.ts'
import { formatBusinessDate } from '../../../shared/time.ts'
import { depositText } from '../../text/deposit.ts'
import type { WaitingSession } from './deposit-form.ts'

interface SessionChoiceProps {
  waiting: readonly WaitingSession[]
  chosen: readonly string[]
  onToggle: (sessionId: string) => void
  onEnter: () => void
}

/** Arrows go from box to box, Space chooses, Enter goes on. */
function keyDown(event: KeyboardEvent<HTMLTableElement>, onEnter: () => void): void {
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input')]
  const focused = document.activeElement
  if (!(focused instanceof HTMLInputElement) || event.ctrlKey || event.altKey) return
  const at = boxes.indexOf(focused)
  if (event.key === 'ArrowDown') boxes[at + 1]?.focus()
  else if (event.key === 'ArrowUp') boxes[at - 1]?.focus()
  else if (event.key === 'Enter' && !event.repeat) onEnter()
  else return
  event.preventDefault()
}

/** The closed sessions whose money waits, each to be taken into the deposit or left. */
export function SessionChoice({ waiting, chosen, onToggle, onEnter }: SessionChoiceProps) {
  const { columns } = depositText
  return (
    <table
      className="list deposit-sessions"
      aria-label={depositText.waitingTitle}
      onKeyDown={event => keyDown(event, onEnter)}
    >
      <thead>
        <tr>
          <th scope="col">{columns.session}</th>
          <th scope="col" className="number">
            {columns.cash}
          </th>
          <th scope="col" className="number">
            {columns.items}
          </th>
        </tr>
      </thead>
      <tbody>
        {waiting.map((session, at) => (
          <tr key={session.sessionId} aria-selected={chosen.includes(session.sessionId) || undefined}>
            <td>
              <label className="deposit-session">
                <input
                  type="checkbox"
                  checked={chosen.includes(session.sessionId)}
                  onChange={() => onToggle(session.sessionId)}
                  data-autofocus={at === 0 || undefined}
                />
                <strong>{session.zNumber ?? session.number}</strong>
              </label>
              <span className="muted small">
                {session.cashierName} · {session.drawerName} ·{' '}
                {formatBusinessDate(session.businessDate, 'long')}
              </span>
            </td>
            <td className="number">{formatCents(session.cashCents)}</td>
            <td className="number">
              {formatCents(session.itemsCents)}
              <br />
              <span className="muted small">{depositText.itemCount(session.itemCount)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
