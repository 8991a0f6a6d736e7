/** Pieces, lines of the form, straps and rolls that were counted as the denomination next to their own. */

import { CASH } from '../../tenders.ts'
import { type Denomination, denominationKey } from '../cash/denominations.ts'
import type { Cause } from './candidate.ts'
import { type Finder, type Hypothesis, type Inquiry, logOf, sums } from './inquiry.ts'
import type { Observation } from './observations.ts'
import { chanceOfNumber, RATES } from './rates.ts'
import { rowsOf } from './stock.ts'

interface Pair {
  actual: Denomination
  countedAs: Denomination
  chance: number
}
interface Misplaced {
  form: 'pieces' | 'row' | 'bundles'
  pieces: number
  bundles: number
  chance: number
}
type Row = { pieces: number; bundles: number }

/** How often a drawer holds some of a denomination that is neither in its change fund nor in any count. */
const HELD_UNSEEN = 1 / 4

const NOTHING: Row = { pieces: 0, bundles: 0 }

/** What lies next to each other in a list, both ways round, all as likely. */
function pairsIn(list: readonly Denomination[]): Pair[] {
  const pairs = list.slice(1).flatMap((lower, i) => {
    const upper = list[i] ?? lower
    return [
      { actual: upper, countedAs: lower },
      { actual: lower, countedAs: upper },
    ]
  })
  return pairs.map(pair => ({ ...pair, chance: 1 / pairs.length }))
}

/** Piles lie among piles of their kind: notes next to notes, and rolls next to rolls. */
function piles({ stock }: Inquiry): Pair[] {
  const pairs = (['note', 'coin'] as const).map(kind => pairsIn(stock.used.filter(d => d.kind === kind)))
  return pairs.flatMap(ofKind => ofKind.map(pair => ({ ...pair, chance: pair.chance / pairs.length })))
}

/** The piles next to which one would lie that nobody saw: all of it may have gone into one of them. */
function besidesPiles({ evidence, stock }: Inquiry): Pair[] {
  const unseen = evidence.denominations.filter(d => !stock.used.includes(d))
  return unseen.flatMap(actual => {
    const ofKind = stock.used.filter(d => d.kind === actual.kind)
    const above = ofKind.findLast(d => d.valueCents > actual.valueCents)
    const below = ofKind.find(d => d.valueCents < actual.valueCents)
    return [above, below].flatMap(countedAs =>
      countedAs === undefined ? [] : [{ actual, countedAs, chance: 1 / (4 * ofKind.length) }],
    )
  })
}

const bundleCents = ({ valueCents, bundleSize }: Denomination): number => valueCents * bundleSize

/** How many of one thing taken for another make a difference; zero where no whole number does. */
function howMany(difference: number, each: number): number {
  const n = difference / each
  return each !== 0 && Number.isSafeInteger(n) && n > 0 ? n : 0
}

function loosePieces(difference: number, { actual, countedAs }: Pair, row: Row): Misplaced[] {
  const n = howMany(difference, countedAs.valueCents - actual.valueCents)
  if (n === 0 || n > row.pieces) return []
  return [{ form: 'pieces', pieces: n, bundles: 0, chance: RATES.piecesUnderNeighbour * chanceOfNumber(n) }]
}

function bundles(difference: number, { actual, countedAs }: Pair, row: Row): Misplaced[] {
  const n = howMany(difference, bundleCents(countedAs) - bundleCents(actual))
  if (n === 0 || n > row.bundles) return []
  return [{ form: 'bundles', pieces: 0, bundles: n, chance: RATES.bundlesUnderNeighbour * chanceOfNumber(n) }]
}

