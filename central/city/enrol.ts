/** Enrolment: a till hands its public key over with a code that works once. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { EnrolmentCodeRow } from '../../db/central/schema.ts'
import type { enrolmentField, Position } from '../../shared/central/protocol.ts'
import { NOWHERE } from '../../shared/ledger/journal-position.ts'
import { lastHeld, lockTill } from '../journal/position.ts'
import { citySettingOf, readCitySetting } from './city.ts'
import { hashOf, isExpired } from './enrolment-codes.ts'

type Enrolment = Omit<z.infer<typeof enrolmentField>, 'address'>

export type EnrolResult =
  | { ok: true; tillId: string; utilityName: string; position: Position }
  | { ok: false; code: 'CODE_NOT_VALID' | 'ENROLLED_ALREADY' | 'TILL_CODE_TAKEN' }

/** 'ENRO' */
const ENROLLING_LOCK = 0x454e524f

/**
 * Enrols a till under its key. The same till with the same key and code again gets the same answer: a reply may be
 * lost. A till that is enrolled under another key must be revoked first.
 */
export async function enrol(
  db: CentralDb,
  input: Enrolment,
  { nowMs }: { nowMs: number },
): Promise<EnrolResult> {
  return inTransaction(db, async tx => {
    // Two tills that enrol at once would get the same number, or both have the same code.
    if (tx.flavour === 'postgres')
      await sql`SELECT pg_advisory_xact_lock(${ENROLLING_LOCK})`.execute(tx.query)
    const code = await lockCode(tx, hashOf(input.code))
    const till = await lockTill(tx, input.tillId)
    if (!code || !isFor(code, { tillId: input.tillId, wasRevoked: till?.revoked_at != null, nowMs }))
      return { ok: false, code: 'CODE_NOT_VALID' }
    const sameKey = till?.public_key === input.publicKey && till.revoked_at === null
    if (code.used_at !== null && !sameKey) return { ok: false, code: 'CODE_NOT_VALID' }
    if (till && till.revoked_at === null && !sameKey) return { ok: false, code: 'ENROLLED_ALREADY' }
    // A reply that was lost is given again, whatever came between.
    const isRepeated = code.used_at !== null && sameKey
    const isOther = till !== undefined && till.code !== '' && till.code !== input.tillCode
    if (isOther || (!isRepeated && (await isCodeTaken(tx, input))))
      return { ok: false, code: 'TILL_CODE_TAKEN' }
    if (!till) await addTill(tx, input, nowMs)
    else if (!sameKey) await renewTill(tx, input, nowMs)
    const position = await lastHeld(tx, input.tillId)
    // A till whose answer was lost has worked on alone: its last word counts until it has sent something.
    if (position.epoch === 0) await noteKnown(tx, input)
    if (code.used_at === null) await spendCode(tx, { hash: code.code_hash, tillId: input.tillId, nowMs })
    const utilityName = await readCitySetting(tx, 'utilityName')
    return { ok: true, tillId: input.tillId, utilityName, position }
  })
}

/**
 * Whether a till reaches this central by its own name: the one that the city has set, or else the one by which it was asked, which
 * whoever passes a till's words on can say as well.
 */
export async function isReachedBy(
  db: CentralDb,
  { host, address }: { host: string; address: string },
): Promise<boolean> {
  const set = await citySettingOf(db, 'address')
  const own = set === undefined ? host : URL.parse(set)?.host
  return own !== undefined && URL.parse(address)?.host === own
}

/** Whoever got hold of a code must not take the place, and the journal, of a till that was revoked. */
function isFor(
  code: EnrolmentCodeRow,
  { tillId, wasRevoked, nowMs }: { tillId: string; wasRevoked: boolean; nowMs: number },
): boolean {
  if (code.used_at !== null) return code.till_id === tillId
  return !isExpired(code, nowMs) && (code.till_id === tillId || (code.till_id === null && !wasRevoked))
}

function lockCode(tx: CentralTx, hash: string) {
  const row = tx.query.selectFrom('enrolment_code').selectAll().where('code_hash', '=', hash)
  return (tx.flavour === 'postgres' ? row.forUpdate() : row).executeTakeFirst()
}

