/** Who may read a data folder: its owner, and nobody else of the machine. A four-digit PIN is soon found by whoever has its hash. */
import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { LedgerUnavailable } from '../../../db/file/problem.ts'

const OTHERS = 0o077
/** What the program opens at its start; the signing key is refused by itself where others could read it. */
const OPENED =
  /^(?:(?:ledger|accounts|workspace|sync)\.sqlite(?:-wal|-shm|\.head)?|owner\.(?:json|lock)|till\.key)$/
/** What else of ours may lie there, kept aside or made beside: nobody needs it for a payment. */
const BESIDE = /^(?:ledger|accounts|workspace|sync)\.sqlite|^checkpoints\.txt$/
const FOLDERS: ReadonlySet<string> = new Set(['logs', 'papers', 'uploads'])

/** What is made from now on is its owner's alone, from its first byte. */
export function keepToOwner(): void {
  process.umask(OTHERS)
}

/**
 * Takes others' rights away from what lies in the folder already. Refuses (LedgerUnavailable) what belongs to somebody else
 * and can be read by others. The folder's own rights are left to whoever chose it.
 */
export function tightenRights(dataDir: string): void {
  if (process.platform === 'win32') return
  for (const name of namesIn(dataDir)) {
    if (OPENED.test(name)) tighten(join(dataDir, name))
    else if (BESIDE.test(name) || FOLDERS.has(name)) tighten(join(dataDir, name), { mayStay: true })
  }
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    // There is none yet, or it is said by whoever opens it.
    return []
  }
}

function tighten(path: string, { mayStay = false } = {}): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found || found.isSymbolicLink() || (found.mode & OTHERS) === 0) return
  try {
    chmodSync(path, found.mode & 0o777 & ~OTHERS)
  } catch (error) {
    const isGone = lstatSync(path, { throwIfNoEntry: false }) === undefined
    if (mayStay || isGone) return
    const detail = `others on this machine can read ${path}, and this program may not change that: give it to its user alone`
    throw new LedgerUnavailable('no-permission', detail, { cause: error })
  }
}
