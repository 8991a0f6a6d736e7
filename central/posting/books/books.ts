/** What a posting needs from the database, under lock, and what it leaves there. */
import { sql } from 'kysely'
import { insertRows, textList, updateRows } from '../../../db/central/bulk.ts'
import type { CentralTx } from '../../../db/central/connection.ts'
import {
  GIVEN_UP,
  type GlEntryRow,
  type PostingEntryRow,
  type PostingRow,
  type ReceiptStateRow,
} from '../../../db/central/schema.ts'
import { accountNumberKey } from '../../../shared/account.ts'
import { ZERO } from '../../../shared/money.ts'
import { carry } from '../outbox.ts'
import type { Books, HeldReceipt } from './open-books.ts'
import { oweAgain } from './owed-again.ts'

export interface Wanted {
  tillId: string
  /** Receipts that are already held and will be undone or resolved. */
  receiptIds: readonly string[]
  /** Accounts and items that will be paid. */
  accountIds: readonly string[]
  itemIds: readonly string[]
}

/**
 * Reads accounts, items and earlier postings. Accounts are locked in the order of their ids, so that two tills
 * that post to the same ones wait for each other and never both for ever; items are changed only under their
 * account's lock.
 */
export async function readBooks(tx: CentralTx, wanted: Wanted): Promise<Books> {
  const receipts = await readReceipts(tx, wanted)
  const entries = [...receipts.values()].flatMap(receipt => receipt.entries)
  const accountIds = new Set([...wanted.accountIds, ...entries.map(entry => entry.account_id)])
  const heirs = await heirsOf(tx, [...accountIds])
  for (const heirId of heirs.values()) accountIds.add(heirId)
  const itemIds = new Set([...wanted.itemIds, ...entries.flatMap(({ item_id }) => item_id ?? [])])
  const accounts: Books['accounts'] = new Map()
  const items: Books['items'] = new Map()
  for (const row of await lockAccounts(tx, [...accountIds]))
    if (row.number_key !== GIVEN_UP)
      accounts.set(row.account_id, { status: row.status, creditCents: row.credit_cents, changed: false })
  const known = itemIds.size === 0 ? [] : await readItems(tx, [...itemIds])
  for (const row of known)
    items.set(row.item_id, { accountId: row.account_id, openCents: row.open_cents, changed: false })
  return {
    accounts,
    heirs,
    items,
    receipts,
    touched: new Set(),
    newEntries: [],
    knownEntries: [],
    newItems: [],
    owedAgain: [],
    newGl: [],
    dirtyAccounts: new Set(),
    dirtyNumbers: new Set(),
    dirtyReceipts: new Set(),
  }
}

/** Who has each account's customer now, where its id is gone. A number that is given up changes under every till's lock. */
async function heirsOf(tx: CentralTx, accountIds: readonly string[]): Promise<Map<string, string>> {
  const heirs = new Map<string, string>()
  const next = await nextHeirs(tx, accountIds)
  for (let ids = [...next.values()]; ids.length > 0; ) {
    const further = [...(await nextHeirs(tx, ids))].filter(([id]) => !next.has(id))
    for (const [id, heirId] of further) next.set(id, heirId)
    ids = further.map(([, heirId]) => heirId)
  }
  for (const id of accountIds) {
    const heirId = lastHeir(next, id)
    if (heirId !== id) heirs.set(id, heirId)
  }
  return heirs
}

/** Who goes on in the end; the same where nobody does, and where two that went to and fro between one number are each other's. */
export function lastHeir(next: ReadonlyMap<string, string>, id: string): string {
  const passed = new Set<string>()
  let heirId = id
  for (let further = next.get(id); further !== undefined && !passed.has(heirId); further = next.get(heirId)) {
    passed.add(heirId)
    heirId = further
  }
  return heirId
}

async function nextHeirs(tx: CentralTx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.query
    .selectFrom('account')
    .select(['account_id', 'heir_id'])
    .where('account_id', 'in', textList(tx, ids))
    .where('heir_id', 'is not', null)
    .where('number_key', '=', GIVEN_UP)
    .execute()
  return new Map(rows.flatMap(row => (row.heir_id === null ? [] : [[row.account_id, row.heir_id]])))
}

/** Locks accounts until the transaction ends. */
export async function lockAccounts(tx: CentralTx, accountIds: readonly string[]) {
  if (accountIds.length === 0) return []
  const rows = tx.query
    .selectFrom('account')
    .select(['account_id', 'number_key', 'status', 'credit_cents'])
    .where('account_id', 'in', textList(tx, accountIds))
    .orderBy('account_id')
  return (tx.flavour === 'postgres' ? rows.forUpdate() : rows).execute()
}

function readItems(tx: CentralTx, itemIds: readonly string[]) {
  return tx.query
    .selectFrom('account_item')
    .select(['item_id', 'account_id', 'open_cents'])
    .where('item_id', 'in', textList(tx, itemIds))
    .execute()
}

