/** What the till does not let move without a receipt: each refusal names what is wrong, and leaves nothing on record. */
import { beforeAll, expect, it } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import type { MovedCount } from '../../shared/contract/movement.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import type { PieceCount } from '../../shared/rules/cash/denominations.ts'
import { approvalBy, CHANGE_FUND, check, countDrawer, moneyOrder, openDrawer, pay } from '../support/desk.ts'
import { changeSettings } from '../support/office.ts'
import { refused, refusedUnwritten } from '../support/refusals.ts'
import { type AtEnd, clientOf } from '../support/screens.ts'
import { type OpenTill, openTestTill } from '../support/till.ts'

type Movement = TillClient['movement']
type Items = MovedCount['items']

const notes = (valueCents: number, pieces: number): PieceCount => ({
  valueCents: cents(valueCents),
  kind: 'note',
  pieces,
  bundles: 0,
})
const TEN = [notes(1_000, 1)]
const NO_SUCH = [notes(300, 1)]
/** From nine in the morning: what is done then belongs to the day that the drawer was opened on. */
const INTO_THE_NIGHT_MS = 16 * 3_600_000
const TWICE = [notes(500, 1), notes(500, 1)]

/** A cashier with two checks and a money order in the drawer, one who has counted, and one without a drawer. */
interface Desk {
  till: OpenTill
  open: TillClient
  counted: TillClient
  idle: TillClient
  papers: { one: Items[number]; other: Items[number]; order: Items[number] }
}

async function atTheDesk(atEnd: AtEnd): Promise<Desk> {
  const till = await openTestTill({ atEnd })
  const [open, counted, idle] = await Promise.all([
    clientOf(till, 'cashier'),
    clientOf(till, 'colleague'),
    clientOf(till, 'lead'),
  ])
  await openDrawer(open)
  const tenders = [
    check(cents(3_000), { reference: '1' }),
    check(cents(4_000), { reference: '2' }),
    moneyOrder(cents(700)),
  ]
  await pay(open, cents(7_700), { tenders })
  await openDrawer(counted, 'Window 2')
  await countDrawer(counted, cents(CHANGE_FUND - 100))
  const [one, other, order] = (await open.movement.sheet()).items.map(({ receiptId, tenderNo }) => ({
    receiptId,
    tenderNo,
  }))
  if (!one || !other || !order) throw new Error('The drawer has three papers')
  till.clock.advance(INTO_THE_NIGHT_MS)
  return { till, open, counted, idle, papers: { one, other, order } }
}

let desk: Desk

beforeAll(async () => {
  const endings: (() => Promise<void>)[] = []
  desk = await atTheDesk(end => void endings.push(end))
  return async () => {
    for (const end of endings) await end()
  }
})

const signed = () => ({
  commandId: newId(),
  ownPin: approvalBy('cashier').pin,
  approval: approvalBy('supervisor'),
})
const found = (pieces: PieceCount[], items: Items = []): MovedCount => ({ pieces, items })

const turnIn = (movement: Movement, given: MovedCount, taken = given) =>
  movement.turnIn({ ...signed(), given, taken })
const exchange = (movement: Movement, given: PieceCount[], taken = given) =>
  movement.exchange({ ...signed(), given, taken })
const noSale = (movement: Movement, reason = 'Change for the meter') =>
  movement.noSale({ commandId: newId(), reason })

const OUT = {
  direction: 'out' as const,
  category: 'Petty cash',
  reason: 'Stamps',
  documentNumber: '',
  cents: cents(1_000),
  pieces: [] as PieceCount[],
}
const payWith = (movement: Movement, change: Partial<Parameters<Movement['pay']>[0]> = {}) =>
  movement.pay({ commandId: newId(), ...OUT, ...change })

const EVERY: readonly (readonly [
  what: string,
  ask: (movement: Movement, who: 'colleague' | 'lead') => Promise<unknown>,
])[] = [
  [
    'a turn-in',
    (movement, who) =>
      movement.turnIn({ ...signed(), ownPin: approvalBy(who).pin, given: found(TEN), taken: found(TEN) }),
  ],
  ['a paid-out', movement => payWith(movement)],
  ['a paid-in', movement => payWith(movement, { direction: 'in', category: 'Found money' })],
  [
    'a change order',
    (movement, who) =>
      movement.exchange({ ...signed(), ownPin: approvalBy(who).pin, given: TEN, taken: TEN }),
  ],
  ['a drawer opened without a sale', movement => noSale(movement)],
]

