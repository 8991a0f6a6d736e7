/** The pieces of a cash payment as they are noted: what the customer gives, what goes back. Optional, and never in the way. */
import type { TenderInput } from '../../../../shared/contract/receipt.ts'
import { type Cents, formatCents, subtract, sum, ZERO } from '../../../../shared/money.ts'
import { type Denomination, denominationKey } from '../../../../shared/rules/cash/denominations.ts'
import { makeChange } from '../../../../shared/rules/cash/make-change.ts'
import { type NotedPiece, notedWorth } from '../../../../shared/rules/cash/noted-pieces.ts'
import { usualDenominations } from '../../../../shared/rules/cash/usual-change.ts'
import { CASH } from '../../../../shared/tenders.ts'
import { noteText } from '../../../text/session/noted.ts'

/** Texts by denomination. */
export type TypedPieces = Readonly<Record<string, string>>

export interface NoteForm {
  taken: TypedPieces
  /** Null while the proposed change stands. */
  given: TypedPieces | null
}

export const EMPTY_NOTE: NoteForm = { taken: {}, given: null }

export interface NoteReading {
  takenCents: Cents
  changeCents: Cents
  /** What the given column shows: as typed, or as proposed. */
  given: TypedPieces
  /** Both columns as one; null while something stops it. */
  pieces: NotedPiece[] | null
  /** Why it cannot be taken as it stands; null where it can. */
  problem: string | null
}

const MOST_PIECES = 10_000

function readPieces(text: string): number | null {
  if (text.trim() === '') return 0
  if (!/^\d{1,5}$/.test(text.trim())) return null
  const pieces = Number.parseInt(text, 10)
  return pieces <= MOST_PIECES ? pieces : null
}

function proposed(change: Cents, denominations: readonly Denomination[]): TypedPieces {
  const pieces = makeChange(change, usualDenominations(denominations))
  return Object.fromEntries(pieces.map(of => [denominationKey(of), String(of.pieces)]))
}

function rowsOf(taken: TypedPieces, given: TypedPieces, denominations: readonly Denomination[]) {
  return denominations.map(of => {
    const key = denominationKey(of)
    const { valueCents, kind } = of
    return { valueCents, kind, taken: readPieces(taken[key] ?? ''), given: readPieces(given[key] ?? '') }
  })
}

/** The rows as pieces; null where one is no number of them. */
function asPieces(rows: ReturnType<typeof rowsOf>): NotedPiece[] | null {
  const pieces = rows.flatMap(row => {
    return row.taken === null || row.given === null ? [] : [{ ...row, taken: row.taken, given: row.given }]
  })
  if (pieces.length < rows.length) return null
  return pieces.filter(row => row.taken > 0 || row.given > 0)
}

/** What the two columns come to against what is to pay; change is proposed in the fewest usual pieces. */
export function readNote(
  form: NoteForm,
  payCents: Cents,
  denominations: readonly Denomination[],
): NoteReading {
  const alone = asPieces(rowsOf(form.taken, {}, denominations))
  const worth = alone && notedWorth(alone, denominations)
  const takenCents = worth?.ok ? worth.takenCents : ZERO
  const changeCents = takenCents > payCents ? subtract(takenCents, payCents) : ZERO
  const given = form.given ?? proposed(changeCents, denominations)
  const pieces = asPieces(rowsOf(form.taken, given, denominations))
  const both = pieces && notedWorth(pieces, denominations)
  const known = { takenCents, changeCents, given }
  if (!worth?.ok || !both?.ok || pieces === null)
    return { ...known, pieces: null, problem: noteText.notPieces }
  if (takenCents === ZERO) return { ...known, pieces: null, problem: noteText.nothing }
  if (both.givenCents !== changeCents) {
    const message = noteText.givenDiffers(formatCents(both.givenCents), formatCents(changeCents))
    return { ...known, pieces: null, problem: message }
  }
  return { ...known, pieces, problem: null }
}

/** The form with one cell exchanged; the first piece typed as given makes the proposal one's own. */
export function withPieces(
  form: NoteForm,
  { side, key, text, given }: { side: 'taken' | 'given'; key: string; text: string; given: TypedPieces },
): NoteForm {
  if (side === 'taken') return { ...form, taken: { ...form.taken, [key]: text } }
  return { ...form, given: { ...given, [key]: text } }
}

/** The noted pieces where they still are those of the basket's cash; what was changed since makes them nobody's. */
export function fittingNotes(
  pieces: readonly NotedPiece[],
  tenders: readonly TenderInput[],
  changeCents: Cents,
  denominations: readonly Denomination[],
): NotedPiece[] | null {
  if (pieces.length === 0) return null
  const worth = notedWorth(pieces, denominations)
  const cash = sum(tenders.filter(({ tender }) => tender === CASH).map(({ cents }) => cents))
  return worth.ok && worth.netCents === subtract(cash, changeCents) ? [...pieces] : null
}
