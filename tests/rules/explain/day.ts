/** Lives through a planned day and writes down what the till would know of it. */

import type { TenderBalance } from '../../../shared/ledger/session.ts'
import { type Cents, cents, sum } from '../../../shared/money.ts'
import type {
  CashPieces,
  CountEvidence,
  CountedInstrument,
  MovementEvidence,
  ReceiptEvidence,
  SessionEvidence,
} from '../../../shared/rules/explain/explain-difference.ts'
import type { Tender } from '../../../shared/tenders.ts'
import { addTo, CHANGE_FOR_100, laidDown, outOf } from './purse.ts'
import {
  CHANGE_FUND_CENTS,
  type Chance,
  denominations,
  looseRows,
  type Plan,
  type PlannedMovement,
  type PlannedReceipt,
  type Purse,
  percent,
  rowsOf,
  worth,
} from './sessions.ts'

export interface Day {
  drawer: Purse
  instruments: CountedInstrument[]
  slips: Map<Tender, number>
  receipts: ReceiptEvidence[]
  movements: MovementEvidence[]
  turnedInItems: { receiptId: string; tenderNo: number }[]
  /** Something had to be given that the drawer did not hold: no such day can be. */
  impossible: boolean
}

const MOST_MOVEMENTS = 1_000
const ITEMIZED: readonly Tender[] = ['check', 'money-order']

function emptyDay(plan: Plan): Day {
  return {
    drawer: new Map(plan.opening),
    instruments: [],
    slips: new Map(),
    receipts: [],
    movements: [],
    turnedInItems: [],
    impossible: false,
  }
}

/** Gives an amount out of the drawer, after a change order where it cannot be made. */
function giveOut(day: Day, amount: number, atMs: number): Purse {
  while (!day.impossible) {
    const pieces = outOf(day.drawer, amount)
    if (pieces !== null) {
      addTo(day.drawer, pieces, -1)
      return pieces
    }
    orderChange(day, atMs)
  }
  return new Map()
}

function orderChange(day: Day, atMs: number): void {
  const given = outOf(day.drawer, 10_000)
  if (given === null || day.movements.length > MOST_MOVEMENTS) {
    day.impossible = true
    return
  }
  addTo(day.drawer, given, -1)
  addTo(day.drawer, CHANGE_FOR_100, 1)
  const pieces = { taken: looseRows(CHANGE_FOR_100), given: looseRows(given) }
  const id = `c${day.movements.length}`
  day.movements.push({
    movementId: id,
    number: id,
    kind: 'change-order',
    cashCents: cents(0),
    itemsCents: cents(0),
    atMs,
    pieces,
  })
}

function instrument(receipt: PlannedReceipt, inBooks: boolean): CountedInstrument {
  return {
    tender: receipt.tender,
    cents: cents(receipt.cents),
    reference: receipt.reference,
    receiptId: inBooks ? receipt.id : null,
    tenderNo: inBooks ? 1 : null,
  }
}

/** What came over the counter for one receipt, and went back. */
function receive(chance: Chance, day: Day, receipt: PlannedReceipt): CashPieces | null {
  const stays = receipt.moneyCame && !receipt.moneyWentBack
  if (ITEMIZED.includes(receipt.tender)) {
    const inBooks = receipt.keyed?.tender === receipt.tender && !receipt.voided
    if (stays) day.instruments.push(instrument(receipt, inBooks))
    return null
  }
  if (receipt.tender !== 'cash') {
    if (stays) day.slips.set(receipt.tender, (day.slips.get(receipt.tender) ?? 0) + receipt.cents)
    return null
  }
  const taken = laidDown(chance, receipt.handedCents)
  if (!receipt.moneyCame) {
    const given = outOf(day.drawer, receipt.handedCents - receipt.cents) ?? new Map<string, number>()
    return { taken: looseRows(taken), given: looseRows(given) }
  }
  addTo(day.drawer, taken, 1)
  const change = receipt.handedCents - receipt.cents
  let given: Purse = new Map()
  for (let n = 0; n < receipt.changeGiven; n += 1) given = giveOut(day, change, receipt.atMs)
  if (receipt.changeGiven === 0) given = outOf(day.drawer, change) ?? new Map()
  if (receipt.moneyWentBack) giveOut(day, receipt.cents, receipt.atMs)
  return { taken: looseRows(taken), given: looseRows(given) }
}

