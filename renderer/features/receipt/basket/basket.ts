/** The basket in hand as plain data: what is in it, what it comes to, and what is still to be paid. */

import type { AccountView } from '../../../../shared/contract/account.ts'
import type { Basket } from '../../../../shared/contract/basket.ts'
import type { LineInput, TenderInput } from '../../../../shared/contract/receipt.ts'
import { newId, newSalt } from '../../../../shared/id.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { type Cents, sum, ZERO } from '../../../../shared/money.ts'
import { linePrice } from '../../../../shared/rules/receipt/price.ts'
import type { RoundingMode } from '../../../../shared/rules/receipt/rounding.ts'
import { remaining } from '../../../../shared/rules/receipt/settle.ts'
import type { TenderType } from '../../../../shared/tenders.ts'
import { readAmount } from '../../../ui/money/amount.ts'
import { seenOf } from './account-news.ts'

/** The basket as it is worked on; what is kept of it is all but the typed texts. */
export interface Draft extends Omit<Basket, 'revision'> {
  /** What was typed for single items, by `itemText`: also what cannot be read, so that it stops the posting. */
  typedItems: Readonly<Record<string, string>>
}
export type AccountLineInput = Extract<LineInput, { kind: 'account' }>
export type CatalogLineInput = Extract<LineInput, { kind: 'catalog' }>

/** A new customer's basket. Its id is the id of the command that will post it. */
export function emptyDraft(): Draft {
  return { basketId: newId(), salt: newSalt(), lines: [], tenders: [], entry: null, seen: [], typedItems: {} }
}

/** A basket that was kept or suspended, taken in hand again. */
export function draftOf({ basketId, salt, lines, tenders, entry, seen }: Basket): Draft {
  return { basketId, salt, lines, tenders, entry, seen, typedItems: {} }
}

/** The basket as it is kept, but for its revision. */
export function keptOf({ basketId, salt, lines, tenders, entry, seen }: Draft): Omit<Basket, 'revision'> {
  return { basketId, salt, lines, tenders, entry, seen }
}

export function isEmpty(draft: Draft): boolean {
  return draft.lines.length === 0 && draft.tenders.length === 0
}

/** Names a line within its basket: an account stands there once, a catalog item as often as it is sold. */
export function lineKey(draft: Draft, index: number): string {
  const line = draft.lines[index]
  if (line === undefined) return ''
  if (line.kind === 'account') return line.accountId
  const before = draft.lines.slice(0, index)
  const nth = before.filter(l => l.kind === 'catalog' && l.catalogItemId === line.catalogItemId).length
  return `${line.catalogItemId}#${nth}`
}

/** Names a payment within its basket; two that are alike are told apart by their order. */
export function tenderKey(draft: Draft, index: number): string {
  const name = (tender: TenderInput | undefined) => `${tender?.tender} ${tender?.cents} ${tender?.reference}`
  const wanted = name(draft.tenders[index])
  const nth = draft.tenders.slice(0, index).filter(tender => name(tender) === wanted).length
  return `${wanted}#${nth}`
}

/** Puts an account in, to be paid with so much, at the balance that was shown; one that is in already stays as it is. */
export function addAccount(
  draft: Draft,
  { accountId, payCents, balanceCents }: { accountId: string; payCents: Cents; balanceCents: Cents },
): Draft {
  if (draft.lines.some(line => line.kind === 'account' && line.accountId === accountId)) return draft
  const line: AccountLineInput = { kind: 'account', accountId, cents: payCents, overrides: [], balanceCents }
  return { ...draft, lines: [...draft.lines, line] }
}

/** Notes the balance that the person has now been shown for an account. */
export function withBalance(draft: Draft, accountId: string, balanceCents: Cents): Draft {
  const lines = draft.lines.map(line =>
    line.kind === 'account' && line.accountId === accountId ? { ...line, balanceCents } : line,
  )
  return { ...draft, lines }
}

/** Remembers how an account was when its line was put in, as far as the basket does not have it yet. */
export function withFirstSight(draft: Draft, account: AccountView): Draft {
  const { accountId, balanceCents } = account
  const line = draft.lines.find(other => other.kind === 'account' && other.accountId === accountId)
  if (line?.kind !== 'account') return draft
  const noted = line.balanceCents === undefined ? withBalance(draft, accountId, balanceCents) : draft
  if (noted.seen.some(seen => seen.accountId === accountId)) return noted
  return { ...noted, seen: [...noted.seen, seenOf(account)] }
}