it.each(EVERY)('%s wants a drawer that is open, and that nobody has begun to count', async (_what, ask) => {
  await refusedUnwritten(desk.till, () => ask(desk.idle.movement, 'lead'), 'NO_OPEN_SESSION')
  await refusedUnwritten(desk.till, () => ask(desk.counted.movement, 'colleague'), 'SESSION_COUNTED')
})

it('the sheet wants a drawer, and may be looked at while it is counted', async () => {
  await refusedUnwritten(desk.till, () => desk.idle.movement.sheet(), 'NO_OPEN_SESSION')
  expect((await desk.counted.movement.sheet()).items).toEqual([])
})

it.each<[what: string, code: string, told: unknown, ask: (desk: Desk) => Promise<unknown>]>([
  [
    'of a note that the city does not know',
    'COUNT_NOT_VALID',
    { reason: 'unknown-denomination' },
    ({ open }) => turnIn(open.movement, found(NO_SUCH), found(TEN)),
  ],
  [
    'that its taker counted in one row twice',
    'COUNT_NOT_VALID',
    { reason: 'repeated' },
    ({ open }) => turnIn(open.movement, found(TEN), found(TWICE)),
  ],
  [
    'of a paper that is in no drawer, as its taker has it',
    'COUNT_NOT_VALID',
    { reason: 'unknown-item' },
    ({ open }) => turnIn(open.movement, found(TEN), found(TEN, [{ receiptId: newId(), tenderNo: 1 }])),
  ],
  ['of nothing', 'NOTHING_TO_TURN_IN', undefined, ({ open }) => turnIn(open.movement, found([]))],
  [
    'of no piece of a kind',
    'NOTHING_TO_TURN_IN',
    undefined,
    ({ open }) => turnIn(open.movement, found([notes(500, 0)])),
  ],
  [
    'of which the taker found cash and no paper',
    'COUNTS_DIFFER',
    { labels: ['$10', 'Check'] },
    ({ open, papers }) => turnIn(open.movement, found([], [papers.one]), found(TEN)),
  ],
  [
    'of which the giver alone ticked two checks',
    'COUNTS_DIFFER',
    { labels: ['Check'] },
    ({ open, papers }) =>
      turnIn(open.movement, found([], [papers.one, papers.order, papers.other]), found([], [papers.order])),
  ],
  [
    'of which each ticked another paper',
    'COUNTS_DIFFER',
    { labels: ['Check', 'Money order'] },
    ({ open, papers }) => turnIn(open.movement, found([], [papers.one]), found([], [papers.order])),
  ],
])('a turn-in %s is refused', async (_what, code, told, ask) => {
  expect(await refusedUnwritten(desk.till, () => ask(desk), code)).toEqual(told)
})

const TEXT = 'TEXT_NOT_ALLOWED'

it.each<[what: string, code: string, told: unknown, change: Parameters<typeof payWith>[1]]>([
  ['under a name that the city has not', 'UNKNOWN_CATEGORY', undefined, { category: 'Coffee' }],
  ['under the name of what is paid in', 'UNKNOWN_CATEGORY', undefined, { category: 'Found money' }],
  ['of nothing', 'AMOUNT_MISSING', undefined, { cents: cents(0) }],
  ['without a reason', TEXT, { field: 'reason', reason: 'empty' }, { reason: ' \u200b ' }],
  // One letter that is written as two as it is kept.
  [
    'with a reason too long as it is kept',
    TEXT,
    { field: 'reason', reason: 'too-long' },
    { reason: '\u0958'.repeat(101) },
  ],
  [
    'with a card’s number',
    TEXT,
    { field: 'documentNumber', reason: 'card-number' },
    { documentNumber: '4111 1111 1111 1111' },
  ],
  [
    'with a document’s number too long as it is kept',
    TEXT,
    { field: 'documentNumber', reason: 'too-long' },
    { documentNumber: '\u0958'.repeat(21) },
  ],
  [
    'in notes that the city does not know',
    'COUNT_NOT_VALID',
    { reason: 'unknown-denomination' },
    { pieces: NO_SUCH },
  ],
  [
    'in pieces that come to less',
    'PIECES_DIFFER',
    { wantedCents: 1_000, countedCents: 500 },
    { pieces: [notes(500, 1)] },
  ],
  [
    'in pieces that come to more',
    'PIECES_DIFFER',
    { wantedCents: 1_000, countedCents: 2_000 },
    { pieces: [notes(2_000, 1)] },
  ],
])('a paid-out %s is refused', async (_what, code, told, change) => {
  expect(await refusedUnwritten(desk.till, () => payWith(desk.open.movement, change), code)).toEqual(told)
})

