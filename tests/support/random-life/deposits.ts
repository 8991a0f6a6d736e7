/** Random ways of money to the bank: made up, verified, opened again, sealed, carried out, credited; and the safe counted. */
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { piecesOf } from '../desk.ts'
import { type Approver, type Life, same } from './life.ts'
import { type Part, total } from './money.ts'

const OTHER: Record<Approver, Approver> = { lead: 'supervisor', supervisor: 'lead' }

/** A bag on its way. */
export interface Bag {
  depositId: string
  preparer: Approver
  state: DepositView['state']
  cash: number
  items: number
  itemCount: number
  /** What the verifier found of the cash, and the last step of everything. */
  verifiedCash: number
  found: number
}

/** Bags of the random days, and the banks that there are. */
export class Bank {
  readonly bags: Bag[] = []
  readonly banks: readonly string[]
  #made = 0

  constructor(banks: readonly string[]) {
    this.banks = banks
  }

  nextNumber(what: string): string {
    this.#made += 1
    return `${what}-${this.#made}`
  }

  at(...states: Bag['state'][]): Bag[] {
    return this.bags.filter(bag => states.includes(bag.state))
  }
}

const worth = (parts: readonly Part[], of: 'cash' | 'items'): number =>
  total(parts.map(part => ({ cents: part[of] })))

/** Some of the parts that may go to one bank; all of each. */
export async function makeUp(life: Life, bank: Bank): Promise<void> {
  const { luck, book, tally } = life
  const bankAccountId = luck.pick(bank.banks)
  const fitting = book.parts.filter(
    ({ depositId, bank: own }) => depositId === null && (own === null || own === bankAccountId),
  )
  const first = fitting[0]
  if (!first) return
  const others = fitting.slice(1)
  const chosen = [first, ...(luck.percent(60) ? others : luck.some(others))]
  const preparer = luck.pick(['lead', 'supervisor'] as const)
  const client = life.as(preparer)
  const cash = worth(chosen, 'cash')
  const parts = chosen.map(({ sessionId, partNo }) => ({ sessionId, partNo }))
  const input = { bankAccountId, parts, pieces: piecesOf(cents(cash)), bagNumber: bank.nextNumber('BAG') }
  if (luck.percent(10)) {
    const kept = { ...life.command(), ...input, pieces: piecesOf(cents(cash + 100)) }
    await life.refused(client.deposit.makeUp(kept), 'CASH_DIFFERS')
  }
  const { depositId, totalCents } = await client.deposit.makeUp({ ...life.command(), ...input })
  same('deposit', totalCents, cash + worth(chosen, 'items'))
  for (const part of chosen) part.depositId = depositId
  const { items, itemsCents } = await client.deposit.get({ depositId })
  bank.bags.push({
    depositId,
    preparer,
    state: 'made-up',
    cash,
    items: itemsCents,
    itemCount: items.length,
    verifiedCash: cash,
    found: totalCents,
  })
  await life.refused(
    client.deposit.makeUp({ ...life.command(), ...input, bagNumber: 'X' }),
    'SESSION_DEPOSITED',
  )
  tally.add('deposit')
}

/** The second person counts, and finds something else now and then. */
export async function verify(life: Life, bag: Bag): Promise<void> {
  const { luck, tally } = life
  const found = luck.percent(8) ? Math.max(0, bag.cash + luck.pick([-1_000, -1, 25])) : bag.cash
  const { depositId, itemCount } = bag
  const counted = { depositId, itemCount, itemsCents: cents(bag.items), pieces: piecesOf(cents(found)) }
  const client = life.as(bag.preparer)
  const approval = life.approvalBy(OTHER[bag.preparer])
  const verifying = (reason: string) =>
    client.deposit.verify({ ...life.command(), ...counted, reason, approval })
  if (found !== bag.cash) await life.refused(verifying(''), 'REASON_MISSING')
  same('verified', (await verifying('Counted twice')).differenceCents, found - bag.cash)
  Object.assign(bag, { state: 'verified', verifiedCash: found, found: found + bag.items })
  tally.add('verified')
}

