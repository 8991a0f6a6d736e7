/** What nobody has noted is believed by nobody: what stands behind a log's noted end, and what was in nobody's hands. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, copyFileSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { logBeside } from '../../../db/file/log-mark.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { journalInsert, lineOf, rowOf } from '../../../db/ledger/journal.ts'
import { rebuildBeside, rebuildPath } from '../../../db/ledger/rebuild.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { newId } from '../../../shared/id.ts'
import { lineHash } from '../../../shared/ledger/chain.ts'
import { freshDir } from '../../support/data-folder.ts'
import { lineOf as lineSaid, startNode } from '../../support/run/child.ts'
import { openTillIn } from '../../support/till.ts'
import { ledgerOf, OPTIONS } from '../file/refused-ledger.ts'
import { EDIT, sellSome, sellsNext, soldTill } from './edited-ledger.ts'
import { row, rows } from './some-rows.ts'

/** A folder whose till has sold three times and was closed. */
async function soldDir(): Promise<string> {
  const till = await soldTill()
  await till.close()
  return till.dataDir
}

/** What somebody does with a shell while somebody else reads: the log stays. */
function shell(dir: string, ...works: ((ledger: Database.Database) => void)[]): void {
  const reader = new Database(ledgerOf(dir), { readonly: true })
  reader.prepare('SELECT count(*) FROM till').get()
  const ledger = new Database(ledgerOf(dir))
  for (const work of works) work(ledger)
  ledger.close()
  reader.close()
}

const editing = (ledger: Database.Database): void => void ledger.exec(EDIT)
const remaking = (ledger: Database.Database): void => void ledger.exec('CREATE TABLE x (a); DROP TABLE x')

/** A row that chains, as anybody can make one who knows how. */
function chaining(ledger: Database.Database): void {
  const newest = 'SELECT * FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1'
  const last = ledger.prepare<[], JournalTableRow>(newest).get()
  if (!last) throw new Error('The journal is empty')
  const next = { seq: last.seq + 1, prevHash: last.hash, commandId: newId(), texts: '' }
  const body = JSON.stringify({ personId: newId() })
  const line = { ...lineOf(last), ...next, kind: 'person.signed-out', version: 1, body }
  journalInsert(ledger)(rowOf(line, { hash: lineHash(line), text: null }))
}

/** Changes rows of the journal as somebody can who takes its trigger away meanwhile. */
function rewritten(dir: string, sql: string): void {
  const ledger = new Database(ledgerOf(dir))
  const named = "SELECT sql FROM sqlite_schema WHERE name = 'journal_is_never_updated'"
  const trigger = ledger.prepare<[], string>(named).pluck().get() ?? ''
  ledger.exec(`DROP TRIGGER journal_is_never_updated; ${sql}; ${trigger}`)
  ledger.close()
}

it('a log that goes on behind its noted end, of a till that was killed before it noted that, is looked into', async () => {
  const dir = await soldDir()
  const killed = startNode('tests/db/log/killed-till.ts', [dir])
  expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL'])
  shell(dir, editing)
  await sellsNext(dir)
})

it('a row that chains makes no log of a stranger one’s own, nor does its first page', async () => {
  const dir = await soldDir()
  shell(dir, editing, chaining, remaking)
  expect(logBeside(ledgerOf(dir)).owner).not.toBe('this file')
  await sellsNext(dir)
})

it('a rebuilt ledger that somebody edited before it was taken is made anew from its journal', async () => {
  const dir = await soldDir()
  const steps = [...ledgerSteps(), "INSERT INTO rebuild_wanted (table_name) VALUES ('person')"]
  openTill(dir, { ...OPTIONS, steps }).close()
  rebuildBeside(ledgerOf(dir), { steps })
  const rebuilt = new Database(rebuildPath(ledgerOf(dir)))
  rebuilt.exec("UPDATE person SET role = 'administrator' WHERE role = 'cashier'")
  rebuilt.close()
  const opened = openTill(dir, { ...OPTIONS, steps })
  expect([opened.rebuilt, opened.mended]).toEqual(['taken', ['person']])
  opened.close()
})

