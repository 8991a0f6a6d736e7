import { Fragment, type KeyboardEvent } from 'react'
import type { BankAccount } from '../../../shared/ledger/setup.ts'
import { type Cents, formatCents } from '../../../shared/money.ts'
import { formatBusinessDate } from '../../../shared/time.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { sizeOf } from '../count/difference.ts'
import { byBank, partKey, type WaitingPart } from './deposit-form.ts'
import { DueNote } from './due-note.tsx'

interface SessionChoiceProps {
  waiting: readonly WaitingPart[]
  bankAccounts: readonly BankAccount[]
  /** Keys of the parts that are chosen. */
  chosen: readonly string[]
  onToggle: (key: string) => void
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

/** What a bank account is called here. */
export function bankName(bankAccounts: readonly BankAccount[], bankAccountId: string | null): string {
  return bankAccounts.find(bank => bank.bankAccountId === bankAccountId)?.name ?? depositText.anyBank
}

/** What the accounts owe each other because a check or the drawer's mix could not be cut; null where nothing. */
export function dueBetween(dueCents: Cents): string | null {
  if (dueCents === 0) return null
  return dueCents > 0 ? depositText.dueFrom(sizeOf(dueCents)) : depositText.dueTo(sizeOf(dueCents))
}

/** Closed sessions' money that waits, by bank account, each part to be taken into the deposit or left. */
export function SessionChoice({ waiting, bankAccounts, chosen, onToggle, onEnter }: SessionChoiceProps) {
  const { columns } = depositText
  const groups = byBank(waiting)
  const first = groups[0]?.parts[0]
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
        {groups.map(({ bankAccountId, parts }) => (
          <Fragment key={bankAccountId ?? ''}>
            <tr className="deposit-group">
              <th scope="rowgroup" colSpan={3}>
                {bankName(bankAccounts, bankAccountId)}
              </th>
            </tr>
            {parts.map(part => (
              <PartRow
                key={partKey(part)}
                part={part}
                chosen={chosen.includes(partKey(part))}
                begins={part === first}
                onToggle={() => onToggle(partKey(part))}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

interface PartRowProps {
  part: WaitingPart
  chosen: boolean
  begins: boolean
  onToggle: () => void
}

function PartRow({ part, chosen, begins, onToggle }: PartRowProps) {
  const due = dueBetween(part.dueCents)
  return (
    <tr aria-selected={chosen || undefined}>
      <td>
        <label className="deposit-session">
          <input type="checkbox" checked={chosen} onChange={onToggle} data-autofocus={begins || undefined} />
          <strong>{part.zNumber ?? part.number}</strong>
        </label>
        <span className="muted small">
          {part.cashierName} · {formatBusinessDate(part.businessDate, 'long')}
        </span>
        <DueNote dueAtMs={part.dueAtMs} brief />
        {due !== null && <span className="small deposit-between">{due}</span>}
      </td>
      <td className="number">{formatCents(part.cashCents)}</td>
      <td className="number">
        {formatCents(part.itemsCents)}
        <br />
        <span className="muted small">{depositText.itemCount(part.itemCount)}</span>
      </td>
    </tr>
  )
}
