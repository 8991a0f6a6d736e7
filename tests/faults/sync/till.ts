/** A simulated till: a real ledger, the real line to central, and everything that may happen to the machine. */
import { generateKeyPairSync } from 'node:crypto'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import type { KeyStore } from '../../../electron/backend/runtime/signing-key.ts'
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import type { Agreed } from '../../../electron/backend/sync/enrol.ts'
import { Sync } from '../../../electron/backend/sync/sync.ts'
import { NOWHERE } from '../../../shared/ledger/journal-position.ts'
import { id } from '../../support/central/central-shop.ts'
import type { SimCentral } from './central.ts'
import {
  beginEpoch,
  copyKnown,
  emptyLedger,
  emptyNotes,
  type Known,
  MemoryNotes,
  type OpenLedger,
  openLedger,
  SimCounter,
  stateEnrolled,
} from './ledger.ts'
import type { SimNetwork } from './network.ts'
import { SimScheduler, type VirtualTime } from './time.ts'

const ADDRESS = 'https://billing.example.gov'

class MemoryKeys implements KeyStore {
  readonly kind = 'file'
  readonly place = 'memory'
  #key: Buffer | undefined
  async read(): Promise<Buffer | undefined> {
    return this.#key
  }
  async write(key: Buffer): Promise<void> {
    this.#key = key
  }
  /** A machine comes with a key of its own. */
  renew(): void {
    this.#key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' })
  }
}

export interface TillParts {
  no: number
  time: VirtualTime
  network: SimNetwork
  central: SimCentral
  below: (most: number) => number
  /** Puts itself between the till and the network, for the control. */
  asOfPosition?: ((fetch: Fetch) => Fetch) | undefined
}

interface Backup {
  ledger: Buffer
  known: Known
}

/** What people know after a restore: what the backup says, and what is missing from it by what they remember. */
function whatIsKnown(now: Known, backup: Known): Known {
  const then = copyKnown(backup)
  then.lost.clear()
  for (const [key, receipt] of [...now.lost, ...now.receipts]) {
    const kept = then.receipts.get(key)
    if (!kept && !receipt.isVoided) then.lost.set(key, receipt)
    if (kept && !kept.isVoided && (receipt.isVoided || now.lostVoids.has(key))) then.lostVoids.add(key)
  }
  return then
}

let blank: { ledger: Buffer; notes: Buffer } | undefined

export class SimTill {
  readonly tillId: string
  /** Every row that this till ever wrote, by its place. */
  readonly history = new Map<string, string>()
  /** Receipts that are nowhere but at central, since the till was restored from a backup without them. */
  readonly onlyAtCentral = new Set<string>()
  wasRestored = false
  readonly #parts: TillParts
  #open: OpenLedger
  #notes: MemoryNotes
  #keys = new MemoryKeys()
  #scheduler: SimScheduler
  #sync: Sync
  #counter: SimCounter
  #backups: Backup[] = []
  #lastEpoch = 1
  #wallOffMs = 0
  readonly #fetch: (scheduler: SimScheduler) => Fetch

