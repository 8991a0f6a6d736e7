/** Codes with which tills enrol: each works once, and for a week. */
import { sql } from 'kysely'
import type { CentralDb } from '../../db/central/connection.ts'
import type { EnrolmentCodeRow } from '../../db/central/schema.ts'
import { nativeHashText } from '../../db/ledger/native-hash.ts'
import { DAY_MS } from '../../shared/time.ts'

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const MISREAD: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }
export const CODE_BYTES = 12
/** A code that nobody used by then was lost, or lies where others find it. */
const CODE_DAYS = 7

interface NewCode {
  nowMs: number
  /** Twelve random ones. */
  bytes: Uint8Array
  note: string
  /** The one till that it is for: a till that was revoked comes back by such a code alone. Any other where left out. */
  tillId?: string | null
}

/**
 * A new code as it is read aloud, `7F3K-92QD-M1XA`: twelve signs of Crockford's base 32, sixty bits. Only its hash is
 * kept. `bytes` are twelve random ones.
 */
export async function makeCode(
  db: CentralDb,
  { nowMs, bytes, note, tillId = null }: NewCode,
): Promise<string> {
  if (bytes.length !== CODE_BYTES) throw new RangeError(`A code is made of ${CODE_BYTES} bytes`)
  const signs = [...bytes].map(byte => SIGNS[byte % SIGNS.length]).join('')
  const code = `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}`
  await db.kysely
    .insertInto('enrolment_code')
    .values({ code_hash: hashOf(code), made_at: nowMs, note, used_at: null, till_id: tillId })
    .execute()
  return code
}

/** However it was typed: with or without dashes, in either case, misread letters for digits. */
export function hashOf(code: string): string {
  const typed = code.toUpperCase().replace(/[\s-]/g, '')
  return nativeHashText([...typed].map(sign => MISREAD[sign] ?? sign).join(''))
}

export const isExpired = ({ made_at: madeAt }: EnrolmentCodeRow, nowMs: number): boolean =>
  nowMs > madeAt + CODE_DAYS * DAY_MS

export interface CodeLine {
  /** The first signs of its hash: enough to name it, and nothing to enrol with. */
  name: string
  note: string
  madeAtMs: number
  state: 'good' | 'used' | 'expired' | 'withdrawn'
  /** Who used it. */
  tillId: string | null
}

const NAME_SIGNS = 8

/** Every code that was made, the newest first. */
export async function codeLines(db: CentralDb, { nowMs }: { nowMs: number }): Promise<CodeLine[]> {
  const rows = await db.kysely
    .selectFrom('enrolment_code')
    .selectAll()
    .orderBy('made_at', 'desc')
    .orderBy('code_hash')
    .execute()
  const stateOf = (row: EnrolmentCodeRow): CodeLine['state'] => {
    if (row.used_at !== null) return row.till_id === null ? 'withdrawn' : 'used'
    return isExpired(row, nowMs) ? 'expired' : 'good'
  }
  return rows.map(row => ({
    name: row.code_hash.slice(0, NAME_SIGNS),
    note: row.note,
    madeAtMs: row.made_at,
    state: stateOf(row),
    tillId: row.till_id,
  }))
}

/** Takes a code back that nobody has used; false where there is none of this name. */
export async function withdrawCode(
  db: CentralDb,
  name: string,
  { nowMs }: { nowMs: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db.kysely
    .updateTable('enrolment_code')
    .set({ used_at: nowMs, till_id: null })
    .where(({ fn }) => fn('substr', ['code_hash', sql.lit(1), sql.lit(NAME_SIGNS)]), '=', name)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
