/** Money that has no home yet: what it is, why, and the way out. */
import { sql } from 'kysely'
import { type CentralDb, type CentralTx, inTransaction } from '../db/central/open.ts'
import type { PostingReason } from '../db/central/schema.ts'
import { accountNumberKey } from '../shared/account.ts'
import type { Cents } from '../shared/money.ts'
import { businessDateOf } from '../shared/time.ts'
import { takeFeedStep } from './feed-step.ts'
import { readGlAccounts } from './post-range.ts'
import { Poster, type Share } from './posting.ts'
import { readBooks, writeBooks } from './posting-books.ts'
import { lockTill } from './receive.ts'

export interface SuspenseLine {
  tillId: string
  receiptId: string
  lineNo: number
  /** 'not-reversed' was voided after what it had paid was gone: it is owed back, and settled by hand. */
  state: 'suspense' | 'not-reversed'
  reason: PostingReason | null
  number: string
  accountNumber: string
  cents: Cents
  atMs: number
}

/** Every line in suspense, the oldest first. */
export async function suspenseLines(db: CentralDb): Promise<SuspenseLine[]> {
  const rows = await db.kysely
    .selectFrom('posting as p')
    .innerJoin('receipt as r', join =>
      join.onRef('r.till_id', '=', 'p.till_id').onRef('r.receipt_id', '=', 'p.receipt_id'),
    )
    .select([
      'p.till_id',
      'p.receipt_id',
      'p.line_no',
      'p.state',
      'p.reason',
      'p.account_number',
      'p.cents',
      'p.at',
    ])
    .select('r.number')
    .where('p.state', 'in', ['suspense', 'not-reversed'])
    .orderBy('p.at')
    .orderBy('r.number')
    .orderBy('p.line_no')
    .execute()
  return rows.map(row => ({
    tillId: row.till_id,
    receiptId: row.receipt_id,
    lineNo: row.line_no,
    state: row.state === 'suspense' ? 'suspense' : 'not-reversed',
    reason: row.reason,
    number: row.number,
    accountNumber: row.account_number,
    cents: row.cents,
    atMs: row.at,
  }))
}

export interface Resolution {
  tillId: string
  receiptId: string
  lineNo: number
  /** Credits the whole line to this account; without it the line is tried again as the cashier spread it. */
  accountNumber?: string | undefined
  timeZone: string
}

export type ResolveResult = { ok: true } | { ok: false; reason: PostingReason | 'not-in-suspense' }

/** Posts a line that is in suspense. Gives why it still does not fit, and then changes nothing. */
export async function resolveSuspense(
  db: CentralDb,
  to: Resolution,
  { nowMs }: { nowMs: number },
): Promise<ResolveResult> {
  return inTransaction(db, async tx => {
    const till = await lockTill(tx, to.tillId)
    const target = await targetOf(tx, to)
    if (!till || !target) return { ok: false, reason: 'not-in-suspense' }
    const { accountId, shares } = target
    if (accountId === null) return { ok: false, reason: 'unknown-account' }
    const books = await readBooks(tx, {
      tillId: to.tillId,
      receiptIds: [to.receiptId],
      accountIds: [accountId],
      itemIds: shares.flatMap(share => share.itemId ?? []),
    })
    const gl = await readGlAccounts(tx, to.tillId)
    const { till_id: tillId, till_no: tillNo, last_state_no: lastStateNo } = till
    const poster = { tillId, tillNo, epoch: 0, nowMs, lastReferenceNo: till.last_reference_no }
    const source = `resolved/${to.receiptId}/${to.lineNo}`
    const businessDate = businessDateOf(nowMs, to.timeZone)
    const reason = new Poster(books, poster, gl).resolve(to.receiptId, to.lineNo, {
      accountId,
      shares,
      businessDate,
      source,
    })
    if (reason) return { ok: false, reason }
    const upTo = await writeBooks(tx, books, { lastStateNo, source, sourceNo: lastStateNo + 1 })
    await takeFeedStep(tx, { feed: tillId, upTo, made: `${nowMs}/${source}` })
    await tx.query
      .updateTable('enrolled_till')
      .set({ last_state_no: upTo, last_reference_no: poster.lastReferenceNo })
      .where('till_id', '=', tillId)
      .execute()
    return { ok: true }
  })
}

/** Where a line is to go: as its allocation says, or as a credit to another account. */
async function targetOf(
  tx: CentralTx,
  { tillId, receiptId, lineNo, accountNumber }: Resolution,
): Promise<{ accountId: string | null; shares: Share[] } | undefined> {
  const { rows } = await sql<Share & { accountId: string }>`
    SELECT l.account_id AS "accountId", a.item_id AS "itemId", a.cents AS cents, a.gl_account AS "glAccount"
    FROM receipt_allocation a JOIN receipt_line l
      ON l.till_id = a.till_id AND l.receipt_id = a.receipt_id AND l.line_no = a.line_no
    WHERE a.till_id = ${tillId} AND a.receipt_id = ${receiptId} AND a.line_no = ${lineNo}
    ORDER BY a.allocation_no`.execute(tx.query)
  const [first] = rows
  if (!first) return undefined
  const shares = rows.map(({ itemId, cents, glAccount }) => ({ itemId, cents, glAccount }))
  if (accountNumber === undefined) return { accountId: first.accountId, shares }
  const account = await tx.query
    .selectFrom('account')
    .select('account_id')
    .where('number_key', '=', accountNumberKey(accountNumber))
    .executeTakeFirst()
  return { accountId: account?.account_id ?? null, shares: shares.map(share => ({ ...share, itemId: null })) }
}
