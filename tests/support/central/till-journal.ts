/** A till's journal as it is pushed: read from a real ledger, or written by hand with a right chain. */

import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { CentralKey } from '../../../central/city/signing-key.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import { nativeHashText } from '../../../db/ledger/native-hash.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { pushedRow } from '../../../db/queries/outbox.ts'
import { PROTOCOL, type PushedRow, type Range } from '../../../shared/central/protocol.ts'
import { canonical } from '../../../shared/ledger/canonical.ts'
import {
  CHAIN_BEGINS,
  type ChainLink,
  EPOCH_BEGINS,
  type JournalLine,
  journalLine,
  lineHash,
  readJournalLine,
  textLine,
} from '../../../shared/ledger/chain.ts'
import type { BodyOf, FactKind, TextsOf } from '../../../shared/ledger/facts.ts'
import type { BusinessDate } from '../../../shared/time.ts'

/** The journal of a ledger in ranges of at most so many facts, each of one epoch. */
export function rangesOf(ledger: Database.Database, most = 500): Range[] {
  const rows = ledger.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch, seq').all()
  const ranges: Range[] = []
  let epoch = 0
  for (const row of rows) {
    const last = ranges.at(-1)
    if (last && epoch === row.epoch && last.rows.length < most) last.rows.push(pushedRow(row))
    else ranges.push({ protocol: PROTOCOL, tillId: row.till_id, rows: [pushedRow(row)] })
    epoch = row.epoch
  }
  return ranges
}

/** What the line of a pushed row says. */
export function lineIn({ line }: PushedRow): JournalLine {
  const read = readJournalLine(line)
  if (!read) throw new Error(`Not a journal line: ${line}`)
  return read
}

/** Its place and hash, as central tells them. */
export function linkOf(row: PushedRow): ChainLink {
  const { epoch, seq } = lineIn(row)
  return { epoch, seq, hash: nativeHashText(row.line) }
}

/** Enrols a till at central without its being asked. */
export async function addTill(db: CentralDb, tillId: string, tillNo = 1): Promise<void> {
  await db.kysely
    .insertInto('enrolled_till')
    .values({
      till_id: tillId,
      till_no: tillNo,
      code: `W${tillNo}`,
      public_key: PUBLIC_KEY,
      enrolled_at: 0,
      revoked_at: null,
      last_seen_at: 0,
      last_state_no: 0,
      last_reference_no: 0,
      last_alarm_no: 0,
      known_epoch: 0,
      known_seq: 0,
      head_epoch: 0,
      head_seq: 0,
    })
    .execute()
}

/** Central's own, as whoever has the file has it. */
const OWN = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${'42'.repeat(32)}`, 'hex'),
  ...{ format: 'der', type: 'pkcs8' },
})
const { x: OWN_X = '' } = createPublicKey(OWN).export({ format: 'jwk' })
export const PUBLIC_KEY = Buffer.from(OWN_X, 'base64url').toString('base64')
export const CENTRAL_OWN: CentralKey = {
  publicKey: PUBLIC_KEY,
  sign: text => sign(null, Buffer.from(text), OWN).toString('base64'),
}
const DAY = '2026-11-20' as BusinessDate
const SALT = 'c2FsdC1vZi10aGUtdGVzdA'

interface PenRow extends PushedRow, ChainLink {}

/** Writes a journal by hand: each row follows the one before it. */
export class Pen {
  readonly tillId: string
  day = DAY
  #epoch = 1
  #rows: PenRow[] = []
  #taken = 0

  constructor(tillId: string) {
    this.tillId = tillId
  }

  get epoch(): number {
    return this.#epoch
  }

  /** The row written last; what the very first one follows where there is none. */
  get head(): ChainLink {
    return this.#rows.at(-1) ?? CHAIN_BEGINS
  }

  write<K extends FactKind>(kind: K, body: BodyOf<K>, texts: TextsOf<K> | null = null): PushedRow {
    const before = this.head
    const begins = kind === EPOCH_BEGINS
    if (begins) this.#epoch += 1
    const place = { epoch: this.#epoch, seq: begins ? 1 : before.seq + 1 }
    const text = texts === null ? null : textLine({ ...place, salt: SALT, texts })
    const line = {
      ...place,
      tillId: this.tillId,
      commandId: `command-${place.epoch}-${place.seq}`,
      commandHash: 'c0'.repeat(32),
      kind,
      version: 1,
      at: 1_763_650_000_000 + place.seq * 1_000,
      businessDate: this.day,
      actorId: ACTOR,
      body: canonical(body),
      prevHash: before.hash,
      texts: text === null ? '' : nativeHashText(text),
    }
    const row = { ...place, line: journalLine(line), text, hash: lineHash(line, nativeHashText) }
    this.#rows.push(row)
    return row
  }

  /** Goes on under the next epoch, as a till does that came back from a backup. */
  beginEpoch(): void {
    const { epoch, seq, hash } = this.head
    this.write('epoch.begun', {
      follows: { epoch, seq, hash },
      reason: 'restored',
      source: 'E:',
      knownBeyond: null,
      machineId: ACTOR,
      publicKey: PUBLIC_KEY,
      personId: ACTOR,
    })
  }

  /** What was written since the last call. */
  take(): Range {
    const rows = this.#rows.slice(this.#taken)
    this.#taken = this.#rows.length
    return this.range(rows)
  }

  /** Everything from a place to another, counted over all epochs. */
  from(first: number, last = this.#rows.length): Range {
    return this.range(this.#rows.slice(first - 1, last))
  }

  range(rows: readonly PushedRow[]): Range {
    return {
      protocol: PROTOCOL,
      tillId: this.tillId,
      rows: rows.map(({ line, text }) => ({ line, text })),
    }
  }

  /** Another journal that begins with the first rows of this one. */
  fork(upTo: number): Pen {
    const other = new Pen(this.tillId)
    other.#epoch = this.#epoch
    other.#rows = this.#rows.slice(0, upTo)
    other.#taken = upTo
    return other
  }
}

export const ACTOR = '019aa000-0000-7000-8000-0000000000aa'
