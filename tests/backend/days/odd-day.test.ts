/** One odd day: everything that can happen to a drawer between its change fund and the bank's credit, in one story. */
import { expect, it } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { sayError } from '../../../renderer/text/refusals/refusals.ts'
import type { ReportInput } from '../../../shared/contract/report.ts'
import type { CountInput } from '../../../shared/contract/session-fields.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents, sum } from '../../../shared/money.ts'
import { businessDateOf } from '../../../shared/time.ts'
import {
  accountLine,
  approvalBy,
  card,
  cash,
  catalogLine,
  countDrawer,
  countOf,
  openDrawer,
  ordinaryAccount,
  pay,
  piecesOf,
  receiptInput,
} from '../../support/desk.ts'
import { refusalOf, refused } from '../../support/refusals.ts'
import { byName, column, day as reportDay, summed } from '../report/report-tables.ts'
import {
  at,
  begin,
  CHICAGO,
  checkNo,
  type Day,
  MONDAY_DUE,
  money,
  OPERATING,
  PERMITS,
  payPermit,
  pinOf,
  TUESDAY_DUE,
  turnIn,
} from './odd-day.ts'

/** Saturday evening. 200.00 lie in the drawer, 190.00 are counted. */
async function saturdayEvening(day: Day) {
  const { alvarez } = day
  const opened = await openDrawer(alvarez, 'Window 1', cents(19_000))
  expect(opened).toMatchObject({ openingCents: 19_000, changeFundWantedCents: 20_000 })
  const bill = { tenders: [cash(cents(30_000))], account: await ordinaryAccount(0) }
  expect((await pay(alvarez, cents(28_550), bill)).changeCents).toBe(1_450)
  expect(await money(day)).toEqual({ 'Window 1': 47_550, safe: 0, papers: 0 })
  const permit = await payPermit(alvarez, 'DEMO', [checkNo('2001', 10_000)])
  const both = [checkNo('2002', 40_000), cash(cents(5_000))]
  await pay(alvarez, cents(45_000), { tenders: both, account: await ordinaryAccount(1) })
  expect(await money(day)).toEqual({ 'Window 1': 52_550, safe: 0, papers: 0 })
  at(day, '2026-03-07T22:30-06:00')
  const first = await turnIn(day, 30_000, ['2001', '2002'])
  expect(first).toMatchObject({ number: 'W1-M0001', cashCents: 30_000, itemsCents: 50_000 })
  expect(await money(day)).toEqual({ 'Window 1': 22_550, safe: 30_000, papers: 50_000 })
  return { sessionId: opened.sessionId, permit }
}

/** The check is in the safe; whoever wants to give it back is told with which turn-in, and what to do. */
async function voidOfTurnedInCheck(day: Day, receiptId: string) {
  const input = { commandId: newId(), receiptId, reason: 'Wrong permit', approval: approvalBy('lead') }
  const refusal = await refusalOf(day.alvarez.receipt.void(input))
  expect(refusal).toMatchObject({ code: 'INSTRUMENT_TURNED_IN', data: { number: 'W1-M0001' } })
  expect(sayError(refusal)).toMatch(/turn-in W1-M0001.*Tell a supervisor/)
  expect(await money(day)).toEqual({ 'Window 1': 22_550, safe: 30_000, papers: 50_000 })
}

/** After midnight: the drawer reaches its limit, checks go on, cash waits for the second turn-in. */
async function limitReached(day: Day) {
  const { alvarez } = day
  at(day, '2026-03-08T00:30-06:00')
  const lines = [accountLine(await ordinaryAccount(2), cents(20_000)), await catalogLine(alvarez, 'DEMO')]
  const tenders = [cash(cents(20_000)), card(cents(10_000))]
  await alvarez.receipt.post(receiptInput(lines, tenders, cents(30_000)))
  expect((await alvarez.till.state()).session?.level).toEqual({
    tenths: 6,
    limitCents: 70_000,
    state: 'fine',
    lifted: false,
  })
  await pay(alvarez, cents(30_000), { account: await ordinaryAccount(3) })
  expect((await alvarez.till.state()).session?.level.state).toBe('full')
  expect(await money(day)).toEqual({ 'Window 1': 72_550, safe: 30_000, papers: 50_000 })
  const told = await refused(pay(alvarez, cents(100)), 'CASH_LIMIT_REACHED')
  expect(told).toEqual({ limitCents: 70_000 })
  const large = [checkNo('2003', 120_000)]
  const { receiptId } = await pay(alvarez, cents(120_000), {
    tenders: large,
    account: await ordinaryAccount(4),
  })
  expect((await alvarez.receipt.get({ receiptId })).businessDate).toBe('2026-03-07')
  at(day, '2026-03-08T01:50-06:00')
  expect(await turnIn(day, 50_000)).toMatchObject({ number: 'W1-M0002', cashCents: 50_000, itemsCents: 0 })
  expect(await money(day)).toEqual({ 'Window 1': 22_550, safe: 80_000, papers: 50_000 })
}

