/** What the till is: its own row, where it is enrolled, by which keys it recognizes checks. */

import { lineHash } from '../../shared/ledger/chain.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { readKeyLine } from '../../shared/ledger/signed-note.ts'
import type { TillRow } from '../../shared/ledger/till.ts'
import { factOf, lineOf } from '../ledger/journal.ts'
import { nativeHashText } from '../ledger/native-hash.ts'
import type { Reader } from '../ledger/reader.ts'
import { build, statement } from '../ledger/statement.ts'

const tillRow = statement<object>()(() => build.selectFrom('till').selectAll().limit(1))

/** The till's own row; undefined before the first run. */
export function tillOf(reader: Reader): TillRow | undefined {
  return reader.one(tillRow, {})
}

/** The row of a till that is set up. */
export function tillNow(reader: Reader): TillRow {
  const till = tillOf(reader)
  if (!till) throw new Error('The till is not set up')
  return till
}

const journalRow = statement<JournalPosition>()(parameter =>
  build
    .selectFrom('journal')
    .selectAll()
    .where('epoch', '=', parameter('epoch'))
    .where('seq', '=', parameter('seq')),
)

/** Where a till is enrolled, under which key, since when. */
export interface Enrolment {
  /** Origin of central's API, without a slash at its end. */
  address: string
  tillId: string
  /** Ed25519, raw, base64. */
  publicKey: string
  /** Central's own, the same. */
  centralKey: string
  utilityName: string
  /** Who enrolled it. */
  enrolledBy: string
  /** UTC milliseconds. */
  sinceMs: number
}

/** Where the journal says that the till is enrolled; undefined where nowhere, and where that row is not what it was. */
export function enrolmentOf(reader: Reader): Enrolment | undefined {
  const till = tillOf(reader)
  if (!till || till.enrolled_epoch === 0) return undefined
  const row = reader.one(journalRow, { epoch: till.enrolled_epoch, seq: till.enrolled_seq })
  if (!row || lineHash(lineOf(row), nativeHashText) !== row.hash) return undefined
  const fact = factOf(row)
  if (fact.kind !== 'till.enrolled') return undefined
  const [key, centralKey] = [fact.body.tillKey, fact.body.centralKey].map(readKeyLine)
  if (!key || !centralKey) return undefined
  const { address, utilityName } = fact.body
  const { tillId, actorId: enrolledBy, at: sinceMs } = fact
  return {
    ...{ address, tillId, publicKey: key.publicKey, centralKey: centralKey.publicKey },
    ...{ utilityName, enrolledBy, sinceMs },
  }
}

/** Digests of the keys by which account numbers of checks were recognized, the one in force first. */
export function checkKeyDigests(reader: Reader): string[] {
  const rows = build.selectFrom('check_key').select('digest').orderBy('epoch', 'desc').orderBy('seq', 'desc')
  return reader.all(rows).map(({ digest }) => digest)
}
