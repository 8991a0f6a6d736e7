/** Sending the journal: asks what central holds, and sends what it does not, a range at a time. */

import { z } from 'zod'
import type { Ledger } from '../../../db/ledger/ledger.ts'
import { countAfter, hashAt, pushedRow, rowsNext } from '../../../db/queries/outbox.ts'
import type { Alarm, SyncStore } from '../../../db/sync/store.ts'
import { BEFORE_ALL } from '../../../shared/account.ts'
import {
  type KnownKinds,
  MOST_FACTS,
  type Position,
  PROTOCOL,
  positionField,
  supersededField,
  unknownFactField,
} from '../../../shared/central/protocol.ts'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'
import { isAfter } from '../../../shared/ledger/journal-position.ts'
import { type CentralClient, CentralRefused, CentralUnreachable } from './client.ts'
import type { Scheduler } from './scheduler.ts'

/** Characters of facts' bodies in one range, so that a range of large ones stays far below central's limit. */
const MOST_CHARACTERS = 2_000_000
/** How often the position is written down while a backlog drains: it is only kept to be shown. */
const NOTE_EVERY_MS = 10_000

/** After a range that was too large, each that is taken lets the next be a little larger. */
const FACTS_MORE = 20

/** `nothing` was left to send; `again` where central wants it otherwise: from another place, or in smaller ranges. */
export type Sent = 'taken' | 'again' | 'nothing'

/** A range that is on its way. */
export interface UnderWay {
  /** Its last row. */
  upTo: JournalPosition
  receipts: number
}

interface RowToSend extends JournalPosition {
  kind: string
  /** Of a `PushedRow`. */
  json: string
}

/** Central is older than this till and cannot read what comes next: it waits here, and nothing is wrong. */
export class CentralOutdated extends Error {
  override readonly name = 'CentralOutdated'
  constructor(kind: string, version: number) {
    super(`central does not read facts ${kind} of version ${version} yet`)
  }
}

/** Nothing is sent until a person or the next day says so: central and this till do not agree about the past. */
export class Halted extends Error {
  override readonly name = 'Halted'
  readonly alarm: Omit<Alarm, 'atMs'>
  constructor(alarm: Omit<Alarm, 'atMs'>) {
    super(`${alarm.kind} at ${alarm.epoch}/${alarm.seq}`)
    this.alarm = alarm
  }
}

const gapData = z.object({ position: positionField })
const forkData = z.object({ epoch: z.int(), seq: z.int(), hash: z.string().max(64) })
const brokenData = z.object({ seq: z.int(), problem: z.string().max(500) })

export interface PushDeps {
  ledger: Ledger
  store: SyncStore
  scheduler: Scheduler
}

export class Push {
  readonly #ledger: Ledger
  readonly #store: SyncStore
  readonly #scheduler: Scheduler
  /** Where the next range begins; undefined until central has been asked, and after every error. */
  #position: Position | undefined
  /** What central reads, as it said with its position. */
  #kinds: KnownKinds = {}
  #heard: Position | undefined
  #heardAtMs: number | undefined
  #underWay: UnderWay | undefined
  #mostFacts = MOST_FACTS
  #sent = 0
  #notedAt = Number.NEGATIVE_INFINITY

  constructor({ ledger, store, scheduler }: PushDeps) {
    this.#ledger = ledger
    this.#store = store
    this.#scheduler = scheduler
  }

  /** What central holds, as it last said in this run. */
  get heard(): Position | undefined {
    return this.#heard
  }

  /** When it said so; UTC milliseconds. */
  get heardAtMs(): number | undefined {
    return this.#heardAtMs
  }

  /** Whether central must be asked before anything is sent. */
  get inDoubt(): boolean {
    return this.#position === undefined
  }

  get underWay(): UnderWay | undefined {
    return this.#underWay
  }

  /** Facts sent since the backlog began, to be shown beside what is left of it. */
  get sent(): number {
    return this.#sent
  }