/** Twenty minutes later it is past three. The session is as old as it is, and its business date stays. */
async function summerTime(day: Day) {
  const { alvarez, whitfield } = day
  at(day, '2026-03-08T03:10-05:00')
  const { receiptId, changeCents } = await payPermit(alvarez, 'DOG', [cash(cents(2_000))])
  expect(changeCents).toBe(800)
  expect((await alvarez.receipt.get({ receiptId })).businessDate).toBe('2026-03-07')
  const { businessDate, hours } = await whitfield.session.board()
  expect([businessDate, hours]).toEqual([
    '2026-03-08',
    [
      { hour: 0, receiptCount: 3 },
      { hour: 3, receiptCount: 1 },
    ],
  ])
  const postage = {
    direction: 'out' as const,
    category: 'Postage and supplies',
    reason: 'Stamps',
    documentNumber: 'V-118',
  }
  await alvarez.movement.pay({ commandId: newId(), ...postage, cents: cents(1_500), pieces: [] })
  expect(await money(day)).toEqual({ 'Window 1': 22_250, safe: 80_000, papers: 50_000 })
}

/** Alvarez hands over to Okonkwo. The change fund's ten dollars come to light: the drawer is over by them. */
async function handOver(day: Day, sessionId: string) {
  const { alvarez, okonkwo, whitfield } = day
  at(day, '2026-03-08T04:00-05:00')
  const found = cents(23_250)
  const count = await countOf(alvarez, found, [{ tender: 'card', cents: cents(10_000) }])
  const signed = { ownPin: pinOf('cashier'), approval: approvalBy('colleague') }
  const give = (taker: Cents) =>
    alvarez.session.handOver({ commandId: newId(), count, takerPieces: piecesOf(taker), ...signed })
  await refused(give(cents(23_240)), 'COUNTS_DIFFER')
  expect(await give(found)).toMatchObject({ outcome: 'recount', balances: [], nextSessionNumber: null })
  await refused(whitfield.session.explain({ sessionId }), 'NOT_COUNTED')
  const again = await give(found)
  expect(again).toMatchObject({ outcome: 'explain', nextSessionNumber: null })
  const difference = again.balances.find(({ tender }) => tender === 'cash')
  expect(difference).toMatchObject({ expectedCents: 22_250, countedCents: 23_250, overShortCents: 1_000 })
  await refused(okonkwo.session.explain({ sessionId }), 'NOT_YOURS_TO_SEE')
  const { candidates } = await whitfield.session.explain({ sessionId })
  const changeFund = { countedCents: 19_000, likelyCents: 20_000, against: 'wanted' }
  expect(candidates[0]).toMatchObject({ kind: 'change-fund-miscounted', facts: changeFund })
  await refused(alvarez.session.close({ commandId: newId(), reason: 'Change fund' }), 'APPROVAL_NEEDED')
  const reason = 'Change fund was counted ten dollars short'
  const close = { commandId: newId(), reason, approval: approvalBy('lead') }
  const closed = await alvarez.session.close(close)
  expect(closed).toEqual({ zNumber: 'W1-Z0001', nextSessionNumber: 'W1-S0002' })
  expect(await money(day)).toEqual({ 'Window 1': 23_250, safe: 80_000, papers: 170_000 })
}

