/** What must be so once the network is whole again: nothing lost, nothing doubled, the same sums at both ends. */

import type Database from 'better-sqlite3'
import { PROJECTED_TABLES, type ProjectedTable, TABLES } from '../../../shared/ledger/facts.ts'
import { type Cents, cents, sum } from '../../../shared/money.ts'

/** A receipt as the counter remembers it. */
interface TakenAtCounter {
  /** Those for accounts. */
  lines: readonly { cents: Cents }[]
  isVoided: boolean
}

/** A posting that central has forgotten, for the control. */
export interface Forgotten {
  till_id: string
  receipt_id: string
  state: string
  cents: number
}

/** What central holds. */
export interface CentralEnd {
  connection: Database.Database
  forgotten: readonly Forgotten[]
}

/** What a till holds, and what people there know. */
export interface TillEnd {
  tillId: string
  open: { connection: Database.Database }
  /** What the till was told of its receipts. */
  notes: { stateOf(receiptId: string): { state: string; reference: string | null } | undefined }
  counter: { known: { receipts: ReadonlyMap<string, TakenAtCounter> } }
  /** Every row that this till ever wrote, by its place. */
  history: ReadonlyMap<string, string>
  /** Receipts that are nowhere but at central, since the till was restored from a backup without them. */
  onlyAtCentral: ReadonlySet<string>
  wasRestored: boolean
}

interface Row {
  epoch: number
  seq: number
  hash: string
}
interface ReceiptRow {
  receipt_id: string
  state: string
  total_cents: number
}

const placeOf = ({ epoch, seq }: Row): string => `${epoch}/${seq}`

/**
 * Every difference that there is, in words; none where all is well. `billedCents` is what was open on central's accounts
 * before anything was paid.
 */
export function differences(
  central: CentralEnd,
  tills: readonly TillEnd[],
  { billedCents, isForgetful = false }: { billedCents: number; isForgetful?: boolean },
): string[] {
  const found = tills.flatMap(till => {
    const of = [...journalOf(central, till), ...receiptsOf(central, till), ...postingsOf(central, till)]
    if (!isForgetful) of.push(...statesOf(central, till))
    if (!till.wasRestored) of.push(...tablesOf(central, till), ...alarmsOf(central, till))
    return of.map(what => `${till.tillId.slice(-1)}: ${what}`)
  })
  return [...found, ...moneyOf(central, billedCents)]
}

const rowsOf = (connection: Database.Database, tillId: string): Row[] =>
  connection
    .prepare<[string], Row>('SELECT epoch, seq, hash FROM journal WHERE till_id = ? ORDER BY epoch, seq')
    .all(tillId)

function journalOf(central: CentralEnd, till: TillEnd): string[] {
  const held = new Map(rowsOf(central.connection, till.tillId).map(row => [placeOf(row), row.hash]))
  const own = rowsOf(till.open.connection, till.tillId)
  const lost = own.filter(row => held.get(placeOf(row)) !== row.hash)
  const foreign = [...held].filter(([place, hash]) => till.history.get(place) !== hash)
  const found: string[] = []
  if (lost[0]) found.push(`lost: ${lost.length} facts, the first at ${placeOf(lost[0])}`)
  if (foreign[0]) found.push(`${foreign.length} facts that this till never wrote, as ${foreign[0][0]}`)
  if (!till.wasRestored && held.size !== own.length)
    found.push(`central holds ${held.size} facts of ${own.length}`)
  return found
}

const receiptRows = (connection: Database.Database, where: string): ReceiptRow[] =>
  connection.prepare<[], ReceiptRow>(`SELECT receipt_id, state, total_cents FROM receipt ${where}`).all()

function receiptsOf(central: CentralEnd, till: TillEnd): string[] {
  const held = new Map(
    receiptRows(central.connection, `WHERE till_id = '${till.tillId}'`).map(row => [row.receipt_id, row]),
  )
  const own = receiptRows(till.open.connection, '')
  const found: string[] = []
  const { receipts } = till.counter.known
  if (own.length !== receipts.size) found.push(`the ledger has ${own.length} receipts of ${receipts.size}`)
  for (const row of own) {
    const at = held.get(row.receipt_id)
    if (!at) found.push(`lost: receipt ${row.receipt_id}`)
    else if (at.total_cents !== row.total_cents || at.state !== row.state)
      found.push(`receipt ${row.receipt_id} is ${at.state} ${at.total_cents}, not ${row.state}`)
    held.delete(row.receipt_id)
  }
  for (const gone of till.onlyAtCentral)
    if (!held.has(gone) && !receipts.has(gone)) found.push(`lost: receipt ${gone}, which only central had`)
  if (!till.wasRestored && held.size > 0) found.push(`${held.size} receipts that nobody posted`)
  return found
}

