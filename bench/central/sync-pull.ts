/** How long a fresh till takes to read all of a city's accounts from central. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { numberChangedAccounts } from '../../central/accounts/changes.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import type { SyncDetails } from '../../shared/contract/sync.ts'
import { type BenchRow, figure, limited } from '../measure.ts'
import { ProcessWatch } from '../process-watch.ts'
import { makeTill } from '../sample-till.ts'
import { onCluster, startCentral } from './central-process.ts'
import { asAdministrator, enrolAt, withHost } from './sync-till.ts'

const LIMIT_MS_OF_A_MILLION = 60_000
const MILLION = 1_000_000
const FILLED_AT_ONCE = 100_000
const LOOK_MS = 250
const READING = 'while it reads accounts'

/** Time and memory of the first reading, at a till that had a few accounts of its own. */
export async function benchPull(
  folder: string,
  accounts: number,
  say: (words: string) => void,
): Promise<BenchRow[]> {
  const dataDir = join(folder, 'fresh')
  await makeTill(dataDir, 1_000)
  return onCluster(async cluster => {
    const central = await startCentral(cluster)
    try {
      const count = accounts.toLocaleString('en-US')
      say(`Giving central ${count} accounts…`)
      await fillCity(central.db, accounts)
      say('Reading them…')
      const watch = new ProcessWatch()
      const { readMs, findableMs } = await withHost(dataDir, async host => {
        const client = await asAdministrator(host)
        const began = performance.now()
        await enrolAt(central, client)
        const look = (): void => {
          watch.look('till', host.processId)
          watch.look('central', central.processId)
        }
        const sinceBegan = (): number => performance.now() - began
        await untilRead(client, look, underWay => underWay === null || underWay.isRead)
        const readAfterMs = sinceBegan()
        await untilRead(client, look, underWay => underWay === null)
        await findLast(client, accounts)
        return { readMs: readAfterMs, findableMs: sinceBegan() }
      })
      const name = `first reading of ${count} accounts`
      const limit = (LIMIT_MS_OF_A_MILLION / 1_000) * (accounts / MILLION)
      return [
        limited({ name, value: readMs / 1_000, limit, unit: 's', target: 1 }),
        figure(name, accounts / (readMs / 1_000), 'accounts/s'),
        figure(`${name}, until all are found by name and proved`, findableMs / 1_000, 's'),
        ...watch.memoryRows(READING),
        ...watch.cpuRows(READING, { each: 'account', of: accounts }),
      ]
    } finally {
      await central.stop()
    }
  })
}

type UnderWay = NonNullable<SyncDetails['accounts']>['underWay']

async function untilRead(
  client: TillClient,
  look: () => void,
  isThere: (underWay: UnderWay) => boolean,
): Promise<void> {
  for (;;) {
    const { details } = await client.sync.status()
    if (details?.accountsTrouble) throw new Error(`The accounts are not read on: ${details.accountsTrouble}`)
    if (details?.accounts && isThere(details.accounts.underWay)) return
    look()
    await pause(LOOK_MS)
  }
}

async function findLast(client: TillClient, accounts: number): Promise<void> {
  const found = await client.account.find({ text: numberOf(accounts) })
  if (found.length === 0) throw new Error('The last account is not there')
}

const numberOf = (no: number): string => `8-${String(no).padStart(7, '0')}`

/** Accounts with three open items each, numbered as central numbers what was imported. */
async function fillCity(db: CentralDb, accounts: number): Promise<void> {
  for (let after = 0; after < accounts; after += FILLED_AT_ONCE)
    await fillPart(db, { first: after + 1, last: Math.min(accounts, after + FILLED_AT_ONCE) })
  await numberChangedAccounts(db, { nowMs: Date.now() })
  await sql`ANALYZE`.execute(db.kysely)
}

async function fillPart(db: CentralDb, { first, last }: { first: number; last: number }): Promise<void> {
  const numbers = sql`generate_series(CAST(${first} AS BIGINT), CAST(${last} AS BIGINT)) AS n`
  const accountId = sql`'acc00000-0000-7000-8000-' || lpad(to_hex(n), 12, '0')`
  await sql`INSERT INTO account SELECT ${accountId}, '8-' || lpad(n::text, 7, '0'), '8' || lpad(n::text, 7, '0'),
      'Customer ' || n || ' ' || (ARRAY['Miller', 'Ortiz', 'Nguyen', 'Baker'])[1 + n % 4],
      n % 9000 || ' ' || (ARRAY['Elm', 'Oak', 'Main', 'Lake'])[1 + n / 7 % 4] || ' Street',
      '["555-01' || lpad((n % 100)::text, 2, '0') || '"]', 'open', 0, 0, '', 1790000000000, 0
    FROM ${numbers}`.execute(db.kysely)
  await sql`INSERT INTO account_item
    SELECT '17e00000-0000-7000-8' || lpad(i::text, 3, '0') || '-' || lpad(to_hex(n), 12, '0'), ${accountId}, i,
      (ARRAY['water', 'sewer', 'trash'])[i], i, 0, '2026-12-01', 1000 + n * i % 9000,
      (ARRAY['400-1000', '400-2000', '400-3000'])[i]
    FROM ${numbers}, generate_series(1, 3) AS i`.execute(db.kysely)
  await sql`INSERT INTO account_dirty SELECT 'import/bench', n / 1000, ${accountId}
    FROM ${numbers}`.execute(db.kysely)
}
