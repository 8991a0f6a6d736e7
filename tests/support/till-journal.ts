/** A till's journal as it is pushed: read from a real ledger, or written by hand with a right chain. */
import type Database from 'better-sqlite3'
import type { CentralDb } from '../../db/central/open.ts'
import { nativeHashText } from '../../db/native-hash.ts'
import { pushedRow } from '../../db/queries/outbox.ts'
import { PROTOCOL, type PushedRow, type Range } from '../../shared/central/protocol.ts'
import { canonical } from '../../shared/ledger/canonical.ts'
import { GENESIS_HASH, rowHash } from '../../shared/ledger/chain.ts'
import type { BodyOf, FactKind } from '../../shared/ledger/facts.ts'
import type { JournalTableRow } from '../../shared/ledger/tables.ts'
import type { BusinessDate } from '../../shared/time.ts'

/** The journal of a ledger in ranges of at most so many facts. */
export function rangesOf(ledger: Database.Database, most = 500): Range[] {
  const rows = ledger.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY till_id, epoch, seq').all()
  const ranges: Range[] = []
  for (const row of rows) {
    const last = ranges.at(-1)
    if (last && last.epoch === row.epoch && last.rows.length < most) last.rows.push(pushedRow(row))
    else ranges.push({ protocol: PROTOCOL, tillId: row.till_id, epoch: row.epoch, rows: [pushedRow(row)] })
  }
  return ranges
}

/** Enrols a till at central without a door. */
export async function addTill(db: CentralDb, tillId: string, tillNo = 1): Promise<void> {
  await db.kysely
    .insertInto('enrolled_till')
    .values({
      till_id: tillId,
      till_no: tillNo,
      code: `W${tillNo}`,
      public_key: 'A'.repeat(43).concat('='),
      enrolled_at: 0,
      revoked_at: null,
      last_seen_at: 0,
      last_state_no: 0,
      last_reference_no: 0,
      last_alarm_no: 0,
    })
    .execute()
}

const DAY = '2026-11-20' as BusinessDate

/** Writes a journal by hand: each row follows the one before it. */
export class Pen {
  readonly tillId: string
  readonly epoch: number
  day = DAY
  #rows: PushedRow[] = []
  #taken = 0

  constructor(tillId: string, epoch = 1) {
    this.tillId = tillId
    this.epoch = epoch
  }

  write<K extends FactKind>(kind: K, body: BodyOf<K>): PushedRow {
    const before = this.#rows.at(-1)
    const seq = (before?.seq ?? 0) + 1
    const content = {
      seq,
      commandId: `command-${this.epoch}-${seq}`,
      commandHash: 'c0'.repeat(32),
      kind,
      version: 1,
      at: 1_763_650_000_000 + seq * 1_000,
      businessDate: this.day,
      actorId: ACTOR,
      body: canonical(body),
      prevHash: before?.hash ?? GENESIS_HASH,
    }
    const hash = rowHash({ tillId: this.tillId, epoch: this.epoch, ...content }, nativeHashText)
    const row = { ...content, hash }
    this.#rows.push(row)
    return row
  }

  /** What was written since the last call. */
  take(): Range {
    const rows = this.#rows.slice(this.#taken)
    this.#taken = this.#rows.length
    return this.range(rows)
  }

  /** Everything from a place to another. */
  from(first: number, last = this.#rows.length): Range {
    return this.range(this.#rows.slice(first - 1, last))
  }

  range(rows: PushedRow[]): Range {
    return { protocol: PROTOCOL, tillId: this.tillId, epoch: this.epoch, rows }
  }

  /** Another journal that begins with the first rows of this one. */
  fork(upTo: number): Pen {
    const other = new Pen(this.tillId, this.epoch)
    other.#rows = this.#rows.slice(0, upTo)
    other.#taken = upTo
    return other
  }
}

export const ACTOR = '019aa000-0000-7000-8000-0000000000aa'