/** Each line of each receipt is posted, or waits in suspense, exactly once. */
function postingsOf(central: CentralEnd, till: TillEnd): string[] {
  const known = central.connection
    .prepare<[string], { receipt_id: string; state: string; cents: number }>(
      'SELECT receipt_id, state, cents FROM posting WHERE till_id = ?',
    )
    .all(till.tillId)
  const all = [...known, ...central.forgotten.filter(one => one.till_id === till.tillId)]
  const standing = new Map<string, number>()
  for (const { receipt_id, state, cents: amount } of all)
    if (state === 'posted' || state === 'suspense')
      standing.set(receipt_id, (standing.get(receipt_id) ?? 0) + amount)
  return [...till.counter.known.receipts].flatMap(([receiptId, { lines, isVoided }]) => {
    const wanted = isVoided ? 0 : sum(lines.map(line => line.cents))
    const posted = standing.get(receiptId) ?? 0
    if (posted === wanted) return []
    const word = posted > wanted ? 'doubled' : 'lost'
    return [`${word}: receipt ${receiptId} stands at ${posted} of ${wanted}`]
  })
}

function statesOf(central: CentralEnd, till: TillEnd): string[] {
  const states = central.connection
    .prepare<[string], { id: string; state: string; reference: string | null }>(
      'SELECT receipt_id AS id, state, reference FROM receipt_state WHERE till_id = ?',
    )
    .all(till.tillId)
  return states.flatMap(({ id, state, reference }) => {
    const told = till.notes.stateOf(id)
    if (told?.state === state && told.reference === reference) return []
    return [`the till believes ${told?.state} ${told?.reference} of ${id}, which is ${state} ${reference}`]
  })
}

type Cells = Record<string, unknown>
const inOrder = (rows: Cells[], key: readonly string[]): string[] =>
  rows
    .map(row => [key.map(column => String(row[column])).join('/'), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => JSON.stringify(row))

function tablesOf(central: CentralEnd, till: TillEnd): string[] {
  return PROJECTED_TABLES.flatMap((table: ProjectedTable) => {
    const own = till.open.connection.prepare<[], Cells>(`SELECT * FROM "${table}"`)
    const columns = own.columns().map(({ name }) => `"${name}"`)
    const held = central.connection
      .prepare<[string], Cells>(`SELECT ${columns.join()} FROM "${table}" WHERE till_id = ?`)
      .all(till.tillId)
    const key = TABLES[table].key
    const [here, there] = [inOrder(own.all(), key), inOrder(held, key)]
    return here.join('\n') === there.join('\n') ? [] : [`${table} has other rows at central`]
  })
}

function alarmsOf(central: CentralEnd, till: TillEnd): string[] {
  return central.connection
    .prepare<[string], string>("SELECT kind || ' ' || detail FROM alarm WHERE till_id = ?")
    .pluck()
    .all(till.tillId)
    .map(alarm => `alarm at central: ${alarm}`)
}

/** Every cent of a standing line is off an account or in suspense, and the GL journal balances. */
function moneyOf(central: CentralEnd, billedCents: number): string[] {
  const one = (query: string): number => central.connection.prepare<[], number>(query).pluck().get() ?? 0
  const open = one('SELECT coalesce(sum(open_cents), 0) FROM account_item')
  const credit = one('SELECT coalesce(sum(credit_cents), 0) FROM account')
  const paid = billedCents - open + credit
  const standing = one(`SELECT coalesce(sum(l.cents), 0) FROM receipt_line l
    JOIN receipt r ON r.till_id = l.till_id AND r.receipt_id = l.receipt_id WHERE r.state = 'posted' AND l.kind = 'account'`)
  const waiting =
    one("SELECT coalesce(sum(cents), 0) FROM posting WHERE state = 'suspense'") +
    sum(central.forgotten.filter(({ state }) => state === 'suspense').map(gone => cents(gone.cents)))
  const unbalanced = one(`SELECT count(*) FROM (SELECT 1 FROM gl_entry GROUP BY till_id, source
    HAVING sum(debit_cents) <> sum(credit_cents))`)
  const found: string[] = []
  if (paid + waiting !== standing) found.push(`sums: ${paid} posted and ${waiting} waiting of ${standing}`)
  if (unbalanced > 0) found.push(`${unbalanced} entries of the GL journal do not balance`)
  return found
}
