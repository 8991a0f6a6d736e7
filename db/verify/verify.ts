/** Proof that the tables are what the journal says: everything is derived again and compared, column by column. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { hashPrefixOf } from '../../shared/ledger/chain.ts'
import { PROJECTED_TABLES } from '../../shared/ledger/facts.ts'
import type { CredentialRow } from '../../shared/ledger/person.ts'
import { verifyAccountsFile } from '../accounts/verify-file.ts'
import { missingFromJournal, readHighWaterMark } from '../file/high-water-mark.ts'
import { versionOf } from '../file/sqlite-file.ts'
import { signedNotes } from '../journal-folder/checkpoints.ts'
import { CHECKPOINTS_FILE } from '../journal-folder/segments.ts'
import { credentialDigest } from '../ledger/credential.ts'
import { LEDGER_FILE } from '../ledger/folder.ts'
import { tablesWanted } from '../ledger/ledger-file.ts'
import { APPLICATION_ID } from '../ledger/schema.ts'
import { ledgerSteps } from '../ledger/steps.ts'
import { openLedgerReadOnly, openLedgerToVerify } from '../ledger/till.ts'
import type { Head } from '../ledger/writer.ts'
import { compareTable, schemaOf } from './compare.ts'
import { Problems, type VerifyProblem } from './problems.ts'
import { replayJournal } from './replay.ts'
import { checkSums } from './sums/sums.ts'

export interface VerifyFigures {
  ok: boolean
  facts: number
  receipts: number
  sessions: number
  rowsCompared: number
  accounts: number
  /** Of standing receipts of closed drawer sessions: one that is open is counted blind. */
  totalCents: number
  head: string
  problems: VerifyProblem[]
}

export type VerifyProgress = (progress: { phase: string; done: number; total: number }) => void

/**
 * Replays the journal of a data folder into a fresh database and compares every column of every table; checks
 * chain, gaps, sums, PIN rows, the noted head and the accounts file. Reads only; the till may be running.
 */
export async function verifyLedger(dataDir: string, onProgress: VerifyProgress): Promise<VerifyFigures> {
  const ledger = openLedgerToVerify(dataDir)
  // A database without a name is a temporary file that goes with its connection, however that ends.
  const replay = new Database('')
  const problems = new Problems()
  try {
    // Read first: the till may go on meanwhile, and a note newer than the snapshot would be missed in it.
    const note = readHighWaterMark(join(dataDir, LEDGER_FILE))
    const signed = problems.during(CHECKPOINTS_FILE, () => signedNotes(dataDir), [])
    // One snapshot for everything that is read, so that a receipt posted meanwhile is not half seen.
    ledger.exec('BEGIN')
    prepareReplay(replay)
    problems.during('schema', () => checkSchema(ledger, replay, problems), undefined)
    const chain = problems.during(
      'journal',
      () =>
        replayJournal(ledger, replay, problems, (done, total) =>
          onProgress({ phase: 'journal', done, total }),
        ),
      { facts: 0, head: '' },
    )
    const missing = note && problems.during('journal', () => missingFromJournal(ledger, note), undefined)
    if (missing) problems.add('journal', missing)
    problems.during(CHECKPOINTS_FILE, () => checkSigned(ledger, signed, problems), undefined)
    const rowsCompared = compareAll(ledger, replay, problems, onProgress)
    problems.during('credential', () => checkCredentials(ledger, problems), undefined)
    problems.during('sums', () => checkSums(ledger, problems), undefined)
    const noFigures = { receipts: 0, sessions: 0, totalCents: 0 }
    const figures = problems.during('sums', () => figuresOf(ledger), noFigures)
    onProgress({ phase: 'file', done: 0, total: 1 })
    problems.during('file', () => checkFile(ledger, problems), undefined)
    onProgress({ phase: 'accounts', done: 0, total: 1 })
    const accounts = problems.during('accounts', () => verifyAccountsFile(dataDir, problems), 0)
    const ok = problems.list.length === 0
    return { ok, ...chain, ...figures, rowsCompared, accounts, problems: problems.list }
  } finally {
    ledger.close()
    replay.close()
  }
}

