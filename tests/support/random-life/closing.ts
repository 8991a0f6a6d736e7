/** Random ends of a session: counted right and wrong, handed over, closed for the absent; and surprise counts. */
import type { CountInput, CountResult, CountSheet } from '../../../shared/contract/session-fields.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { piecesOf } from '../desk.ts'
import { type Life, same, WORKERS } from './life.ts'
import { type Found, type Held, type Instrument, total, type Worker } from './money.ts'

const CHANGE_FUND = 20_000

/** A drawer is opened on what lies in it; a thin change fund is made up first, and counting it goes wrong at times. */
export async function open(
  life: Life,
  drawer: { name: string; drawerId: string },
  who: Worker,
): Promise<void> {
  const { luck, book, tally } = life
  const before = book.lying.get(drawer.name)
  const lies = before === undefined || before.lies < CHANGE_FUND / 2 ? CHANGE_FUND : before.lies
  const said = luck.percent(4) ? lies + luck.pick([-1_000, -25, 500]) : lies
  const { drawerId } = drawer
  const count = () =>
    life.as(who).session.open({ ...life.command(), drawerId, pieces: piecesOf(cents(said)) })
  let { outcome, opened } = await count()
  same('opening at once', outcome === 'opened', said === (before?.said ?? CHANGE_FUND))
  if (outcome === 'recount') ({ outcome, opened } = await count())
  if (outcome === 'explain') {
    const approval = life.approvalBy(life.approverFor(who))
    // Nobody brought a fund: what was made up, and what was counted wrong, is over or short.
    const input = { ...life.command(), drawerId, fundCents: null, reason: 'Found so', approval }
    opened = await life.as(who).session.openDifferent(input)
    tally.add('opening difference')
  }
  if (opened === null) throw new Error('The drawer is not open')
  same('opening cash', opened.openingCents, said)
  const { sessionId } = opened
  const fund = before === undefined ? said : before.fund
  book.open({ sessionId, drawer: drawer.name, who, openedAtMs: life.nowMs, fund, said, lies })
  tally.add('session')
}

/** Who could take over: nobody has two drawers. */
export function withoutDrawer({ book }: Life): Worker[] {
  return WORKERS.filter(who => book.heldBy(who) === undefined)
}

function countInput(sheet: CountSheet, held: Held, { cash, missing, extra }: Found): CountInput {
  same('instruments to count', sheet.items.length, held.instruments.length)
  const isMissing = (item: CountSheet['items'][number]) =>
    item.receiptId === missing?.receiptId && item.tenderNo === missing.tenderNo
  return {
    pieces: piecesOf(cents(cash)),
    items: sheet.items
      .filter(item => !isMissing(item))
      .map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    extraItems: extra === 0 ? [] : [{ tender: 'check', reference: 'none', cents: cents(extra) }],
    slips: [...held.slips].filter(([, of]) => of > 0).map(([tender, of]) => ({ tender, cents: cents(of) })),
  }
}

const isWhole = (held: Held, { cash, missing, extra }: Found): boolean =>
  cash === held.said && missing === undefined && extra === 0

/** What is found: mostly what lies there. */
function counted({ luck }: Life, held: Held, wrongPercent: number): number {
  return luck.percent(wrongPercent)
    ? Math.max(0, held.lies + luck.pick([-2_000, -100, -1, 9, 1_800]))
    : held.lies
}

function instrumentsFound({ luck }: Life, held: Held): Pick<Found, 'missing' | 'extra'> {
  const missing: Instrument | undefined =
    held.instruments.length > 0 && luck.percent(3) ? luck.pick(held.instruments) : undefined
  return { missing, extra: luck.percent(2) ? luck.between(100, 9_000) : 0 }
}

/** Counted once, by the cashier alone or by two. */
async function countOnce(
  life: Life,
  held: Held,
  found: Found,
  taker: Worker | undefined,
): Promise<CountResult> {
  const client = life.as(held.who)
  const count = countInput(await client.session.countSheet(), held, found)
  if (taker === undefined) return client.session.count({ ...life.command(), count })
  const signed = life.signed(held.who, taker)
  if (life.luck.percent(10)) {
    const takerPieces = piecesOf(cents(found.cash + 5))
    const differing = { ...life.command(), count, takerPieces, ...signed }
    await life.refused(client.session.handOver(differing), 'COUNTS_DIFFER')
  }
  return client.session.handOver({ ...life.command(), count, takerPieces: count.pieces, ...signed })
}

