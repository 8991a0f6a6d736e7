/** Proof that the tables are what the journal says: everything is derived again and compared, column by column. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { canonical } from '../shared/ledger/canonical.ts'
import { GENESIS_HASH, rowHash, verificationCode } from '../shared/ledger/chain.ts'
import { PROJECTED_TABLES } from '../shared/ledger/change.ts'
import { FACT_VERSION } from '../shared/ledger/facts.ts'
import { project } from '../shared/ledger/project.ts'
import type { CredentialRow, JournalTableRow } from '../shared/ledger/tables.ts'
import { verifyAccountsFile } from './accounts/verify-file.ts'
import { Applier } from './apply.ts'
import { compareTable, schemaOf } from './compare.ts'
import { credentialDigest } from './credential.ts'
import { chainRowOf, factOf } from './journal.ts'
import { checkSums } from './sums.ts'
import { migrations, openLedgerReadOnly } from './till.ts'

export interface VerifyProblem {
  /** Table, row and column, or position in the journal. */
  place: string
  problem: string
}

export interface VerifyFigures {
  ok: boolean
  facts: number
  receipts: number
  sessions: number
  rowsCompared: number
  accounts: number
  totalCents: number
  head: string
  problems: VerifyProblem[]
}

export type VerifyProgress = (progress: { phase: string; done: number; total: number }) => void

/** After this many places nothing more is learnt. */
const MOST_PROBLEMS = 50
const FACTS_PER_STEP = 2_000

/** Gathers what differs, up to a number that a person can still read. */
export class Problems {
  readonly list: VerifyProblem[] = []
  add(place: string, problem: string): void {
    if (this.list.length < MOST_PROBLEMS) this.list.push({ place, problem })
  }
  get full(): boolean {
    return this.list.length >= MOST_PROBLEMS
  }
}

/**
 * Replays the journal of a data folder into a fresh database and compares every column of every table; checks
 * chain, gaps, sums, PIN rows and the accounts file. Reads only; the till may be running.
 */
export async function verifyLedger(dataDir: string, onProgress: VerifyProgress): Promise<VerifyFigures> {
  const ledger = openLedgerReadOnly(dataDir)
  const scratch = mkdtempSync(join(tmpdir(), 'tillproof-verify-'))
  const replay = new Database(join(scratch, 'replay.sqlite'))
  const problems = new Problems()
  try {
    // One snapshot for everything that is read, so that a receipt posted meanwhile is not half seen.
    ledger.exec('BEGIN')
    const integrity: unknown = ledger.pragma('quick_check', { simple: true })
    if (integrity !== 'ok') problems.add('file', String(integrity))
    prepareReplay(replay)
    checkSchema(ledger, replay, problems)
    const chain = await replayJournal(ledger, replay, problems, onProgress)
    let rowsCompared = 0
    for (const table of PROJECTED_TABLES)
      rowsCompared += compareTable({ stored: ledger, derived: replay, table, problems })
    checkCredentials(ledger, problems)
    const sums = checkSums(ledger, problems)
    onProgress({ phase: 'accounts', done: 0, total: 1 })
    const accounts = verifyAccountsFile(dataDir, ledger, problems)
    return {
      ok: problems.list.length === 0,
      ...chain,
      ...sums,
      rowsCompared,
      accounts,
      problems: problems.list,
    }
  } finally {
    ledger.close()
    replay.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}

function prepareReplay(replay: Database.Database): void {
  // Thrown away at the end, so it need not survive anything.
  replay.pragma('journal_mode = OFF')
  replay.pragma('synchronous = OFF')
  for (const step of migrations()) replay.exec(step)
}

// A dropped trigger or index is a change to what protects the rows.
function checkSchema(ledger: Database.Database, replay: Database.Database, problems: Problems): void {
  const expected = schemaOf(replay)
  const stored = schemaOf(ledger)
  for (const [name, sql] of expected)
    if (stored.get(name) !== sql)
      problems.add(`schema ${name}`, stored.has(name) ? 'is not as it was made' : 'is missing')
  for (const name of stored.keys())
    if (!expected.has(name)) problems.add(`schema ${name}`, 'does not belong here')
}

async function replayJournal(
  ledger: Database.Database,
  replay: Database.Database,
  problems: Problems,
  onProgress: VerifyProgress,
): Promise<{ facts: number; head: string }> {
  const total = ledger.prepare<[], number>('SELECT count(*) FROM journal').pluck().get() ?? 0
  const applier = new Applier(replay)
  const rows = ledger.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch, seq').iterate()
  const chain = new ChainCheck(problems)
  replay.exec('BEGIN')
  for (const row of rows) {
    chain.take(row)
    try {
      applier.apply(project(factOf(row)))
    } catch (error) {
      problems.add(
        placeOf(row),
        `cannot be replayed: ${error instanceof Error ? error.message : String(error)}`,
      )
    }
    if (problems.full) break
    if (chain.count % FACTS_PER_STEP === 0) onProgress({ phase: 'journal', done: chain.count, total })
  }
  replay.exec('COMMIT')
  onProgress({ phase: 'journal', done: chain.count, total })
  return { facts: chain.count, head: chain.head }
}

const placeOf = (row: JournalTableRow): string => `journal ${row.epoch}/${row.seq}`

class ChainCheck {
  count = 0
  readonly #problems: Problems
  #before: { tillId: string; epoch: number; seq: number; hash: string } | undefined

  constructor(problems: Problems) {
    this.#problems = problems
  }

  get head(): string {
    return this.#before ? verificationCode(this.#before.hash) : ''
  }

  take(stored: JournalTableRow): void {
    this.count++
    const { hash, ...row } = chainRowOf(stored)
    const place = placeOf(stored)
    const sameEpoch = this.#before?.epoch === row.epoch
    const wantedSeq = sameEpoch && this.#before ? this.#before.seq + 1 : 1
    const wantedHash = sameEpoch && this.#before ? this.#before.hash : GENESIS_HASH
    if (row.seq !== wantedSeq)
      this.#problems.add(place, `rows are missing before it: expected seq ${wantedSeq}`)
    if (row.prevHash !== wantedHash) this.#problems.add(place, 'does not follow the row before it')
    if (rowHash(row) !== hash) this.#problems.add(place, 'was changed: its hash is another')
    if (row.version !== FACT_VERSION) this.#problems.add(place, `has version ${row.version}`)
    if (!isCanonical(row.body)) this.#problems.add(place, 'its body is not in canonical form')
    if (this.#before && this.#before.tillId !== row.tillId)
      this.#problems.add(place, 'belongs to another till')
    this.#before = { tillId: row.tillId, epoch: row.epoch, seq: row.seq, hash }
  }
}

function isCanonical(body: string): boolean {
  try {
    return canonical(JSON.parse(body)) === body
  } catch {
    return false
  }
}

function checkCredentials(ledger: Database.Database, problems: Problems): void {
  const digests = new Map(
    ledger
      .prepare<[], { person_id: string; credential_digest: string }>(
        'SELECT person_id, credential_digest FROM person',
      )
      .all()
      .map(row => [row.person_id, row.credential_digest]),
  )
  const rows = ledger.prepare<[], CredentialRow>('SELECT * FROM credential').all()
  for (const row of rows)
    if (digests.get(row.person_id) !== credentialDigest(row))
      problems.add(`credential ${row.person_id}`, 'is not the one that was set')
  const kept = new Set(rows.map(row => row.person_id))
  for (const [personId, digest] of digests)
    if (digest !== '' && !kept.has(personId)) problems.add(`credential ${personId}`, 'is missing')
}
