/** Who may read a data folder: its owner, and nobody else of the machine. A four-digit PIN is soon found by whoever has its hash. */
import { chmodSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { ACCOUNTS_FILE } from '../../../db/accounts/open.ts'
import { highWaterMarkPath } from '../../../db/file/high-water-mark.ts'
import { OWNER_LOCK, OWNER_NOTE } from '../../../db/file/owner-lock.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { CHECKPOINTS_FILE } from '../../../db/journal-folder/segments.ts'
import {
  claimFolder,
  isElsewhereToo,
  isLedger,
  LEDGER_FILE,
  LOGS_FOLDER,
  refuseElsewhereToo,
  strangersIn,
} from '../../../db/ledger/folder.ts'
import { rebuildLockPath } from '../../../db/ledger/rebuild.ts'
import { SYNC_FILE } from '../../../db/sync/open.ts'
import { WORKSPACE_FILE } from '../../../db/workspace/workspace.ts'
import { UPLOADS_FOLDER } from '../account/import/uploads.ts'
import { PAPERS_FOLDER } from '../devices/printer.ts'
import { TILL_KEY_FILE } from './till-key.ts'

const OTHERS = 0o077
const OTHERS_WRITE = 0o022
const STICKY = 0o1000
const ALL_BITS = 0o7777
const ROOT = 0
const SQLITE_FILES = [LEDGER_FILE, ACCOUNTS_FILE, WORKSPACE_FILE, SYNC_FILE]
/** What the program opens at its start; the signing key is refused by itself where others could read it. */
const OPENED: ReadonlySet<string> = new Set([
  ...SQLITE_FILES.flatMap(name => ['', '-wal', '-shm', '-journal'].map(end => name + end)),
  ...[OWNER_LOCK, rebuildLockPath(LEDGER_FILE)].flatMap(name => [name, `${name}-journal`]),
  highWaterMarkPath(LEDGER_FILE),
  OWNER_NOTE,
  TILL_KEY_FILE,
])
const FOLDERS: ReadonlySet<string> = new Set([LOGS_FOLDER, PAPERS_FOLDER, UPLOADS_FOLDER])
/** What else of ours may lie there, kept aside or made beside: nobody needs it for a payment. */
const isBeside = (name: string): boolean =>
  name === CHECKPOINTS_FILE ||
  SQLITE_FILES.some(file => name.startsWith(file) && MADE_BESIDE.test(name.slice(file.length))) ||
  (name.startsWith(LEDGER_FILE) && MADE_BESIDE_LEDGER.test(name.slice(LEDGER_FILE.length)))
const MADE_BESIDE = /^(?:\.new)?(?:\.set-aside-\d+\+*)?(?:-wal|-shm|-journal)?$/
const MADE_BESIDE_LEDGER =
  /^\.(?:head|before(?:-\d+)?|rebuild)(?:\.new)?(?:-(?:differs|unusable)\+*)?(?:\.set-aside-\d+\+*)?(?:-wal|-shm|-journal)?$/

/** What is made from now on is its owner's alone, from its first byte. */
export function keepToOwner(): void {
  process.umask(OTHERS)
}

/**
 * Makes a folder the till's own, or finds that it is, and takes others' rights away from what lies in it already and their
 * right to write from the folder. Refuses (LedgerUnavailable) a folder with things of others, in which nothing is changed,
 * what belongs to somebody else, and what this program may not change.
 */
export function claimForOwner(dataDir: string): void {
  if (process.platform !== 'win32') keepOthersFromWriting(dataDir)
  claimFolder(dataDir)
  if (process.platform === 'win32') return
  for (const name of readdirSync(dataDir)) {
    const isOpened = OPENED.has(name)
    const isFolder = FOLDERS.has(name)
    if (!isOpened && !isFolder && !isBeside(name)) continue
    const path = join(dataDir, name)
    if (isOpened || isFolder) {
      refuseAnothers(path)
      refuseLink(path)
    }
    if (thereAt(path)?.isDirectory() === isFolder) tighten(path, { mayStay: !isOpened })
  }
}

/** Whoever may write in the folder may put another file in the place of any of ours. */
function keepOthersFromWriting(dir: string): void {
  const found = statSync(dir, { throwIfNoEntry: false })
  if (!found) return
  const { mode, uid } = found
  const own = process.getuid?.() ?? ROOT
  const isTills = isLedger(dir)
  if (isTills) refuseAnothersTill(join(dir, LEDGER_FILE), own)
  if (uid !== own) {
    const detail = `${dir} belongs to another user of this machine, who can move away what is in it: name a folder of the till's user`
    throw new LedgerUnavailable('no-permission', detail)
  }
  if ((mode & OTHERS_WRITE) === 0) return
  // One with that bit is everybody's on purpose, until a till's ledger is in it.
  const isShared = (mode & STICKY) !== 0 && !isTills
  if (!isShared && strangersIn(dir).length === 0 && mayChange(dir, mode & ALL_BITS & ~OTHERS_WRITE)) return
  const detail = `others on this machine can write in ${dir}: keep the till in a folder of its own, or run chmod go-w ${dir}`
  throw new LedgerUnavailable('no-permission', detail)
}

/** What a link leads to has rights of its own, and a name that is not in this folder; so has a file with a second name. */
function refuseLink(path: string): void {
  if (thereAt(path)?.isSymbolicLink())
    throw new LedgerUnavailable('foreign', `${path} is a link: put what it leads to there, or take it away`)
  refuseElsewhereToo(path)
}

/** What an administrator makes in somebody's till is the administrator's, and its own user could not start it any more. */
function refuseAnothersTill(path: string, own: number): void {
  if (statSync(path).uid === own) return
  const detail = `${path} belongs to another user of this machine: start the till as that user`
  throw new LedgerUnavailable('no-permission', detail)
}

function refuseAnothers(path: string): void {
  const own = process.getuid?.() ?? ROOT
  const found = thereAt(path)
  if (!found || found.uid === own) return
  const detail = `${path} belongs to another user of this machine: take it away, or give it to the till's user alone`
  throw new LedgerUnavailable('no-permission', detail)
}

function tighten(path: string, { mayStay }: { mayStay: boolean }): void {
  const found = thereAt(path)
  if (!found || found.isSymbolicLink() || isElsewhereToo(path)) return
  // Its own user has to be able to write what it opens: SQLite locks nothing in a file that it may not write.
  const own = found.isDirectory() ? 0o700 : mayStay ? 0 : 0o600
  const wanted = (found.mode & ALL_BITS & ~OTHERS) | own
  if ((found.mode & ALL_BITS) === wanted) return
  if (mayChange(path, wanted) || mayStay || !thereAt(path)) return
  const detail = `others on this machine can read ${path}, or its own user cannot write it, and this program may not change that: give it to the till's user alone`
  throw new LedgerUnavailable('no-permission', detail)
}

const thereAt = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false })

function mayChange(path: string, mode: number): boolean {
  try {
    chmodSync(path, mode)
    return true
  } catch {
    return false
  }
}
