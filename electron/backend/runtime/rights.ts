/** Who may read a data folder: its owner, and nobody else of the machine. A four-digit PIN is soon found by whoever has its hash. */
import { chmodSync, lstatSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { isLedger, isTraceOfLedger, refuseTraces } from '../../../db/ledger/till.ts'
import { plainLine } from '../../../shared/rules/text/plain-line.ts'

const OTHERS = 0o077
const OTHERS_WRITE = 0o022
const ROOT = 0
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
 * Takes others' rights away from what lies in a till's folder already, and their right to write from the folder. Refuses
 * (LedgerUnavailable) what belongs to somebody else, and what this program may not change. In a folder with things of
 * others nothing is changed; it is refused where others may write there.
 */
export function tightenRights(dataDir: string): void {
  const names = namesIn(dataDir)
  if (names === undefined) return
  const isOurs = names.length === 0 || isLedger(dataDir)
  if (process.platform !== 'win32') keepOthersFromWriting(dataDir, isOurs)
  if (!isOurs) refuseAmongOthers(dataDir, names)
  if (process.platform === 'win32') return
  for (const name of names) {
    const isOpened = OPENED.test(name)
    const isFolder = FOLDERS.has(name)
    if (!isOpened && !isFolder && !BESIDE.test(name)) continue
    const path = join(dataDir, name)
    if (isOpened || isFolder) refuseAnothers(path)
    if (isOurs) tighten(path, { mayStay: !isOpened })
  }
}

/** What a till may have left in its folder before it had a ledger: its first start may have been broken off. */
const LEFT =
  /^(?:logs|owner\.json(?:\.new)?|(?:owner\.lock|(?:accounts|workspace|sync)\.sqlite)(?:\.set-aside-\d+\+*)?(?:\.new)?(?:-wal|-shm|-journal)?|ledger\.sqlite\.new(?:-wal|-shm|-journal)?|till\.key(?:\.new)?)$/
/** What systems put into any folder. */
const OF_SYSTEM =
  /^(?:\.(?:ds_store|fseventsd|spotlight-v100|trashes|trash-\d+|temporaryitems|directory|localized|snapshots?|apdisk|nfs[0-9a-f]+|fuse_hidden[0-9a-f]+|documentrevisions-v100|metadata_never_index|zfs|snap|_\..*)|@eadir|#recycle|lost\+found|desktop\.ini|thumbs\.db|\$recycle\.bin|system volume information)$/i

/** A till begins in a folder of its own: among the things of others it would take theirs for its own one day. */
function refuseAmongOthers(dir: string, names: readonly string[]): void {
  if (names.some(isTraceOfLedger)) {
    refuseTraces(dir)
    return
  }
  const other = names.find(name => !LEFT.test(name) && !OF_SYSTEM.test(name))
  if (other === undefined) return
  const detail = `${dir} has other things in it (${plainLine(other)}), and no ledger of this program: name an empty folder`
  throw new LedgerUnavailable('foreign', detail)
}

function namesIn(dir: string): string[] | undefined {
  try {
    return readdirSync(dir)
  } catch {
    // There is none yet, or it is said by whoever opens it.
    return undefined
  }
}

/** Whoever may write in the folder may put another file in the place of any of ours. */
function keepOthersFromWriting(dir: string, isOurs: boolean): void {
  const { mode } = statSync(dir)
  if ((mode & OTHERS_WRITE) === 0 || (isOurs && mayChange(dir, mode & 0o777 & ~OTHERS_WRITE))) return
  const detail = `others on this machine can write in ${dir}: keep the till in a folder of its own, or run chmod go-w ${dir}`
  throw new LedgerUnavailable('no-permission', detail)
}

function refuseAnothers(path: string): void {
  const own = process.getuid?.() ?? ROOT
  const found = thereAt(path)
  if (!found || own === ROOT || found.uid === own) return
  const detail = `${path} belongs to another user of this machine: take it away, or give it to the till's user alone`
  throw new LedgerUnavailable('no-permission', detail)
}

function tighten(path: string, { mayStay }: { mayStay: boolean }): void {
  const found = thereAt(path)
  if (!found || found.isSymbolicLink() || (found.mode & OTHERS) === 0) return
  if (mayChange(path, found.mode & 0o777 & ~OTHERS) || mayStay || !thereAt(path)) return
  const detail = `others on this machine can read ${path}, and this program may not change that: give it to the till's user alone`
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
