/** The way out of suspense: each line is decided by somebody, once, and the till hears of it. */

import { sql } from 'kysely'
import { namedId } from '../../db/accounts/named-id.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import { type CentralItemRow, GIVEN_UP, type ResolutionRow } from '../../db/central/schema.ts'
import { ACCOUNT_LIMITS, accountNumberKey } from '../../shared/account.ts'
import { NOWHERE } from '../../shared/ledger/journal-position.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { businessDateOf } from '../../shared/time.ts'
import { takeFeedStep } from '../journal/feed-step.ts'
import { lockTill } from '../journal/position.ts'
import { readBooks, writeBooks } from './books/books.ts'
import { readGlAccounts } from './post-range.ts'
import { type Booking, Poster, type Share, type Unresolved } from './poster.ts'

export interface Resolution {
  tillId: string
  receiptId: string
  lineNo: number
  /**
   * Credits what is in suspense to this account, or charges it with what could not be taken back from another. Without
   * it the line is tried again: posted as the cashier spread it, or taken back from where it went.
   */
  accountNumber?: string | undefined
  /** Gives the line up to this GL account instead. */
  writeOffTo?: string | undefined
  /** Why, for whoever reads the books. */
  note?: string | undefined
  timeZone: string
}

export type ResolveResult = { ok: true } | { ok: false; reason: Unresolved }

interface Line {
  state: 'suspense' | 'not-reversed'
  number: string
  /** Where the line was to go. */
  accountId: string
  shares: Share[]
}

interface Target {
  accountId: string
  number: string
  itemCount: number
  lastItemNo: number
}

/** What is done with the line, and how the poster does it. */
interface Way {
  way: ResolutionRow['way']
  target: string
  accountIds: string[]
  itemIds: string[]
  carryOut(poster: Poster, booking: Booking): Unresolved | null
}

/** Settles a line that is in suspense. Gives why it still does not fit, and then changes nothing. */
export async function resolveSuspense(
  db: CentralDb,
  to: Resolution,
  { nowMs }: { nowMs: number },
): Promise<ResolveResult> {
  return inTransaction(db, async tx => {
    const till = await lockTill(tx, to.tillId)
    const line = await lineOf(tx, to)
    if (!till || !line) return { ok: false, reason: 'not-in-suspense' }
    const businessDate = businessDateOf(nowMs, to.timeZone)
    const way = await wayOf(tx, to, { line, businessDate })
    if (!way) return { ok: false, reason: 'unknown-account' }
    const { accountIds, itemIds } = way
    const books = await readBooks(tx, { tillId: to.tillId, receiptIds: [to.receiptId], accountIds, itemIds })
    const { till_id: tillId, till_no: tillNo, last_state_no: lastStateNo } = till
    const posting = {
      tillId,
      tillNo,
      epoch: 0,
      nowMs,
      lastReferenceNo: till.last_reference_no,
      known: NOWHERE,
    }
    // A line may wait a second time: what was posted to another account and voided after that one was gone.
    const source = `resolved/${to.receiptId}/${to.lineNo}/${lastStateNo + 1}`
    const poster = new Poster(books, posting, await readGlAccounts(tx, tillId))
    const reason = way.carryOut(poster, { businessDate, source })
    if (reason) return { ok: false, reason }
    const upTo = await writeBooks(tx, books, { lastStateNo, source, sourceNo: lastStateNo + 1 })
    await takeFeedStep(tx, { feed: tillId, upTo, made: `${nowMs}/${source}` })
    await keep(tx, to, { way, no: upTo, nowMs })
    await tx.query
      .updateTable('enrolled_till')
      .set({ last_state_no: upTo, last_reference_no: posting.lastReferenceNo })
      .where('till_id', '=', tillId)
      .execute()
    return { ok: true }
  })
}

async function keep(
  tx: CentralTx,
  to: Resolution,
  { way, no, nowMs }: { way: Way; no: number; nowMs: number },
): Promise<void> {
  const place = { till_id: to.tillId, resolution_no: no, receipt_id: to.receiptId, line_no: to.lineNo }
  const row = { ...place, at: nowMs, way: way.way, target: way.target, note: to.note ?? '' }
  await tx.query.insertInto('resolution').values(row).execute()
}

