/** What a drawer was left with, and the opening counts that were not that. */
import type { Cents } from '../../../shared/money.ts'
import type { CountedPiece } from '../../../shared/rules/cash/denominations.ts'
import type { LeftInDrawer } from '../../../shared/rules/session/opening.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build } from '../../ledger/statement.ts'
import { COUNTED_PIECE } from '../piece-columns.ts'

/** The last session of a drawer before another one, with what it left; undefined where the drawer had none. */
export function lastSessionAt(
  reader: Reader,
  drawerId: string,
  beforeNo = Number.MAX_SAFE_INTEGER,
): (LeftInDrawer & { sessionId: string }) | undefined {
  const last = reader.first(
    build
      .selectFrom('drawer_session')
      .select(['session_id as sessionId', 'left_cents as leftCents', 'change_fund_cents as changeFundCents'])
      .where('drawer_id', '=', drawerId)
      .where('session_no', '<', beforeNo)
      .orderBy('session_no', 'desc')
      .limit(1),
  )
  return last?.leftCents == null ? undefined : { ...last, leftCents: last.leftCents }
}

export interface OpeningCount {
  countId: string
  round: number
  countedCents: Cents
  pieces: CountedPiece[]
}

/**
 * The latest count with which somebody meant to open a drawer after a session of it; undefined where there was none that
 * day. What was found another day says nothing of what is in the drawer now.
 */
export function openingCountOf(
  reader: Reader,
  of: { drawerId: string; personId: string; afterSessionId: string | null; today: BusinessDate },
): OpeningCount | undefined {
  const { drawerId, personId, afterSessionId, today } = of
  const count = reader.first(
    build
      .selectFrom('opening_count')
      .select(['count_id as countId', 'round', 'cents as countedCents'])
      .where('drawer_id', '=', drawerId)
      .where('person_id', '=', personId)
      .where('after_session_id', 'is', afterSessionId)
      .where('business_date', '=', today)
      .orderBy('round', 'desc')
      .limit(1),
  )
  if (!count) return undefined
  const pieces = build
    .selectFrom('opening_count_piece')
    .select(COUNTED_PIECE)
    .where('count_id', '=', count.countId)
  return { ...count, pieces: reader.all(pieces.orderBy('kind', 'desc').orderBy('value_cents', 'desc')) }
}

/** Of a session that began with another amount than was left in its drawer: what was said of it. */
export function openingDifferenceOf(reader: Reader, sessionId: string) {
  return reader.first(
    build
      .selectFrom('opening_difference')
      .select([
        'left_cents as leftCents',
        'fund_change_cents as fundChangeCents',
        'over_short_cents as overShortCents',
        'reason',
        'approved_by as approvedBy',
      ])
      .where('session_id', '=', sessionId),
  )
}
