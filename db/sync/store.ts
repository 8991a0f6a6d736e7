import type Database from 'better-sqlite3'
import { cityDigest } from '../../shared/central/city.ts'
import {
  type CityNews,
  cityNewsField,
  type Position,
  type ReceiptState,
  type SessionCheck,
  sessionCheckField,
} from '../../shared/central/protocol.ts'
import type { AlarmKind } from '../../shared/rules/sync/alarms.ts'
import { nativeHashText } from '../ledger/native-hash.ts'

/** Whose answers are kept: central's address, and the key under which this till is known there. */
export interface AnsweredBy {
  address: string
  /** Ed25519, raw, base64. */
  publicKey: string
}

/** Feeds that are read on from a cursor. */
export type Feed = 'accounts' | 'receipts'

export interface Alarm {
  kind: AlarmKind
  epoch: number
  seq: number
  detail: string
  atMs: number
}

export interface HeardPosition extends Position {
  atMs: number
}

export interface LastError {
  code: string
  detail: string
  atMs: number
}

/** How many receipts are in each state that central has told. */
export type StateTotals = Record<ReceiptState['state'], number>

type KeptState = Pick<ReceiptState, 'state' | 'reference' | 'reason' | 'atMs'>

/** A check of central, and when it was first told. */
export interface KeptCheck extends SessionCheck {
  atMs: number
}

interface CheckRow extends Omit<KeptCheck, 'agrees' | 'differences'> {
  agrees: number
  differences: string
}

const CHECKS = `SELECT subject_id AS sessionId, kind, number, agrees, differences, at AS atMs FROM sum_check`

function checkFrom(row: CheckRow): KeptCheck {
  const differences = sessionCheckField.shape.differences.parse(JSON.parse(row.differences))
  return { ...row, agrees: row.agrees === 1, differences }
}

const STATE_COLUMNS = 'receipt_id AS receiptId, state, reference, reason, at AS atMs'

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** None of what a later central may say and this program's hash has no place for: then all of it is asked for each time. */
function digestOf(raw: unknown): string {
  try {
    return cityDigest(raw as object, nativeHashText)
  } catch {
    return ''
  }
}

/** Reads and writes what `open.ts` lays down. Every method is one statement or one transaction, and durable. */
export class SyncStore {
  readonly #connection: Database.Database
  readonly #state: Database.Statement<[string], KeptState>

  constructor(connection: Database.Database) {
    this.#connection = connection
    this.#state = connection.prepare(`SELECT ${STATE_COLUMNS} FROM receipt_state WHERE receipt_id = ?`)
  }

  answeredBy(): AnsweredBy | undefined {
    return this.#connection
      .prepare<[], AnsweredBy>('SELECT address, public_key AS publicKey FROM answered_by')
      .get()
  }

