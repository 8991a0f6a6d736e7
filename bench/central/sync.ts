/** The line between a till and central, both as they run in production, on one machine. */

import { join } from 'node:path'
import { sql } from 'kysely'
import { openPostgres } from '../../db/central/open.ts'
import type { JournalTableRow } from '../../db/ledger/schema.ts'
import { openLedgerReadOnly } from '../../db/ledger/till.ts'
import { pushedRow } from '../../db/queries/outbox.ts'
import { machineScheduler } from '../../electron/backend/sync/scheduler.ts'
import { MOST_FACTS, PROTOCOL, type Range } from '../../shared/central/protocol.ts'
import { type Cluster, freshDatabase, hasPostgres } from '../../tests/support/central/postgres.ts'
import { writeHistory } from '../history.ts'
import { openDrawerAt } from '../host-client.ts'
import { type BenchRow, figure, limited } from '../measure.ts'
import { ProcessWatch } from '../process-watch.ts'
import { copyTill, makeTill, openAtWindow } from '../sample-till.ts'
import { BareInserts, refuseOtherCounts, transactionsOf, writeFromJson } from './bare-central.ts'
import { billAccountsOf } from './central-accounts.ts'
import { onCluster, type RunningCentral, startCentral } from './central-process.ts'
import { benchPull } from './sync-pull.ts'
import { asAdministrator, enrolAt, headOf, type TillHead, untilHeld, withHost } from './sync-till.ts'
import { Cashier, callCount, windowRows } from './sync-window.ts'

const CITY = 20_000
/** 40 % of the bare rate is two and a half times its time. */
const MOST_TIMES_BARE = 2.5
const WIRE_RANGES = 20
const DRAINING = 'while it drains'

export interface SyncScale {
  /** Receipts that wait at the till. */
  receipts: number
  /** Accounts that a fresh till reads from central. */
  accounts: number
  /** Customers served at rest, and at most while the backlog drains. */
  customers: number
}

/** Everything about the line; nothing where no PostgreSQL is installed. `say` tells what is done now. */
export async function benchSync(
  folder: string,
  scale: SyncScale,
  say: (words: string) => void,
): Promise<BenchRow[]> {
  if (!hasPostgres) return []
  const count = scale.receipts.toLocaleString('en-US')
  say(`Making a till with ${count} receipts that wait…`)
  const dataDir = join(folder, 'till')
  await makeTill(dataDir, CITY)
  writeHistory(dataDir, scale.receipts)
  await openDrawer(dataDir)
  const second = join(folder, 'second')
  copyTill(dataDir, second)
  const drained = await onCluster(async cluster => [
    ...(await benchDrain(cluster, { dataDir, receipts: scale.receipts, say })),
    ...(await benchWindow(cluster, { dataDir: second, customers: scale.customers, say })),
  ])
  const wire = await wireRows(dataDir, scale.receipts)
  return [...drained, ...wire, ...(await benchPull(folder, scale.accounts, say))]
}

/** The drawer's limit is taken away, since thousands of receipts in one session are more than it allows. */
async function openDrawer(dataDir: string): Promise<void> {
  const { backend } = await openAtWindow(dataDir)
  await backend.close()
}

interface DrainWork {
  dataDir: string
  receipts: number
  say: (words: string) => void
}

async function benchDrain(cluster: Cluster, { dataDir, receipts, say }: DrainWork): Promise<BenchRow[]> {
  const head = headOf(dataDir)
  const central = await startCentral(cluster)
  try {
    say('Billing its accounts at central…')
    await billAccountsOf(dataDir, central.db)
    say('Draining…')
    const { drainMs, walBytes, watch } = await drain(central, dataDir, head)
    const storage = [
      ...(await storageRows(central, receipts)),
      figure('write-ahead log at central', walBytes / receipts, 'bytes/receipt'),
    ]
    say('Writing the same rows bare…')
    const bare = await benchBare(cluster, central, head.tillId)
    return [
      ...drainRows(receipts, drainMs, bare),
      ...watch.memoryRows(DRAINING),
      ...watch.cpuRows(DRAINING, { each: 'receipt', of: receipts }),
      ...storage,
    ]
  } finally {
    await central.stop()
  }
}

/** Enrols the till and waits until central holds all that its journal had; the programs are watched meanwhile. */
async function drain(central: RunningCentral, dataDir: string, head: TillHead) {
  const watch = new ProcessWatch()
  const walFrom = await walAt(central)
  const drainMs = await withHost(dataDir, async host => {
    const client = await asAdministrator(host)
    const look = async (): Promise<void> => {
      watch.look('till', host.processId)
      watch.look('central', central.processId)
      for (const processId of await backendsOf(central))
        watch.look('PostgreSQL backend with the buffers it shares', processId)
    }
    await look()
    const began = performance.now()
    await enrolAt(central, client)
    await untilHeld(central, head, look)
    const ms = performance.now() - began
    await look()
    return ms
  })
  return { drainMs, walBytes: (await walAt(central)) - walFrom, watch }
}