function record(plan: Plan, day: Day, receipt: PlannedReceipt, pieces: CashPieces | null): void {
  if (receipt.keyed === null) return
  const { tender, cents: keyed } = receipt.keyed
  const asCash = tender === 'cash' && receipt.tender === 'cash'
  const changeCents = asCash ? receipt.handedCents - receipt.cents : 0
  day.receipts.push({
    receiptId: receipt.id,
    number: receipt.id.toUpperCase(),
    atMs: receipt.atMs,
    state: receipt.voided ? 'voided' : 'posted',
    totalCents: cents(keyed),
    changeCents: cents(changeCents),
    tenders: [
      {
        tenderNo: 1,
        tender,
        cents: cents(keyed + changeCents),
        reference: tender === 'cash' ? '' : receipt.reference,
        accountLast4: null,
      },
    ],
    payer: receipt.payer,
    dueCents: receipt.dueCents === null ? null : cents(receipt.dueCents),
    ...(plan.piecesNoted && pieces !== null && tender === 'cash' ? { pieces } : {}),
  })
}

function move(chance: Chance, day: Day, movement: PlannedMovement): void {
  const into = movement.kind === 'paid-in'
  let moved: Purse = new Map()
  if (movement.made && into) {
    moved = laidDown(chance, movement.cents)
    addTo(day.drawer, moved, 1)
  } else if (movement.made) moved = giveOut(day, movement.cents, movement.atMs)
  else moved = outOf(day.drawer, movement.cents) ?? new Map()
  const leaves =
    movement.takesInstruments && movement.made ? day.instruments.filter(one => one.receiptId !== null) : []
  day.instruments = day.instruments.filter(one => !leaves.includes(one))
  for (const { receiptId, tenderNo } of leaves) {
    if (receiptId !== null && tenderNo !== null) day.turnedInItems.push({ receiptId, tenderNo })
  }
  if (movement.keyed === null) return
  // A turn-in is entered by denomination, whether or not the money then goes.
  const byDenomination = movement.keyed.kind === 'turn-in'
  day.movements.push({
    movementId: movement.id,
    number: movement.id,
    kind: movement.keyed.kind,
    cashCents: cents(movement.keyed.cents),
    itemsCents: sum(leaves.map(one => one.cents)),
    atMs: movement.atMs,
    ...(byDenomination ? { pieces: { taken: [], given: looseRows(moved) } } : {}),
  })
}

export function liveThrough(chance: Chance, plan: Plan): Day {
  const day = emptyDay(plan)
  for (const event of plan.events) {
    if (event.what === 'movement') move(chance, day, event)
    else record(plan, day, event, receive(chance, day, event))
  }
  day.instruments = day.instruments.filter(one => one.receiptId === null || !plan.lost.has(one.receiptId))
  return day
}

const EFFECT = { 'turn-in': -1, 'paid-in': 1, 'paid-out': -1, 'change-order': 0 } as const

/** What the books expect of a tender, by the rule of the trade and from nothing but what was keyed. */
function expectedOf(plan: Plan, day: Day, tender: Tender): Cents {
  const gone = new Set(day.turnedInItems.map(item => item.receiptId))
  const posted = day.receipts.filter(({ state, receiptId }) => state === 'posted' && !gone.has(receiptId))
  const taken = posted.flatMap(one => one.tenders).filter(one => one.tender === tender)
  const came = sum(taken.map(one => one.cents))
  if (tender !== 'cash') return came
  const change = sum(posted.map(one => one.changeCents))
  const moved = day.movements.reduce((all, one) => all + EFFECT[one.kind] * one.cashCents, 0)
  return cents(worth(plan.openingKeyed) + came - change + moved)
}

export interface Counts {
  first: CountEvidence['pieces']
  last: CountEvidence['pieces']
}

export function evidenceOf(chance: Chance, plan: Plan, day: Day, pieces: Counts): SessionEvidence {
  const slips = (['card'] as const).map(tender => ({ tender, cents: cents(day.slips.get(tender) ?? 0) }))
  const cashCents = sum(pieces.last.map(row => row.cents))
  const countedOf = (tender: Tender): Cents => {
    if (tender === 'cash') return cashCents
    return sum([...day.instruments, ...slips].filter(one => one.tender === tender).map(one => one.cents))
  }
  const balances: TenderBalance[] = ['cash', 'check', 'card', 'money-order'].map(tender => {
    const [expectedCents, countedCents] = [expectedOf(plan, day, tender), countedOf(tender)]
    return { tender, expectedCents, countedCents, overShortCents: cents(countedCents - expectedCents) }
  })
  const bundled = (): boolean => percent(chance, 70)
  return {
    denominations,
    opening: {
      wantedCents: cents(CHANGE_FUND_CENTS),
      countedCents: worth(plan.openingKeyed),
      pieces: rowsOf(plan.openingKeyed, bundled),
      leftBefore: plan.leftKnown ? rowsOf(plan.opening, bundled) : null,
    },
    receipts: day.receipts,
    movements: day.movements,
    counts: {
      first: { pieces: pieces.first, items: day.instruments, slips },
      last: { pieces: pieces.last, items: day.instruments, slips },
    },
    balances,
    turnedInItems: day.turnedInItems,
    policy: { itemized: ['check', 'money-order'], limitCents: cents(plan.limitCents) },
  }
}
