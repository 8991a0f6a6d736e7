import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { AccountView } from '../../../shared/contract/account.ts'
import { type Cents, formatCents, plainCents, ZERO } from '../../../shared/money.ts'
import { type Allocated, allocate } from '../../../shared/rules/allocate.ts'
import type { Settings } from '../../../shared/settings.ts'
import { formatBusinessDate, parseBusinessDate } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { sayError } from '../../text/refusals.ts'
import { UI } from '../../text/ui.ts'
import { ALLOCATION, WINDOW } from '../../text/window.ts'
import { useTill } from '../../till.ts'
import { readAmount } from '../../ui/amount.ts'
import { AmountField } from '../../ui/amount-field.tsx'
import { asOf } from '../../ui/as-of.ts'
import { ErrorNote, Tag } from '../../ui/parts.tsx'
import type { AccountLineInput } from './basket.ts'
import { RemoveButton } from './remove-button.tsx'

interface AccountLineProps {
  line: AccountLineInput
  settings: Settings
  /** Was just put in. */
  fresh: boolean
  /** Shows the items too. */
  open: boolean
  onChange: (line: AccountLineInput) => void
  onRemove: () => void
  /** Enter in the amount. */
  onDone: () => void
}

function dueText(date: string): string {
  const parsed = parseBusinessDate(date)
  return parsed === null ? date : formatBusinessDate(parsed, 'long').replace(/^\w+ /, '')
}

/** How the amount paid stands to the balance, in words. */
function payWords(account: AccountView, payCents: Cents): string {
  if (account.balanceCents <= 0) return WINDOW.nothingOwed
  if (payCents < account.balanceCents) return WINDOW.partOf(formatCents(account.balanceCents))
  return payCents > account.balanceCents ? WINDOW.overOf(formatCents(account.balanceCents)) : ''
}

function SubLine({ account, payCents }: { account: AccountView; payCents: Cents }) {
  const { nowMs, timeZone } = useTill()
  const parts = [
    account.number,
    account.address,
    payWords(account, payCents),
    WINDOW.balanceAsOf(asOf(account.asOfMs, nowMs, timeZone)),
    account.pendingCents > 0 ? WINDOW.pending(formatCents(account.pendingCents)) : '',
  ]
  return <div className="sub">{parts.filter(part => part !== '').join(' · ')}</div>
}

function AccountTags({ account }: { account: AccountView }) {
  return (
    <>
      {account.status === 'closed' && <Tag tone="bad">{WINDOW.closed}</Tag>}
      {account.pastDue && <Tag tone="warn">{WINDOW.pastDue}</Tag>}
      {account.cashOnly && <Tag tone="warn">{WINDOW.cashOnly}</Tag>}
      {account.note !== '' && <Tag>{account.note}</Tag>}
    </>
  )
}

/** A payment as it is typed: text that is no amount counts as nothing, so that it can not be posted. */
function useTypedCents(cents: Cents, onCents: (cents: Cents) => void) {
  const [text, setText] = useState(cents === ZERO ? '' : plainCents(cents))
  // A figure that changed elsewhere (another revision, a resumed basket) replaces what is shown.
  const shown = (readAmount(text).cents ?? ZERO) === cents ? text : plainCents(cents)
  const type = (typed: string) => {
    setText(typed)
    onCents(readAmount(typed).cents ?? ZERO)
  }
  return { text: shown, type }
}

interface ItemsProps {
  account: AccountView
  line: AccountLineInput
  allocated: Allocated
  onChange: (line: AccountLineInput) => void
}

function Items({ account, line, allocated, onChange }: ItemsProps) {
  const { businessDate } = useTill()
  const paid = new Map((allocated.ok ? allocated.allocations : []).map(a => [a.itemId, a.cents]))
  const creditCents = paid.get(null)
  const override = (itemId: string, cents: Cents | null) => {
    const others = line.overrides.filter(o => o.itemId !== itemId)
    onChange({ ...line, overrides: cents === null ? others : [...others, { itemId, cents }] })
  }
  return (
    <table className="items">
      <tbody>
        {account.items.map(item => (
          <tr key={item.itemId}>
            <td className={item.dueDate < businessDate ? 'due' : ''}>
              {dueText(item.dueDate)}
              {item.dueDate < businessDate && ` · ${WINDOW.overdue}`}
            </td>
            <th scope="row">{item.service}</th>
            <td className="number">{formatCents(item.openCents)}</td>
            <td className="pays">
              <ItemAmount
                label={WINDOW.payItem(item.service, dueText(item.dueDate))}
                cents={paid.get(item.itemId) ?? ZERO}
                typed={line.overrides.find(o => o.itemId === item.itemId)?.cents ?? null}
                onCents={cents => override(item.itemId, cents)}
              />
            </td>
          </tr>
        ))}
        {creditCents !== undefined && (
          <tr>
            <td colSpan={4}>{WINDOW.credit(formatCents(creditCents))}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

interface ItemAmountProps {
  label: string
  /** What the payment gives to this item. */
  cents: Cents
  /** What the cashier typed for it; null where the payment flows by itself. */
  typed: Cents | null
  onCents: (cents: Cents | null) => void
}

function ItemAmount({ label, cents, typed, onCents }: ItemAmountProps) {
  const [text, setText] = useState<string | null>(typed === null ? null : plainCents(typed))
  const change = (next: string) => {
    setText(next === '' ? null : next)
    onCents(next === '' ? null : readAmount(next).cents)
  }
  return <AmountField label={label} value={text ?? plainCents(cents)} onChange={change} hideLabel quiet />
}

/** One account in the basket: who, how much it owes as of when, and what of it is paid. */
export function AccountLine(props: AccountLineProps) {
  const { line, fresh, settings, open, onChange, onRemove, onDone } = props
  const amount = useRef<HTMLInputElement>(null)
  const asked = useQuery(orpc.account.get.queryOptions({ input: { accountId: line.accountId } }))
  const typed = useTypedCents(line.cents, cents => onChange({ ...line, cents }))
  const account = asked.data
  const asksAmount = fresh && account !== undefined && account.balanceCents <= 0
  useEffect(() => {
    if (asksAmount) amount.current?.focus()
  }, [asksAmount])
  if (account === undefined) {
    return (
      <div className="line">
        <div role="status">{asked.error === null ? UI.loading : ''}</div>
        <ErrorNote>{asked.error === null ? null : sayError(asked.error)}</ErrorNote>
        <RemoveButton name={line.accountId} onRemove={onRemove} />
      </div>
    )
  }
  const allocated = allocate({
    payCents: line.cents,
    items: account.items,
    overpay: settings.overpay,
    creditGlAccount: settings.creditGlAccount,
    overrides: line.overrides,
  })
  const problem = allocated.ok || allocated.reason === 'nothing-to-pay' ? null : ALLOCATION[allocated.reason]
  return (
    <div className="line">
      <div>
        <h3>
          {account.name} <AccountTags account={account} />
        </h3>
        <SubLine account={account} payCents={line.cents} />
      </div>
      <div className="amt">
        <AmountField
          label={WINDOW.payTo(account.name, account.number)}
          value={typed.text}
          onChange={typed.type}
          onEnter={onDone}
          ref={amount}
          hideLabel
          quiet
        />
      </div>
      <RemoveButton name={account.name} onRemove={onRemove} />
      {open && account.items.length > 0 && (
        <Items account={account} line={line} allocated={allocated} onChange={onChange} />
      )}
      <div className="whole">
        <ErrorNote>{account.status === 'closed' ? WINDOW.closedAccount(account.number) : problem}</ErrorNote>
      </div>
    </div>
  )
}
