import type Database from 'better-sqlite3'
import type { Position, ReceiptState } from '../../shared/central/protocol.ts'

/** Where a till is enrolled, under which key, since when. */
export interface Enrolment {
  /** Origin of central's API, without a slash at its end. */
  address: string
  tillId: string
  /** Ed25519, raw, base64. */
  publicKey: string
  utilityName: string
  /** Who enrolled it. */
  enrolledBy: string
  /** UTC milliseconds. */
  sinceMs: number
}

/** Feeds that are read on from a cursor. */
export type Feed = 'accounts' | 'receipts' | 'city'

/**
 * What a person must know of. `fork`: central holds another row at a place of ours. `behind`: central holds more than
 * this till, which was restored from a backup. `central-restored`: central holds less than it once said.
 */
export type AlarmKind =
  | 'fork'
  | 'behind'
  | 'revoked'
  | 'not-enrolled'
  | 'chain-broken'
  | 'range-too-large'
  | 'central-restored'
  | 'key-missing'
  | 'store-damaged'

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

const STATE_COLUMNS = 'receipt_id AS receiptId, state, reference, reason, at AS atMs'

/** Reads and writes what `open.ts` lays down. Every method is one statement or one transaction, and durable. */
export class SyncStore {
  readonly #connection: Database.Database
  readonly #state: Database.Statement<[string], KeptState>

  constructor(connection: Database.Database) {
    this.#connection = connection
    this.#state = connection.prepare(`SELECT ${STATE_COLUMNS} FROM receipt_state WHERE receipt_id = ?`)
  }

  enrolment(): Enrolment | undefined {
    return this.#connection
      .prepare<[], Enrolment>(
        `SELECT address, till_id AS tillId, public_key AS publicKey, utility_name AS utilityName,
          enrolled_by AS enrolledBy, since AS sinceMs FROM enrolment`,
      )
      .get()
  }

  /** Keeps an enrolment. What was heard of another central is forgotten with it. */
  enrol(enrolment: Enrolment): void {
    this.#connection.transaction(() => {
      this.forgetReceipts()
      this.#connection.exec('DELETE FROM cursor; DELETE FROM last_error; DELETE FROM heard_position;')
      this.#connection
        .prepare('INSERT OR REPLACE INTO enrolment VALUES (1, ?, ?, ?, ?, ?, ?)')
        .run(
          enrolment.address,
          enrolment.tillId,
          enrolment.publicKey,
          enrolment.utilityName,
          enrolment.enrolledBy,
          enrolment.sinceMs,
        )
      this.#connection
        .prepare('UPDATE alarm SET cleared_at = ? WHERE cleared_at IS NULL')
        .run(enrolment.sinceMs)
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

  stateOf(receiptId: string): KeptState | undefined {
    return this.#state.get(receiptId)
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
