/** Real ledgers of tills on SQLite in memory, and the cheap days that a simulation writes into them. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Ledger } from '../../../db/ledger/ledger.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import type { Command } from '../../../db/ledger/writer.ts'
import { pushedRow } from '../../../db/queries/outbox.ts'
import { openSyncStore, SYNC_FILE } from '../../../db/sync/open.ts'
import { SyncStore } from '../../../db/sync/store.ts'
import { type Agreed, enrolledBody } from '../../../electron/backend/sync/enrol.ts'
import type { PushedRow } from '../../../shared/central/protocol.ts'
import type { BodyOf, FactKind, TextsOf } from '../../../shared/ledger/facts.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { cents, sum } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { appendAny } from '../../support/central/append-any.ts'
import { CASHIER, Counter, id, SESSION } from '../../support/central/central-shop.ts'
import { Pen, PUBLIC_KEY } from '../../support/central/till-journal.ts'

const DAY = '2026-11-20' as BusinessDate

/** The tables of a ledger without a fact, as a file would have them. */
export function emptyLedger(): Buffer {
  const connection = new Database(':memory:')
  for (const step of ledgerSteps()) connection.exec(step)
  const bytes = connection.serialize()
  connection.close()
  return bytes
}

/** The notes of a till that never heard of a central. */
export function emptyNotes(): Buffer {
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-notes-'))
  try {
    openSyncStore(dir, 0).close()
    const file = new Database(join(dir, SYNC_FILE))
    file.pragma('journal_mode = DELETE')
    file.close()
    return readFileSync(join(dir, SYNC_FILE))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Notes in memory, which outlive the run of the program that closes them. */
export class MemoryNotes extends SyncStore {
  #kept: Buffer | undefined
  readonly #memory: Database.Database

  constructor(bytes: Buffer) {
    const memory = new Database(bytes)
    super(memory)
    this.#memory = memory
  }

  bytes(): Buffer {
    return this.#kept ?? this.#memory.serialize()
  }

  /** The machine is gone: nothing asks these any more. */
  drop(): void {
    if (!this.#kept) this.#memory.close()
  }

  override close(): void {
    this.#kept = this.#memory.serialize()
    super.close()
  }
}

export interface OpenLedger {
  connection: Database.Database
  ledger: Ledger
}

export function openLedger(bytes: Buffer, tillId: string): OpenLedger {
  const connection = new Database(bytes)
  connection.pragma('foreign_keys = ON')
  connection.pragma('synchronous = FULL')
  return { connection, ledger: new Ledger(connection, tillId) }
}

const commandOf = (commandId: string, at: number): Command => ({
  commandId,
  commandHash: 'c0'.repeat(32),
  actorId: CASHIER,
  at,
  businessDate: DAY,
})

/** A till that comes back from a backup goes on in an epoch that was never used. */
export function beginEpoch({ ledger }: OpenLedger, epoch: number, at: number): void {
  const { epoch: last, seq, hash } = ledger.head
  ledger.write(commandOf(`restored-${epoch}`, at), tx =>
    tx.beginEpoch(epoch, {
      follows: { epoch: last, seq, hash },
      reason: 'restored',
      source: 'backup',
      knownBeyond: null,
      machineId: id('3ac4', 1),
      publicKey: PUBLIC_KEY,
      personId: CASHIER,
    }),
  )
}

/** What the journal says of an enrolment. */
export function stateEnrolled({ ledger }: OpenLedger, agreed: Agreed, at: number): void {
  const { epoch, seq, tillId } = ledger.head
  ledger.write(commandOf(`enrolled-${epoch}-${seq + 1}`, at), tx =>
    tx.append('till.enrolled', enrolledBody(tillId, agreed, null)),
  )
}

/** Writes into a real ledger; each command is tried again at once now and then, as two windows would. */
class LedgerPen extends Pen {
  readonly #open: OpenLedger
  readonly #now: () => number
  readonly #isTwice: () => boolean

  constructor(open: OpenLedger, now: () => number, isTwice: () => boolean) {
    super(open.ledger.head.tillId)
    this.#open = open
    this.#now = now
    this.#isTwice = isTwice
  }

  override get epoch(): number {
    return this.#open.ledger.head.epoch
  }

  override write<K extends FactKind>(kind: K, body: BodyOf<K>, texts: TextsOf<K> | null = null): PushedRow {
    const { ledger, connection } = this.#open
    const { epoch, seq } = ledger.head
    const command = commandOf(`command-${epoch}-${seq + 1}`, this.#now())
    for (let tries = this.#isTwice() ? 2 : 1; tries > 0; tries -= 1)
      ledger.once(command, tx => {
        appendAny(tx, { kind, body, texts })
      })
    const row = connection
      .prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1')
      .get()
    if (!row) throw new Error('Nothing was written')
    return pushedRow(row)
  }
}

/** A receipt as the counter remembers it. */
export interface TakenReceipt {
  lines: ReceiptLine[]
  sessionId: string
  isVoided: boolean
}

/** What people at the counter know of their till; it goes back with a backup. */
export interface Known {
  receipts: Map<string, TakenReceipt>
  numbers: number
  sessions: number
  /** The till's name; that of the first where left out. */
  code?: string
  /** Receipts that are gone from the ledger after it was restored, to be keyed again. */
  lost: Map<string, TakenReceipt>
  /** Receipts whose void is gone, to be voided again. */
  lostVoids: Set<string>
}

export const copyKnown = (known: Known): Known => ({
  ...known,
  receipts: new Map([...known.receipts].map(([key, receipt]) => [key, { ...receipt }])),
  lost: new Map(known.lost),
  lostVoids: new Set(known.lostVoids),
})

/** The counter of a till: keys receipts, voids, closings. */
export class SimCounter {
  readonly known: Known
  readonly #counter: Counter

  constructor(open: OpenLedger, known: Known, now: () => number, isTwice: () => boolean) {
    this.known = known
    this.#counter = new Counter(new LedgerPen(open, now, isTwice), known.numbers, known.code)
  }

  get #sessionId(): string {
    return this.known.sessions === 1 ? SESSION : id('5e55', this.known.sessions)
  }

  setUp(): void {
    const { pen } = this.#counter
    for (const no of [1, 2])
      pen.write('person.saved', {
        personId: id('ca54', no),
        name: `Cashier ${no}`,
        role: 'cashier',
        active: true,
        approvedBy: null,
      })
    const amounts = { changeFundCents: cents(10_000), limitCents: cents(0) }
    pen.write('drawer.saved', { drawerId: id('d4a0', 1), name: 'Window 1', active: true, ...amounts })
    this.#counter.open()
    this.known.sessions = 1
  }

  receipt(lines: ReceiptLine[], again?: string): void {
    const sessionId = this.#sessionId
    const receiptId = this.#counter.receipt(lines, { sessionId, ...(again && { receiptId: again }) })
    this.known.numbers += 1
    this.known.receipts.set(receiptId, { lines, sessionId, isVoided: false })
  }

  void(receiptId: string): void {
    const taken = this.known.receipts.get(receiptId)
    if (!taken || taken.isVoided || taken.sessionId !== this.#sessionId || taken.sessionId !== SESSION) return
    this.#counter.void(receiptId, sum(taken.lines.map(line => line.cents)))
    taken.isVoided = true
  }

  /** Closes the first drawer as counted, and opens it for another day; later ones stay open. */
  close(): void {
    if (this.known.sessions > 1) return
    const taken = [...this.known.receipts.values()].filter(one => !one.isVoided)
    this.#counter.close(10_000 + sum(taken.flatMap(one => one.lines.map(line => line.cents))))
    this.known.sessions = 2
    this.#counter.openSession(this.#sessionId, 2)
  }
}
