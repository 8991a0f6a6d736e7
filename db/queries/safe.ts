/** The safe's book: what is in it is the sum of what went in and out. */

import { sql } from 'kysely'
import type { PieceChange } from '../../shared/ledger/pieces.ts'
import type { SafeEntryRow } from '../../shared/ledger/safe.ts'
import { add, type Cents, subtract, sum, times, ZERO } from '../../shared/money.ts'
import { type CountedPiece, denominationKey } from '../../shared/rules/cash/denominations.ts'
import type { Tender } from '../../shared/tenders.ts'
import type { Reader } from '../ledger/reader.ts'
import { build } from '../ledger/statement.ts'

/** Enough for months; the reports hold the rest. */
const MOST_ENTRIES = 200

/** Cash in the safe by its book. */
export function safeCents(reader: Reader): Cents {
  const row = reader.first(
    build.selectFrom('safe_entry').select(eb => eb.fn.sum<Cents | null>('cents').as('cents')),
  )
  return row?.cents ?? ZERO
}

/** Loose pieces by denomination, as far as they were noted; the largest first. */
export function safePieces(reader: Reader): PieceChange[] {
  return reader
    .all(
      build
        .selectFrom('safe_piece')
        .select(eb => ['value_cents as valueCents', 'kind', eb.fn.sum<number>('pieces').as('pieces')])
        .groupBy(['value_cents', 'kind'])
        .orderBy('kind', 'desc')
        .orderBy('value_cents', 'desc'),
    )
    .filter(piece => piece.pieces !== 0)
}

export function worthOf(pieces: readonly PieceChange[]): Cents {
  return sum(pieces.map(piece => times(piece.valueCents, piece.pieces)))
}

/**
 * The denomination of which the safe is known not to hold so many; undefined where it may. A safe that nobody has
 * ever counted is not known at all, and cash whose pieces nobody noted may be any.
 */
export function missingFromSafe(reader: Reader, wanted: readonly CountedPiece[]): CountedPiece | undefined {
  const counted = build.selectFrom('safe_entry').select('entry_id').where('kind', '=', 'count').limit(1)
  if (reader.first(counted) === undefined) return undefined
  const held = safePieces(reader)
  const worth = new Map(held.map(of => [denominationKey(of), times(of.valueCents, of.pieces)]))
  const short = wanted.flatMap(piece => {
    const cents = subtract(piece.cents, worth.get(denominationKey(piece)) ?? ZERO)
    return cents > 0 ? [{ piece, cents }] : []
  })
  const unsorted = subtract(safeCents(reader), worthOf(held))
  return sum(short.map(of => of.cents)) > unsorted ? short[0]?.piece : undefined
}

/** Instruments in the safe by tender: turned in or counted at a close, and not handed over to the bank. */
export function safeInstruments(reader: Reader): { tender: Tender; count: number; cents: Cents }[] {
  const turnedIn = build
    .selectFrom('movement_item as i')
    .innerJoin('movement as m', 'm.movement_id', 'i.movement_id')
    .innerJoin('drawer_session as s', 's.session_id', 'm.session_id')
    .select(eb => ['i.tender', eb.fn.countAll<number>().as('count'), eb.fn.sum<Cents>('i.cents').as('cents')])
    // A closed session's instruments are all in its parts, those turned in among them.
    .where('s.state', '<>', 'closed')
    .groupBy('i.tender')
  const waiting = build
    .selectFrom('session_part_item as i')
    .innerJoin('session_part as p', join =>
      join.onRef('p.session_id', '=', 'i.session_id').onRef('p.part_no', '=', 'i.part_no'),
    )
    .leftJoin('deposit as d', 'd.deposit_id', 'p.deposit_id')
    .select(eb => ['i.tender', eb.fn.countAll<number>().as('count'), eb.fn.sum<Cents>('i.cents').as('cents')])
    .where(eb =>
      eb.or([eb('p.deposit_id', 'is', null), eb('d.state', 'in', ['made-up', 'verified', 'sealed'])]),
    )
    .groupBy('i.tender')
  const instruments = new Map<Tender, { tender: Tender; count: number; cents: Cents }>()
  for (const row of [...reader.all(turnedIn), ...reader.all(waiting)]) {
    const before = instruments.get(row.tender)
    instruments.set(row.tender, {
      tender: row.tender,
      count: (before?.count ?? 0) + row.count,
      cents: add(before?.cents ?? ZERO, row.cents),
    })
  }
  return [...instruments.values()].sort((a, b) => (a.tender < b.tender ? -1 : 1))
}

/** The last entries of the book, newest first, each with the number of its slip, Z report or deposit. */
export function safeEntries(reader: Reader): (SafeEntryRow & { number: string })[] {
  return reader.all(
    build
      .selectFrom('safe_entry as e')
      .leftJoin('movement as m', 'm.movement_id', 'e.entry_id')
      .leftJoin('drawer_session as s', 's.session_id', 'e.session_id')
      .leftJoin('deposit as d', 'd.deposit_id', 'e.deposit_id')
      .selectAll('e')
      .select(sql<string>`coalesce(m.number, d.number, s.z_number, '')`.as('number'))
      .orderBy('e.epoch', 'desc')
      .orderBy('e.seq', 'desc')
      .limit(MOST_ENTRIES),
  )
}