  /** Forgets all that was heard, and begins to keep the answers of this central; of none where the till is enrolled nowhere. */
  begin(by: AnsweredBy | undefined): void {
    this.#connection.transaction(() => {
      this.forgetReceipts()
      this.forgetCity()
      this.#connection.exec(
        `DELETE FROM cursor; DELETE FROM last_error; DELETE FROM heard_position;
          DELETE FROM sum_check; DELETE FROM answered_by;`,
      )
      if (by)
        this.#connection.prepare('INSERT INTO answered_by VALUES (1, ?, ?)').run(by.address, by.publicKey)
    })()
  }

  /** Forgets what became of receipts, and the cursor behind it: all of it can be asked for again. */
  forgetReceipts(): void {
    this.#connection.transaction(() => {
      this.#connection.exec(
        "DELETE FROM receipt_state; DELETE FROM state_total; DELETE FROM cursor WHERE feed = 'receipts';",
      )
    })()
  }

  /** The position as it was last heard, in this run or another: to be shown, never to be believed. */
  heardPosition(): HeardPosition | undefined {
    return this.#connection
      .prepare<[], HeardPosition>('SELECT epoch, seq, hash, at AS atMs FROM heard_position')
      .get()
  }

  hear(position: Position, atMs: number): void {
    this.#connection
      .prepare('INSERT OR REPLACE INTO heard_position VALUES (1, ?, ?, ?, ?)')
      .run(position.epoch, position.seq, position.hash, atMs)
  }

  cursor(feed: Feed): string | undefined {
    return this.#connection
      .prepare<[string], string>('SELECT value FROM cursor WHERE feed = ?')
      .pluck()
      .get(feed)
  }

  moveCursor(feed: Feed, value: string): void {
    this.#connection.prepare('INSERT OR REPLACE INTO cursor VALUES (?, ?)').run(feed, value)
  }

  /** What the city keeps at central, as it was last told here; undefined where nothing was, or it cannot be read. */
  city(): { city: CityNews; digest: string; isWhole: boolean } | undefined {
    const row = this.#connection
      .prepare<[], { body: string; isWhole: number }>('SELECT body, is_whole AS isWhole FROM city')
      .get()
    if (!row) return undefined
    const raw = parsed(row.body)
    const read = cityNewsField.safeParse(raw)
    if (!read.success) return undefined
    return { city: read.data, digest: digestOf(raw), isWhole: row.isWhole === 1 }
  }

  /** Keeps a version that was taken over, as its text came: as a whole, or but for what could not be. */
  keepCity(body: string, { isWhole }: { isWhole: boolean }): void {
    this.#connection.prepare('INSERT OR REPLACE INTO city VALUES (1, ?, ?)').run(body, isWhole ? 1 : 0)
  }

  /** What could not be taken over at first has been. */
  markCityWhole(): void {
    this.#connection.exec('UPDATE city SET is_whole = 1')
  }

  /** Lets go of it: nothing is kept at central any more, and all of it is asked for again. */
  forgetCity(): void {
    this.#connection.exec('DELETE FROM city')
  }

  stateOf(receiptId: string): KeptState | undefined {
    return this.#state.get(receiptId)
  }

  /** How many of these receipts central has told anything of. */
  countTold(receiptIds: readonly string[]): number {
    const told = this.#connection
      .prepare<[string], number>(
        'SELECT count(*) FROM receipt_state WHERE receipt_id IN (SELECT value FROM json_each(?))',
      )
      .pluck()
    return told.get(JSON.stringify(receiptIds)) ?? 0
  }

  /** A page of states and the cursor behind it, in one transaction. */
  takeStates(states: readonly ReceiptState[], cursor: string): void {
    const upsert = this.#connection.prepare(
      'INSERT OR REPLACE INTO receipt_state (receipt_id, state, reference, reason, at) VALUES (?, ?, ?, ?, ?)',
    )
    const count = this.#connection.prepare(
      `INSERT INTO state_total VALUES (?, ?) ON CONFLICT (state) DO UPDATE SET receipts = receipts + excluded.receipts`,
    )
    this.#connection.transaction(() => {
      for (const { receiptId, state, reference, reason, atMs } of states) {
        const before = this.#state.get(receiptId)
        if (before) count.run(before.state, -1)
        count.run(state, 1)
        upsert.run(receiptId, state, reference, reason, atMs)
      }
      this.moveCursor('receipts', cursor)
    })()
  }

  totals(): StateTotals {
    const totals: StateTotals = { acknowledged: 0, posted: 0, exception: 0, reversed: 0 }
    const rows = this.#connection
      .prepare<[], { state: ReceiptState['state']; receipts: number }>('SELECT * FROM state_total')
      .all()
    for (const { state, receipts } of rows) totals[state] = receipts
    return totals
  }

  /** Receipts that central could not post, the newest first. */
  exceptions(limit: number): (KeptState & { receiptId: string })[] {
    return this.#connection
      .prepare<[number], KeptState & { receiptId: string }>(
        `SELECT ${STATE_COLUMNS} FROM receipt_state WHERE state = 'exception' ORDER BY at DESC LIMIT ?`,
      )
      .all(limit)
  }

  /** Keeps what central says of its sums. Gives how many of them say something new. */
  takeChecks(checks: readonly SessionCheck[], nowMs: number): number {
    const keep = this.#connection.prepare(
      `INSERT INTO sum_check AS kept VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (subject_id) DO UPDATE
        SET number = excluded.number, agrees = excluded.agrees, differences = excluded.differences, at = excluded.at
        WHERE kept.agrees <> excluded.agrees OR kept.differences <> excluded.differences`,
    )
    return this.#connection.transaction(() => {
      let changed = 0
      for (const { sessionId, kind, number, agrees, differences } of checks)
        changed += keep.run(
          sessionId,
          kind,
          number,
          agrees ? 1 : 0,
          JSON.stringify(differences),
          nowMs,
        ).changes
      return changed
    })()
  }

  /** What central said of a session or a deposit. */
  checkOf(subjectId: string): KeptCheck | undefined {
    const row = this.#connection.prepare<[string], CheckRow>(`${CHECKS} WHERE subject_id = ?`).get(subjectId)
    return row && checkFrom(row)
  }

  /** Sessions and deposits of which central's sums differ, the latest first: ids rise with time. */
  differingChecks(limit: number): KeptCheck[] {
    return this.#connection
      .prepare<[number], CheckRow>(`${CHECKS} WHERE agrees = 0 ORDER BY subject_id DESC LIMIT ?`)
      .all(limit)
      .map(checkFrom)
  }

  /** How many sessions and deposits agree, as central has said. */
  agreeingChecks(): number {
    const agreeing = this.#connection.prepare<[], number>('SELECT count(*) FROM sum_check WHERE agrees = 1')
    return agreeing.pluck().get() ?? 0
  }

  /** Raises an alarm unless one of its kind stands already. True where it is new. */
  raise(alarm: Omit<Alarm, 'atMs'>, nowMs: number): boolean {
    const { changes } = this.#connection
      .prepare('INSERT OR IGNORE INTO alarm (kind, epoch, seq, detail, at) VALUES (?, ?, ?, ?, ?)')
      .run(alarm.kind, alarm.epoch, alarm.seq, alarm.detail, nowMs)
    return changes > 0
  }

  clear(kinds: readonly AlarmKind[], nowMs: number): void {
    const update = this.#connection.prepare(
      'UPDATE alarm SET cleared_at = ? WHERE cleared_at IS NULL AND kind = ?',
    )
    this.#connection.transaction(() => {
      for (const kind of kinds) update.run(nowMs, kind)
    })()
  }

  /** Alarms that stand. */
  alarms(): Alarm[] {
    return this.#connection
      .prepare<[], Alarm>(
        `SELECT kind, epoch, seq, detail, at AS atMs FROM alarm WHERE cleared_at IS NULL ORDER BY alarm_no`,
      )
      .all()
  }

  lastError(): LastError | undefined {
    return this.#connection.prepare<[], LastError>('SELECT code, detail, at AS atMs FROM last_error').get()
  }

  keepError(error: LastError | undefined): void {
    if (!error) this.#connection.exec('DELETE FROM last_error')
    else
      this.#connection
        .prepare('INSERT OR REPLACE INTO last_error VALUES (1, ?, ?, ?)')
        .run(error.code, error.detail, error.atMs)
  }

  close(): void {
    this.#connection.close()
  }
}
