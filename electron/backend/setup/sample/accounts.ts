/** Accounts of the sample city: made up from a seed, alike on every machine. */
import { accountIdOf, itemIdOf } from '../../../../db/accounts/named-id.ts'
import type { Account, AccountItem, AccountWithItems } from '../../../../shared/account.ts'
import { type Cents, cents, ZERO } from '../../../../shared/money.ts'
import { type BusinessDate, daysLater } from '../../../../shared/time.ts'
import { Chance } from './chance.ts'
import { BUSINESS_KINDS, FIRST_NAMES, LAST_NAMES, NOTES, STREET_NAMES, STREET_TYPES } from './name-parts.ts'

export interface SampleAccountsInput {
  seed: number
  accounts: number
  /** Due dates lie around this day. */
  today: BusinessDate
}

/** Nine digits of account numbers, of which the first two are always 00. */
const FIRST_NUMBER = 1_000_000
const LAST_NUMBER = 9_999_999
/** Between bills. */
const BILL_DAYS = 30

/** Most accounts that the number series of the sample has room for. */
const MOST_SAMPLE_ACCOUNTS = 4_000_000

/**
 * Accounts in the order of their numbers: about 3 % with a credit balance, 2 % cash only, 2 % closed, a
 * fifth owing nothing, a fifth past due with a late fee. Refuses (RangeError) a count that is not a whole
 * number from 0 to 4,000,000.
 */
export function* makeSampleAccounts(input: SampleAccountsInput): Generator<AccountWithItems> {
  const { accounts } = input
  if (!Number.isSafeInteger(accounts) || accounts < 0 || accounts > MOST_SAMPLE_ACCOUNTS) {
    throw new RangeError(`The sample city has room for 0 to ${MOST_SAMPLE_ACCOUNTS} accounts`)
  }
  const chance = new Chance(input.seed)
  const room = Math.floor((LAST_NUMBER - FIRST_NUMBER) / Math.max(accounts, 1))
  for (let i = 0; i < accounts; i += 1) {
    yield makeAccount(chance, FIRST_NUMBER + i * room + chance.below(room), input.today)
  }
}

function makeAccount(chance: Chance, serial: number, today: BusinessDate): AccountWithItems {
  const number = accountNumber(serial)
  const accountId = accountIdOf(number)
  const cashOnly = chance.percent(2)
  const isClosed = chance.percent(2)
  const hasCredit = chance.percent(3)
  const account: Account = {
    accountId,
    number,
    name: makeName(chance),
    address: makeAddress(chance),
    phones: makePhones(chance),
    status: isClosed ? 'closed' : 'open',
    cashOnly,
    creditCents: hasCredit ? cents(chance.between(150, 22_000)) : ZERO,
    note: cashOnly ? 'Two returned checks in twelve months' : chance.percent(2) ? chance.pick(NOTES) : '',
    // Six in the morning by the city's winter clock, when its billing system hands over the night's figures.
    asOfMs: sampleAsOf(today),
  }
  const owesNothing = hasCredit || chance.percent(isClosed ? 70 : 20)
  return { account, items: owesNothing ? [] : makeItems(chance, accountId, today) }
}

function accountNumber(serial: number): string {
  const digits = String(serial).padStart(9, '0')
  return `${digits.slice(0, 4)}-${digits.slice(4)}`
}

function makeName(chance: Chance): string {
  const last = chance.pick(LAST_NAMES)
  if (chance.percent(6)) return `${last} ${chance.pick(BUSINESS_KINDS)}`
  const first = chance.pick(FIRST_NAMES)
  if (chance.percent(8)) return `${first} & ${chance.pick(FIRST_NAMES)} ${last}`
  if (chance.percent(25)) return `${first} ${String.fromCharCode(65 + chance.below(26))}. ${last}`
  return `${first} ${last}`
}

function makeAddress(chance: Chance): string {
  const street = `${chance.between(100, 9_999)} ${chance.pick(STREET_NAMES)} ${chance.pick(STREET_TYPES)}`
  return chance.percent(14) ? `${street} Apt ${chance.between(1, 48)}` : street
}

/** Numbers of an exchange that no telephone has. */
function makePhones(chance: Chance): string[] {
  const count = chance.percent(5) ? 0 : chance.percent(25) ? 2 : 1
  const make = (): string => `(555) 01${chance.below(10)}-${String(chance.below(10_000)).padStart(4, '0')}`
  return [...new Set(Array.from({ length: count }, make))]
}

/** Bills of one to three months, each with water, sewer and mostly trash; late ones carry a fee. */
function makeItems(chance: Chance, accountId: string, today: BusinessDate): AccountItem[] {
  const billingCycle = chance.below(4)
  const currentDue = 3 + billingCycle * 6
  const lateBills = chance.percent(20) ? (chance.percent(30) ? 2 : 1) : 0
  const hasTrash = chance.percent(85)
  const items: AccountItem[] = []
  for (let late = lateBills; late >= 0; late -= 1) {
    const dueDate = daysLater(today, currentDue - late * BILL_DAYS)
    items.push(...makeBill(chance, { accountId, dueDate, isLate: late > 0, hasTrash }))
  }
  return items
}

interface Bill {
  accountId: string
  dueDate: BusinessDate
  isLate: boolean
  hasTrash: boolean
}

function makeBill(chance: Chance, bill: Bill): AccountItem[] {
  const water = cents(chance.between(1_850, 9_600))
  const sewer = cents(chance.between(2_200, 6_400))
  const items = [
    makeItem(bill, { service: 'water', serviceOrder: 1, openCents: water, glAccount: '501-4100' }),
    makeItem(bill, { service: 'sewer', serviceOrder: 2, openCents: sewer, glAccount: '502-4100' }),
  ]
  if (bill.hasTrash) {
    items.push(
      makeItem(bill, { service: 'trash', serviceOrder: 3, openCents: cents(1_875), glAccount: '503-4100' }),
    )
  }
  if (!bill.isLate) return items
  const fee = { service: 'late fee', serviceOrder: 0, openCents: cents(1_000), glAccount: '501-4300' }
  return [{ ...makeItem(bill, fee, true) }, ...items]
}

function makeItem(
  { accountId, dueDate }: Bill,
  part: { service: string; serviceOrder: number; openCents: Cents; glAccount: string },
  isPenalty = false,
): AccountItem {
  const itemId = itemIdOf({ accountId, service: part.service, dueDate, isPenalty })
  return { itemId, accountId, ...part, isPenalty, dueDate }
}

/** When the sample's balances were pulled: the evening before, so that they are never newer than the first receipt. */
export function sampleAsOf(today: string): number {
  return Date.parse(`${today}T00:00:00Z`)
}