/** What the till has signed of its own journal says the same as the journal: an older one has not come as far. */
function checkSigned(
  ledger: Database.Database,
  notes: readonly (Head | undefined)[],
  problems: Problems,
): void {
  for (const note of notes) {
    const missing = note ? missingFromJournal(ledger, note) : 'a note cannot be read'
    if (missing) problems.add(CHECKPOINTS_FILE, missing)
  }
}

interface Figures {
  receipts: number
  sessions: number
  totalCents: number
}

function figuresOf(ledger: Database.Database): Figures {
  const figures = ledger.prepare<[], Figures>(
    `SELECT (SELECT count(*) FROM receipt) AS receipts, (SELECT count(*) FROM drawer_session) AS sessions,
       (SELECT coalesce(sum(r.total_cents), 0) FROM receipt r JOIN drawer_session s ON s.session_id = r.session_id
         WHERE r.state = 'posted' AND s.state = 'closed') AS totalCents`,
  )
  return figures.get() ?? { receipts: 0, sessions: 0, totalCents: 0 }
}

/** The fact that a verification code on paper stands for. */
export interface CodedFact {
  epoch: number
  seq: number
  kind: string
  /** Number of the receipt, Z report or deposit; empty where the fact has none. */
  number: string
  /** UTC milliseconds. */
  at: number
}

/**
 * Looks a verification code up in the journal: undefined where no row has it, 'not-a-code' for anything else
 * than twelve signs of its alphabet. Paper is out of the reach of whoever can change this disk, so a code that
 * is not found shows a journal that was cut or rewritten, even where it is whole in itself.
 */
export function factByCode(dataDir: string, code: string): CodedFact | 'not-a-code' | undefined {
  const prefix = hashPrefixOf(code)
  if (prefix === undefined) return 'not-a-code'
  const ledger = openLedgerReadOnly(dataDir)
  try {
    return ledger
      .prepare<[number, string], CodedFact>(
        `SELECT epoch, seq, kind, at, coalesce(body ->> '$.zNumber', body ->> '$.number', '') AS number
         FROM journal WHERE substr(hash, 1, ?) = ?`,
      )
      .get(prefix.length, prefix)
  } finally {
    ledger.close()
  }
}

function prepareReplay(replay: Database.Database): void {
  // Thrown away at the end, so it need not survive anything.
  replay.pragma('journal_mode = OFF')
  replay.pragma('synchronous = OFF')
  // Every row is compared with the ledger's own, whose references were checked when they were written.
  replay.pragma('foreign_keys = OFF')
  replay.pragma('cache_size = -65536')
  for (const step of ledgerSteps()) replay.exec(step)
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
  if (ledger.pragma('application_id', { simple: true }) !== APPLICATION_ID)
    problems.add('schema application_id', 'is not ours')
  if (versionOf(ledger) !== ledgerSteps().length)
    problems.add('schema user_version', `is not ${ledgerSteps().length}`)
  for (const table of tablesWanted(ledger))
    problems.add(table, 'waits to be made anew: npm run ledger -- rebuild, then start the till')
}

function compareAll(
  stored: Database.Database,
  derived: Database.Database,
  problems: Problems,
  onProgress: VerifyProgress,
): number {
  let rowsCompared = 0
  for (const [index, table] of PROJECTED_TABLES.entries()) {
    onProgress({ phase: 'tables', done: index, total: PROJECTED_TABLES.length })
    rowsCompared += problems.during(table, () => compareTable({ stored, derived, table, problems }), 0)
  }
  return rowsCompared
}

/** SQLite's own look at its pages, and at each index against its table: rows may be right and hard to find. */
function checkFile(ledger: Database.Database, problems: Problems): void {
  const found = ledger.prepare<[], string>('PRAGMA integrity_check(5)').pluck().all()
  for (const line of found) if (line !== 'ok') problems.add('file', line)
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
