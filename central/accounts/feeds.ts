/** What tills ask for: accounts changed since a cursor, what became of receipts, and checks of their sums. */
import { z } from 'zod'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import { type CentralAccountRow, type CentralItemRow, GIVEN_UP } from '../../db/central/schema.ts'
import type { AccountsPage, ReceiptState, sessionCheckField } from '../../shared/central/protocol.ts'
import { centsField } from '../../shared/fields.ts'
import { laterOf } from '../../shared/ledger/journal-position.ts'
import { parseBusinessDate } from '../../shared/time.ts'
import { cursorAt, readCursor } from '../journal/feed-step.ts'
import { knownThrough, lastHeld } from '../journal/position.ts'
import { holdForTill } from '../posting/outbox.ts'
import { numberChangedAccounts } from './changes.ts'
import { withHeld } from './held.ts'

export const ACCOUNTS_FEED = 'accounts'
export const USUAL_PAGE = 1_000

/**
 * Accounts changed since a cursor, in the order of their last change: an account that changes while a till pulls comes
 * again at the end, never too early. All of a page is of one moment, and `through` says how far this till's own
 * payments are in its figures. A cursor from before a restore of central begins at the start.
 */
export async function accountsSince(
  db: CentralDb,
  {
    tillId,
    cursor,
    limit = USUAL_PAGE,
  }: { tillId: string; cursor?: string | undefined; limit?: number | undefined },
  { nowMs }: { nowMs: number },
): Promise<AccountsPage> {
  await numberChangedAccounts(db, { nowMs })
  const { isLost, page } = await inTransaction(
    db,
    async tx => {
      const { no: from, isLost } = await readCursor(tx, ACCOUNTS_FEED, cursor)
      const { epoch, seq } = await lastHeld(tx, tillId)
      const asOfPosition = laterOf({ epoch, seq }, await knownThrough(tx, tillId))
      const { rows, gone, items } = await accountsOfPage(tx, from, limit)
      const told = await withHeld(
        tx,
        rows.map(account => ({ account, items: items.get(account.account_id) ?? [] })),
      )
      const upTo = Math.max(from, ...[rows, gone].map(list => list.at(-1)?.change_no ?? from))
      const left = await countAfter(tx, upTo)
      const page = {
        gone: gone.map(row => ({ accountId: row.account_id, heirId: row.heir_id })),
        accounts: told.map(one => ({ account: accountOf(one.account, nowMs), items: one.items.map(itemOf) })),
        asOfPosition,
        cursor: await cursorAt(tx, ACCOUNTS_FEED, upTo),
        fromStart: from === 0,
        done: left === 0,
        left,
        asOfMs: nowMs,
      }
      return { isLost, page }
    },
    { snapshot: true },
  )
  if (isLost) await holdForTill(db, tillId)
  return page
}

/** Items in one page: accounts with very many of them come in smaller pages, so that no answer is too long. */
const MOST_ITEMS = 20_000

async function accountsOfPage(tx: CentralTx, from: number, limit: number) {
  const all = await accountRows(tx, from, limit)
  const items = await itemsByAccount(tx, from, all.at(-1)?.change_no ?? from)
  let count = 0
  const page = all.filter((row, index) => {
    count += items.get(row.account_id)?.length ?? 0
    return index === 0 || count <= MOST_ITEMS
  })
  const [gone, rows] = [true, false].map(isGone =>
    page.filter(row => (row.number_key === GIVEN_UP) === isGone),
  )
  return { rows: rows ?? [], gone: gone ?? [], items }
}

function accountRows(tx: CentralTx, from: number, limit: number) {
  return tx.query
    .selectFrom('account')
    .selectAll()
    .where('change_no', '>', from)
    .orderBy('change_no')
    .limit(limit)
    .execute()
}

async function itemsByAccount(
  tx: CentralTx,
  from: number,
  upTo: number,
): Promise<Map<string, CentralItemRow[]>> {
  const rows = await tx.query
    .selectFrom('account as a')
    .innerJoin('account_item as i', 'i.account_id', 'a.account_id')
    .selectAll('i')
    .where('a.change_no', '>', from)
    .where('a.change_no', '<=', upTo)
    .orderBy('i.account_id')
    .orderBy('i.item_no')
    .execute()
  const byAccount = new Map<string, CentralItemRow[]>()
  for (const row of rows) {
    const list = byAccount.get(row.account_id)
    if (list) list.push(row)
    else byAccount.set(row.account_id, [row])
  }
  return byAccount
}

