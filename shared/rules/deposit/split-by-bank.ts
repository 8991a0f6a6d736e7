import { add, type Cents, split, subtract, sum, ZERO } from '../../money.ts'
import { CASH } from '../../tenders.ts'
import type { ItemRef } from '../session/check-count.ts'

/** Money of GL accounts that begin with `glPrefix` belongs into this bank account. */
export interface BankRule {
  glPrefix: string
  bankAccountId: string
}

export interface BankedCredit {
  glAccount: string
  cents: Cents
}

export interface BankedTender {
  tenderNo: number
  tender: string
  cents: Cents
  /** A paper that goes to the bank itself: check, money order. */
  item: boolean
}

/** A receipt that stands. Its cash rounding is a credit like the others, and may be negative. */
export interface BankedReceipt {
  receiptId: string
  credits: readonly BankedCredit[]
  tenders: readonly BankedTender[]
  changeCents: Cents
}

export interface SplitByBankInput {
  rules: readonly BankRule[]
  defaultBankAccountId: string
  receipts: readonly BankedReceipt[]
  /** Counted cash that leaves the drawers, an over or short included. */
  cashToDepositCents: Cents
}

export interface BankShare {
  bankAccountId: string
  cashCents: Cents
  items: ItemRef[]
  itemsCents: Cents
  /** Credits of this bank's GL accounts that were paid with cash and papers. */
  entitledCents: Cents
  /** Entitled − given: positive is due from the other banks, negative is due to them. */
  dueCents: Cents
}

/** The banks of a policy, default first, then in the order of the rules. */
function banksOf({ rules, defaultBankAccountId }: SplitByBankInput): string[] {
  return [...new Set([defaultBankAccountId, ...rules.map(rule => rule.bankAccountId)])]
}

/** The bank of the longest prefix that the GL account begins with, of equal ones the first; else the default. */
function bankOf(glAccount: string, { rules, defaultBankAccountId }: SplitByBankInput): string {
  let best: BankRule | null = null
  for (const rule of rules) {
    if (!glAccount.startsWith(rule.glPrefix)) continue
    if (best === null || rule.glPrefix.length > best.glPrefix.length) best = rule
  }
  return best?.bankAccountId ?? defaultBankAccountId
}

/**
 * The part of each credit that was not paid with cash or papers but by card or transfer, by weight. A
 * credit against the receipt's direction (a rounding down) takes no part.
 */
function unbankedParts({ credits, tenders }: BankedReceipt): Cents[] {
  const unbanked = sum(tenders.filter(t => t.tender !== CASH && !t.item).map(t => t.cents))
  const direction = Math.sign(sum(credits.map(credit => credit.cents)))
  const weights = credits.map(credit => Math.max(credit.cents * direction, 0))
  return weights.some(weight => weight > 0) ? split(unbanked, weights) : credits.map(() => ZERO)
}

function creditsByBank(receipt: BankedReceipt, input: SplitByBankInput): Map<string, Cents> {
  const byBank = new Map<string, Cents>()
  for (const { glAccount, cents } of receipt.credits) {
    const bank = bankOf(glAccount, input)
    byBank.set(bank, add(byBank.get(bank) ?? ZERO, cents))
  }
  return byBank
}

/** Where the papers of a receipt go: a paper cannot be cut, so all of it goes where most of the receipt belongs. */
function bankOfInstruments(receipt: BankedReceipt, input: SplitByBankInput): string {
  const byBank = creditsByBank(receipt, input)
  const inOrder = banksOf(input).filter(bank => byBank.has(bank))
  const most = inOrder.toSorted((a, b) => (byBank.get(b) ?? ZERO) - (byBank.get(a) ?? ZERO))
  return most[0] ?? input.defaultBankAccountId
}

/** What a bank is entitled to, and the papers that it gets. */
interface Claim {
  bankAccountId: string
  entitledCents: Cents
  items: ItemRef[]
  itemsCents: Cents
}

function claimsOf(input: SplitByBankInput): Claim[] {
  const entitled = new Map<string, Cents>()
  const papers = new Map<string, (ItemRef & { cents: Cents })[]>()
  for (const receipt of input.receipts) {
    const unbanked = unbankedParts(receipt)
    receipt.credits.forEach(({ glAccount, cents }, i) => {
      const bank = bankOf(glAccount, input)
      entitled.set(bank, add(entitled.get(bank) ?? ZERO, subtract(cents, unbanked[i] ?? ZERO)))
    })
    const bank = bankOfInstruments(receipt, input)
    const own = receipt.tenders.filter(tender => tender.item)
    const { receiptId } = receipt
    const refs = own.map(({ tenderNo, cents }) => ({ receiptId, tenderNo, cents }))
    papers.set(bank, [...(papers.get(bank) ?? []), ...refs])
  }
  return banksOf(input).map(bankAccountId => {
    const own = papers.get(bankAccountId) ?? []
    return {
      bankAccountId,
      entitledCents: entitled.get(bankAccountId) ?? ZERO,
      items: own.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
      itemsCents: sum(own.map(item => item.cents)),
    }
  })
}

/**
 * The cash of each bank. Those that lack most are filled up first; the default bank comes last and takes what
 * is left, so that an over and a short, and what nobody is entitled to, are its own.
 */
function cashByBank(claims: readonly Claim[], input: SplitByBankInput): Map<string, Cents> {
  const lacks = claims
    .filter(claim => claim.bankAccountId !== input.defaultBankAccountId)
    .map(claim => ({ ...claim, lackCents: subtract(claim.entitledCents, claim.itemsCents) }))
    .filter(claim => claim.lackCents > 0)
    .sort((a, b) => b.lackCents - a.lackCents)
  const cash = new Map<string, Cents>()
  let left = input.cashToDepositCents
  for (const { bankAccountId, lackCents } of lacks) {
    const given = lackCents < left ? lackCents : left
    cash.set(bankAccountId, given)
    left = subtract(left, given)
  }
  return cash.set(input.defaultBankAccountId, left)
}

/**
 * Parts a session's money among bank accounts by the GL accounts that it was taken for.
 *
 * Each bank is entitled to the credits of its GL accounts less the part of them that was paid by card or
 * transfer, which is spread over a receipt's credits by weight. A paper goes whole to the bank with the
 * largest credits of its receipt (of equal ones the default bank, then the order of the rules). Cash then
 * fills up what each bank lacks, see `cashByBank`; no bank gets less than none.
 *
 * The cash of all banks is the cash to deposit to the cent, and every paper is with one bank. The dues of all
 * banks add up to what was entitled − what was given: with receipts that balance, to short (positive) or over
 * (negative). The default bank stands first, then the banks in the order of the rules; a bank without claim
 * and money is left out, except the default. Refuses (RangeError) negative cash to deposit.
 */
export function splitByBank(input: SplitByBankInput): BankShare[] {
  if (input.cashToDepositCents < 0) throw new RangeError('cash to deposit cannot be negative')
  const claims = claimsOf(input)
  const cash = cashByBank(claims, input)
  const shares = claims.map(claim => {
    const cashCents = cash.get(claim.bankAccountId) ?? ZERO
    const dueCents = subtract(claim.entitledCents, add(cashCents, claim.itemsCents))
    return { ...claim, cashCents, dueCents }
  })
  return shares.filter(share => {
    const takesPart = share.entitledCents !== 0 || share.cashCents !== 0 || share.items.length > 0
    return takesPart || share.bankAccountId === input.defaultBankAccountId
  })
}
