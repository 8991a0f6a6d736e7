/**
 * Whose a data folder is. A till begins in an empty one, and marks it before anything else is written there: what lies in
 * a marked folder without a ledger is left of its own first start, and what lies in another one is somebody else's. A
 * ledger that was there and is gone is money that nobody can see: never is one begun afresh in its place.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { plainLine } from '../../shared/rules/text/plain-line.ts'
import { flushFolder } from '../file/flush.ts'
import { readHighWaterMark } from '../file/high-water-mark.ts'
import { makeFolder } from '../file/make-folder.ts'
import { OWNER_LOCK, OWNER_NOTE } from '../file/owner-lock.ts'
import { LedgerUnavailable } from '../file/problem.ts'
import { type FileFormat, fileFault, hasBytes, hasNoFile, isOfFormat } from '../file/sqlite-file.ts'
import { beforePath, rebuildPath } from './rebuild.ts'
import { APPLICATION_ID } from './schema.ts'
import { ledgerSteps } from './steps.ts'

export const LEDGER_FILE = 'ledger.sqlite'

/** The log is there before anything that it may have to tell of. */
export const LOGS_FOLDER = 'logs'

const MARK = 'tillproof-first-start.txt'
const MARK_TEXT =
  'A till is begun in this folder. Its program takes this file away once the ledger is there.\n'