/** Counts, counts again, gives the reason: until the drawer is closed, for good or into the hands of a taker. */
export async function close(life: Life, held: Held, wanted?: Worker): Promise<void> {
  const { luck, tally } = life
  const instruments = instrumentsFound(life, held)
  let found: Found = { cash: counted(life, held, 12), ...instruments }
  let taker = wanted
  let { outcome } = await countOnce(life, held, found, taker)
  same('first count', outcome, isWhole(held, found) ? 'closed' : 'recount')
  if (outcome === 'recount') {
    tally.add('recount')
    await life.refused(
      life.as(held.who).movement.noSale({ ...life.command(), reason: 'Late' }),
      'SESSION_COUNTED',
    )
    if (luck.percent(20)) taker = undefined
    found = { cash: counted(life, held, 4), ...instruments }
    outcome = (await countOnce(life, held, found, taker)).outcome
    same('recount', outcome, isWhole(held, found) ? 'closed' : 'explain')
  }
  if (outcome === 'explain') {
    const approval = life.approvalBy(life.approverFor(held.who))
    await life.as(held.who).session.close({ ...life.command(), reason: 'As found', approval })
    tally.add('difference')
  }
  await noteClosed(life, held, { found, taker })
}

interface Closing {
  found: Found
  taker: Worker | undefined
}

/** What the Z report says must be what was noted; where somebody took over, their session has begun. */
async function noteClosed(life: Life, held: Held, { found, taker }: Closing): Promise<void> {
  const { book, tally } = life
  const reading = await life.as('auditor').session.readZ({ sessionId: held.sessionId })
  const cash = reading.balances.find(({ tender }) => tender === 'cash')
  same('expected at close', cash?.expectedCents, held.said)
  same('over or short', cash?.overShortCents, found.cash - held.said)
  const closed = book.close(held, found, taker === undefined ? 'fund' : 'everything')
  same('left in the drawer', reading.leftCents, closed.left)
  same('to the safe', reading.toSafeCents, found.cash - closed.left)
  await noteParts(life, held, closed)
  tally.add('close')
  if (taker === undefined) return
  const { session } = await life.as(taker).till.state()
  const lies = held.lies
  const { drawer, fund } = held
  book.open({
    sessionId: session?.sessionId ?? '',
    drawer,
    who: taker,
    openedAtMs: life.nowMs,
    fund,
    said: found.cash,
    lies,
  })
  tally.add('hand over')
}

/** The parts for the bank that this close made: all of its money, whichever bank gets it. */
async function noteParts(life: Life, held: Held, closed: { cash: number; items: number }): Promise<void> {
  const { sessionId } = held
  const waiting = (await life.as('lead').deposit.waiting()).filter(part => part.sessionId === sessionId)
  same('cash for the bank', sumOf(waiting.map(part => part.cashCents)), closed.cash)
  same('instruments for the bank', sumOf(waiting.map(part => part.itemsCents)), closed.items)
  for (const { partNo, bankAccountId, cashCents, itemsCents } of waiting)
    life.book.parts.push({
      sessionId,
      partNo,
      bank: bankAccountId,
      cash: cashCents,
      items: itemsCents,
      depositId: null,
    })
}

const sumOf = (list: readonly Cents[]): number => total(list.map(cents => ({ cents })))

/** The cashier does not come back: lead and supervisor count what is there. */
export async function closeAbsent(life: Life, held: Held): Promise<void> {
  const { sessionId } = held
  const found: Found = { cash: counted(life, held, 10), ...instrumentsFound(life, held) }
  const lead = life.as('lead')
  const count = countInput(await lead.session.surpriseSheet({ sessionId }), held, found)
  const signed = life.signed('lead', 'supervisor')
  const secondPieces = count.pieces
  const input = { sessionId, count, secondPieces, reason: 'Not back', ...signed }
  const { outcome } = await lead.session.closeAbsent({ ...life.command(), ...input })
  same('absent close', outcome, 'closed')
  await noteClosed(life, held, { found, taker: undefined })
  life.tally.add('absent close')
}

/** Somebody counts another's drawer without warning, and the day goes on. */
export async function surprise(life: Life, held: Held): Promise<void> {
  const { sessionId } = held
  const counter = life.luck.pick((['auditor', 'lead', 'supervisor'] as const).filter(who => who !== held.who))
  const client = life.as(counter)
  const found = { cash: held.lies, missing: undefined, extra: 0 }
  const count = countInput(await client.session.surpriseSheet({ sessionId }), held, found)
  const { balances } = await client.session.surpriseCount({ ...life.command(), sessionId, count })
  const cash = balances.find(({ tender }) => tender === 'cash')
  same('surprise count', cash?.overShortCents, held.lies - held.said)
  life.tally.add('surprise count')
}

/** Somebody else reads the drawer as it stands; its own cashier is refused. */
export async function readX(life: Life, held: Held): Promise<void> {
  const { sessionId } = held
  if (held.who === 'lead' || held.who === 'supervisor')
    await life.refused(life.as(held.who).session.readX({ sessionId }), 'OWN_SESSION_IS_BLIND')
  const reading = await life.as('auditor').session.readX({ sessionId })
  const cash = reading.balances.find(({ tender }) => tender === 'cash')
  same('cash in the X report', cash?.expectedCents, held.said)
  same('cash turned in by the X report', cash?.turnedInCents, held.turnedInCash)
  life.tally.add('X report')
}
