/** Receipts as a window takes them on an ordinary day, made from a seed. */
import type { AccountsReader } from '../db/accounts/reader.ts'
import { sealHash } from '../electron/backend/request/check-seal.ts'
import { Chance } from '../electron/backend/setup/sample/chance.ts'
import type { TenderInput } from '../shared/contract/receipt.ts'
import { type Cents, cents } from '../shared/money.ts'
import { CASH } from '../shared/tenders.ts'

/** How the parts of a receipt are spread: most have one line, and cash and checks are most of the money. */
export class Day {
  readonly chance: Chance
  readonly #accountSeqs: readonly number[]

  constructor(seed: number, accountSeqs: readonly number[]) {
    this.chance = new Chance(seed)
    this.#accountSeqs = accountSeqs
  }

  get accounts(): number {
    return this.#accountSeqs.length
  }

  lineCount(): number {
    const roll = this.chance.below(100)
    return roll < 70 ? 1 : roll < 90 ? 2 : 3
  }

  /** Whether a line after the first is for something from the catalog. */
  isCatalogLine(): boolean {
    return this.chance.percent(30)
  }

  accountSeq(): number {
    return this.#accountSeqs[this.chance.below(this.#accountSeqs.length)] ?? 0
  }

  /** What the customer hands over for an amount: the tenders' own figures come to it, or above it in cash. */
  tenders(dueCents: Cents): TenderInput[] {
    const roll = this.chance.below(100)
    if (roll < 45) return [cash(this.#handedOver(dueCents))]
    if (roll < 75) return [this.#check(dueCents)]
    if (roll < 96 || dueCents < 200) return [this.#card(dueCents)]
    const half = cents(Math.floor(dueCents / 2))
    return [cash(half), this.#check(cents(dueCents - half))]
  }

  /** Half of those who pay cash have the exact amount; the others give the next twenty dollars. */
  #handedOver(dueCents: Cents): Cents {
    return this.chance.percent(50) ? dueCents : cents(Math.ceil(dueCents / 2_000) * 2_000)
  }

  #check(amount: Cents): TenderInput {
    return {
      tender: 'check',
      cents: amount,
      reference: String(this.chance.between(100, 9_999)),
      details: {
        routingNumber: '111000025',
        accountLast4: String(this.chance.between(1_000, 9_999)),
        accountHash: this.chance.below(1_000_000_000).toString(16).padStart(64, '0'),
      },
    }
  }

  #card(amount: Cents): TenderInput {
    const approvalCode = String(this.chance.between(100_000, 999_999))
    const cardLast4 = String(this.chance.between(1_000, 9_999))
    const details = { cardBrand: 'Visa', cardLast4, approvalCode }
    return { tender: 'card', cents: amount, reference: '', details }
  }
}

function cash(amount: Cents): TenderInput {
  return { tender: CASH, cents: amount, reference: '', details: {} }
}

const ORDINARY = `SELECT a.seq FROM account a JOIN account_item i ON i.account_seq = a.seq
WHERE a.status = 'open' AND a.cash_only = 0 AND a.credit_cents = 0
GROUP BY a.seq HAVING count(*) BETWEEN 3 AND 5 ORDER BY a.seq`

/** Places of the accounts that owe three to five items and take any tender. */
export function ordinaryAccounts(accounts: AccountsReader): number[] {
  return accounts.connection.prepare<[], number>(ORDINARY).pluck().all()
}

/** The same as a till takes them from its screen: what was made of a check's account number is under its seal. */
export function sealed(tenders: readonly TenderInput[], tillKey: Uint8Array): TenderInput[] {
  return tenders.map(tender => {
    const { routingNumber = '', accountLast4 = '', accountHash } = tender.details
    if (accountHash === undefined) return tender
    const seal = sealHash(tillKey, { routingNumber, accountLast4 }, accountHash)
    return { ...tender, details: { ...tender.details, accountHash: seal } }
  })
}