/** The Z report of the night: ten over in cash, nothing else, and every figure of the story in it. */
async function nightReading({ whitfield }: Day, sessionId: string) {
  const reading = await whitfield.session.readZ({ sessionId })
  expect(reading).toMatchObject({
    zNumber: 'W1-Z0001',
    businessDate: '2026-03-07',
    receiptCount: 7,
    voidCount: 0,
    totalCents: 264_750,
    leftCents: 23_250,
    toSafeCents: 0,
    reason: 'Change fund was counted ten dollars short',
    approvedByName: 'R. Chen',
    handedTo: { name: 'J. Okonkwo', sessionNumber: 'W1-S0002' },
  })
  const figures = Object.fromEntries(reading.balances.map(({ tender, ...rest }) => [tender, rest]))
  expect(figures.cash).toMatchObject({
    openingCents: 19_000,
    tenderedCents: 87_000,
    changeCents: 2_250,
    paidOutCents: 1_500,
    turnedInCents: 80_000,
    expectedCents: 22_250,
    countedCents: 23_250,
    overShortCents: 1_000,
  })
  const checks = { tenderedCents: 170_000, turnedInCents: 50_000, expectedCents: 120_000, overShortCents: 0 }
  expect(figures.check).toMatchObject(checks)
  expect(figures.card).toMatchObject({ expectedCents: 10_000, countedCents: 10_000, overShortCents: 0 })
  expect(reading.movements.map(({ number }) => number)).toEqual(['W1-M0001', 'W1-M0002', 'W1-M0003'])
  expect(sum(reading.byGlAccount.map(row => row.cents))).toBe(264_750)
}

/** Okonkwo goes on with what both counted, miscounts once, and closes with a match. */
async function recount(day: Day) {
  const { okonkwo, whitfield } = day
  const sessionId = (await okonkwo.till.state()).session?.sessionId ?? ''
  const bill = { tenders: [cash(cents(10_000))], account: await ordinaryAccount(5) }
  await pay(okonkwo, cents(6_425), bill)
  const tenders = [checkNo('2004', 8_000)]
  await pay(okonkwo, cents(8_000), { tenders, account: await ordinaryAccount(6) })
  const [given, taken] = [
    [1, 0, 20_00],
    [20, 0, 1_00],
  ].map(([pieces = 0, bundles = 0, value = 0]) => [
    { valueCents: cents(value), kind: 'note' as const, pieces, bundles },
  ])
  const signed = { ownPin: pinOf('colleague'), approval: approvalBy('lead') }
  const exchange = { commandId: newId(), given: given ?? [], taken: taken ?? [], ...signed }
  await okonkwo.movement.exchange(exchange)
  expect(await money(day)).toEqual({ 'Window 1': 29_675, safe: 80_000, papers: 170_000 })
  at(day, '2026-03-08T06:00-05:00')
  expect((await countDrawer(okonkwo, cents(29_575))).outcome).toBe('recount')
  expect((await countDrawer(okonkwo, cents(29_675))).outcome).toBe('closed')
  const reading = await whitfield.session.readZ({ sessionId })
  const figures = { businessDate: '2026-03-08', leftCents: 19_000, toSafeCents: 10_675, totalCents: 14_425 }
  expect(reading).toMatchObject({ zNumber: 'W1-Z0002', handedFromNumber: 'W1-S0001', ...figures })
  expect(reading.counts.map(({ cashCents }) => cashCents)).toEqual([23_250, 29_575, 29_675])
  expect(await money(day)).toEqual({ safe: 90_675, papers: 178_000 })
  return sessionId
}

/** Alvarez opens Window 2, falls ill and does not come back: on Monday two others count what is there. */
async function absentCashier(day: Day) {
  const { alvarez, chen, whitfield } = day
  const { sessionId } = await openDrawer(alvarez, 'Window 2')
  await pay(alvarez, cents(7_500), { account: await ordinaryAccount(7) })
  await payPermit(alvarez, 'DOG', [checkNo('2005', 1_200)])
  await payPermit(alvarez, 'DEMO', [cash(cents(10_000))])
  expect(await money(day)).toEqual({ 'Window 2': 37_500, safe: 90_675, papers: 178_000 })
  at(day, '2026-03-09T08:00-05:00')
  await refused(pay(alvarez, cents(100)), 'SESSION_TOO_OLD')
  const { items } = await chen.session.surpriseSheet({ sessionId })
  const count: CountInput = {
    pieces: piecesOf(cents(37_000)),
    items: items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
    extraItems: [],
    slips: [],
  }
  const signed = { ownPin: pinOf('lead'), approval: approvalBy('supervisor') }
  const close = (second: number) => {
    const secondPieces = piecesOf(cents(second))
    const reason = 'Ill since Sunday'
    return chen.session.closeAbsent({ commandId: newId(), sessionId, count, secondPieces, reason, ...signed })
  }
  await refused(close(37_500), 'COUNTS_DIFFER')
  expect(await close(37_000)).toMatchObject({ outcome: 'closed', zNumber: 'W1-Z0003' })
  const reading = await whitfield.session.readZ({ sessionId })
  const by = { name: 'R. Chen', secondName: 'D. Whitfield' }
  expect(reading).toMatchObject({ leftCents: 20_000, toSafeCents: 17_000, closedInAbsenceBy: by })
  const figures = reading.balances.find(({ tender }) => tender === 'cash')
  expect(figures).toMatchObject({ expectedCents: 37_500, countedCents: 37_000, overShortCents: -500 })
  expect(await money(day)).toEqual({ safe: 107_675, papers: 179_200 })
  return sessionId
}

