import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { AccountView } from '../../../shared/contract/account.ts'
import { type Cents, formatCents, negate, plainCents, ZERO } from '../../../shared/money.ts'
import { type Allocated, allocate } from '../../../shared/rules/allocate.ts'
import type { Settings } from '../../../shared/settings.ts'
import { formatBusinessDate, parseBusinessDate } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { balanceWords } from '../../text/balance.ts'
import { sayError } from '../../text/refusals.ts'
import { UI } from '../../text/ui.ts'
import { ALLOCATION, WINDOW } from '../../text/window.ts'
import { useTill } from '../../till.ts'
import { readAmount } from '../../ui/amount.ts'
import { AmountField } from '../../ui/amount-field.tsx'
import { asOf } from '../../ui/as-of.ts'
import { ErrorNote, Tag } from '../../ui/parts.tsx'
import { type AccountLineInput, type Draft, itemText, type TypedItem } from './basket.ts'
import { fieldName, itemPart } from './gaps.ts'
import { RemoveButton } from './remove-button.tsx'

interface AccountLineProps {
  line: AccountLineInput
  settings: Settings
  /** What was typed for single items, by `itemText`. */
  typedItems: Draft['typedItems']
  /** Was just put in. */
  fresh: boolean
  /** Shows the items too. */
  open: boolean
  /** The basket is being posted: what changes now is its own doing. */
  posting: boolean
  onChange: (line: AccountLineInput) => void
  onItemText: (typed: TypedItem) => void
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

/** What was taken here and is not in central's figures yet; or was given back here since they were made. */
function pendingWords(cents: Cents): string {
  if (cents === ZERO) return ''
  return cents > 0 ? WINDOW.pending(formatCents(cents)) : WINDOW.givenBack(formatCents(negate(cents)))
}

function SubLine({ account, payCents }: { account: AccountView; payCents: Cents }) {
  const { nowMs, timeZone } = useTill()
  const parts = [
    account.number,
    account.address,
    payWords(account, payCents),
    WINDOW.balanceAsOf(asOf(account.asOfMs, nowMs, timeZone)),
    pendingWords(account.pendingCents),
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

interface ItemsProps extends Pick<AccountLineProps, 'line' | 'typedItems' | 'onItemText'> {
  account: AccountView
  allocated: Allocated
}

function Items({ account, line, typedItems, allocated, onItemText }: ItemsProps) {
  const { businessDate } = useTill()
  const paid = new Map((allocated.ok ? allocated.allocations : []).map(a => [a.itemId, a.cents]))
  const creditCents = paid.get(null)
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
              <AmountField
                label={WINDOW.payItem(item.service, dueText(item.dueDate))}
                value={itemValue(item, { line, typedItems, paid })}
                onChange={text => onItemText({ itemId: item.itemId, text })}
                error={itemProblem(item, line)}
                field={fieldName(line.accountId, itemPart(item.itemId))}
                hideLabel
                quiet
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

type Item = AccountView['items'][number]

interface ItemShown extends Pick<AccountLineProps, 'line' | 'typedItems'> {
  /** What the payment gives to each item. */
  paid: ReadonlyMap<string | null, Cents>
}

/** What was typed for an item as it stands; otherwise what it is given, by the cashier or by the payment's flow. */
function itemValue({ itemId }: Item, { line, typedItems, paid }: ItemShown): string {
  const overridden = line.overrides.find(o => o.itemId === itemId)?.cents
  return typedItems[itemText(line.accountId, itemId)] ?? plainCents(overridden ?? paid.get(itemId) ?? ZERO)
}

/** That an item is given more than it owes; what can not be read the field says itself. */
function itemProblem({ itemId, openCents }: Item, { overrides }: AccountLineInput): string | null {
  const overridden = overrides.find(o => o.itemId === itemId)?.cents ?? ZERO
  return overridden > openCents ? WINDOW.itemOwes(formatCents(openCents)) : null
}

/** Said when another payment, a void or an import changed the balance since this line was entered. */
function ChangedBalance({ was, now }: { was: Cents; now: Cents }) {
  return (
    <p role="alert" className="warn-note whole">
      {WINDOW.balanceChanged(balanceWords(now), balanceWords(was))}
    </p>
  )
}

/** The account of a line as the till has it now, with the balance noted where the line does not have it yet. */
function useAccount(line: AccountLineInput, onChange: (line: AccountLineInput) => void) {
  const asked = useQuery(orpc.account.get.queryOptions({ input: { accountId: line.accountId } }))
  const account = asked.data
  const note = useRef(() => {})
  note.current = () => {
    if (account !== undefined && line.balanceCents === undefined)
      onChange({ ...line, balanceCents: account.balanceCents })
  }
  useEffect(() => {
    if (account !== undefined) note.current()
  }, [account])
  return { account, error: asked.error, upToDate: asked.isFetchedAfterMount }
}

/** One account in the basket: who, how much it owes as of when, and what of it is paid. */
export function AccountLine(props: AccountLineProps) {
  const { line, fresh, settings, open, onChange, onRemove, onDone } = props
  const amount = useRef<HTMLInputElement>(null)
  const { account, error, upToDate } = useAccount(line, onChange)
  const typed = useTypedCents(line.cents, cents => onChange({ ...line, cents }))
  const asksAmount = fresh && account !== undefined && account.balanceCents <= 0
  useEffect(() => {
    if (asksAmount) amount.current?.focus()
  }, [asksAmount])
  if (account === undefined) {
    return (
      <div className="line">
        <div role="status">{error === null ? UI.loading : ''}</div>
        <ErrorNote>{error === null ? null : sayError(error)}</ErrorNote>
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
  const { balanceCents: was = account.balanceCents } = line
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
          onEnter={() => {
            // Enter takes the amount at the balance that is shown.
            onChange({ ...line, balanceCents: account.balanceCents })
            onDone()
          }}
          field={fieldName(line.accountId, 'pay')}
          ref={amount}
          hideLabel
          quiet
        />
      </div>
      <RemoveButton name={account.name} onRemove={onRemove} />
      {open && account.items.length > 0 && <Items {...props} account={account} allocated={allocated} />}
      {upToDate && !props.posting && was !== account.balanceCents && (
        <ChangedBalance was={was} now={account.balanceCents} />
      )}
      <div className="whole">
        <ErrorNote>{account.status === 'closed' ? WINDOW.closedAccount(account.number) : problem}</ErrorNote>
      </div>
    </div>
  )
}