/** What has changed of an account was read: it is compared with what it is now. */
export function withSeen(draft: Draft, account: AccountView): Draft {
  const { accountId, balanceCents } = account
  const seen = draft.seen.filter(other => other.accountId !== accountId)
  return { ...withBalance(draft, accountId, balanceCents), seen: [...seen, seenOf(account)] }
}

/** Names what is typed for one item of an account. */
export function itemText(accountId: string, itemId: string): string {
  return `${accountId} ${itemId}`
}

/** Takes what was typed for one item: nothing lets the payment flow again, and what cannot be read gives nothing to it. */
export function withItemText(draft: Draft, accountId: string, { itemId, text }: TypedItem): Draft {
  const { [itemText(accountId, itemId)]: _, ...others } = draft.typedItems
  const { cents } = readAmount(text)
  const lines = draft.lines.map(line => {
    if (line.kind !== 'account' || line.accountId !== accountId) return line
    const overrides = line.overrides.filter(o => o.itemId !== itemId)
    return { ...line, overrides: cents === null ? overrides : [...overrides, { itemId, cents }] }
  })
  const typedItems = text === '' ? others : { ...others, [itemText(accountId, itemId)]: text }
  return { ...draft, lines, typedItems }
}

export interface TypedItem {
  itemId: string
  text: string
}

/** Puts a catalog item in: one of it, with its price still to be entered where it has none. */
export function addCatalogItem(draft: Draft, item: CatalogItem): Draft {
  const line: CatalogLineInput = {
    kind: 'catalog',
    catalogItemId: item.catalogItemId,
    quantity: 1,
    priceCents: item.pricing === 'open' ? ZERO : null,
    baseCents: item.pricing === 'percent' ? ZERO : null,
    reference: '',
  }
  return { ...draft, lines: [...draft.lines, line] }
}

export function withLine(draft: Draft, index: number, line: LineInput): Draft {
  return { ...draft, lines: draft.lines.map((other, i) => (i === index ? line : other)) }
}

export function withoutLine(draft: Draft, index: number): Draft {
  const gone = draft.lines[index]
  const typedItems = Object.fromEntries(
    Object.entries(draft.typedItems).filter(
      ([name]) => gone?.kind !== 'account' || !name.startsWith(gone.accountId),
    ),
  )
  const seen = draft.seen.filter(({ accountId }) => gone?.kind !== 'account' || accountId !== gone.accountId)
  const lines = draft.lines.filter((_, i) => i !== index)
  // What was handed over for it goes back with the last line: it would pay for the next customer.
  const paid = lines.length === 0 ? { tenders: [], entry: null } : {}
  return { ...draft, lines, seen, typedItems, ...paid }
}

/** What goes back into the customer's hands with this line: all that was handed over, where it is the last one. */
export function paidForLast(draft: Draft): readonly TenderInput[] {
  return draft.lines.length === 1 ? draft.tenders : []
}

export function withTender(draft: Draft, tender: TenderInput): Draft {
  return { ...draft, tenders: [...draft.tenders, tender], entry: null }
}

export function withoutTender(draft: Draft, index: number): Draft {
  return { ...draft, tenders: draft.tenders.filter((_, i) => i !== index) }
}

/** What a line comes to; zero while something it needs is missing. */
export function lineCents(line: LineInput, catalog: readonly CatalogItem[]): Cents {
  if (line.kind === 'account') return line.cents
  const item = catalog.find(c => c.catalogItemId === line.catalogItemId)
  return (item && linePrice(item, line)) ?? ZERO
}

export interface Terms {
  catalog: readonly CatalogItem[]
  policies: readonly TenderType[]
  rounding: RoundingMode
}

export interface Figures {
  totalCents: Cents
  dueCents: Cents
  /** Zero until every line is complete. */
  changeCents: Cents
  /** Every line comes to something. */
  complete: boolean
  /** What was handed over is enough: Enter posts. */
  covered: boolean
}

/** To pay, still due and change, with an amount that is being typed counted in where there is one. */
export function figuresOf(draft: Draft, terms: Terms, typing: TenderInput | null = null): Figures {
  const amounts = draft.lines.map(line => lineCents(line, terms.catalog))
  const totalCents = sum(amounts)
  const tenders = typing === null ? draft.tenders : [...draft.tenders, typing]
  const { dueCents, changeCents } = remaining({
    lineCents: amounts,
    tenders,
    policies: terms.policies,
    rounding: terms.rounding,
  })
  const complete = amounts.length > 0 && amounts.every(cents => cents > 0)
  return {
    totalCents,
    dueCents,
    // What is not known yet may still be taken out of it: nobody is to count out change before.
    changeCents: complete ? changeCents : ZERO,
    complete,
    covered: complete && tenders.length > 0 && dueCents === 0,
  }
}