/** Five parts wait, each with its bank; Saturday's money is over a thousand and goes on the first business day. */
async function partsThatWait(day: Day, [night, morning, absent]: readonly [string, string, string]) {
  const { chen, bank } = day
  const [operating, permits] = [bank(OPERATING), bank(PERMITS)]
  const waiting = await chen.deposit.waiting()
  const told = waiting.map(part => [
    part.sessionId,
    part.bankAccountId,
    part.cashCents,
    part.itemsCents,
    part.dueCents,
    part.dueAtMs,
  ])
  expect(told).toEqual([
    [night, operating, 72_133, 160_000, 4_750, MONDAY_DUE],
    [night, permits, 7_867, 10_000, 0, MONDAY_DUE],
    [morning, operating, 10_675, 8_000, -4_250, TUESDAY_DUE],
    [absent, operating, 7_000, 0, 500, TUESDAY_DUE],
    [absent, permits, 10_000, 1_200, 0, TUESDAY_DUE],
  ])
  expect(waiting.map(({ overdue }) => overdue)).toEqual([false, false, false, false, false])
  day.till.clock.advance(MONDAY_DUE + 1 - day.till.clock.now())
  const late = await chen.deposit.waiting()
  expect(late.map(({ overdue }) => overdue)).toEqual([true, true, false, false, false])
  const all = waiting.map(({ sessionId, partNo }) => ({ sessionId, partNo }))
  const mixed = { commandId: newId(), bankAccountId: operating, parts: all, pieces: [], bagNumber: 'B-0' }
  const wrong = await refused(chen.deposit.makeUp(mixed), 'WRONG_BANK_ACCOUNT')
  expect(wrong).toEqual({ number: 'W1-S0001', bankAccountName: PERMITS })
  return waiting
}

type Waiting = Awaited<ReturnType<typeof partsThatWait>>

async function madeUp({ chen, whitfield, bank }: Day, waiting: Waiting, name: string, bagNumber: string) {
  const bankAccountId = bank(name)
  const own = waiting.filter(part => part.bankAccountId === bankAccountId)
  const parts = own.map(({ sessionId, partNo }) => ({ sessionId, partNo }))
  const pieces = piecesOf(sum(own.map(part => part.cashCents)))
  const input = { bankAccountId, parts, pieces, bagNumber }
  const made = await chen.deposit.makeUp({ ...input, commandId: newId() })
  await refused(chen.deposit.makeUp({ ...input, commandId: newId(), bagNumber: 'B-9' }), 'SESSION_DEPOSITED')
  const view = await whitfield.deposit.get({ depositId: made.depositId })
  expect(view).toMatchObject({ dueAtMs: MONDAY_DUE, overdue: true })
  return { ...made, itemCount: view.items.length, itemsCents: view.itemsCents, pieces }
}

type MadeUp = Awaited<ReturnType<typeof madeUp>>