  /** Nothing is sent on the strength of what was heard so far. */
  doubt(): void {
    this.#position = undefined
  }

  /** Another central begins: nothing was heard of it yet. */
  forget(): void {
    this.#position = undefined
    this.#heard = undefined
    this.#notedAt = Number.NEGATIVE_INFINITY
    this.#sent = 0
  }

  /** How many facts central does not hold, by its own word; all of them where it has not been heard. */
  left(): number {
    return countAfter(this.#ledger.reader, this.#heard ?? { epoch: 0, seq: 0 })
  }

  /** Asks what central holds. Throws Halted where it is not what this till wrote. */
  async ask(client: CentralClient): Promise<void> {
    this.doubt()
    const { position, kinds } = await client.position()
    this.#sent = 0
    this.#kinds = kinds
    this.#believe(position)
  }

  /** Sends the next range, and says what came of it. Throws what the client throws, Halted, and CentralOutdated. */
  async send(client: CentralClient): Promise<Sent> {
    const from = this.#position
    if (!from) return 'nothing'
    const rows = await this.#nextRows(from)
    const last = rows.at(-1)
    if (!last) {
      this.#sent = 0
      this.note()
      return 'nothing'
    }
    this.#underWay = {
      upTo: { epoch: last.epoch, seq: last.seq },
      receipts: rows.filter(row => row.kind === 'receipt.posted').length,
    }
    try {
      const { position } = await client.push(this.#rangeText(rows))
      this.#sent += rows.length
      this.#believe(position)
      refuseStanding(from, position)
      this.#mostFacts = Math.min(MOST_FACTS, this.#mostFacts + FACTS_MORE)
      return 'taken'
    } catch (error) {
      this.#refused(error, from, rows)
      return 'again'
    } finally {
      this.#underWay = undefined
    }
  }

  /** Writes the position down, to be shown after a restart. */
  note(): void {
    if (!this.#heard) return
    const noted = this.#store.heardPosition()
    if (noted?.epoch === this.#heard.epoch && noted.seq === this.#heard.seq) return
    this.#store.hear(this.#heard, this.#scheduler.now())
    this.#notedAt = this.#scheduler.monotonic()
  }

  /** The JSON of the range. Its rows were put into JSON as they were read: all at once would keep the Window waiting. */
  #rangeText(rows: readonly RowToSend[]): string {
    const { tillId } = this.#ledger.head
    const head = JSON.stringify({ protocol: PROTOCOL, tillId })
    return `${head.slice(0, -1)},"rows":[${rows.map(({ json }) => json).join(',')}]}`
  }

  /** The rows of the next range, all of one epoch and all of kinds that central reads; none at the head. */
  async #nextRows(from: Position): Promise<RowToSend[]> {
    const rows: RowToSend[] = []
    let place: JournalPosition = from
    let characters = 0
    while (rows.length < this.#mostFacts) {
      const next = rowsNext(this.#ledger.reader, place)
      for (const row of next) {
        characters += row.body.length
        const isUnknown = row.version > (this.#kinds[row.kind] ?? 0)
        if (isUnknown && rows.length === 0) throw new CentralOutdated(row.kind, row.version)
        const isFull = rows.length > 0 && (row.epoch !== place.epoch || characters > MOST_CHARACTERS)
        if (isUnknown || isFull || rows.length === this.#mostFacts) return rows
        const { epoch, seq, kind } = row
        rows.push({ epoch, seq, kind, json: JSON.stringify(pushedRow(row)) })
        place = row
      }
      if (next.length === 0) break
      await this.#scheduler.yield()
    }
    return rows
  }

  /** Takes central's word for what it holds, where this till's own rows bear it out. */
  #believe(position: Position): void {
    const { head, reader } = this.#ledger
    const own = isAfter(position, BEFORE_ALL) ? hashAt(reader, position) : ''
    const { epoch, seq, hash } = position
    // Nought is the place before everything, and of no epoch a row.
    const isNone = seq === 0 && epoch > 0
    if (isNone || (own === undefined && isAfter(position, head)))
      throw new Halted({ kind: 'behind', epoch, seq, detail: hash })
    // A row of an epoch that this till left behind when it was restored is central's alone.
    if (own !== undefined && seq > 0 && own !== hash)
      throw new Halted({ kind: 'fork', epoch, seq, detail: hash })
    this.#compareWithBefore(position)
    this.#position = position
    this.#heard = position
    this.#heardAtMs = this.#scheduler.now()
    if (this.#scheduler.monotonic() - this.#notedAt >= NOTE_EVERY_MS) this.note()
  }

  /** Central that holds less than it once said was restored: what it said of receipts since is not so any more. */
  #compareWithBefore(position: Position): void {
    const noted = this.#store.heardPosition()
    const before = this.#heard && noted ? later(this.#heard, noted) : (this.#heard ?? noted)
    if (!before || !isAfter(before, position)) return
    const { epoch, seq } = position
    const detail = `${before.epoch}/${before.seq}`
    this.#store.raise({ kind: 'central-restored', epoch, seq, detail }, this.#scheduler.now())
    this.#store.forgetReceipts()
    this.#store.hear(position, this.#scheduler.now())
  }

  #refused(error: unknown, from: Position, rows: readonly RowToSend[]): void {
    if (!(error instanceof CentralRefused)) throw error
    const gap = error.code === 'GAP' ? gapData.safeParse(error.data) : undefined
    if (gap?.success) {
      this.#believe(gap.data.position)
      refuseStanding(from, gap.data.position)
      return
    }
    if (error.code === 'BODY_TOO_LARGE' && rows.length > 1) {
      this.#mostFacts = Math.ceil(rows.length / 2)
      return
    }
    const unknown = error.code === 'UNKNOWN_FACT' ? unknownFactField.safeParse(error.data) : undefined
    if (unknown?.success) throw new CentralOutdated(unknown.data.kind, unknown.data.version)
    throw haltedBy(error, from) ?? error
  }
}

/** A central that stands still whatever it is sent would be sent the same at once, for ever: that is an error. */
function refuseStanding(from: Position, position: Position): void {
  if (from.epoch === position.epoch && from.seq === position.seq)
    throw new CentralUnreachable('NOT_UNDERSTOOD', 'central took nothing of a range that it accepted')
}

const later = (one: Position, other: Position): Position => (isAfter(one, other) ? one : other)

/** Refusals that no trying again mends. */
function haltedBy(error: CentralRefused, { epoch, seq }: JournalPosition): Halted | undefined {
  const fork = error.code === 'FORK' ? forkData.safeParse(error.data) : undefined
  if (fork?.success) {
    const { hash: detail, ...place } = fork.data
    return new Halted({ kind: 'fork', ...place, detail })
  }
  if (error.code === 'SUPERSEDED') {
    const said = supersededField.safeParse(error.data)
    const detail = said.success ? `${said.data.epoch} ${said.data.sinceMs} ${said.data.machine}` : ''
    return new Halted({ kind: 'superseded', epoch, seq: seq + 1, detail })
  }
  if (error.code === 'FORK') return new Halted({ kind: 'fork', epoch, seq: seq + 1, detail: '' })
  if (error.code === 'BODY_TOO_LARGE')
    return new Halted({ kind: 'range-too-large', epoch, seq: seq + 1, detail: '' })
  if (error.code !== 'CHAIN_BROKEN') return undefined
  const broken = brokenData.safeParse(error.data)
  return new Halted({
    kind: 'chain-broken',
    epoch,
    seq: broken.success ? broken.data.seq : seq + 1,
    detail: broken.success ? broken.data.problem.slice(0, 200) : '',
  })
}