/** All of a denomination on the neighbour's line, so that its own is empty; whether it should be, the stock says. */
function wholeRow(inquiry: Inquiry, difference: number, pair: Pair, row: Row): Misplaced[] {
  const { actual, countedAs } = pair
  if (inquiry.stock.counted(actual) > 0) return []
  const held = inquiry.stock.used.includes(actual) ? 1 : HELD_UNSEEN
  const found: Misplaced[] = []
  const ofBundle = bundleCents(countedAs) - bundleCents(actual)
  for (let n = 0; n <= row.bundles; n += 1) {
    const left = difference - n * ofBundle
    const pieces = left === 0 ? 0 : howMany(left, countedAs.valueCents - actual.valueCents)
    if ((left !== 0 && pieces === 0) || pieces > row.pieces || pieces + n === 0) continue
    found.push({ form: 'row', pieces, bundles: n, chance: RATES.rowUnderNeighbour * held })
  }
  return found
}

/** How the first count speaks of it: the same rows once counted otherwise make them suspect. */
function firstCountSays({ evidence }: Inquiry, { actual, countedAs }: Pair, found: Misplaced): number {
  const { first, last } = evidence.counts
  if (first === null) return 1
  const [before, now] = [rowsOf(first), rowsOf(last)]
  const changed = (denomination: Denomination): Row => {
    const key = denominationKey(denomination)
    const [a, b] = [before.get(key) ?? NOTHING, now.get(key) ?? NOTHING]
    return { pieces: a.pieces - b.pieces, bundles: a.bundles - b.bundles }
  }
  const [own, other] = [changed(actual), changed(countedAs)]
  if (own.pieces === found.pieces && own.bundles === found.bundles) {
    if (other.pieces === -found.pieces && other.bundles === -found.bundles) return 20
  }
  return [own, other].some(row => row.pieces !== 0 || row.bundles !== 0) ? 3 : 1
}

function hypothesis(inquiry: Inquiry, observation: Observation, pair: Pair, found: Misplaced): Hypothesis {
  const { form, pieces, bundles: bundleCount, chance } = found
  const all = (of: Denomination): number => pieces + bundleCount * of.bundleSize
  const reference = ({ kind, valueCents }: Denomination) => ({ kind, valueCents })
  const cause: Cause = {
    kind: 'counted-as-neighbour',
    facts: {
      form,
      actual: reference(pair.actual),
      countedAs: reference(pair.countedAs),
      pieces,
      bundles: bundleCount,
    },
  }
  // The count is wrong here and not the stock, so what should be counted moves the other way.
  const shift = new Map([
    [denominationKey(pair.actual), -all(pair.actual)],
    [denominationKey(pair.countedAs), all(pair.countedAs)],
  ])
  return {
    cause,
    receiptIds: [],
    covers: [observation],
    logWeight: logOf(chance, pair.chance, firstCountSays(inquiry, pair, found)) + inquiry.stock.gain(shift),
  }
}

/** What may have been misplaced: pieces and bundles between piles, lines between lines of the form. */
function misplaced(inquiry: Inquiry, difference: number): [Pair, Misplaced][] {
  const rows = rowsOf(inquiry.evidence.counts.last)
  const within = (pairs: readonly Pair[], find: (pair: Pair, row: Row) => Misplaced[]): [Pair, Misplaced][] =>
    pairs.flatMap(pair =>
      find(pair, rows.get(denominationKey(pair.countedAs)) ?? NOTHING).map((found): [Pair, Misplaced] => [
        pair,
        found,
      ]),
    )
  const wholly = (pair: Pair, row: Row): Misplaced[] => wholeRow(inquiry, difference, pair, row)
  return [
    ...within(piles(inquiry), (pair, row) => [
      ...loosePieces(difference, pair, row),
      ...bundles(difference, pair, row),
    ]),
    ...within(besidesPiles(inquiry), (pair, row) =>
      wholly(pair, row).map(found => ({ ...found, chance: found.chance * chanceOfNumber(found.pieces + 1) })),
    ),
    ...within(pairsIn(inquiry.evidence.denominations), wholly),
  ]
}

export const findNeighbours: Finder = inquiry =>
  sums(inquiry)
    .filter(({ tender }) => tender === CASH)
    .flatMap(observation =>
      misplaced(inquiry, observation.cents).map(([pair, found]) =>
        hypothesis(inquiry, observation, pair, found),
      ),
    )