/** From the bag to the statement. What the bank finds less is on record with its reason. */
async function toTheBank(
  { whitfield, chen }: Day,
  made: MadeUp,
  { seal, less }: { seal: string; less: number },
) {
  const { depositId, totalCents, pieces, itemCount, itemsCents } = made
  const counted = { depositId, pieces, itemCount, itemsCents, reason: '' }
  const approval = approvalBy('supervisor')
  await chen.deposit.verify({ commandId: newId(), ...counted, approval })
  const bagNumber = `BAG-${seal}`
  await whitfield.deposit.seal({ commandId: newId(), depositId, bagNumber, sealNumber: seal })
  await whitfield.deposit.release({
    commandId: newId(),
    depositId,
    carrier: 'Courier',
    signatureName: 'T. Boone',
  })
  expect(await whitfield.deposit.get({ depositId })).toMatchObject({ state: 'released', overdue: false })
  const bankDate = businessDateOf(MONDAY_DUE, CHICAGO)
  const slip = { depositId, slipNumber: `SLIP-${seal}`, bankDate, cents: cents(totalCents - less) }
  const validate = (reason: string) => chen.deposit.validate({ commandId: newId(), ...slip, reason })
  if (less > 0) await refused(validate(''), 'REASON_MISSING')
  expect(await validate('A note less')).toMatchObject({ differenceCents: 0 - less })
  const credit = {
    depositId,
    cents: slip.cents,
    creditDate: businessDateOf(TUESDAY_DUE, CHICAGO),
    reason: '',
  }
  await chen.deposit.credit({ commandId: newId(), ...credit })
  expect(await chen.deposit.get({ depositId })).toMatchObject({
    state: 'credited',
    foundCents: totalCents - less,
  })
}

/** The reports of the two days tell the same story, with the hour that there was not. */
async function reports({ whitfield }: Day) {
  const [saturday, sunday] = [reportDay('2026-03-07'), reportDay('2026-03-08')]
  const run = (report: ReportInput['report'], from = saturday, to = sunday) =>
    whitfield.report.run({ report, fromDate: from, toDate: to })
  const night = await run('collections', saturday, saturday)
  for (const heading of ['By GL account', 'By tender', 'By cashier', 'By hour'])
    expect([heading, summed(night, heading, 'kept')]).toEqual([heading, 264_750])
  const after = ['03/08/2026 12:00 am', '03/08/2026 3:00 am']
  expect(column(night, 'By hour', 'hour')).toEqual(['8:00 pm', ...after])
  const both = await run('collections')
  expect(summed(both, 'By cashier', 'kept')).toBe(264_750 + 14_425 + 18_700)
  const differences = await run('over-short')
  const found = byName(differences, 'Sessions that were over or short', 'overShort')
  expect(found).toEqual({ 'W1-Z0001': 1_000, 'W1-Z0003': -500 })
  const moved = await run('movements')
  expect(summed(moved, 'Turn-ins', 'total')).toBe(130_000)
  expect(summed(moved, 'Paid in and paid out', 'paidOut')).toBe(1_500)
  const monday = reportDay('2026-03-09')
  const banked = await run('deposits', monday, monday)
  expect(summed(banked, 'Deposits', 'total')).toBe(257_808 + 29_067)
  expect(summed(banked, 'Money that is in no deposit', 'total')).toBe(0)
  expect(column(banked, 'Deposits', 'onTime')).toEqual(['late', 'late'])
}

it('an odd day: every cent of it is in a drawer, in the safe or at a bank, and every difference has its reason', async () => {
  const day = await begin()
  const { sessionId: night, permit } = await saturdayEvening(day)
  await voidOfTurnedInCheck(day, permit.receiptId)
  await limitReached(day)
  await summerTime(day)
  await handOver(day, night)
  await nightReading(day, night)
  const morning = await recount(day)
  const absent = await absentCashier(day)
  const waiting = await partsThatWait(day, [night, morning, absent])
  const utility = await madeUp(day, waiting, OPERATING, 'B-1')
  const permits = await madeUp(day, waiting, PERMITS, 'B-2')
  expect([utility.totalCents, permits.totalCents]).toEqual([257_808, 29_067])
  expect(await money(day)).toEqual({ safe: 107_675, papers: 179_200 })
  await toTheBank(day, utility, { seal: 'S-1', less: 0 })
  expect(await money(day)).toEqual({ safe: 17_867, papers: 11_200 })
  await toTheBank(day, permits, { seal: 'S-2', less: 500 })
  expect(await money(day)).toEqual({ safe: 0, papers: 0 })
  await reports(day)
  await day.till.restart()
  const report = await verifyLedger(day.till.dataDir, () => undefined)
  expect(report.problems).toEqual([])
  expect(report).toMatchObject({ ok: true, receipts: 12, sessions: 3 })
})
