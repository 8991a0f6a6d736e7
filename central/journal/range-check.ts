/** Is a range one piece of a till's chain, and does central know every kind of fact in it? Reads nothing. */
import { factWith, rowOf, textsProblem } from '../../db/ledger/journal.ts'
import { nativeHashText } from '../../db/ledger/native-hash.ts'
import type { JournalTableRow } from '../../db/ledger/schema.ts'
import type { PushedRow } from '../../shared/central/protocol.ts'
import {
  type ChainLink,
  chainProblem,
  type JournalLine,
  linkProblem,
  readJournalLine,
} from '../../shared/ledger/chain.ts'
import { type Fact, isKnown, readBody } from '../../shared/ledger/facts.ts'
import { parseBusinessDate } from '../../shared/time.ts'

export interface CheckedRow {
  row: JournalTableRow
  fact: Fact
}

type Broken = { ok: false; code: 'CHAIN_BROKEN'; seq: number; problem: string }
/** Central is older than the till: nothing is wrong with the row. */
type Unknown = { ok: false; code: 'UNKNOWN_FACT'; kind: string; version: number }

export type CheckedLines = { ok: true; rows: JournalTableRow[] } | Broken
export type CheckedRange = { ok: true; rows: CheckedRow[] } | Broken | Unknown

interface Sent {
  tillId: string
  rows: readonly PushedRow[]
}

/** What a later program calls a kind of fact is said back to whoever sent it. */
const LONGEST_KIND = 80

/** Ids and hashes are plain text; what a database cannot keep as it is would break the chain later. */
const PLAIN = /^[\x20-\x7e]*$/

/** Every line is one, of this till, of one epoch, and follows the line before it. What the bodies say is not looked at. */
export function checkLines({ tillId, rows: sent }: Sent): CheckedLines {
  const rows: JournalTableRow[] = []
  let before: ChainLink | undefined
  for (const { line: text, text: words } of sent) {
    const line = readJournalLine(text)
    const broken = (problem: string): Broken => ({
      ok: false,
      code: 'CHAIN_BROKEN',
      seq: line?.seq ?? (before ? before.seq + 1 : 0),
      problem,
    })
    if (!line) return broken('is no journal line')
    const hash = nativeHashText(text)
    const row = rowOf(line, { hash, text: words })
    const link = before ? nextProblem(line, before) : linkProblem(line)
    const problem = lineProblem(line, tillId) ?? link ?? textsProblem(row)
    if (problem) return broken(problem)
    rows.push(row)
    before = { epoch: line.epoch, seq: line.seq, hash }
  }
  return { ok: true, rows }
}

function lineProblem(line: JournalLine, tillId: string): string | undefined {
  if (line.tillId !== tillId) return 'is of another till'
  if (![line.commandId, line.commandHash, line.actorId, line.kind].every(text => PLAIN.test(text)))
    return 'has an id that is not plain text'
  if (line.kind.length > LONGEST_KIND) return 'is of no kind'
  if (parseBusinessDate(line.businessDate) === null) return 'has a business date that is none'
  return line.at < 0 || line.epoch < 1 || line.seq < 1 ? 'has a number below its least' : undefined
}

function nextProblem(line: JournalLine, before: ChainLink): string | undefined {
  return line.epoch === before.epoch
    ? chainProblem(line, before)
    : 'is of another epoch than the row before it'
}

/**
 * The same, and every row is a fact that this program can project. Whether the first row follows what central holds is
 * not asked here.
 */
export function checkRange(sent: Sent): CheckedRange {
  const lines = checkLines(sent)
  if (!lines.ok) return lines
  const rows: CheckedRow[] = []
  for (const row of lines.rows) {
    if (!isKnown(row.kind, row.version))
      return { ok: false, code: 'UNKNOWN_FACT', kind: row.kind, version: row.version }
    const fact = factIn(row)
    if ('problem' in fact) return { ok: false, code: 'CHAIN_BROKEN', seq: row.seq, problem: fact.problem }
    rows.push({ row, fact })
  }
  return { ok: true, rows }
}

function factIn(row: JournalTableRow): Fact | { problem: string } {
  try {
    const { body, exact } = readBody(row.kind, row.version, row.body)
    if (!exact) return { problem: 'its body says more, or less, than its kind has' }
    return factWith(row, body)
  } catch {
    return { problem: `its body cannot be read as ${row.kind.slice(0, 40)}` }
  }
}
