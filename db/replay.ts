/** The journal read from its first row: is it one chain, and which tables follow from it? */
import type Database from 'better-sqlite3'
import { canonical } from '../shared/ledger/canonical.ts'
import { GENESIS_HASH, rowHash, verificationCode } from '../shared/ledger/chain.ts'
import { FACT_VERSION } from '../shared/ledger/facts.ts'
import { project } from '../shared/ledger/project.ts'
import type { JournalTableRow } from '../shared/ledger/tables.ts'
import { Applier } from './apply.ts'
import { chainRowOf, factWith } from './journal.ts'
import { nativeHashText } from './native-hash.ts'
import type { Problems } from './problems.ts'

const FACTS_PER_STEP = 2_000

export interface Replayed {
  facts: number
  /** The chain's head as people read it; empty for an empty journal. */
  head: string
}

/** Checks every row of the journal and applies it to an empty ledger. */
export function replayJournal(
  ledger: Database.Database,
  replay: Database.Database,
  problems: Problems,
  onProgress: (done: number, total: number) => void,
): Replayed {
  const total = ledger.prepare<[], number>('SELECT count(*) FROM journal').pluck().get() ?? 0
  const applier = new Applier(replay)
  const chain = new ChainCheck(problems)
  const rows = ledger
    .prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY till_id, epoch, seq')
    .iterate()
  replay.exec('BEGIN')
  for (const row of rows) {
    const body = chain.take(row)
    try {
      applier.apply(project(factWith(row, body)))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      problems.add(placeOf(row), `cannot be replayed: ${why}`)
    }
    if (problems.full) break
    if (chain.count % FACTS_PER_STEP === 0) onProgress(chain.count, total)
  }
  replay.exec('COMMIT')
  onProgress(chain.count, total)
  return { facts: chain.count, head: chain.head }
}

const placeOf = (row: JournalTableRow): string => `journal ${row.epoch}/${row.seq}`

class ChainCheck {
  count = 0
  readonly #problems: Problems
  #before: { tillId: string; epoch: number; seq: number; hash: string } | undefined

  constructor(problems: Problems) {
    this.#problems = problems
  }

  get head(): string {
    return this.#before ? verificationCode(this.#before.hash) : ''
  }

  /** Checks one row against the one before it; gives its body, parsed. */
  take(stored: JournalTableRow): unknown {
    this.count++
    const { hash, ...row } = chainRowOf(stored)
    const found = (problem: string): void => this.#problems.add(placeOf(stored), problem)
    const before = this.#before?.epoch === row.epoch ? this.#before : undefined
    const wantedSeq = before ? before.seq + 1 : 1
    if (row.seq !== wantedSeq) found(`rows are missing before it: expected seq ${wantedSeq}`)
    if (row.prevHash !== (before ? before.hash : GENESIS_HASH)) found('does not follow the row before it')
    if (rowHash(row, nativeHashText) !== hash) found('was changed: its hash is another')
    if (row.version !== FACT_VERSION) found(`has version ${row.version}`)
    if (this.#before && this.#before.tillId !== row.tillId) found('belongs to another till')
    this.#before = { tillId: row.tillId, epoch: row.epoch, seq: row.seq, hash }
    return bodyOf(row.body, found)
  }
}

function bodyOf(text: string, found: (problem: string) => void): unknown {
  try {
    const body: unknown = JSON.parse(text)
    if (canonical(body) !== text) found('its body is not in canonical form')
    return body
  } catch {
    found('its body cannot be read')
    return null
  }
}
