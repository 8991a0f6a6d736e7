/** What still keeps a basket from being posted, in words, and the field where that is mended. */

import type { AccountView } from '../../../../shared/contract/account.ts'
import type { LineInput } from '../../../../shared/contract/receipt.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { formatCents, ZERO } from '../../../../shared/money.ts'
import { allocate } from '../../../../shared/rules/receipt/allocate.ts'
import { checkText } from '../../../../shared/rules/text/free-text.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { ALLOCATION, WINDOW } from '../../../text/receipt/window.ts'
import { refusals } from '../../../text/refusals/refusals.ts'
import { TEXT_PROBLEMS } from '../../../text/refusals/refusals-common.ts'
import { readAmount } from '../../../ui/money/amount.ts'
import {
  type AccountLineInput,
  type CatalogLineInput,
  type Draft,
  type Figures,
  itemText,
  lineCents,
  lineKey,
} from '../basket/basket.ts'

/** What stops the posting. */
export interface Stop {
  /** Which reason it is: words stay for as long as it is this one. */
  key: string
  message: string
  /** Where it is mended, as the field's `data-field`; null where the focus stays. */
  field: string | null
  /** The line that it is about. */
  line: number | null
}

export interface Known {
  accounts: ReadonlyMap<string, AccountView>
  catalog: readonly CatalogItem[]
  settings: Pick<Settings, 'overpay' | 'creditGlAccount'>
}

/** A field of a line and what it lacks. */
interface Lack {
  part: string
  message: string
}

/** The name of a field on the screen. */
export function fieldName(key: string, part: string): string {
  return `${key} ${part}`
}

/** The part of a line that takes what an item is paid. */
export function itemPart(itemId: string): string {
  return `item:${itemId}`
}

/** The item whose typed text is no amount; null where all can be read. */
function unreadItem({ typedItems }: Draft, { accountId, name, items }: AccountView): Lack | null {
  for (const { itemId, service } of items) {
    const { problem } = readAmount(typedItems[itemText(accountId, itemId)] ?? '')
    if (problem !== null)
      return { part: itemPart(itemId), message: WINDOW.itemUnread(name, service, problem) }
  }
  return null
}

/** Where a refused allocation is mended: at the item that gets too much, or else at what is paid. */
function allocationPart(reason: string, { overrides }: AccountLineInput, { items }: AccountView): string {
  const open = new Map(items.map(item => [item.itemId, item.openCents]))
  const tooMuch = overrides.find(o => o.cents > (open.get(o.itemId) ?? ZERO))
  return reason === 'over-item' && tooMuch !== undefined ? itemPart(tooMuch.itemId) : 'pay'
}

function accountLack(draft: Draft, line: AccountLineInput, known: Known): Lack | null {
  const account = known.accounts.get(line.accountId)
  const name = account?.name ?? WINDOW.thisAccount
  if (account?.status === 'closed') return { part: 'pay', message: WINDOW.closedAccount(account.number) }
  if (line.cents === ZERO) return { part: 'pay', message: WINDOW.amountMissing(name) }
  // An account that is still on its way is looked at by the till.
  if (account === undefined) return null
  const unread = unreadItem(draft, account)
  if (unread !== null) return unread
  const { settings } = known
  const allocated = allocate({
    payCents: line.cents,
    items: account.items,
    overpay: settings.overpay,
    creditGlAccount: settings.creditGlAccount,
    overrides: line.overrides,
  })
  if (allocated.ok) return null
  const part = allocationPart(allocated.reason, line, account)
  return { part, message: WINDOW.lineProblem(name, ALLOCATION[allocated.reason]) }
}

/** What a catalog item is asked for besides its reference. */
function pricePart({ pricing, unitLabel }: CatalogItem): Lack {
  if (pricing === 'open') return { part: 'price', message: WINDOW.price }
  if (pricing === 'percent') return { part: 'base', message: WINDOW.base(unitLabel) }
  return { part: 'quantity', message: WINDOW.quantity }
}

function catalogLack(line: CatalogLineInput, { catalog }: Known): Lack | null {
  const item = catalog.find(c => c.catalogItemId === line.catalogItemId)
  if (item === undefined) return { part: 'gone', message: WINDOW.goneItemLabels }
  if (lineCents(line, catalog) === ZERO) {
    const { part, message } = pricePart(item)
    return { part, message: WINDOW.stillNeeds(item.name, message.toLowerCase()) }
  }
  if (item.referenceLabel === null) return null
  const checked = checkText(line.reference, { maxLength: 80, required: true })
  if (checked.ok) return null
  const message =
    checked.reason === 'empty'
      ? WINDOW.stillNeeds(item.name, item.referenceLabel)
      : WINDOW.lineProblem(item.name, `${item.referenceLabel} ${TEXT_PROBLEMS[checked.reason]}`)
  return { part: 'reference', message }
}

function lackOf(draft: Draft, line: LineInput, known: Known): Lack | null {
  return line.kind === 'account' ? accountLack(draft, line, known) : catalogLack(line, known)
}

/** The first line that cannot be posted as it stands: what it lacks, and where. */
export function incompleteLine(draft: Draft, known: Known): Stop | null {
  for (const [line, input] of draft.lines.entries()) {
    const lack = lackOf(draft, input, known)
    if (lack === null) continue
    const field = fieldName(lineKey(draft, line), lack.part)
    return { key: field, message: lack.message, field, line }
  }
  return null
}

/** The first field of the payment that is being entered. */
export const PAYMENT_FIELD = 'payment'

/** What keeps complete lines from being posted: a payment that is not finished, or not there. */
export function paymentStop(draft: Draft, entering: boolean, { dueCents }: Figures): Stop | null {
  const stop = (key: string, message: string, field: string | null = null): Stop => ({
    key,
    message,
    field,
    line: null,
  })
  if (entering) return stop('entering', WINDOW.finishForm, PAYMENT_FIELD)
  if (draft.lines.length === 0) return stop('no-lines', refusals.NO_LINES(undefined))
  if (draft.tenders.length === 0) return stop('no-tender', refusals.NO_TENDER(undefined))
  return dueCents === ZERO
    ? null
    : stop(`due ${formatCents(dueCents)}`, refusals.UNDER_TENDERED({ shortCents: dueCents }))
}