function drainRows(receipts: number, drainMs: number, { insertMs, jsonMs }: BareTimes): BenchRow[] {
  const rate = (name: string, ms: number) => figure(name, receipts / (ms / 1_000), 'receipts/s')
  const name = `drain of ${receipts.toLocaleString('en-US')} receipts`
  return [
    limited({
      name: `${name}, beside the same rows in multi-row inserts`,
      value: (drainMs * 1_000) / receipts,
      limit: (insertMs * 1_000) / receipts,
      unit: 'µs/receipt',
      target: MOST_TIMES_BARE,
    }),
    limited({
      name: `${name}, beside the same rows from JSON`,
      value: (drainMs * 1_000) / receipts,
      limit: (jsonMs * 1_000) / receipts,
      unit: 'µs/receipt',
      target: null,
    }),
    rate(name, drainMs),
    rate('the same rows in multi-row inserts', insertMs),
    rate('the same rows from JSON', jsonMs),
  ]
}

async function backendsOf({ db, url }: RunningCentral): Promise<number[]> {
  const name = new URL(url).pathname.slice(1)
  const { rows } = await sql<{ pid: number }>`SELECT pid FROM pg_stat_activity
    WHERE datname = ${name} AND pid <> pg_backend_pid()`.execute(db.kysely)
  return rows.map(row => row.pid)
}

/** Bytes of write-ahead log that the cluster has written so far. */
async function walAt({ db }: RunningCentral): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`
    SELECT CAST(pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') AS BIGINT) AS bytes`.execute(db.kysely)
  return rows[0]?.bytes ?? 0
}

/** Bytes of all tables and indexes that grow with receipts. */
async function storageRows({ db }: RunningCentral, receipts: number): Promise<BenchRow[]> {
  const { rows } = await sql<{ name: string; bytes: number }>`
    SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`.execute(db.kysely)
  const bytes = rows
    .filter(row => !['account', 'account_item', 'account_dirty'].includes(row.name))
    .reduce((all, row) => all + row.bytes, 0)
  const journal = rows.find(row => row.name === 'journal')?.bytes ?? 0
  return [
    figure('storage at central, tables and indexes', bytes / receipts, 'bytes/receipt'),
    figure('storage at central, the journal alone', journal / receipts, 'bytes/receipt'),
  ]
}

interface BareTimes {
  insertMs: number
  jsonMs: number
}

/** The same transactions twice, each into a database of its own, one of each in turn. */
async function benchBare(cluster: Cluster, central: RunningCentral, tillId: string): Promise<BareTimes> {
  const [forInserts, forJson] = [await freshDatabase(cluster), await freshDatabase(cluster)]
  const withInserts = await openPostgres(forInserts, { connections: 2 })
  const withJson = await openPostgres(forJson, { connections: 2 })
  const inserts = await BareInserts.open(forInserts)
  const times: BareTimes = { insertMs: 0, jsonMs: 0 }
  try {
    for await (const rows of transactionsOf(central.db, tillId)) {
      times.insertMs += await msOf(() => inserts.write(rows))
      times.jsonMs += await msOf(() => writeFromJson(withJson, rows))
    }
    for (const bare of [withInserts, withJson]) await refuseOtherCounts(bare, central.db)
    return times
  } finally {
    await inserts.close()
    await withInserts.close()
    await withJson.close()
  }
}

async function msOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

interface WindowWork {
  dataDir: string
  customers: number
  say: (words: string) => void
}

async function benchWindow(cluster: Cluster, { dataDir, customers, say }: WindowWork): Promise<BenchRow[]> {
  const head = headOf(dataDir)
  const central = await startCentral(cluster)
  try {
    await billAccountsOf(dataDir, central.db)
    say('Serving at rest, and while it drains…')
    return await withHost(dataDir, async host => {
      await openDrawerAt(host)
      const administrator = await asAdministrator(host)
      const cashier = await Cashier.signIn(host, dataDir)
      await cashier.serve(customers / 2)
      const idle = await cashier.serve(customers)
      let isHeld = false
      await enrolAt(central, administrator)
      const held = untilHeld(central, head, () => Promise.resolve()).then(() => {
        isHeld = true
      })
      const busy = await cashier.serve(customers, () => isHeld)
      await held
      return [...windowRows(idle, busy), callCount(busy)]
    })
  } finally {
    await central.stop()
  }
}

/** What a receipt takes on the line, packed: in ranges as a backlog is, and alone as one at the Window is. */
async function wireRows(dataDir: string, receipts: number): Promise<BenchRow[]> {
  const ledger = openLedgerReadOnly(dataDir)
  try {
    const rows = ledger
      .prepare<[number], JournalTableRow>(
        "SELECT * FROM journal WHERE kind = 'receipt.posted' ORDER BY epoch, seq LIMIT ?",
      )
      .all(Math.min(receipts, WIRE_RANGES * MOST_FACTS))
    const alone = rows.slice(0, MOST_FACTS)
    return [
      figure('on the line, packed, in ranges of 500', await packedBytes(rows, MOST_FACTS), 'bytes/receipt'),
      figure('on the line, packed, alone', await packedBytes(alone, 1), 'bytes/receipt'),
    ]
  } finally {
    ledger.close()
  }
}

/** Bytes for each row of the bodies that carry so many rows each. */
async function packedBytes(rows: readonly JournalTableRow[], inRange: number): Promise<number> {
  const scheduler = machineScheduler(() => 0)
  let bytes = 0
  for (let from = 0; from < rows.length; from += inRange) {
    const part = rows.slice(from, from + inRange)
    const { till_id: tillId = '' } = part[0] ?? {}
    const range: Range = { protocol: PROTOCOL, tillId, rows: part.map(pushedRow) }
    bytes += (await scheduler.pack(JSON.stringify(range))).length
  }
  return bytes / rows.length
}
