/** What a ledger has to be before it is opened for writing: its objects, its last rows, and all of it where it is doubted. */
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { CHAIN_BEGINS, type ChainLink, chainProblem, lineHash } from '../../shared/ledger/chain.ts'
import { missingFromJournal, OTHERS_LOG, readHighWaterMark } from '../file/high-water-mark.ts'
import type { FoundLog } from '../file/log-mark.ts'
import { LedgerUnavailable } from '../file/problem.ts'
import { versionOf } from '../file/sqlite-file.ts'
import { signedNotes } from '../journal-folder/checkpoints.ts'
import { schemaOf } from '../verify/compare.ts'
import { lineOf, newestFirst, textsProblem } from './journal.ts'
import { objectsOf } from './ledger-file.ts'
import { nativeHashText } from './native-hash.ts'
import type { JournalTableRow } from './schema.ts'
import type { Head } from './writer.ts'

/** How many of the last journal rows are checked at every start; `verify` checks them all. */
const TAIL_LENGTH = 200

export interface Looked {
  steps: readonly string[]
  log: FoundLog
  left: string
}

/**
 * Opens a ledger that may not be written, and refuses what is damaged before anything is opened for writing: whoever closes
 * such a connection writes the log that lies beside the file into it, and it may be that of another file.
 */
export function openChecked(
  path: string,
  { steps, log, left }: Looked,
): { reader: Database.Database; isDoubted: boolean } {
  const noted = readHighWaterMark(path)
  // Beside a file that was left without one of its own, and is as it was left, it is of whoever opened that since.
  const hadNone =
    noted !== undefined && isKnown(left, noted.file) && (noted.log === '' || noted.log === OTHERS_LOG)
  const isOfAnother = log.owner === 'unmarked' && !hadNone
  if (log.owner === 'another file' || isOfAnother) throw notOfThis(path)
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  try {
    checkObjects(connection, steps.slice(0, versionOf(connection)))
    checkTail(connection)
    // Whoever has only the ledger put back has put back neither the note nor what was signed.
    for (const note of [noted, lastSigned(dirname(path))]) {
      const missing = note && missingFromJournal(connection, note)
      if (missing) throw new LedgerUnavailable('damaged', missing)
    }
    // Nobody knows who wrote what stands behind the end that was noted.
    const isLogAsLeft = noted?.log === log.end && (log.end === '' || isKnown(log.left, noted.logFile))
    const isAsLeft = isLogAsLeft && isKnown(left, noted?.file)
    const isDoubted = log.owner === 'doubtful' || log.owner === 'unmarked' || !isAsLeft
    if (isDoubted) checkWhole(connection, path)
    return { reader: connection, isDoubted }
  } catch (error) {
    connection.close()
    throw error
  }
}

/** Of what says nothing nobody knows whether it is the same. */
const isKnown = (left: string, noted: string | undefined): boolean => left !== '' && left === noted

/** Refuses a ledger of which some page or row is not its own; its tables follow from the journal. */
function checkWhole(connection: Database.Database, path: string): void {
  const pages: unknown = connection.pragma('integrity_check(1)', { simple: true })
  if (pages !== 'ok') throw notOfThis(path, ` (${String(pages).split('\n').at(-1)})`)
  const rows = connection.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch, seq').iterate()
  try {
    checkChain(rows)
  } finally {
    // One left open would keep its connection from closing.
    rows.return?.()
  }
}

const notOfThis = (path: string, why = ''): LedgerUnavailable =>
  new LedgerUnavailable(
    'damaged',
    `${path}-wal is not of this ledger, or one of them is damaged${why}: close whatever else has the ledger open, or put both back as they were together`,
  )

/** What the till signed last of its own journal; undefined where it signed nothing yet, or that cannot be read. */
function lastSigned(dir: string): Head | undefined {
  try {
    return signedNotes(dir).findLast(note => note !== undefined)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new LedgerUnavailable('damaged', error.message)
  }
}

/** Refuses a ledger with a table, an index or a trigger that is missing or made otherwise: what it protects is not protected. */
export function checkObjects(connection: Database.Database, steps: readonly string[]): void {
  const there = schemaOf(connection)
  const expected = objectsOf(steps)
  for (const [object, sql] of expected) {
    if (!there.has(object)) throw new LedgerUnavailable('damaged', `${object} is missing from the ledger`)
    if (there.get(object) !== sql)
      throw new LedgerUnavailable('damaged', `${object} is not as Tillproof makes it`)
  }
  // What acts by itself on every write must not be somebody's.
  for (const object of there.keys())
    if (/^(?:trigger|view|index) /.test(object) && !expected.has(object))
      throw new LedgerUnavailable('damaged', `${object} does not belong in the ledger`)
}

/** Refuses a ledger whose last rows do not chain: the cheapest sign of a torn or edited file. */
function checkTail(connection: Database.Database): void {
  const query = newestFirst.limit(TAIL_LENGTH + 1).compile()
  const rows = connection.prepare<unknown[], JournalTableRow>(query.sql).all(...query.parameters)
  rows.reverse()
  // Of a longer journal the row before its tail is only what the tail follows.
  checkChain(rows, rows.length > TAIL_LENGTH ? rows.shift() : undefined)
}

/** No till loses words of its own: who takes them out of a journal says so first. */
const isWithoutWords = ({ texts, text_line: line }: JournalTableRow): boolean => texts !== '' && line === null

function checkChain(rows: Iterable<JournalTableRow>, follows: ChainLink = CHAIN_BEGINS): void {
  let before = follows
  for (const row of rows) {
    const line = lineOf(row)
    if (chainProblem(line, before) !== undefined || lineHash(line, nativeHashText) !== row.hash)
      throw new LedgerUnavailable('damaged', `journal row ${row.epoch}/${row.seq} does not chain`)
    // Tables that are made anew would have the wrong words too, and the right ones would be gone.
    const words = isWithoutWords(row) ? 'has lost the words that it was stated with' : textsProblem(row)
    if (words) throw new LedgerUnavailable('damaged', `journal row ${row.epoch}/${row.seq} ${words}`)
    before = row
  }
}
