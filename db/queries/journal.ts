import type { Fact } from '../../shared/ledger/facts.ts'
import { type JournalPosition, NOWHERE } from '../../shared/ledger/journal-position.ts'
import type { About } from '../../shared/ledger/kind.ts'
import { writtenBy } from '../../shared/rules/account/written-by.ts'
import { DAY_MS } from '../../shared/time.ts'
import { factOf, newestFirst } from '../ledger/journal.ts'
import type { Reader } from '../ledger/reader.ts'
import type { JournalTableRow } from '../ledger/schema.ts'
import { build, type Compilable } from '../ledger/statement.ts'

/** Journal rows, newest first, a page at a time. */
export function journalPage(
  reader: Reader,
  page: { before?: JournalPosition | undefined; kind?: string | undefined; limit: number },
): JournalTableRow[] {
  let query = newestFirst
  if (page.before) {
    const { epoch, seq } = page.before
    query = query.where(eb => eb(eb.refTuple('epoch', 'seq'), '<', eb.tuple(epoch, seq)))
  }
  if (page.kind !== undefined) query = query.where('kind', '=', page.kind)
  return reader.all(query.limit(page.limit))
}

/** With whom and why the limit of a session's drawer was lifted last. */
export function lastLift(reader: Reader, sessionId: string): Fact<'session.limit-lifted'> | undefined {
  const lifts = newestFirst.where('kind', '=', 'session.limit-lifted')
  const row = reader.first<JournalTableRow>(
    lifts.where('body', 'like', `%"sessionId":"${sessionId}"%`).limit(1),
  )
  return row && (factOf(row) as Fact<'session.limit-lifted'>)
}

/** What is stated of the accounts, the newest first: imports and pulls that were not lost. */
export function accountImports(reader: Reader, limit: number) {
  return reader.all(
    build
      .selectFrom('account_import')
      .selectAll()
      .where('lost', '=', 0)
      .orderBy('epoch', 'desc')
      .orderBy('seq', 'desc')
      .limit(limit),
  )
}

/** What the figures of a file of accounts were as of when these bytes were imported last; undefined where they never were. */
export const accountFileAsOf = (reader: Reader, sha256: string): number | undefined =>
  reader.first(
    build
      .selectFrom('account_import')
      .select('as_of_ms')
      .where('file_sha256', '=', sha256)
      .orderBy('epoch', 'desc')
      .orderBy('seq', 'desc')
      .limit(1),
  )?.as_of_ms

/** Up to where payments taken here are in the billing system's figures, as the last file that was read here says; undefined where none was. */
export function knownToBilling(reader: Reader): JournalPosition | undefined {
  return reader.first(
    build
      .selectFrom('account_import')
      .select(['as_of_epoch as epoch', 'as_of_seq as seq'])
      .where('source', '=', 'file')
      .where('lost', '=', 0)
      .orderBy('account_import.epoch', 'desc')
      .orderBy('account_import.seq', 'desc')
      .limit(1),
  )
}

/** The newest word about all accounts on record. */
export const lastAccountImport = (reader: Reader) => accountImports(reader, 1)[0]

/** The last place of which it is certain that it was written by a moment, as `writtenBy` says. */
export function lastPlaceAt(reader: Reader, throughMs: number, nowMs: number): JournalPosition {
  const later = inOrder.where('at', '>', throughMs).limit(1)
  if (!reader.first(oddTimes(nowMs))) return placeBefore(reader, reader.first(later))
  const rows = reader.all(inOrder)
  const count = writtenBy(
    rows.map(({ at }) => at),
    { throughMs, nowMs },
  )
  const last = rows[count - 1]
  return last ? { epoch: last.epoch, seq: last.seq } : NOWHERE
}

const inOrder = build.selectFrom('journal').select(['epoch', 'seq', 'at']).orderBy('epoch').orderBy('seq')

/** Whether the clock was ever wrong by more than a day: it fell by as much, or is as far behind now. A journal is read whole only then. */
const oddTimes = (nowMs: number) =>
  build
    .selectFrom(
      build
        .selectFrom('journal')
        .select(({ fn }) => [
          'at',
          fn
            .agg<number>('lag', ['at'])
            .over(over => over.orderBy('epoch').orderBy('seq'))
            .as('before'),
        ])
        .as('step'),
    )
    .select('at')
    .where(eb => eb.or([eb('at', '<', eb('before', '-', DAY_MS)), eb('at', '>', nowMs + DAY_MS)]))
    .limit(1)

function placeBefore(reader: Reader, later: JournalPosition | undefined): JournalPosition {
  const before = later
    ? newestFirst.where(eb => eb(eb.refTuple('epoch', 'seq'), '<', eb.tuple(later.epoch, later.seq)))
    : newestFirst
  const row = reader.first(before.limit(1))
  return row ? { epoch: row.epoch, seq: row.seq } : NOWHERE
}

/** The number under which people know what a fact is about; empty where it is not there. */
export function aboutNumber(reader: Reader, { what, id }: About): string {
  return reader.first(ABOUT[what](id))?.number ?? ''
}

const ABOUT: { [W in About['what']]: (id: string) => Compilable<{ number: string }> } = {
  receipt: id => build.selectFrom('receipt').select('number').where('receipt_id', '=', id),
  session: id => build.selectFrom('drawer_session').select('number').where('session_id', '=', id),
  movement: id => build.selectFrom('movement').select('number').where('movement_id', '=', id),
  deposit: id => build.selectFrom('deposit').select('number').where('deposit_id', '=', id),
}
