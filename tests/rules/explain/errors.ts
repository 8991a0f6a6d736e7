/** The errors that are planted: one of each kind, chosen by chance from what the day holds. */

import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import type { Candidate, CauseKind } from '../../../shared/rules/explain/explain-difference.ts'
import type { Tender } from '../../../shared/tenders.ts'
import {
  type Chance,
  denominations,
  movementsOf,
  netCash,
  type Plan,
  type PlannedMovement,
  type PlannedReceipt,
  paidCents,
  percent,
  pick,
  plannedMovement,
  receiptsOf,
} from './sessions.ts'

/** What a candidate must say to name the planted cause; facts that are not named here do not matter. */
export interface Planted {
  kind: CauseKind
  facts: Readonly<Record<string, unknown>>
  /** All of them, in any order. */
  receiptIds: readonly string[]
  movementId?: string
}

/** Changes the plan so that something goes wrong; null where the day gives no occasion. */
export type PlanError = (chance: Chance, plan: Plan) => Planted | null

const standing = (plan: Plan): PlannedReceipt[] => receiptsOf(plan).filter(receipt => !receipt.voided)
const isInstrument = (tender: Tender): boolean => tender === 'check' || tender === 'money-order'
const withChange = (receipt: PlannedReceipt): boolean => receipt.handedCents > receipt.cents

function someOf<T>(chance: Chance, list: readonly T[]): T | null {
  return list.length === 0 ? null : pick(chance, list)
}

function receiptError(
  from: (plan: Plan) => PlannedReceipt[],
  change: (receipt: PlannedReceipt, chance: Chance) => Omit<Planted, 'receiptIds'> | null,
): PlanError {
  return (chance, plan) => {
    const receipt = someOf(chance, from(plan))
    const cause = receipt && change(receipt, chance)
    return cause && { ...cause, receiptIds: [receipt.id] }
  }
}

const notInstrument = (plan: Plan): PlannedReceipt[] =>
  standing(plan).filter(({ tender }) => !isInstrument(tender))

const notReceived = receiptError(notInstrument, receipt => {
  receipt.moneyCame = false
  return { kind: 'not-received', facts: { tender: receipt.tender, cents: receipt.cents } }
})

const givenBack = receiptError(notInstrument, receipt => {
  receipt.moneyWentBack = true
  return { kind: 'not-received', facts: { tender: receipt.tender, cents: receipt.cents } }
})

const notKeyed: PlanError = (chance, plan) => {
  const receipt = someOf(chance, standing(plan))
  if (receipt === null) return null
  receipt.keyed = null
  const { tender, reference, cents: amount } = receipt
  return isInstrument(tender)
    ? { kind: 'item-extra', facts: { tender, cents: amount, reference }, receiptIds: [] }
    : { kind: 'not-keyed', facts: { tender, cents: amount }, receiptIds: [] }
}

const voidKept = receiptError(
  plan => receiptsOf(plan).filter(receipt => receipt.voided),
  receipt => {
    receipt.moneyWentBack = false
    return { kind: 'void-kept', facts: { tender: receipt.tender, cents: receipt.cents } }
  },
)

const itemMissing: PlanError = (chance, plan) => {
  const turnedIn = Math.max(
    0,
    ...movementsOf(plan)
      .filter(one => one.takesInstruments)
      .map(one => one.atMs),
  )
  const receipt = someOf(
    chance,
    standing(plan).filter(one => isInstrument(one.tender) && one.atMs > turnedIn),
  )
  if (receipt === null) return null
  plan.lost.add(receipt.id)
  const { tender, reference, cents: amount } = receipt
  return { kind: 'item-missing', facts: { tender, cents: amount, reference }, receiptIds: [receipt.id] }
}

/** Digits next to each other change places, anywhere in the amount. */
function transposed(chance: Chance, amount: number): number {
  const digits = [...String(amount)]
  const at = chance(Math.max(1, digits.length - 1))
  const [a = '', b = ''] = digits.slice(at, at + 2)
  digits.splice(at, 2, b, a)
  return Number.parseInt(digits.join(''), 10)
}

/** The decimal point lands one place off, now and then two; digits behind the cents are lost. */
function slid(chance: Chance, amount: number): number {
  const by = percent(chance, 80) ? 10 : 100
  return percent(chance, 50) ? amount * by : Math.trunc(amount / by)
}