/** The way that was asked for; undefined where there is no such account. */
async function wayOf(
  tx: CentralTx,
  to: Resolution,
  { line, businessDate }: { line: Line; businessDate: BusinessDate },
): Promise<Way | undefined> {
  const { receiptId, lineNo, writeOffTo: glAccount } = to
  if (glAccount !== undefined) {
    const carryOut: Way['carryOut'] = (poster, booking) =>
      poster.writeOff(receiptId, lineNo, { glAccount, ...booking })
    return { way: 'written-off', target: glAccount, accountIds: [], itemIds: [], carryOut }
  }
  if (to.accountNumber === undefined) return triedAgain(to, line)
  const account = await accountOf(tx, to.accountNumber)
  if (!account) return undefined
  const { accountId, number: target } = account
  if (line.state === 'not-reversed') return charged(to, { line, account, businessDate })
  const shares = line.shares.map(share => ({ ...share, itemId: null }))
  const carryOut: Way['carryOut'] = (poster, booking) =>
    poster.resolve(receiptId, lineNo, { accountId, shares, ...booking })
  return { way: 'credited', target, accountIds: [accountId], itemIds: [], carryOut }
}

function triedAgain({ receiptId, lineNo }: Resolution, { state, accountId, shares }: Line): Way {
  const itemIds = shares.flatMap(share => share.itemId ?? [])
  const carryOut: Way['carryOut'] = (poster, booking) =>
    state === 'suspense'
      ? poster.resolve(receiptId, lineNo, { accountId, shares, ...booking })
      : poster.takeBack(receiptId, lineNo, booking)
  const way = state === 'suspense' ? 'posted' : 'taken-back'
  return { way, target: '', accountIds: [accountId], itemIds, carryOut }
}

/** The account owes an item more, named by the receipt; the customer reads it on the bill and at the window. */
function charged(
  { receiptId, lineNo }: Resolution,
  { line, account, businessDate }: { line: Line; account: Target; businessDate: BusinessDate },
): Way {
  const { accountId, number: target, itemCount, lastItemNo } = account
  let added = 0
  const idOf = (glAccount: string): string =>
    namedId('item', `${accountId}\u0000returned/${receiptId}/${lineNo}/${glAccount}`)
  const newItem = (glAccount: string): Omit<CentralItemRow, 'open_cents'> => {
    added += 1
    return {
      item_id: idOf(glAccount),
      account_id: accountId,
      item_no: lastItemNo + added,
      service: `returned ${line.number}`.slice(0, MOST_SERVICE),
      service_order: 0,
      is_penalty: 0,
      due_date: businessDate,
      gl_account: glAccount,
    }
  }
  const carryOut: Way['carryOut'] = (poster, booking) =>
    poster.charge(receiptId, lineNo, {
      accountId,
      room: ACCOUNT_LIMITS.items - itemCount,
      newItem,
      ...booking,
    })
  // One that was charged before, and rejected, is there still.
  const itemIds = line.shares.map(share => idOf(share.glAccount))
  return { way: 'charged', target, accountIds: [accountId], itemIds, carryOut }
}

const MOST_SERVICE = 40

/** The line with how the cashier spread it; undefined where there is none that waits. */
async function lineOf(tx: CentralTx, { tillId, receiptId, lineNo }: Resolution): Promise<Line | undefined> {
  const { rows } = await sql<Share & Pick<Line, 'state' | 'number' | 'accountId'>>`
    SELECT p.state AS "state", r.number AS "number", l.account_id AS "accountId",
      a.item_id AS "itemId", a.cents AS cents, a.gl_account AS "glAccount"
    FROM posting p
    JOIN receipt r ON r.till_id = p.till_id AND r.receipt_id = p.receipt_id
    JOIN receipt_line l ON l.till_id = p.till_id AND l.receipt_id = p.receipt_id AND l.line_no = p.line_no
    JOIN receipt_allocation a ON a.till_id = p.till_id AND a.receipt_id = p.receipt_id AND a.line_no = p.line_no
    WHERE p.till_id = ${tillId} AND p.receipt_id = ${receiptId} AND p.line_no = ${lineNo}
      AND p.state IN ('suspense', 'not-reversed')
    ORDER BY a.allocation_no`.execute(tx.query)
  const [first] = rows
  if (!first) return undefined
  const { state, number, accountId } = first
  const shares = rows.map(({ itemId, cents, glAccount }) => ({ itemId, cents, glAccount }))
  return { state, number, accountId, shares }
}

async function accountOf(tx: CentralTx, number: string): Promise<Target | undefined> {
  const key = accountNumberKey(number)
  if (key === GIVEN_UP) return undefined
  const { rows } = await sql<Target>`
    SELECT a.account_id AS "accountId", a.number AS "number",
      count(i.item_id) AS "itemCount", coalesce(max(i.item_no), 0) AS "lastItemNo"
    FROM account a LEFT JOIN account_item i ON i.account_id = a.account_id WHERE a.number_key = ${key}
    GROUP BY a.account_id, a.number`.execute(tx.query)
  return rows[0]
}
