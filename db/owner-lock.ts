/** One program per ledger. The lock is the operating system's, so it goes when its holder goes, however that ends. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Holder, LedgerUnavailable, ledgerProblemOf } from './ledger-errors.ts'

export interface OwnerLock {
  release(): void
}

/**
 * Takes the data folder for this process, or refuses with who holds it and since when.
 * An exclusive SQLite transaction on a small file is a portable advisory lock; the file beside it says who.
 */
export function takeOwnerLock(dir: string, nowMs: number): OwnerLock {
  const file = new Database(join(dir, 'owner.lock'), { timeout: 0 })
  try {
    file.pragma('journal_mode = DELETE')
    file.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    file.close()
    const problem = ledgerProblemOf(error)
    if (problem !== 'in-use') throw error
    throw new LedgerUnavailable('in-use', dir, { holder: readHolder(dir), cause: error })
  }
  const holder: Holder = { processId: process.pid, sinceMs: nowMs }
  const note = join(dir, 'owner.json')
  writeFileSync(`${note}.new`, JSON.stringify(holder))
  renameSync(`${note}.new`, note)
  return {
    release: () => {
      file.exec('ROLLBACK')
      file.close()
    },
  }
}

function readHolder(dir: string): Holder | undefined {
  try {
    const note: unknown = JSON.parse(readFileSync(join(dir, 'owner.json'), 'utf8'))
    if (typeof note !== 'object' || note === null) return undefined
    const { processId, sinceMs } = note as Partial<Holder>
    return typeof processId === 'number' && typeof sinceMs === 'number' ? { processId, sinceMs } : undefined
  } catch {
    // The holder may be between taking the lock and writing the note; the refusal stands without a name.
    return undefined
  }
}