function keyedWrong(change: (chance: Chance, amount: number) => number): PlanError {
  return (chance, plan) => {
    const movements = movementsOf(plan).filter(({ kind }) => kind !== 'turn-in')
    const movement = percent(chance, 10) ? someOf(chance, movements) : null
    const receipt = someOf(
      chance,
      standing(plan).filter(one => !withChange(one)),
    )
    const wrong = movement ?? receipt
    if (wrong === null) return null
    const keyed = change(chance, wrong.cents)
    if (wrong.keyed === null || keyed <= 0 || keyed === wrong.cents) return null
    wrong.keyed.cents = keyed
    return {
      kind: 'digit-slip',
      facts: { keyedCents: keyed, meantCents: wrong.cents },
      receiptIds: wrong.what === 'receipt' ? [wrong.id] : [],
      ...(wrong.what === 'movement' ? { movementId: wrong.id } : {}),
    }
  }
}

const TAKEN: readonly Tender[] = ['cash', 'check', 'card', 'money-order']

const tenderSwapped = receiptError(standing, (receipt, chance) => {
  const { tender: taken, cents: amount } = receipt
  const keyed = pick(
    chance,
    TAKEN.filter(tender => tender !== taken),
  )
  receipt.keyed = { tender: keyed, cents: amount }
  return { kind: 'tender-swapped', facts: { keyed, taken, cents: amount } }
})

/** The second one follows within a few receipts, or later in the day when it was forgotten that there was one. */
const enteredTwice: PlanError = (chance, plan) => {
  const receipt = someOf(chance, standing(plan))
  if (receipt === null) return null
  const later = plan.events.filter(event => event.atMs > receipt.atMs)
  const before = percent(chance, 70) ? later[chance(5)] : someOf(chance, later)
  if (before === undefined || before === null) return null
  const again: PlannedReceipt = {
    ...receipt,
    id: `${receipt.id}-again`,
    atMs: before.atMs + 1,
    dueCents: receipt.dueCents === null ? null : Math.max(0, receipt.dueCents - receipt.cents),
    keyed: { tender: receipt.tender, cents: receipt.cents },
    moneyCame: false,
  }
  plan.events.splice(plan.events.indexOf(before) + 1, 0, again)
  return { kind: 'entered-twice', facts: { cents: receipt.cents }, receiptIds: [receipt.id, again.id] }
}

function changeError(kind: 'change-not-given' | 'change-given-twice', times: 0 | 2): PlanError {
  return receiptError(
    plan => standing(plan).filter(withChange),
    receipt => {
      receipt.changeGiven = times
      return { kind, facts: { changeCents: receipt.handedCents - receipt.cents } }
    },
  )
}

const twoReceipts: PlanError = (chance, plan) => {
  const first = someOf(chance, notInstrument(plan))
  const second = someOf(
    chance,
    notInstrument(plan).filter(one => one !== first && one.tender === first?.tender),
  )
  if (first === null || second === null) return null
  first.moneyCame = false
  second.moneyCame = false
  return {
    kind: 'two-receipts',
    facts: { tender: first.tender, form: 'not-received' },
    receiptIds: [first.id, second.id],
  }
}

function movementError(
  change: (movement: PlannedMovement) => Omit<Planted, 'receiptIds' | 'movementId'> | null,
) {
  return (which: (movement: PlannedMovement) => boolean): PlanError =>
    (chance, plan) => {
      const movement = someOf(chance, movementsOf(plan).filter(which))
      const cause = movement && change(movement)
      return cause && { ...cause, receiptIds: [], movementId: movement.id }
    }
}

const wrongSign = movementError(movement => {
  const kind = movement.kind === 'paid-in' ? 'paid-out' : 'paid-in'
  movement.keyed = { kind, cents: movement.cents }
  return { kind: 'wrong-sign', facts: { entry: kind, cents: movement.cents } }
})

const notMade = movementError(movement => {
  movement.made = false
  return { kind: 'movement-not-made', facts: { movement: movement.kind, cents: movement.cents } }
})

/** One of the day's turn-ins, or a smaller one in between, finds no way into the books. */
const turnInNotRecorded: PlanError = (chance, plan) => {
  const turnIn = someOf(
    chance,
    movementsOf(plan).filter(({ kind }) => kind === 'turn-in'),
  )
  if (percent(chance, 50) || turnIn === null) return extraTurnIn(chance, plan)
  turnIn.keyed = null
  turnIn.takesInstruments = false
  const facts = { movement: 'turn-in', cents: turnIn.cents }
  return { kind: 'movement-not-recorded', facts, receiptIds: [] }
}