/** What systems put into any folder, also an empty one. */
const OF_SYSTEM =
  /^(?:\.(?:ds_store|fseventsd|spotlight-v100|trash|trashes|trash-\d+|temporaryitems|directory|localized|snapshots?|apdisk|appledouble|volumeicon\.icns|nfs[0-9a-f]+|fuse_hidden[0-9a-f]+|documentrevisions-v100|metadata_never_index|zfs|snap|_\..*)|icon\r|@eadir|#recycle|lost\+found|aquota\.(?:user|group)|desktop\.ini|thumbs\.db|recycler|\$recycle\.bin|system volume information)$/i

/** Whether a folder has a ledger of ours, of whatever version; nothing is written, and nothing said where it has not. */
export function isLedger(dir: string): boolean {
  const path = join(dir, LEDGER_FILE)
  return existsSync(path) && !hasNoFile(path) && isOfFormat(path, APPLICATION_ID)
}

/** Whether a till began in a folder and had no ledger yet; of a mark that was being written there is the beginning. */
function isBegun(dir: string): boolean {
  const path = join(dir, MARK)
  try {
    const found = lstatSync(path)
    if (!found.isFile() || found.size > MARK_TEXT.length) return false
    // After a power cut its end may be there as nothing but zeros.
    return MARK_TEXT.startsWith(readFileSync(path, 'utf8').replace(/\0+$/, ''))
  } catch (error) {
    // Whoever began here has a ledger by now, and took the mark away.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** What a till writes before it has a ledger. */
const isOfFirstStart = (name: string): boolean =>
  name === MARK ||
  name === LOGS_FOLDER ||
  [OWNER_LOCK, OWNER_NOTE, `${LEDGER_FILE}.new`].some(file => name.startsWith(file))

/** What in a folder is somebody else's, by name; nothing where the folder is a till's, or as good as empty, or not there. */
export function strangersIn(dir: string): string[] {
  if (isLedger(dir)) return []
  const hasBegun = isBegun(dir)
  return namesIn(dir).filter(name => !OF_SYSTEM.test(name) && !(hasBegun && isOfFirstStart(name)))
}

/**
 * Makes a folder the till's own before anything else is written there. Refuses (LedgerUnavailable) one with traces of a
 * ledger and none that could be used, one with things of others in it, and one that cannot be made.
 */
export function claimFolder(dir: string): void {
  if (isLedger(dir)) return
  const [stranger] = strangersIn(dir)
  if (stranger === undefined) begin(dir)
  else refuseAmongOthers(dir, stranger)
}

function refuseAmongOthers(dir: string, stranger: string): void {
  try {
    refuseTraces(dir)
    const detail = `${dir} has other things in it (${plainLine(stranger)}), and no ledger of this program: name an empty folder`
    throw new LedgerUnavailable('foreign', detail)
  } catch (error) {
    // What was there may be of another program that has begun here since it was looked for.
    if (!isLedger(dir) && strangersIn(dir).length > 0) throw error
  }
}

function begin(dir: string): void {
  makeFolder(dir)
  if (isBegun(dir)) return
  try {
    writeFileSync(join(dir, MARK), MARK_TEXT, { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    // Another program began here at the same moment; which of the two goes on, the lock says.
    if (!isBegun(dir) && !isLedger(dir)) throw error
  }
  flushFolder(dir)
  // It has its ledger by now, and took its own mark away.
  if (isLedger(dir)) endFirstStart(dir)
}

/** Where the ledger is there, nothing is left of a first start. */
export function endFirstStart(dir: string): void {
  if (isBegun(dir)) rmSync(join(dir, MARK), { force: true })
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Refuses (LedgerUnavailable) to begin a ledger where one was: what lay beside it is there, or a note of its last row. */
export function refuseLostLedger(path: string): void {
  if (hasBytes(`${path}-wal`))
    throw new LedgerUnavailable('damaged', `${path} is missing but its write-ahead log is there`)
  for (const beside of [rebuildPath(path), beforePath(path)])
    if (existsSync(beside))
      throw new LedgerUnavailable('damaged', `${path} is missing but ${beside} is there`)
  const note = readHighWaterMark(path)
  if (note)
    throw new LedgerUnavailable('damaged', `${path} is missing; it had ${note.epoch}/${note.seq} on record`)
  // Whoever renamed a ledger may have named it so; a draft of a first one has no row.
  const names = namesIn(dirname(path))
  for (const name of names.filter(one => one.startsWith(`${LEDGER_FILE}.new`)))
    if (hasRows(join(dirname(path), name)))
      throw new LedgerUnavailable('damaged', `${path} is missing but ${name} is a ledger with rows in it`)
  const trace = names.find(isTraceOfLedger)
  if (trace !== undefined) throw new LedgerUnavailable('damaged', `${path} is missing but ${trace} is there`)
}

function hasRows(path: string): boolean {
  if (!existsSync(path) || hasNoFile(path) || !isOfFormat(path, APPLICATION_ID)) return false
  const connection = new Database(path, { readonly: true })
  try {
    return connection.prepare('SELECT 1 FROM journal LIMIT 1').get() !== undefined
  } catch {
    // It was cut off before it had a journal.
    return false
  } finally {
    connection.close()
  }
}

/** The ledger, or what lay beside one, or one that somebody moved aside; a draft of a first one is none. */
const isTraceOfLedger = (name: string): boolean => /^ledger\.sqlite(?:$|[-.](?!new))/.test(name)

function refuseTraces(dir: string): void {
  const path = join(dir, LEDGER_FILE)
  if (lstatSync(path, { throwIfNoEntry: false }))
    inspect(path, { applicationId: APPLICATION_ID, steps: ledgerSteps() })
  else refuseLostLedger(path)
}

/**
 * Whether a file of a data folder has a name in another one too: whoever opens it there has another lock, and writes beside
 * whoever opens it here. What a link leads to is looked at.
 */
export function isElsewhereToo(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isFile() || found.nlink <= 1) return false
  // A program that ended while it took rebuilt tables leaves the ledger under the name of the one before, too.
  const ledger = join(dirname(path), LEDGER_FILE)
  const own = [ledger, beforePath(ledger)].map(name => lstatSync(name, { throwIfNoEntry: false })?.ino)
  return found.nlink > own.length || own.some(ino => ino !== found.ino)
}

/** Refuses (LedgerUnavailable) a file that lies in another folder too. */
export function refuseElsewhereToo(path: string): void {
  if (!isElsewhereToo(path)) return
  const detail = `${path} lies in another place too, under a second name: take one away`
  throw new LedgerUnavailable('foreign', detail)
}

/** Refuses (LedgerUnavailable) a ledger file that is damaged, a stranger's or a later program's, without a byte written. */
export function inspect(path: string, format: FileFormat): void {
  const fault = fileFault(path, format)
  if (fault !== undefined)
    throw new LedgerUnavailable(fault.problem === 'missing' ? 'damaged' : fault.problem, fault.detail)
  refuseElsewhereToo(path)
}
