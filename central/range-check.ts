/** Is a range one piece of a till's chain, and does central know every kind of fact in it? Reads nothing. */
import { factWith } from '../db/journal.ts'
import { nativeHashText } from '../db/native-hash.ts'
import type { PushedRow, Range } from '../shared/central/protocol.ts'
import { canonical } from '../shared/ledger/canonical.ts'
import { GENESIS_HASH, rowHash } from '../shared/ledger/chain.ts'
import { FACT_VERSION, type Fact } from '../shared/ledger/facts.ts'
import type { JournalTableRow } from '../shared/ledger/tables.ts'
import { addsUp } from './receipt-content.ts'

export interface CheckedRow {
  row: JournalTableRow
  fact: Fact
}

export type CheckedRange = { ok: true; rows: CheckedRow[] } | { ok: false; seq: number; problem: string }

/** Ids and hashes are plain text; what a database cannot keep as it is would break the chain later. */
const PLAIN = /^[\x20-\x7e]*$/

/**
 * Every row follows the one before it, has the hash of its content, is in canonical form, and is a fact that this
 * program can project. Whether the first row follows what central holds is not asked here.
 */
export function checkRange(range: Range): CheckedRange {
  const rows: CheckedRow[] = []
  let before: PushedRow | undefined
  for (const pushed of range.rows) {
    const problem = linkProblem(pushed, before)
    if (problem) return { ok: false, seq: pushed.seq, problem }
    const checked = readRow(range, pushed)
    if ('problem' in checked) return { ok: false, seq: pushed.seq, problem: checked.problem }
    rows.push(checked)
    before = pushed
  }
  return { ok: true, rows }
}

function linkProblem(row: PushedRow, before: PushedRow | undefined): string | undefined {
  if (before && row.seq !== before.seq + 1)
    return `stands after ${before.seq}: rows are missing or out of order`
  if (before && row.prevHash !== before.hash) return 'does not follow the row before it'
  if (row.seq === 1 && row.prevHash !== GENESIS_HASH) return 'is the first row and follows another'
  return undefined
}

function readRow({ tillId, epoch }: Range, pushed: PushedRow): CheckedRow | { problem: string } {
  const { hash, ...content } = pushed
  if (![content.commandId, content.commandHash, content.actorId].every(text => PLAIN.test(text)))
    return { problem: 'has an id that is not plain text' }
  if (content.version !== FACT_VERSION)
    return { problem: `has version ${content.version}; central knows ${FACT_VERSION} and must be updated` }
  try {
    const body: unknown = JSON.parse(content.body)
    if (canonical(body) !== content.body) return { problem: 'its body is not in canonical form' }
    if (rowHash({ tillId, epoch, ...content }, nativeHashText) !== hash)
      return { problem: 'was changed: its hash is another' }
    const row = storedRow({ tillId, epoch }, pushed)
    const fact = factWith(row, body)
    if (fact.kind === 'receipt.posted' && !addsUp(fact.body))
      return { problem: 'is a receipt that does not add up' }
    return { row, fact }
  } catch {
    return { problem: `its body cannot be read as ${content.kind.slice(0, 40)}` }
  }
}

function storedRow(till: { tillId: string; epoch: number }, row: PushedRow): JournalTableRow {
  return {
    till_id: till.tillId,
    epoch: till.epoch,
    seq: row.seq,
    command_id: row.commandId,
    command_hash: row.commandHash,
    kind: row.kind,
    version: row.version,
    at: row.at,
    business_date: row.businessDate,
    actor_id: row.actorId,
    body: row.body,
    prev_hash: row.prevHash,
    hash: row.hash,
  }
}
