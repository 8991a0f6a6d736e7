/** The journal read from its first row: is it one chain, does it say what it said, and which tables follow from it? */
import type Database from 'better-sqlite3'
import {
  CHAIN_BEGINS,
  type ChainLink,
  chainProblem,
  lineHash,
  verificationCode,
} from '../../shared/ledger/chain.ts'
import { type Fact, lackOf, project, readBody, UnknownFact } from '../../shared/ledger/facts.ts'
import { Applier } from '../ledger/apply.ts'
import { factWith, lineOf, textsProblem } from '../ledger/journal.ts'
import { nativeHashText } from '../ledger/native-hash.ts'
import type { JournalTableRow } from '../ledger/schema.ts'
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
  const totals = new TotalsCheck(replay, problems)
  const rows = ledger.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch, seq').iterate()
  replay.exec('BEGIN')
  for (const row of rows) {
    try {
      const fact = chain.take(row)
      if (fact) {
        applier.apply(project(fact))
        totals.take(fact)
      }
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

const placeOf = (row: { epoch: number; seq: number }): string => `journal ${row.epoch}/${row.seq}`

class ChainCheck {
  count = 0
  readonly #problems: Problems
  #before: ChainLink = CHAIN_BEGINS
  #tillId: string | undefined

  constructor(problems: Problems) {
    this.#problems = problems
  }

  get head(): string {
    return this.count === 0 ? '' : verificationCode(this.#before.hash)
  }

  /** Checks one row against the one before it; gives its fact, or nothing where it cannot be read. */
  take(row: JournalTableRow): Fact | undefined {
    this.count++
    const found = (problem: string): void => this.#problems.add(placeOf(row), problem)
    const line = lineOf(row)
    const link = chainProblem(line, this.#before)
    if (link !== undefined) found(link)
    if (lineHash(line, nativeHashText) !== row.hash) found('was changed: its hash is another')
    this.#tillId ??= row.till_id
    if (row.till_id !== this.#tillId) found('belongs to another till')
    this.#before = { epoch: row.epoch, seq: row.seq, hash: row.hash }
    const words = textsProblem(row)
    if (words !== undefined) found(words)
    // A journal that was handed out may be without them; no fact lets a till's own lose them.
    else if (row.texts !== '' && row.text_line === null) found('has lost the words that it was stated with')
    return factIn(row, found)
  }
}

function factIn(row: JournalTableRow, found: (problem: string) => void): Fact | undefined {
  try {
    const { body, exact } = readBody(row.kind, row.version, row.body)
    if (!exact) found('its body says more, or less, than its kind has')
    const fact = factWith(row, body)
    const lack = lackOf(fact)
    if (lack !== null) found(`states a ${fact.kind} that ${lack}`)
    return fact
  } catch (error) {
    found(error instanceof UnknownFact ? error.message : 'its body cannot be read')
    return undefined
  }
}

const TOTALS = `SELECT total_receipts AS receipts, total_posted_cents AS postedCents,
  total_voided_cents AS voidedCents FROM till WHERE till_id = ?`

/** What a closing states of the till's whole life is what it had come to by then. */
class TotalsCheck {
  readonly #problems: Problems
  readonly #totals: Database.Statement<
    [string],
    { receipts: number; postedCents: number; voidedCents: number }
  >

  constructor(replay: Database.Database, problems: Problems) {
    this.#problems = problems
    this.#totals = replay.prepare(TOTALS)
  }

  take(fact: Fact): void {
    if (fact.kind !== 'session.closed') return
    const { receipts, postedCents, voidedCents } = fact.body.till
    const had = this.#totals.get(fact.tillId)
    if (had?.receipts !== receipts || had.postedCents !== postedCents || had.voidedCents !== voidedCents)
      this.#problems.add(placeOf(fact), 'states another total of the till than its receipts come to')
  }
}
