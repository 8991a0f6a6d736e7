/** General-ledger entries of facts about money. Pure; each fact's entries balance. */

import type { GlEntryRow } from '../../../db/central/schema.ts'
import type { Fact } from '../../../shared/ledger/facts.ts'
import { add, type Cents, negate, subtract, sum, ZERO } from '../../../shared/money.ts'
import { CASH, type Tender } from '../../../shared/tenders.ts'

/** Where a till's money is booked, as it stood when the fact was stated. */
export interface GlAccounts {
  tenders: Map<Tender, string>
  overShort: string
  suspense: string
  /** Of every bank account, and those of some by their id. */
  bank: string
  banks: ReadonlyMap<string, string>
}

/** What went to the bank in one bag: cash as its verifier counted it, and the instruments by tender. */
export interface BagContent {
  bankAccountId: string
  cashCents: Cents
  items: ReadonlyMap<Tender, Cents>
}

export interface GlSide {
  glAccount: string
  /** Debit where above zero, credit below. */
  cents: Cents
}

export const debit = (glAccount: string, cents: Cents): GlSide => ({ glAccount, cents })
export const credit = (glAccount: string, cents: Cents): GlSide => ({ glAccount, cents: negate(cents) })

const glOf = (accounts: GlAccounts, tender: Tender): string =>
  accounts.tenders.get(tender) ?? accounts.suspense

/** What was handed over, the change that went back, and the rounding: everything of a receipt but its lines. */
export function tenderSides(fact: Fact<'receipt.posted'>, accounts: GlAccounts): GlSide[] {
  const { tenders, changeCents, rounding } = fact.body
  return [
    ...tenders.map(tender => debit(glOf(accounts, tender.tender), tender.cents)),
    credit(glOf(accounts, CASH), changeCents),
    ...(rounding ? [credit(rounding.glAccount, rounding.cents)] : []),
  ]
}

/** Cash paid in or out of a drawer without a receipt. */
export function paidSides({ body }: Fact<'movement.paid'>, accounts: GlAccounts): GlSide[] {
  const cents = body.direction === 'in' ? body.cents : negate(body.cents)
  return [debit(glOf(accounts, CASH), cents), credit(body.glAccount, cents)]
}

/** Over is more money and income; short is the other way round. Never netted between tenders. */
export function overShortSides({ body }: Fact<'session.closed'>, accounts: GlAccounts): GlSide[] {
  return body.balances.flatMap(({ tender, overShortCents }) => [
    debit(glOf(accounts, tender), overShortCents),
    credit(body.overShortGlAccount, overShortCents),
  ])
}

/** What was found in a drawer at its opening beyond what was left in it, or missing of that. */
export function openingSides({ body }: Fact<'session.opened'>, accounts: GlAccounts): GlSide[] {
  if (body.difference === null) return []
  const { overShortCents, overShortGlAccount } = body.difference
  return [debit(glOf(accounts, CASH), overShortCents), credit(overShortGlAccount, overShortCents)]
}

/** What the safe has more or less than its book: found by whoever counted it, and booked like a drawer's. */
export function safeSides({ body }: Fact<'safe.counted'>, accounts: GlAccounts): GlSide[] {
  const found = subtract(body.cents, body.expectedCents)
  return [debit(glOf(accounts, CASH), found), credit(accounts.overShort, found)]
}

/**
 * The bank has it: what was carried out of the house is no longer cash and checks in hand, and what the bank found
 * more or less than its verifier is over or short.
 */
export function bankSides(
  { body }: Fact<'deposit.credited'>,
  { bankAccountId, cashCents, items }: BagContent,
  accounts: GlAccounts,
): GlSide[] {
  const bank = accounts.banks.get(bankAccountId) ?? accounts.bank
  const carried = sum([cashCents, ...items.values()])
  return [
    debit(bank, body.cents),
    credit(glOf(accounts, CASH), cashCents),
    ...[...items].map(([tender, cents]) => credit(glOf(accounts, tender), cents)),
    credit(accounts.overShort, subtract(body.cents, carried)),
  ]
}

/** The same money going back. */
export function reversed(sides: readonly GlSide[]): GlSide[] {
  return sides.map(({ glAccount, cents }) => ({ glAccount, cents: negate(cents) }))
}

export interface GlSource {
  tillId: string
  source: string
  businessDate: GlEntryRow['business_date']
  receiptId: string | null
}

/**
 * The rows of one source: debits and credits of one GL account are each added up, never against each other.
 * Refuses (Error) what does not balance, since a journal that does not is no journal.
 */
export function glRows(of: GlSource, sides: readonly GlSide[]): GlEntryRow[] {
  if (sum(sides.map(side => side.cents)) !== ZERO)
    throw new Error(`GL entries of ${of.source} do not balance`)
  const totals = new Map<string, GlSide>()
  for (const side of sides) {
    if (side.cents === ZERO) continue
    const key = `${side.cents > 0 ? 'debit' : 'credit'} ${side.glAccount}`
    const before = totals.get(key)?.cents ?? ZERO
    totals.set(key, { glAccount: side.glAccount, cents: add(before, side.cents) })
  }
  return [...totals.values()].map(({ glAccount, cents }, index) => ({
    till_id: of.tillId,
    source: of.source,
    entry_no: index + 1,
    business_date: of.businessDate,
    gl_account: glAccount,
    debit_cents: cents > 0 ? cents : ZERO,
    credit_cents: cents < 0 ? negate(cents) : ZERO,
    receipt_id: of.receiptId,
  }))
}

export function sidesOf(rows: readonly GlEntryRow[]): GlSide[] {
  return rows.flatMap(row => [
    debit(row.gl_account, row.debit_cents),
    credit(row.gl_account, row.credit_cents),
  ])
}
