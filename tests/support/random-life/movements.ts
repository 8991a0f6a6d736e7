/** Random money without a receipt: turned in, paid in and out, exchanged, and drawers opened for nothing. */
import { ORPCError } from '@orpc/contract'
import { cents } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { piecesOf } from '../desk.ts'
import { type Life, same } from './life.ts'
import { type Held, total } from './money.ts'
import { LIMIT } from './window.ts'

/** Cash and instruments go to the safe, counted by two. */
export async function turnIn(life: Life, held: Held): Promise<void> {
  const { luck, book, tally } = life
  const cash = luck.between(0, Math.max(0, Math.min(held.said, held.lies) - 10_000))
  const instruments = luck.some(held.instruments)
  if (cash === 0 && instruments.length === 0) return
  const items = instruments.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo }))
  const given = { pieces: piecesOf(cents(cash)), items }
  const signed = life.signed(held.who, life.approverFor(held.who))
  const client = life.as(held.who)
  if (luck.percent(10)) {
    const taken = { ...given, pieces: piecesOf(cents(cash + 100)) }
    await life.refused(
      client.movement.turnIn({ ...life.command(), given, taken, ...signed }),
      'COUNTS_DIFFER',
    )
  }
  const answer = await client.movement.turnIn({ ...life.command(), given, taken: given, ...signed })
  same('cash turned in', answer.cashCents, cash)
  same('instruments turned in', answer.itemsCents, total(instruments))
  book.turnIn(held, cash, instruments)
  tally.add('turn-in')
}

const CATEGORIES = {
  in: ['Found money', 'Petty cash returned'],
  out: ['Petty cash', 'Refund in cash', 'Postage and supplies'],
} as const

/** Small amounts, some of them above what needs another person. */
export async function pay(life: Life, held: Held): Promise<void> {
  const { luck, book, tally } = life
  const direction = luck.pick(['in', 'out', 'out'] as const)
  const amount = luck.between(1, 6_000)
  const paying = life.as(held.who).movement.pay({
    ...life.command(),
    direction,
    category: luck.pick(CATEGORIES[direction]),
    reason: 'As on the voucher',
    documentNumber: `V-${luck.between(1, 999)}`,
    cents: cents(amount),
    pieces: luck.percent(50) ? piecesOf(cents(amount)) : [],
    approval: life.approvalBy(life.approverFor(held.who)),
  })
  if (direction === 'in' && held.said >= LIMIT) return life.refused(paying, 'CASH_LIMIT_REACHED')
  if (direction === 'out' && amount > held.said) return life.refused(paying, 'CASH_NOT_IN_DRAWER')
  await paying
  book.paid(held, direction === 'in' ? amount : -amount)
  tally.add(`paid-${direction}`)
}

const piece = (valueCents: number, kind: 'note' | 'coin', pieces: number, bundles = 0): PieceCount => ({
  valueCents: cents(valueCents),
  kind,
  pieces,
  bundles,
})

/** Large pieces for small ones, worth the same. The safe may be known not to hold them. */
export async function exchange(life: Life, held: Held): Promise<void> {
  const [given, taken, worth] = life.luck.pick([
    [piece(2_000, 'note', 1), piece(100, 'note', 20), 2_000],
    [piece(1_000, 'note', 1), piece(25, 'coin', 0, 1), 1_000],
    [piece(5_000, 'note', 2), piece(500, 'note', 20), 10_000],
    [piece(5, 'coin', 0, 1), piece(100, 'note', 2), 200],
  ] as const)
  const signed = life.signed(held.who, life.approverFor(held.who))
  const input = { ...life.command(), given: [given], taken: [taken], ...signed }
  const client = life.as(held.who)
  if (worth > held.said) return life.refused(client.movement.exchange(input), 'CASH_NOT_IN_DRAWER')
  try {
    await client.movement.exchange(input)
    life.tally.add('change order')
  } catch (error) {
    if (!(error instanceof ORPCError) || error.code !== 'NOT_IN_SAFE') throw error
    life.tally.add('NOT_IN_SAFE')
  }
}

export async function noSale(life: Life, held: Held): Promise<void> {
  await life.as(held.who).movement.noSale({ ...life.command(), reason: 'Change for the meter' })
  life.tally.add('no sale')
}
