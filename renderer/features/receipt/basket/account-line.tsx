import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { AccountView } from '../../../../shared/contract/account.ts'
import type { SeenAccount } from '../../../../shared/contract/basket.ts'
import { type Cents, formatCents, negate, plainCents, ZERO } from '../../../../shared/money.ts'
import { type Allocated, allocate } from '../../../../shared/rules/receipt/allocate.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { formatBusinessDate, parseBusinessDate } from '../../../../shared/time.ts'
import { orpc } from '../../../client.ts'
import { ALLOCATION, WINDOW } from '../../../text/receipt/window.ts'
import { refusalCode, sayError } from '../../../text/refusals/refusals.ts'
import { UI } from '../../../text/ui.ts'
import { useTill } from '../../../till.ts'
import { asOf } from '../../../ui/as-of.ts'
import { readAmount } from '../../../ui/money/amount.ts'
import { AmountField } from '../../../ui/money/amount-field.tsx'
import { ErrorNote, Tag } from '../../../ui/parts.tsx'
import { fieldName, itemPart } from '../window/gaps.ts'
import { newsOf } from './account-news.ts'
import { type AccountLineInput, type Draft, itemText, type TypedItem } from './basket.ts'
import { LineNews } from './line-news.tsx'
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
  /** The account as it was when the line was put in. */
  seen: SeenAccount | undefined
  onChange: (line: AccountLineInput) => void
  /** The account has come for the first time, or what has changed of it was read. */
  onSight: (account: AccountView, how: 'first' | 'read') => void
  onItemText: (typed: TypedItem) => void
  onRemove: () => void
  /** Enter in the amount. */
  onDone: () => void
}

function dueText(date: string): string {
  const parsed = parseBusinessDate(date)
  return parsed === null ? date : formatBusinessDate(parsed, 'day')
}

/** How the amount paid stands to the balance, in words. */
function payLabels(account: AccountView, payCents: Cents): string {
  if (account.status === 'closed') return ''
  if (account.balanceCents <= 0) return WINDOW.nothingOwed
  if (payCents < account.balanceCents) return WINDOW.partOf(formatCents(account.balanceCents))
  return payCents > account.balanceCents ? WINDOW.overOf(formatCents(account.balanceCents)) : ''
}

/** What was taken here and is not in central's figures yet; or was given back here since they were made. */
function pendingLabels(cents: Cents): string {
  if (cents === ZERO) return ''
  return cents > 0 ? WINDOW.pending(formatCents(cents)) : WINDOW.givenBack(formatCents(negate(cents)))
}

function SubLine({ account, payCents }: { account: AccountView; payCents: Cents }) {
  const { nowMs, timeZone } = useTill()
  const parts = [
    account.number,
    account.address,
    payLabels(account, payCents),
    WINDOW.balanceAsOf(asOf(account.asOfMs, nowMs, timeZone)),
    pendingLabels(account.pendingCents),
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

/** A payment as it is typed: text that is no amount counts as nothing, so that it cannot be posted. */
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

/** That an item is given more than it owes; what cannot be read the field says itself. */
function itemProblem({ itemId, openCents }: Item, { overrides }: AccountLineInput): string | null {
  const overridden = overrides.find(o => o.itemId === itemId)?.cents ?? ZERO
  return overridden > openCents ? WINDOW.itemOwes(formatCents(openCents)) : null
}

/** The account of a line as the till has it now; how it was is remembered as soon as it has come. */
function useAccount({ line, seen, onSight }: AccountLineProps) {
  const asked = useQuery(orpc.account.get.queryOptions({ input: { accountId: line.accountId } }))
  const { data: account, error } = asked
  // What was kept from an earlier look may be older than what was found just now.
  const isNow = asked.isFetchedAfterMount || !asked.isStale
  const isRemembered = seen !== undefined && line.balanceCents !== undefined
  const note = useRef(onSight)
  note.current = onSight
  useEffect(() => {
    if (account !== undefined && isNow && !isRemembered) note.current(account, 'first')
  }, [account, isNow, isRemembered])
  return { account, error, isNow, isGone: refusalCode(error) === 'UNKNOWN_ACCOUNT' }
}

/** What has changed of the account since the line was put in, in words. */
function newsAt({ line, seen, posting }: AccountLineProps, asked: ReturnType<typeof useAccount>): string[] {
  const { account, isNow, isGone } = asked
  if (posting || account === undefined || !(isNow || isGone)) return []
  const remembered = { seen: seen ?? null, balanceCents: line.balanceCents ?? null }
  return newsOf(remembered, isGone ? null : account)
}

/** One account in the basket: who, how much it owes as of when, and what of it is paid. */
export function AccountLine(props: AccountLineProps) {
  const { line, seen, fresh, settings, open, onChange, onRemove, onDone } = props
  const amount = useRef<HTMLInputElement>(null)
  const asked = useAccount(props)
  const { account, error } = asked
  const news = newsAt(props, asked)
  const typed = useTypedCents(line.cents, cents => onChange({ ...line, cents }))
  // Only when it comes in: a balance that is gone later takes nobody's cursor.
  const isThere = account !== undefined
  const asksAmount = useRef(false)
  asksAmount.current = fresh && isThere && account.balanceCents <= 0
  useEffect(() => {
    if (isThere && asksAmount.current) amount.current?.focus()
  }, [isThere])
  if (account === undefined) {
    return (
      <div className="line">
        <div role="status">{error === null ? UI.loading : ''}</div>
        <ErrorNote>{error === null ? null : sayError(error)}</ErrorNote>
        <RemoveButton name={seen?.name ?? line.accountId} onRemove={onRemove} />
        <LineNews key="news" message={news} />
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
            // Enter takes the amount at what is shown, unless that is from an earlier look and the till's answer is on its way.
            if (asked.isNow) props.onSight(account, 'read')
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
      <LineNews key="news" message={news} />
      <div className="whole">
        <ErrorNote>{problemOf(account, { news, allocated }) ?? oldBecause(asked)}</ErrorNote>
      </div>
    </div>
  )
}

/** Why what is shown may be of before, in words: it was asked for again, and did not come. */
const oldBecause = ({ error, isGone }: ReturnType<typeof useAccount>): string | null =>
  error === null || isGone ? null : sayError(error)

/** What keeps the line from being posted, unless its news say so. */
function problemOf(
  account: AccountView,
  { news, allocated }: { news: readonly string[]; allocated: Allocated },
): string | null {
  if (news.includes(WINDOW.news.closed) || news.includes(WINDOW.news.gone)) return null
  if (account.status === 'closed') return WINDOW.closedAccount(account.number)
  return allocated.ok || allocated.reason === 'nothing-to-pay' ? null : ALLOCATION[allocated.reason]
}
