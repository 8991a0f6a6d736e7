/** Everything that a till's data folder and central's PostgreSQL must agree about once nothing is under way any more. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { CentralDb } from '../../../db/central/connection.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { lineOf } from '../../../db/ledger/journal.ts'
import { nativeHashText } from '../../../db/ledger/native-hash.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { openSyncStore } from '../../../db/sync/open.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import type { AccountWithItems } from '../../../shared/account.ts'
import { GENESIS_HASH, lineHash } from '../../../shared/ledger/chain.ts'
import { subtract, sum } from '../../../shared/money.ts'
import { owed } from '../../support/desk.ts'
import { differences, type TillEnd } from '../sync/checks.ts'
import { snapshotOf } from './central-snapshot.ts'

type Connection = Database.Database
type Sums = Map<string, number>

export interface BothEnds {
  /** Of a till that was never restored and runs no more. */
  dataDir: string
  central: CentralDb
  /** What was answered at the counter. */
  receipts: TillEnd['counter']['known']['receipts']
  /** As central had them before anything was paid. */
  billed: readonly AccountWithItems[]
}

/** Every difference in words; none where all is well. */
export async function endDifferences({ dataDir, central, receipts, billed }: BothEnds): Promise<string[]> {
  const { problems } = await verifyLedger(dataDir, () => undefined)
  const notes = openSyncStore(dataDir, 0)
  const ledger = new Database(join(dataDir, LEDGER_FILE), { readonly: true })
  const held = await snapshotOf(central)
  try {
    const till = {
      open: { connection: ledger },
      notes,
      counter: { known: { receipts } },
      ...neverRestored(ledger),
    }
    const billedCents = sum(billed.map(one => subtract(owed(one), one.account.creditCents)))
    return [
      ...problems.map(problem => `verify: ${JSON.stringify(problem)}`),
      ...differences({ connection: held, forgotten: [] }, [till], { billedCents }),
      ...chainFaults(held),
      ...apart('tender', tenderSums(ledger), tenderSums(held)),
      ...apart('account', paidByAccount(ledger), takenByAccount(held, billed)),
      ...apart('GL account', glOfLedger(ledger), glOfCentral(held)),
    ]
  } finally {
    notes.close()
    ledger.close()
    held.close()
  }
}

function neverRestored(
  ledger: Connection,
): Pick<TillEnd, 'tillId' | 'history' | 'onlyAtCentral' | 'wasRestored'> {
  const rows = ledger.prepare<[], JournalTableRow>('SELECT * FROM journal').all()
  return {
    tillId: rows[0]?.till_id ?? '',
    history: new Map(rows.map(({ epoch, seq, hash }) => [`${epoch}/${seq}`, hash])),
    onlyAtCentral: new Set(),
    wasRestored: false,
  }
}

/** Central's rows prove themselves: each has the hash of its content and follows the one before it. */
function chainFaults(held: Connection): string[] {
  let before = GENESIS_HASH
  const rows = held.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch, seq').all()
  return rows.flatMap(row => {
    const line = lineOf(row)
    const follows = line.prevHash === before
    before = row.hash
    return follows && lineHash(line, nativeHashText) === row.hash
      ? []
      : [`the chain breaks at central's ${row.epoch}/${row.seq}`]
  })
}

const sumsOf = (connection: Connection, query: string): Sums =>
  new Map(
    connection
      .prepare<[], { name: string; cents: number }>(query)
      .all()
      .map(({ name, cents }) => [name, cents]),
  )

const tenderSums = (connection: Connection): Sums =>
  sumsOf(
    connection,
    'SELECT tender AS name, sum(cents) AS cents FROM receipt_tender WHERE voided = 0 GROUP BY tender',
  )

const paidByAccount = (ledger: Connection): Sums =>
  sumsOf(
    ledger,
    `SELECT l.account_id AS name, sum(l.cents) AS cents FROM receipt_line l JOIN receipt r USING (receipt_id)
      WHERE r.state = 'posted' AND l.kind = 'account' GROUP BY l.account_id`,
  )

function takenByAccount(held: Connection, billed: readonly AccountWithItems[]): Sums {
  const credit = sumsOf(held, 'SELECT account_id AS name, credit_cents AS cents FROM account')
  const open = sumsOf(
    held,
    'SELECT account_id AS name, sum(open_cents) AS cents FROM account_item GROUP BY account_id',
  )
  return new Map(
    billed.map(one => {
      const { accountId, creditCents } = one.account
      const gained = (credit.get(accountId) ?? 0) - creditCents
      return [accountId, owed(one) - (open.get(accountId) ?? 0) + gained]
    }),
  )
}

/** What standing receipts come to by GL account, debits above zero, as the till itself has them. */
const glOfLedger = (ledger: Connection): Sums =>
  sumsOf(
    ledger,
    `SELECT gl AS name, sum(cents) AS cents FROM (
      SELECT t.gl_account AS gl, p.cents FROM receipt_tender p JOIN tender_type t USING (tender) WHERE p.voided = 0
      UNION ALL SELECT (SELECT gl_account FROM tender_type WHERE tender = 'cash'), -change_cents FROM receipt
        WHERE state = 'posted'
      UNION ALL SELECT l.gl_account, -l.cents FROM receipt_line l JOIN receipt r USING (receipt_id)
        WHERE r.state = 'posted' AND l.kind = 'catalog'
      UNION ALL SELECT a.gl_account, -a.cents FROM receipt_allocation a JOIN receipt r USING (receipt_id)
        WHERE r.state = 'posted') GROUP BY gl`,
  )

const glOfCentral = (held: Connection): Sums =>
  sumsOf(
    held,
    `SELECT gl_account AS name, sum(debit_cents - credit_cents) AS cents FROM gl_entry
      WHERE receipt_id IS NOT NULL GROUP BY gl_account`,
  )

function apart(kind: string, here: Sums, there: Sums): string[] {
  return [...new Set([...here.keys(), ...there.keys()])].flatMap(name => {
    const [one, other] = [here.get(name) ?? 0, there.get(name) ?? 0]
    return one === other ? [] : [`${kind} ${name}: ${one} at the till, ${other} at central`]
  })
}