  constructor(parts: TillParts) {
    blank ??= { ledger: emptyLedger(), notes: emptyNotes() }
    this.#parts = parts
    this.tillId = id('aaaa', parts.no)
    const { network, asOfPosition } = parts
    const wrap = asOfPosition ?? (fetch => fetch)
    // One memory for all runs of the program: it would be on its disk.
    let current: SimScheduler | undefined
    const wrapped = wrap((url, init) => network.fetchOf(current ?? this.#scheduler)(url, init))
    this.#fetch = scheduler => (url, init) => {
      current = scheduler
      return wrapped(url, init)
    }
    this.#open = openLedger(blank.ledger, this.tillId)
    this.#notes = new MemoryNotes(blank.notes)
    this.#scheduler = this.#newPace()
    this.#sync = this.#newSync()
    this.#counter = this.#newCounter({
      receipts: new Map(),
      numbers: 0,
      sessions: 0,
      code: `W${parts.no}`,
      lost: new Map(),
      lostVoids: new Set(),
    })
    this.#counter.setUp()
    this.#sync.start()
  }

  get sync(): Sync {
    return this.#sync
  }
  get open(): OpenLedger {
    return this.#open
  }
  get notes(): MemoryNotes {
    return this.#notes
  }
  get counter(): SimCounter {
    return this.#counter
  }

  /** A person enrols this till anew; what was revoked or unknown is so no more. */
  async enrol(): Promise<void> {
    const { time } = this.#parts
    const code = await this.#parts.central.code(this.tillId)
    const state = (agreed: Agreed) => stateEnrolled(this.#open, agreed, this.#scheduler.now())
    const asked = {
      address: ADDRESS,
      code,
      tillCode: `W${this.#parts.no}`,
      personId: id('ca54', 1),
      knownThrough: undefined,
      head: NOWHERE,
      state,
    }
    let isOver = false
    const sync = this.#sync
    void sync.enrol(asked).then(() => {
      isOver = true
    })
    for (let s = 0; s < 200 && !isOver; s += 1) await time.pass(1_000)
  }

  /** The machine's clock is set, by as much as years. */
  setClock(offMs: number): void {
    this.#wallOffMs = offMs
    this.#scheduler.wallOffMs = offMs
  }

  /** The power fails: what was committed is there, and nothing else. */
  kill(): void {
    const ledger = this.#open.connection.serialize()
    const notes = this.#notes.bytes()
    this.end()
    this.#run(ledger, notes, this.#counter.known)
  }

  /** The program is ended and started again, as in the evening. */
  async restart(): Promise<void> {
    let isClosed = false
    void this.#sync.close().then(() => {
      isClosed = true
    })
    for (let s = 0; s < 200 && !isClosed; s += 1) await this.#parts.time.pass(1_000)
    if (!isClosed) throw new Error('The line to central does not end')
    this.kill()
  }

  /** Nothing that this run of the program waited for ever comes. */
  end(): void {
    this.#scheduler.isDead = true
    this.#open.connection.close()
    this.#notes.drop()
  }

  backUp(): void {
    this.#backups.push({
      ledger: this.#open.connection.serialize(),
      known: copyKnown(this.#counter.known),
    })
  }

  /** Comes back from a backup, on the same machine or on a new one; nothing where there is no backup. */
  async restore(below: (most: number) => number): Promise<void> {
    const at = below(Math.max(1, this.#backups.length))
    const backup = this.#backups[at]
    if (!backup) return
    // What was backed up since belongs to a past that is over.
    this.#backups = this.#backups.slice(0, at + 1)
    this.wasRestored = true
    this.remember()
    const then = whatIsKnown(this.#counter.known, backup.known)
    const isNewMachine = below(2) === 0
    this.#lastEpoch += 1
    const restored = openLedger(backup.ledger, this.tillId)
    beginEpoch(restored, this.#lastEpoch, this.#scheduler.now())
    const notes = isNewMachine && blank ? blank.notes : this.#notes.bytes()
    if (isNewMachine) this.#keys.renew()
    this.end()
    this.#run(restored.connection.serialize(), notes, then)
    await this.#noteOnlyAtCentral()
  }

  /** Keeps in mind what the journal says now. */
  remember(): void {
    const rows = this.#open.connection
      .prepare<[], { epoch: number; seq: number; hash: string }>('SELECT epoch, seq, hash FROM journal')
      .all()
    for (const { epoch, seq, hash } of rows) this.history.set(`${epoch}/${seq}`, hash)
  }

  /** Central went back too: what is not in its copy either is gone for good. */
  async centralWasRestored(): Promise<void> {
    const held = new Set(await this.#parts.central.receiptIds(this.tillId))
    for (const one of this.onlyAtCentral) if (!held.has(one)) this.onlyAtCentral.delete(one)
  }

  async #noteOnlyAtCentral(): Promise<void> {
    for (const one of await this.#parts.central.receiptIds(this.tillId))
      if (!this.#counter.known.receipts.has(one)) this.onlyAtCentral.add(one)
  }

  #run(ledger: Buffer, notes: Buffer, known: Known): void {
    this.#open = openLedger(ledger, this.tillId)
    this.#notes = new MemoryNotes(notes)
    this.#scheduler = this.#newPace()
    this.#sync = this.#newSync()
    this.#counter = this.#newCounter(known)
    this.#sync.start()
  }

  #newPace(): SimScheduler {
    return new SimScheduler(this.#parts.time, this.#parts.below, this.#wallOffMs)
  }

  #newSync(): Sync {
    return new Sync({
      ledger: this.#open.ledger,
      store: this.#notes,
      keys: this.#keys,
      scheduler: this.#scheduler,
      fetch: this.#fetch(this.#scheduler),
      log: silentLog(),
      tell: () => undefined,
    })
  }

  #newCounter(known: Known): SimCounter {
    const scheduler = this.#scheduler
    return new SimCounter(this.#open, known, scheduler.now, () => this.#parts.below(5) === 0)
  }
}