/** Change numbers are given one by one, and each account has the last of its own: close enough without counting. */
async function countAfter(tx: CentralTx, no: number): Promise<number> {
  const { last } = await tx.query
    .selectFrom('account')
    .select(({ fn }) => fn.max('change_no').as('last'))
    .executeTakeFirstOrThrow()
  return Math.max(0, (last ?? 0) - no)
}

type PageAccount = AccountsPage['accounts'][number]

function accountOf(row: CentralAccountRow, nowMs: number): PageAccount['account'] {
  return {
    accountId: row.account_id,
    number: row.number,
    name: row.name,
    address: row.address,
    phones: row.phones === '[]' ? [] : z.array(z.string()).parse(JSON.parse(row.phones)),
    status: row.status,
    cashOnly: row.cash_only === 1,
    creditCents: row.credit_cents,
    note: row.note,
    // Central's figures are of the moment at which they are asked for.
    asOfMs: nowMs,
  }
}

function itemOf(row: CentralItemRow): PageAccount['items'][number] {
  return {
    itemId: row.item_id,
    accountId: row.account_id,
    service: row.service,
    serviceOrder: row.service_order,
    isPenalty: row.is_penalty === 1,
    dueDate: row.due_date,
    openCents: row.open_cents,
    glAccount: row.gl_account,
  }
}

export interface StatesPage {
  states: ReceiptState[]
  cursor: string
  /** The cursor is not known here, or none was given. */
  fromStart: boolean
  done: boolean
}

const USUAL_STATES = 1_000

/** What became of a till's receipts since a cursor; a receipt that changes again comes again. */
export async function receiptStatesSince(
  db: CentralDb,
  {
    tillId,
    cursor,
    limit = USUAL_STATES,
  }: { tillId: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<StatesPage> {
  const { isLost, states } = await inTransaction(
    db,
    async tx => {
      const { no: from, isLost } = await readCursor(tx, tillId, cursor)
      const rows = await tx.query
        .selectFrom('receipt_state')
        .selectAll()
        .where('till_id', '=', tillId)
        .where('state_no', '>', from)
        .orderBy('state_no')
        .limit(limit + 1)
        .execute()
      const page = rows.slice(0, limit)
      const others = await otherIds(tx, tillId)
      const states = {
        states: page.map(row => {
          const { receipt_id: receiptId, at: atMs } = row
          // The till has another receipt under this id than the one that was posted here.
          if (others.has(receiptId))
            return {
              receiptId,
              state: 'exception' as const,
              reference: null,
              reason: 'other-content' as const,
              atMs,
            }
          const reference = row.billing_reference ?? row.reference
          return { receiptId, state: row.state, reference, reason: row.reason, atMs }
        }),
        cursor: await cursorAt(tx, tillId, page.at(-1)?.state_no ?? from),
        fromStart: from === 0,
        done: rows.length <= limit,
      }
      return { isLost, states }
    },
    { snapshot: true },
  )
  if (isLost) await holdForTill(db, tillId)
  return states
}

/** Exceptions of the till's present epoch: an earlier one is over, and its receipts with it. */
async function otherIds(tx: CentralTx, tillId: string): Promise<Set<string>> {
  const { epoch } = await lastHeld(tx, tillId)
  const rows = await tx.query
    .selectFrom('other_content')
    .select('receipt_id')
    .where('till_id', '=', tillId)
    .where('epoch', '=', epoch)
    .execute()
  return new Set(rows.map(row => row.receipt_id))
}

const differencesField = z.array(
  z.object({ what: z.string(), tillCents: centsField, centralCents: centsField }),
)

const MOST_CHECKS = 500

/** Checks of sessions and deposits, of one business date or the latest. */
export async function sessionChecks(
  db: CentralDb,
  { tillId, businessDate }: { tillId: string; businessDate?: string | undefined },
): Promise<z.infer<typeof sessionCheckField>[]> {
  const date = businessDate === undefined ? undefined : parseBusinessDate(businessDate)
  if (date === null) return []
  const checks = db.kysely.selectFrom('session_check').selectAll().where('till_id', '=', tillId)
  const rows = await (date === undefined ? checks : checks.where('business_date', '=', date))
    .orderBy('business_date', 'desc')
    .orderBy('number', 'desc')
    .limit(MOST_CHECKS)
    .execute()
  return rows.map(row => ({
    kind: row.kind,
    sessionId: row.subject_id,
    number: row.number,
    agrees: row.agrees === 1,
    differences: differencesField.parse(JSON.parse(row.differences)),
  }))
}
