/** Schema steps: a new file from nothing, an older one by what it lacks, with a copy kept of how it was. */
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { LedgerUnavailable, ledgerProblemOf } from './ledger-errors.ts'
import { APPLICATION_ID } from './schema.ts'

const MIGRATIONS_DIR = new URL('./migrations/', import.meta.url)

/**
 * Migration steps in order; the position of a step is the schema version that it leads to. Files whose names begin
 * with the same four digits are parts of one step.
 */
export function migrations(): string[] {
  const steps = new Map<string, string>()
  const names = readdirSync(MIGRATIONS_DIR).filter(name => name.endsWith('.sql'))
  for (const name of names.sort()) {
    const step = name.slice(0, 4)
    steps.set(step, (steps.get(step) ?? '') + readFileSync(new URL(name, MIGRATIONS_DIR), 'utf8'))
  }
  return [...steps.values()]
}

/** Makes an empty ledger. Made under another name first: after a power cut there is a whole file or none. */
export function createLedgerFile(path: string, steps: readonly string[]): void {
  const draft = `${path}.new`
  for (const end of ['', '-wal', '-shm']) rmSync(draft + end, { force: true })
  const connection = new Database(draft)
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    takeSteps(connection, 0, steps)
  } finally {
    connection.close()
  }
  moveFlushed(draft, path)
}

/**
 * Brings an older ledger to this program's schema in one transaction, after a copy of it was made, opened and
 * found whole. Refuses (LedgerUnavailable) a step that fails; the ledger is then as it was.
 */
export function migrate(connection: Database.Database, path: string, steps: readonly string[]): void {
  const version: unknown = connection.pragma('user_version', { simple: true })
  // A file of ours was never at version 0: it is made whole or not at all.
  if (typeof version !== 'number' || version < 1)
    throw new LedgerUnavailable('damaged', `${path} has no schema version`)
  if (version >= steps.length) return
  keepCopy(connection, `${path}.before-${steps.length}`, version)
  takeSteps(connection, version, steps)
}

function takeSteps(connection: Database.Database, from: number, steps: readonly string[]): void {
  // Switched off because a step may rebuild a table that others refer to; what it left is checked at the end.
  connection.pragma('foreign_keys = OFF')
  try {
    connection.transaction(() => {
      for (const step of steps.slice(from)) connection.exec(step)
      const [stray] = connection.prepare<[], { table: string }>('PRAGMA foreign_key_check').all()
      if (stray) throw new Error(`a row of ${stray.table} points at nothing`)
      connection.pragma(`application_id = ${APPLICATION_ID}`)
      connection.pragma(`user_version = ${steps.length}`)
    })()
  } catch (error) {
    if (ledgerProblemOf(error)) throw error
    const why = error instanceof Error ? error.message : String(error)
    const detail = `schema ${from} could not be brought to ${steps.length} and is as it was: ${why}`
    throw new LedgerUnavailable('damaged', detail, { cause: error })
  }
  connection.pragma('foreign_keys = ON')
  connection.pragma('synchronous = FULL')
}

const LAST_ROW = 'SELECT count(*) AS rows, max(epoch) AS epoch, max(hash) AS hash FROM journal'

/** A copy counts as one only once it was opened and holds the same journal. */
function keepCopy(connection: Database.Database, copy: string, version: number): void {
  const draft = `${copy}.new`
  rmSync(draft, { force: true })
  connection.prepare('VACUUM INTO ?').run(draft)
  const opened = new Database(draft, { readonly: true, fileMustExist: true })
  try {
    const journal = JSON.stringify(connection.prepare(LAST_ROW).get())
    const isWhole =
      opened.pragma('integrity_check', { simple: true }) === 'ok' &&
      opened.pragma('user_version', { simple: true }) === version &&
      JSON.stringify(opened.prepare(LAST_ROW).get()) === journal
    if (!isWhole) throw new LedgerUnavailable('damaged', `the copy ${draft} is not whole`)
  } finally {
    opened.close()
  }
  moveFlushed(draft, copy)
}

function moveFlushed(from: string, to: string): void {
  flush(from, 'r+')
  renameSync(from, to)
  // Windows has no handle on a folder to flush; there the rename itself is the file system's to keep.
  if (process.platform !== 'win32') flush(dirname(to), 'r')
}

function flush(path: string, mode: 'r' | 'r+'): void {
  const handle = openSync(path, mode)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
