/** Counting the drawer at the end of the day, rightly or with a denomination in the neighbour's place; and whole cases. */
import { cents } from '../../../shared/money.ts'
import {
  type CountedPiece,
  type Denomination,
  denominationKey,
} from '../../../shared/rules/cash/denominations.ts'
import type { SessionEvidence } from '../../../shared/rules/explain/explain-difference.ts'
import { chanceOf } from '../../support/run/seed.ts'
import { type Counts, evidenceOf, liveThrough } from './day.ts'
import { PLAN_ERRORS, type Planted } from './errors.ts'
import { type Chance, denominations, type Purse, percent, pick, planDay, rowsOf } from './sessions.ts'

type Row = { d: Denomination; pieces: number; bundles: number }

/** One line of the form for each denomination, empty ones included. */
type Form = Row[]

function formOf(rows: readonly CountedPiece[]): Form {
  return denominations.map(d => {
    const row = rows.find(one => denominationKey(one) === denominationKey(d))
    return { d, pieces: row?.pieces ?? 0, bundles: row?.bundles ?? 0 }
  })
}

function countedRows(form: Form): CountedPiece[] {
  return form.flatMap(({ d: { kind, valueCents, bundleSize }, pieces, bundles }) =>
    pieces + bundles === 0
      ? []
      : [{ kind, valueCents, pieces, bundles, cents: cents((pieces + bundles * bundleSize) * valueCents) }],
  )
}

/** Another, smaller slip, as a first count may have one that the recount does not. */
function withSlip(chance: Chance, form: Form): Form {
  const copy = form.map(row => ({ ...row }))
  const row = pick(
    chance,
    copy.filter(one => one.pieces > 0),
  )
  row.pieces = Math.max(0, row.pieces + (percent(chance, 50) ? 1 : -1) * (1 + chance(3)))
  return copy
}

type Misplace = (chance: Chance, form: Form) => Planted | null

function planted([from, to]: [Row, Row], row: Omit<Row, 'd'>): Planted {
  const reference = ({ d: { kind, valueCents } }: Row) => ({ kind, valueCents })
  const facts = { actual: reference(from), countedAs: reference(to), ...row }
  return { kind: 'counted-as-neighbour', facts, receiptIds: [] }
}

/** A line with something on it and one that lies above or below among the lines given. */
function neighbours(chance: Chance, lines: readonly Row[], has: (row: Row) => boolean): [Row, Row] | null {
  const held = lines.filter(has)
  if (held.length === 0) return null
  const from = pick(chance, held)
  const to = lines[lines.indexOf(from) + (percent(chance, 50) ? 1 : -1)]
  return to === undefined ? null : [from, to]
}

const isHeld = ({ pieces, bundles }: Row): boolean => pieces + bundles > 0

/** A few pieces lie in the wrong pile, notes among notes and coins among coins. */
const pieces: Misplace = (chance, form) => {
  const kindOf = pick(chance, ['note', 'coin'] as const)
  const piles = form.filter(one => isHeld(one) && one.d.kind === kindOf)
  const pair = neighbours(chance, piles, one => one.pieces > 0)
  if (pair === null) return null
  const kind = chance(100)
  const n = kind < 60 ? 1 : kind < 85 ? 2 : 3 + chance(3)
  const [from, to] = pair
  if (n > from.pieces) return null
  from.pieces -= n
  to.pieces += n
  return planted(pair, { pieces: n, bundles: 0 })
}

/** A whole line of the form is entered one line too high or too low. */
const row: Misplace = (chance, form) => {
  const pair = neighbours(chance, form, isHeld)
  if (pair === null) return null
  const [from, to] = pair
  const moved = { pieces: from.pieces, bundles: from.bundles }
  to.pieces += moved.pieces
  to.bundles += moved.bundles
  from.pieces = 0
  from.bundles = 0
  return planted(pair, moved)
}

/** A strap or roll is taken for one of its neighbour's. */
const bundles: Misplace = (chance, form) => {
  const pair = neighbours(chance, form.filter(isHeld), one => one.bundles > 0)
  if (pair === null || pair[0].d.kind !== pair[1].d.kind) return null
  const [from, to] = pair
  const n = percent(chance, 80) ? 1 : 2
  if (n > from.bundles) return null
  from.bundles -= n
  to.bundles += n
  return planted(pair, { pieces: 0, bundles: n })
}

const COUNT_ERRORS = {
  'pieces in the neighbour’s pile': pieces,
  'line of the count form missed': row,
  'strap or roll as its neighbour': bundles,
} as const satisfies Readonly<Record<string, Misplace>>

export type PlantedError = keyof typeof PLAN_ERRORS | keyof typeof COUNT_ERRORS

export const PLANTED_ERRORS = [
  ...Object.keys(PLAN_ERRORS),
  ...Object.keys(COUNT_ERRORS),
] as readonly PlantedError[]

function isPlanError(error: PlantedError): error is keyof typeof PLAN_ERRORS {
  return error in PLAN_ERRORS
}

/** Two counts of what is there; the recount is what the balances are made of. */
function count(
  chance: Chance,
  drawer: Purse,
  misplace: Misplace | null,
): { counts: Counts; cause: Planted | null } {
  const right = formOf(rowsOf(drawer, () => percent(chance, 70)))
  const last = right.map(one => ({ ...one }))
  const cause = misplace?.(chance, last) ?? null
  const first = percent(chance, 30) ? withSlip(chance, right) : last
  return { counts: { first: countedRows(first), last: countedRows(last) }, cause }
}

export interface Case {
  evidence: SessionEvidence
  planted: Planted
}

const isOff = ({ evidence }: Case): boolean =>
  evidence.balances.some(({ overShortCents }) => overShortCents !== 0)

function tryCase(chance: Chance, error: PlantedError, receipts?: number): Case | null {
  const plan = planDay(chance, receipts)
  const ofPlan = isPlanError(error) ? PLAN_ERRORS[error](chance, plan) : null
  const day = liveThrough(chance, plan)
  if (day.impossible) return null
  const { counts, cause } = count(chance, day.drawer, isPlanError(error) ? null : COUNT_ERRORS[error])
  const truth = ofPlan ?? cause
  return truth && { evidence: evidenceOf(chance, plan, day, counts), planted: truth }
}

/**
 * A session of some 200 receipts, or as many as given, with one error of this kind that makes a difference;
 * the same one for the same seed.
 */
export function caseOf(seed: number, error: PlantedError, receipts?: number): Case {
  const chance = chanceOf(seed)
  for (;;) {
    const found = tryCase(chance, error, receipts)
    if (found !== null && isOff(found)) return found
  }
}

/** A session in which nothing went wrong. */
export function rightSession(seed: number): SessionEvidence {
  const chance = chanceOf(seed)
  for (;;) {
    const plan = planDay(chance)
    const day = liveThrough(chance, plan)
    if (!day.impossible) return evidenceOf(chance, plan, day, count(chance, day.drawer, null).counts)
  }
}