/** Why a start was refused; undefined where it was not. */
function problemOf(start: () => void): LedgerUnavailable | undefined {
  try {
    start()
    return undefined
  } catch (error) {
    if (error instanceof LedgerUnavailable) return error
    throw error
  }
}

it('a ledger that was edited while rebuilt tables were compared with it is made anew from its journal', async () => {
  const till = await soldTill()
  rows(till.backend, 2_000)
  await till.close()
  const path = ledgerOf(till.dataDir)
  rebuildBeside(path)
  const stranger = startNode('tests/db/log/stranger.ts', [path, EDIT])
  await lineSaid(stranger, /waits/)
  const gone = once(stranger, 'exit')
  // Whoever meets the stranger at the file is told to close it, and starts again.
  const refused = problemOf(() => openTill(till.dataDir, OPTIONS).close())
  expect(await gone).toEqual([0, null])
  if (refused) openTill(till.dataDir, OPTIONS).close()
  await sellsNext(till.dataDir)
})

it('a payer’s words that are not those of the fact are written over no table', async () => {
  const dir = await soldDir()
  rewritten(
    dir,
    "UPDATE journal SET text_line = replace(text_line, 'P-2026-118', 'P-9999-999') WHERE text_line LIKE '%P-2026-118%'",
  )
  expect(() => openTill(dir, OPTIONS)).toThrow(/other words beside it/)
})

it('a file that is written over under a running till, and whose time is put back, is doubted at the next start', async () => {
  const dir = await soldDir()
  const path = ledgerOf(dir)
  const till = openTillIn(dir)
  const [copy, clock] = [join(freshDir(), 'copy'), join(freshDir(), 'clock')]
  copyFileSync(path, copy)
  const other = new Database(copy)
  other.exec(EDIT)
  other.close()
  execFileSync('cp', ['-p', path, clock])
  writeOver(path, readFileSync(copy))
  execFileSync('touch', ['-r', clock, path])
  await sellSome(till, 1).catch(() => undefined)
  await till.close()
  const opened = openTill(dir, OPTIONS)
  expect(opened.mended).toContain('receipt')
  opened.close()
})

const PAGE = 4_096

/** All pages but the first that differ. */
function writeOver(path: string, bytes: Buffer): void {
  const now = readFileSync(path)
  const file = openSync(path, 'r+')
  for (let at = PAGE; at < bytes.length; at += PAGE)
    if (!now.subarray(at, at + PAGE).equals(bytes.subarray(at, at + PAGE)))
      writeSync(file, bytes, at, PAGE, at)
  closeSync(file)
}

it('a change that a tool had open while the till started, and saved then, keeps no till from the next start', async () => {
  const dir = await soldDir()
  const tool = new Database(ledgerOf(dir))
  tool.exec('BEGIN IMMEDIATE; UPDATE person SET failed_count = 3')
  const till = openTill(dir, OPTIONS)
  tool.exec('COMMIT')
  tool.close()
  expect(() => row(till)).toThrow(/was moved, taken away or put back/)
  till.close()
  const again = openTill(dir, OPTIONS)
  expect(again.mended).toEqual(['person'])
  again.close()
  expect(openTill(dir, OPTIONS).close()).toBeUndefined()
})

it('words that are gone from the journal empty no table', async () => {
  const dir = await soldDir()
  rewritten(dir, 'UPDATE journal SET text_line = NULL')
  expect(() => openTill(dir, OPTIONS)).toThrow(/has lost the words/)
})

it('a copy whose header does not say its size is whole all the same', async () => {
  const dir = await soldDir()
  const copy = freshDir()
  const ledger = new Database(ledgerOf(dir))
  ledger.prepare('VACUUM INTO ?').run(ledgerOf(copy))
  ledger.close()
  const file = openSync(ledgerOf(copy), 'r+')
  writeSync(file, Buffer.from([0, 0, 0, 50]), 0, 4, 28)
  writeSync(file, Buffer.from([0, 0, 9, 9]), 0, 4, 24)
  closeSync(file)
  const till = openTill(copy, OPTIONS)
  row(till)
  till.close()
  const after = new Database(ledgerOf(copy), { readonly: true })
  expect(after.pragma('integrity_check', { simple: true })).toBe('ok')
  after.close()
})
