import type { Cents } from '../../money.ts'
import {
  countTotal,
  type Denomination,
  denominationKey,
  type PieceCount,
  piecesIn,
} from '../cash/denominations.ts'
import { bestMix, MAX_MIX, type Pile } from '../cash/piece-mix.ts'

/** How many pieces of one denomination a drawer should hold; also the least that it should hold. */
export interface WantedPieces {
  valueCents: Cents
  kind: 'note' | 'coin'
  pieces: number
}

export interface ChangeFundRebuildInput {
  counted: readonly PieceCount[]
  changeFundCents: Cents
  wanted: readonly WantedPieces[]
  denominations: readonly Denomination[]
}

export interface ChangeFundRebuild {
  kept: PieceCount[]
  leaving: PieceCount[]
}

/** One denomination as counted: how many pieces there are and how many of them are wanted. */
interface Row {
  denomination: Denomination
  counted: number
  bundles: number
  wanted: number
}

/**
 * Wanted pieces of each row and those beyond, as two piles. A wanted piece outweighs by its worth any number
 * of pieces; beyond that every piece counts one, because many small ones make change tomorrow.
 */
function pilesOf(rows: readonly Row[], changeFund: number): (Pile & { row: Row })[] {
  const piles = rows.flatMap(row => {
    const value: number = row.denomination.valueCents
    const welcome = Math.min(row.counted, row.wanted)
    return [
      { row, value, available: welcome, merit: value * (changeFund + 1) + 1 },
      { row, value, available: row.counted - welcome, merit: 1 },
    ]
  })
  return piles.filter(pile => pile.available > 0).sort((a, b) => b.value - a.value)
}

/** How many pieces of each row are kept; null when these pieces cannot make the change fund. */
function keptOf(rows: readonly Row[], changeFundCents: Cents): number[] | null {
  const piles = pilesOf(rows, changeFundCents)
  const mix = bestMix(changeFundCents, piles)
  if (mix === null) return null
  return rows.map(row => piles.reduce((all, pile, i) => (pile.row === row ? all + (mix[i] ?? 0) : all), 0))
}

/** What leaves goes in full straps and rolls, first those that were counted as such; the drawer keeps the rest of them. */
function parted({ denomination, counted, bundles }: Row, kept: number): ChangeFundRebuild {
  const { valueCents, kind, bundleSize } = denomination
  const row = (pieces: number, full: number): PieceCount[] => {
    return pieces === 0 ? [] : [{ valueCents, kind, pieces: pieces - full * bundleSize, bundles: full }]
  }
  const gone = counted - kept
  const goneBundles = Math.trunc(gone / bundleSize)
  const keptBundles = Math.min(Math.max(bundles - goneBundles, 0), Math.trunc(kept / bundleSize))
  return { kept: row(kept, keptBundles), leaving: row(gone, goneBundles) }
}

function rowsOf({ counted, wanted, denominations }: ChangeFundRebuildInput): Row[] {
  const counts = new Map(counted.map(row => [denominationKey(row), row]))
  const wishes = new Map(wanted.map(row => [denominationKey(row), row.pieces]))
  return denominations.flatMap(denomination => {
    const key = denominationKey(denomination)
    const row = counts.get(key)
    if (row === undefined) return []
    const pieces = piecesIn(row, denomination)
    return [{ denomination, counted: pieces, bundles: row.bundles, wanted: wishes.get(key) ?? 0 }]
  })
}

/**
 * Which counted pieces stay in the drawer so that exactly the change fund remains, and which leave for the bank.
 *
 * The best mix is the one with the least money in other denominations than wanted: the sum over all
 * denominations of |kept − wanted| × value, where nothing is wanted of a denomination that is not named.
 * Among equals the one that keeps the most pieces, then the most of the smallest denomination, the next, and
 * so on (of two worth the same the one configured later); so with nothing wanted the small pieces stay, which
 * make change tomorrow. Straps and rolls may be opened; what leaves is grouped to full ones and loose pieces.
 *
 * Where no more than the change fund was counted everything stays and nothing leaves; the change fund is then made up
 * from elsewhere. Null when no mix makes the change fund exactly, when the count is refused by `countTotal`, and
 * for a change fund below zero or above 100,000.00.
 */
export function rebuildChangeFund(input: ChangeFundRebuildInput): ChangeFundRebuild | null {
  const { counted, changeFundCents, denominations } = input
  const total = countTotal(counted, denominations)
  if (!total.ok || changeFundCents < 0 || changeFundCents > MAX_MIX) return null
  const rows = rowsOf(input)
  const everything = rows.map(row => row.counted)
  const kept = total.cents <= changeFundCents ? everything : keptOf(rows, changeFundCents)
  if (kept === null) return null
  const parts = rows.map((row, i) => parted(row, kept[i] ?? 0))
  return { kept: parts.flatMap(part => part.kept), leaving: parts.flatMap(part => part.leaving) }
}