function extraTurnIn(chance: Chance, plan: Plan): Planted | null {
  const at = chance(plan.events.length)
  const event = plan.events[at]
  if (event === undefined) return null
  const taken = plan.events.slice(0, at).reduce((level, one) => {
    if (one.what === 'receipt') return level + netCash(one)
    return one.kind === 'turn-in' ? level - one.cents : level
  }, 0)
  const step = percent(chance, 80) ? 10_000 : 2_000
  const steps = Math.floor(taken / step)
  if (steps < 1) return null
  const amount = step * (1 + chance(steps))
  const turnIn = plannedMovement('t-extra', event.atMs, { kind: 'turn-in', cents: amount })
  turnIn.keyed = null
  plan.events.splice(at, 0, turnIn)
  const facts = { movement: 'turn-in', cents: amount }
  return { kind: 'movement-not-recorded', facts, receiptIds: [] }
}

const paidOutNotRecorded: PlanError = (chance, plan) => {
  const at = chance(plan.events.length)
  const event = plan.events[at]
  if (event === undefined) return null
  const amount = paidCents(chance)
  const paidOut = plannedMovement('p-extra', event.atMs, { kind: 'paid-out', cents: amount })
  paidOut.keyed = null
  plan.events.splice(at, 0, paidOut)
  const facts = { movement: 'paid-out', cents: amount }
  return { kind: 'movement-not-recorded', facts, receiptIds: [] }
}

/** A few pieces or a roll too many or too few, or the change fund entered as it should be without a look. */
const changeFundMiscounted: PlanError = (chance, plan) => {
  const held = denominations.filter(d => (plan.opening.get(denominationKey(d)) ?? 0) > 0)
  const d = pick(chance, held)
  const key = denominationKey(d)
  const kind = chance(10)
  const number = kind >= 5 && kind < 8 && d.kind === 'coin' ? d.bundleSize : 1 + chance(3)
  const off = percent(chance, 50) ? number : -number
  const wrong = kind < 8 ? plan.openingKeyed : plan.opening
  const now = (wrong.get(key) ?? 0) + off
  if (now < 0) return null
  wrong.set(key, now)
  return { kind: 'change-fund-miscounted', facts: {}, receiptIds: [] }
}

const isPaid = ({ kind }: PlannedMovement): boolean => kind !== 'turn-in'

/** Errors of the day; those of the count stand in `counts.ts`. */
export const PLAN_ERRORS = {
  'keyed, money not received': notReceived,
  'given back without a void': givenBack,
  'receipt not keyed': notKeyed,
  'void, money not given back': voidKept,
  'instrument lost': itemMissing,
  'paid-in and paid-out confused': wrongSign(isPaid),
  'movement recorded, not made': notMade(() => true),
  'digits swapped': keyedWrong(transposed),
  'decimal point moved': keyedWrong(slid),
  'tender swapped': tenderSwapped,
  'receipt entered twice': enteredTwice,
  'change not given': changeError('change-not-given', 0),
  'change given twice': changeError('change-given-twice', 2),
  'change fund counted wrong': changeFundMiscounted,
  'turn-in not recorded': turnInNotRecorded,
  'paid-out not recorded': paidOutNotRecorded,
  'two receipts not received': twoReceipts,
} as const satisfies Readonly<Record<string, PlanError>>

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every(id => b.includes(id))
}

function sameCause(candidate: Candidate, planted: Planted): boolean {
  const facts: Readonly<Record<string, unknown>> = candidate.facts
  return (
    candidate.kind === planted.kind &&
    candidate.movementId === planted.movementId &&
    Object.entries(planted.facts).every(
      ([name, value]) => JSON.stringify(facts[name]) === JSON.stringify(value),
    )
  )
}

/** Whether a candidate names the planted cause, its receipts among the ways where the same story fits several. */
export function names(candidate: Candidate, planted: Planted): boolean {
  if (!sameCause(candidate, planted)) return false
  return planted.receiptIds.length === 0 || candidate.ways.some(way => sameSet(way, planted.receiptIds))
}

/** Whether one key opens just the planted receipts, not only others of the same amount. */
export function opens(candidate: Candidate, planted: Planted): boolean {
  return names(candidate, planted) && sameSet(candidate.receiptIds, planted.receiptIds)
}