it.each<[what: string, code: string, told: unknown, given: PieceCount[], taken: PieceCount[]]>([
  [
    'of a note that the city does not know',
    'COUNT_NOT_VALID',
    { reason: 'unknown-denomination' },
    NO_SUCH,
    TEN,
  ],
  [
    'for a note that the city does not know',
    'COUNT_NOT_VALID',
    { reason: 'unknown-denomination' },
    TEN,
    NO_SUCH,
  ],
  ['of nothing', 'NOTHING_TO_EXCHANGE', undefined, [], []],
  ['of something for nothing', 'EXCHANGE_UNEQUAL', { givenCents: 1_000, takenCents: 0 }, TEN, []],
  ['of nothing for something', 'EXCHANGE_UNEQUAL', { givenCents: 0, takenCents: 1_000 }, [], TEN],
  ['for less', 'EXCHANGE_UNEQUAL', { givenCents: 1_000, takenCents: 500 }, TEN, [notes(500, 1)]],
])('a change order %s is refused', async (_what, code, told, given, taken) => {
  expect(await refusedUnwritten(desk.till, () => exchange(desk.open.movement, given, taken), code)).toEqual(
    told,
  )
})

it('a drawer is opened without a sale for a reason alone, which is kept', async () => {
  const told = await refusedUnwritten(desk.till, () => noSale(desk.open.movement, ' '), TEXT)
  expect(told).toEqual({ field: 'reason', reason: 'empty' })
  const long = await refusedUnwritten(desk.till, () => noSale(desk.open.movement, '\u0958'.repeat(101)), TEXT)
  expect(long).toEqual({ field: 'reason', reason: 'too-long' })
  expect(await noSale(desk.open.movement, ' A jam ')).toEqual({ kicked: false })
  const auditor = await clientOf(desk.till, 'auditor')
  const [line] = (await auditor.till.journal({ kind: 'movement.no-sale' })).entries
  const { session } = await desk.open.till.state()
  expect(line).toMatchObject({
    actorName: 'M. Alvarez',
    businessDate: '2026-11-20',
    about: { what: 'session', id: session?.sessionId },
    summary: expect.stringMatching(/: A jam$/),
  })
})

it.each<[what: string, ask: (movement: Movement) => Promise<unknown>]>([
  ['turn-in', movement => turnIn(movement, found([notes(10_000, 9)]))],
  ['paid-out', movement => payWith(movement, { cents: cents(90_000), approval: approvalBy('supervisor') })],
  ['change order', movement => exchange(movement, [notes(10_000, 9)])],
])('a %s of more cash than the drawer has is on record as that and refused', async (what, ask) => {
  await refused(ask(desk.open.movement), 'CASH_NOT_IN_DRAWER')
  const auditor = await clientOf(desk.till, 'auditor')
  const [line] = (await auditor.till.journal({ kind: 'movement.refused' })).entries
  expect(line?.summary).toContain(`A ${what} of 900.00 was refused`)
  expect(line?.businessDate).toBe('2026-11-20')
})

it('more cash than the drawer has may be paid in', async () => {
  const found = { direction: 'in' as const, category: 'Found money', cents: cents(90_000) }
  const { movementId } = await payWith(desk.open.movement, { ...found, approval: approvalBy('supervisor') })
  expect(await desk.open.movement.get({ movementId })).toMatchObject({ kind: 'paid-in', cashCents: 90_000 })
})

it('a slip that is not on record is neither shown nor printed', async () => {
  const unknown = { movementId: newId() }
  await refusedUnwritten(desk.till, () => desk.open.movement.get(unknown), 'UNKNOWN_MOVEMENT')
  await refusedUnwritten(desk.till, () => desk.open.movement.document(unknown), 'UNKNOWN_MOVEMENT')
})

it('whoever was not asked by a screen of before is asked once the city has lowered its amount', async () => {
  const administrator = await clientOf(desk.till, 'administrator')
  await changeSettings(administrator, { paidApprovalCents: cents(999) })
  await refusedUnwritten(desk.till, () => payWith(desk.open.movement), 'APPROVAL_NEEDED')
  await payWith(desk.open.movement, { cents: cents(999) })
})
