/** How a closed session's cash was parted: what stayed in the drawer, what went to the safe. */
import type { Reading } from '../../../shared/contract/session-fields.ts'
import { netPieces } from '../../../shared/ledger/pieces.ts'
import type { Cents } from '../../../shared/money.ts'
import {
  asLoose,
  type CountedPiece,
  countTotal,
  type Denomination,
  type PieceCount,
} from '../../../shared/rules/cash/denominations.ts'
import { inBundles } from '../../../shared/rules/cash/in-bundles.ts'
import { noteToChange } from '../../../shared/rules/cash/note-to-change.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build } from '../../ledger/statement.ts'
import { COUNTED_PIECE } from '../piece-columns.ts'
import { allDrawers, settingsOf } from '../setup.ts'
import { lastSessionAt } from './opening.ts'
import { piecesOf, type Session } from './session.ts'

/** The pieces that were left in the drawer at a session's close; none where no mix of them made the change fund. */
function leftPiecesOf(reader: Reader, sessionId: string): CountedPiece[] {
  const query = build
    .selectFrom('session_left_piece')
    .select(COUNTED_PIECE)
    .where('session_id', '=', sessionId)
    .orderBy('kind', 'desc')
    .orderBy('value_cents', 'desc')
  return reader.all(query)
}

function toSafe(reader: Reader, countId: string): PieceCount[] {
  const query = build
    .selectFrom('safe_piece')
    .select(['value_cents as valueCents', 'kind', 'pieces'])
    .where('entry_id', '=', countId)
    .orderBy('kind', 'desc')
    .orderBy('value_cents', 'desc')
  return reader.all(query).map(row => ({ ...row, bundles: 0 }))
}

/** A row as it was kept; with its straps and rolls opened where the city fills them otherwise since. */
function asFilledNow(row: CountedPiece, denominations: readonly Denomination[]): PieceCount {
  const { valueCents, kind, pieces, bundles } = row
  const worth = countTotal([row], denominations)
  if (worth.ok && worth.cents === row.cents) return { valueCents, kind, pieces, bundles }
  return { valueCents, kind, pieces: Math.trunc(row.cents / valueCents), bundles: 0 }
}

/** The parting of a closed session's cash, with straps and rolls as they are filled now; null before its close. */
export function partingOf(reader: Reader, session: Session): Reading['parting'] {
  const { sessionId, closingCountId: countId, leftCents } = session
  const settings = settingsOf(reader)
  if (session.state !== 'closed' || countId === null || leftCents === null || !settings) return null
  const { denominations } = settings
  const left = leftPiecesOf(reader, sessionId).map(row => asFilledNow(row, denominations))
  const leaving = inBundles(toSafe(reader, countId), denominations)
  // Cash stays of which nobody can say in which pieces: no mix made the change fund.
  const isOpen = left.length === 0 && leftCents > 0
  return {
    left,
    leaving,
    changeFirst: isOpen ? noteToChange(asLoose(piecesOf(reader, countId)), leftCents, denominations) : null,
  }
}

/** Pieces more, or fewer where negative, than the session before left in the drawer; null where it left just these. */
export function againstLeft(
  reader: Reader,
  session: Pick<Session, 'drawerId' | 'sessionNo'>,
  pieces: readonly CountedPiece[],
) {
  const before = leftBefore(reader, session)
  if (before === undefined) return null
  const differences = netPieces(pieces, before.pieces)
  return differences.length === 0 ? null : { leftCents: before.leftCents, differences }
}

/** Whether a drawer holds cash of which nobody knows the pieces. */
export function hasUnknownPieces(reader: Reader): boolean {
  return allDrawers(reader).some(({ drawerId }) => {
    const last = reader.first(
      build
        .selectFrom('drawer_session')
        .select(['session_id', 'left_cents'])
        .where('drawer_id', '=', drawerId)
        .orderBy('session_no', 'desc')
        .limit(1),
    )
    return (
      last !== undefined && (last.left_cents ?? 0) > 0 && leftPiecesOf(reader, last.session_id).length === 0
    )
  })
}

/** Every piece that the last session of a drawer left in it, as far as that is known. */
export function piecesInDrawers(reader: Reader): CountedPiece[] {
  const latest = { sessionNo: Number.MAX_SAFE_INTEGER }
  return allDrawers(reader).flatMap(
    ({ drawerId }) => leftBefore(reader, { drawerId, ...latest })?.pieces ?? [],
  )
}

/**
 * What was left in a drawer by the session before a session of it; undefined where there is none, and where
 * nobody knows in which pieces it was left.
 */
export function leftBefore(
  reader: Reader,
  { drawerId, sessionNo }: Pick<Session, 'drawerId' | 'sessionNo'>,
): { leftCents: Cents; pieces: CountedPiece[] } | undefined {
  const last = lastSessionAt(reader, drawerId, sessionNo)
  if (!last) return undefined
  const pieces = leftPiecesOf(reader, last.sessionId)
  return pieces.length === 0 && last.leftCents > 0 ? undefined : { leftCents: last.leftCents, pieces }
}