/** Before its seal a bag can be opened again, by somebody who did not make it up. */
export async function reopen(life: Life, bag: Bag): Promise<void> {
  const { depositId, preparer } = bag
  const approval = life.approvalBy(OTHER[preparer])
  await life
    .as(preparer)
    .deposit.reopen({ ...life.command(), depositId, reason: 'A check forgotten', approval })
  for (const part of life.book.parts) if (part.depositId === depositId) part.depositId = null
  bag.state = 'reopened'
  life.tally.add('reopened')
}

export async function seal(life: Life, bank: Bank, bag: Bag): Promise<void> {
  const { depositId } = bag
  const numbers = { bagNumber: bank.nextNumber('BAG'), sealNumber: bank.nextNumber('SEAL') }
  await life.as('lead').deposit.seal({ ...life.command(), depositId, ...numbers })
  bag.state = 'sealed'
  const again = life.as(bag.preparer).deposit.reopen({
    ...life.command(),
    depositId,
    reason: 'Too late',
    approval: life.approvalBy(OTHER[bag.preparer]),
  })
  await life.refused(again, 'WRONG_STEP')
}

/** The courier takes it: from here on its cash is no longer in the safe. */
export async function carryOut(life: Life, bag: Bag): Promise<void> {
  const { depositId } = bag
  const hands = { carrier: 'Courier', signatureName: 'T. Boone' }
  await life.as('supervisor').deposit.release({ ...life.command(), depositId, ...hands })
  const { verified } = await life.as('auditor').deposit.get({ depositId })
  same('what was carried out', verified?.cents, bag.verifiedCash + bag.items)
  life.book.carriedOut({ cash: bag.verifiedCash, items: bag.items })
  bag.state = 'released'
  life.tally.add('handed over')
}

/** The bank's own figure, at its slip or on the statement. */
export async function bankSays(life: Life, bank: Bank, bag: Bag): Promise<void> {
  const { luck, tally } = life
  const found = luck.percent(5) ? Math.max(0, bag.found + luck.pick([-500, -5, 100])) : bag.found
  const client = life.as('lead')
  const figure = {
    ...life.command(),
    depositId: bag.depositId,
    cents: cents(found),
    reason: 'By their count',
  }
  const day = new Date(life.nowMs).toISOString().slice(0, 10) as BusinessDate
  const isSlip = bag.state === 'released'
  const { differenceCents }: { differenceCents: Cents } = isSlip
    ? await client.deposit.validate({ ...figure, slipNumber: bank.nextNumber('SLIP'), bankDate: day })
    : await client.deposit.credit({ ...figure, creditDate: day })
  same('the bank’s difference', differenceCents, found - bag.found)
  Object.assign(bag, { state: isSlip ? 'validated' : 'credited', found })
  tally.add(bag.state)
}

/** One step of one bag, whichever comes next for it; a bag at the bank is of no more interest. */
export async function oneStep(life: Life, bank: Bank): Promise<void> {
  const { luck } = life
  const under = bank.at('made-up', 'verified', 'sealed', 'released', 'validated')
  if (under.length === 0) return makeUp(life, bank)
  const bag = luck.pick(under)
  const isOpen = bag.state === 'made-up' || bag.state === 'verified'
  if (isOpen && luck.percent(8)) return reopen(life, bag)
  if (bag.state === 'made-up') return verify(life, bag)
  if (bag.state === 'verified') return seal(life, bank, bag)
  if (bag.state === 'sealed') return carryOut(life, bag)
  return bankSays(life, bank, bag)
}

/** Lead and supervisor count the safe; a difference is on record with its reason. */
export async function countSafe(life: Life): Promise<void> {
  const { luck, book, tally } = life
  const found = Math.max(0, book.safe + (luck.percent(25) ? luck.pick([-500, -3, 75]) : 0))
  const client = life.as('supervisor')
  const signed = life.signed('supervisor', 'lead')
  const count = (reason: string) =>
    client.safe.count({ ...life.command(), pieces: piecesOf(cents(found)), reason, ...signed })
  if (found !== book.safe) await life.refused(count(''), 'REASON_MISSING')
  const { differenceCents } = await count(found === book.safe ? '' : 'A coin roll short')
  same('difference of the safe', differenceCents, found - book.safe)
  book.safeCounted(found)
  tally.add('safe count')
}
