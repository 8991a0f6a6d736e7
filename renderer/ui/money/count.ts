/** What is typed into the cells of a denomination grid, and what it means. */
import { type Cents, formatCents, parseAmount, ZERO } from '../../../shared/money.ts'
import {
  countTotal,
  type Denomination,
  denominationKey,
  type PieceCount,
} from '../../../shared/rules/cash/denominations.ts'
import { UI } from '../../text/ui.ts'

export type CountColumn = 'bundles' | 'pieces'

/** The row of a denomination in a count; nothing counted where it has none. */
export function rowOf(count: readonly PieceCount[], of: Denomination): PieceCount {
  const key = denominationKey(of)
  const found = count.find(row => denominationKey(row) === key)
  return found ?? { valueCents: of.valueCents, kind: of.kind, pieces: 0, bundles: 0 }
}

/** The count with one row exchanged; rows of nothing are left out. */
export function withRow(count: readonly PieceCount[], row: PieceCount): PieceCount[] {
  const key = denominationKey(row)
  const others = count.filter(other => denominationKey(other) !== key)
  return row.pieces === 0 && row.bundles === 0 ? others : [...others, row]
}

/** Whether no cash is counted at all. */
export function isEmptyCount(count: readonly PieceCount[]): boolean {
  return count.every(row => row.pieces === 0 && row.bundles === 0)
}

/** What a row is worth; zero while it is too large to be right. */
export function rowCents(row: PieceCount, of: Denomination): Cents {
  const total = countTotal([row], [of])
  return total.ok ? total.cents : ZERO
}

/** What a count is worth, or null where it cannot be right. */
export function totalOf(count: readonly PieceCount[], denominations: readonly Denomination[]): Cents | null {
  const total = countTotal(count, denominations)
  return total.ok ? total.cents : null
}

export type CellReading = { kind: 'count'; count: number } | { kind: 'wrong'; problem: string }

const MOST_PIECES = 1_000_000

function readPieces(typed: string): CellReading {
  const count = typed === '' ? 0 : Number.parseInt(typed, 10)
  return count <= MOST_PIECES ? { kind: 'count', count } : { kind: 'wrong', problem: UI.notACount }
}

/**
 * Reads one cell: whole numbers are pieces (or straps and rolls); an amount with a point is worth so many
 * pieces, told once it is finished, and refused where they are not whole.
 */
export function readCell(typed: string, unitCents: Cents, label: string): CellReading {
  if (/^\d*$/.test(typed)) return readPieces(typed)
  const amount = parseAmount(typed)
  if (!amount.ok) return { kind: 'wrong', problem: UI.notACount }
  const count = amount.cents / unitCents
  if (Number.isInteger(count)) return readPieces(String(count))
  return { kind: 'wrong', problem: UI.notWholePieces(formatCents(amount.cents), label) }
}

/** What a cell counts while it is still being typed in: nothing for as long as it cannot be read. */
export function countWhileTyping(typed: string, unitCents: Cents): number {
  const reading = readCell(typed, unitCents, '')
  return reading.kind === 'count' ? reading.count : 0
}