/**
 * Whether another till gives numbers under this code, or has given any: one that was revoked counts where central holds
 * receipts of it.
 */
async function isCodeTaken(tx: CentralTx, { tillId, tillCode }: Enrolment): Promise<boolean> {
  const other = await tx.query
    .selectFrom('enrolled_till as t')
    .select('t.till_id')
    .where('t.code', '=', tillCode)
    .where('t.till_id', '<>', tillId)
    .where(eb =>
      eb.or([
        eb('t.revoked_at', 'is', null),
        eb.exists(
          eb.selectFrom('receipt as r').select('r.receipt_id').whereRef('r.till_id', '=', 't.till_id'),
        ),
      ]),
    )
    .executeTakeFirst()
  return other !== undefined
}

const headOf = ({ head = NOWHERE }: Enrolment) => ({
  head_epoch: head.epoch,
  head_seq: head.seq,
})

async function addTill(tx: CentralTx, input: Enrolment, nowMs: number): Promise<void> {
  const { last } = await tx.query
    .selectFrom('enrolled_till')
    .select(({ fn }) => fn.max('till_no').as('last'))
    .executeTakeFirstOrThrow()
  await tx.query
    .insertInto('enrolled_till')
    .values({
      till_id: input.tillId,
      till_no: (last ?? 0) + 1,
      code: input.tillCode,
      public_key: input.publicKey,
      enrolled_at: nowMs,
      revoked_at: null,
      last_seen_at: nowMs,
      last_state_no: 0,
      last_reference_no: 0,
      last_alarm_no: 0,
      known_epoch: NOWHERE.epoch,
      known_seq: NOWHERE.seq,
      ...headOf(input),
    })
    .execute()
}

async function noteKnown(tx: CentralTx, input: Enrolment): Promise<void> {
  const { tillId, knownThrough = NOWHERE } = input
  await tx.query
    .updateTable('enrolled_till')
    .set({ known_epoch: knownThrough.epoch, known_seq: knownThrough.seq, ...headOf(input) })
    .where('till_id', '=', tillId)
    .execute()
}

async function renewTill(tx: CentralTx, input: Enrolment, nowMs: number): Promise<void> {
  await tx.query
    .updateTable('enrolled_till')
    .set({
      public_key: input.publicKey,
      code: input.tillCode,
      enrolled_at: nowMs,
      revoked_at: null,
      ...headOf(input),
    })
    .where('till_id', '=', input.tillId)
    .execute()
}

async function spendCode(
  tx: CentralTx,
  { hash, tillId, nowMs }: { hash: string; tillId: string; nowMs: number },
): Promise<void> {
  await tx.query
    .updateTable('enrolment_code')
    .set({ used_at: nowMs, till_id: tillId })
    .where('code_hash', '=', hash)
    .execute()
}

/** Refuses every later request of a till; false where it is not enrolled. What it sent stays. */
export async function revoke(db: CentralDb, tillId: string, { nowMs }: { nowMs: number }): Promise<boolean> {
  const { numUpdatedRows } = await db.kysely
    .updateTable('enrolled_till')
    .set({ revoked_at: nowMs })
    .where('till_id', '=', tillId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Gives the code of a till that was revoked back, with how many receipts bear it; undefined where no such till has one. */
export async function freeTillCode(
  db: CentralDb,
  tillId: string,
): Promise<{ code: string; receipts: number } | undefined> {
  return inTransaction(db, async tx => {
    const till = await lockTill(tx, tillId)
    if (!till || till.revoked_at === null || till.code === '') return undefined
    await tx.query.updateTable('enrolled_till').set({ code: '' }).where('till_id', '=', tillId).execute()
    const { receipts } = await tx.query
      .selectFrom('receipt')
      .select(({ fn }) => fn.countAll<number>().as('receipts'))
      .where('till_id', '=', tillId)
      .executeTakeFirstOrThrow()
    return { code: till.code, receipts }
  })
}