async function readReceipts(
  tx: CentralTx,
  { tillId, receiptIds }: Wanted,
): Promise<Map<string, HeldReceipt>> {
  const receipts = new Map<string, HeldReceipt>()
  if (receiptIds.length === 0) return receipts
  const rowsOf = <R>(table: string, order: string) =>
    sql<R>`SELECT * FROM ${sql.table(table)} WHERE till_id = ${tillId}
      AND receipt_id IN ${textList(tx, receiptIds)} ORDER BY ${sql.raw(order)}`
      .execute(tx.query)
      .then(({ rows }) => rows)
  for (const state of await rowsOf<ReceiptStateRow>('receipt_state', 'receipt_id'))
    receipts.set(state.receipt_id, { state, postings: [], entries: [], gl: [] })
  for (const row of await rowsOf<PostingRow>('posting', 'receipt_id, line_no'))
    receipts.get(row.receipt_id)?.postings.push(row)
  for (const row of await rowsOf<PostingEntryRow>('posting_entry', 'receipt_id, line_no, entry_no'))
    receipts.get(row.receipt_id)?.entries.push(row)
  for (const row of await rowsOf<GlEntryRow>('gl_entry', 'source, entry_no'))
    if (row.receipt_id !== null) receipts.get(row.receipt_id)?.gl.push(row)
  return receipts
}

/**
 * Writes what a posting changed. `source` names this transaction among those that change accounts; every receipt
 * that was touched gets the next number of the till's feed. Gives the last number given.
 */
export async function writeBooks(
  tx: CentralTx,
  books: Books,
  { lastStateNo, source, sourceNo }: { lastStateNo: number; source: string; sourceNo: number },
): Promise<number> {
  let stateNo = lastStateNo
  const touched = [...books.touched].flatMap(id => books.receipts.get(id) ?? [])
  await insertRows(
    tx,
    'posting',
    touched.flatMap(({ postings }) => postings),
    {
      key: ['till_id', 'receipt_id', 'line_no'],
      update: ['state', 'reason', 'account_id', 'at', 'suspense_gl'],
    },
  )
  await insertRows(tx, 'posting_entry', [...books.newEntries, ...books.knownEntries])
  await insertRows(tx, 'gl_entry', books.newGl)
  await carry(tx, books)
  for (const { state } of touched) state.state_no = ++stateNo
  await insertRows(
    tx,
    'receipt_state',
    touched.map(({ state }) => state),
    {
      key: ['till_id', 'receipt_id'],
      update: ['state', 'reference', 'billing_reference', 'reason', 'at', 'state_no'],
    },
  )
  const newItems = books.newItems.map(item => ({ ...item, open_cents: ZERO }))
  await insertRows(tx, 'account_item', newItems)
  await updateRows(tx, 'account_item', { key: ['item_id'], set: ['open_cents'], rows: changedItems(books) })
  await updateRows(tx, 'account', {
    key: ['account_id'],
    set: ['credit_cents'],
    rows: changedAccounts(books),
  })
  for (const owed of books.owedAgain) await oweAgain(tx, owed)
  const ids = new Set([
    ...books.dirtyAccounts,
    ...(await idsOfNumbers(tx, books.dirtyNumbers)),
    ...(await idsOfReceipts(tx, books)),
  ])
  const dirty = [...ids].map(id => ({ source, source_no: sourceNo, account_id: id }))
  await insertRows(tx, 'account_dirty', dirty)
  return stateNo
}

async function idsOfNumbers(tx: CentralTx, numbers: ReadonlySet<string>): Promise<string[]> {
  const keys = [...new Set([...numbers].map(accountNumberKey))].filter(key => key !== GIVEN_UP)
  if (keys.length === 0) return []
  const rows = await tx.query
    .selectFrom('account')
    .select('account_id')
    .where('number_key', 'in', textList(tx, keys))
    .execute()
  return rows.map(row => row.account_id)
}

async function idsOfReceipts(tx: CentralTx, { dirtyReceipts, receipts }: Books): Promise<string[]> {
  const held = [...dirtyReceipts].flatMap(id => receipts.get(id)?.state ?? [])
  const [first] = held
  if (!first) return []
  const rows = await tx.query
    .selectFrom('receipt_line')
    .select('account_id')
    .where('till_id', '=', first.till_id)
    .where(
      'receipt_id',
      'in',
      textList(
        tx,
        held.map(state => state.receipt_id),
      ),
    )
    .where('account_id', 'is not', null)
    .execute()
  return rows.flatMap(row => row.account_id ?? [])
}

const changedItems = (books: Books) =>
  [...books.items]
    .filter(([, item]) => item.changed)
    .map(([id, item]) => ({ item_id: id, open_cents: item.openCents }))

const changedAccounts = (books: Books) =>
  [...books.accounts]
    .filter(([, account]) => account.changed)
    .map(([id, account]) => ({ account_id: id, credit_cents: account.creditCents }))
