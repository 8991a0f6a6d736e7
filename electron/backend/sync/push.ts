/** Sending the journal: asks what central holds, and sends what it does not, a range at a time. */
import { z } from 'zod'
import type { Ledger } from '../../../db/ledger.ts'
import { countAfter, hashAt, pushedRow, rowsNext } from '../../../db/queries/outbox.ts'
import type { Alarm, SyncStore } from '../../../db/sync/store.ts'
import {
  MOST_FACTS,
  type Position,
  PROTOCOL,
  positionField,
  type Range,
} from '../../../shared/central/protocol.ts'
import { isAfter, type Place } from '../../../shared/place.ts'
import { type CentralClient, CentralRefused, CentralUnreachable } from './client.ts'
import type { Pace } from './pace.ts'

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
  upTo: Place
  receipts: number
}

interface RowToSend {
  seq: number
  kind: string
  /** Of a `PushedRow`. */
  json: string
}

interface NextRange {
  epoch: number
  rows: readonly RowToSend[]
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
const forkData = z.object({ epoch: z.int(), seq: z.int(), hash: z.string() })
const brokenData = z.object({ seq: z.int(), problem: z.string() })

export interface PushParts {
  ledger: Ledger
  store: SyncStore
  pace: Pace
}

export class Push {
  readonly #ledger: Ledger
  readonly #store: SyncStore
  readonly #pace: Pace
  /** Where the next range begins; undefined until central has been asked, and after every error. */
  #position: Position | undefined
  #heard: Position | undefined
  #heardAtMs: number | undefined
  #underWay: UnderWay | undefined
  #mostFacts = MOST_FACTS
  #sent = 0
  #notedAt = Number.NEGATIVE_INFINITY

  constructor({ ledger, store, pace }: PushParts) {
    this.#ledger = ledger
    this.#store = store
    this.#pace = pace
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
    const { tillId } = this.#ledger.head
    return countAfter(this.#ledger.reader, tillId, this.#heard ?? { epoch: 0, seq: 0 })
  }

  /** Asks what central holds. Throws Halted where it is not what this till wrote. */
  async ask(client: CentralClient): Promise<void> {
    this.doubt()
    const { position } = await client.position()
    this.#sent = 0
    this.#believe(position)
  }

  /** Sends the next range, and says what came of it. Throws what the client throws, and Halted. */
  async send(client: CentralClient): Promise<Sent> {
    const from = this.#position
    if (!from) return 'nothing'
    const range = await this.#nextRange(from)
    if (!range) {
      this.#sent = 0
      this.note()
      return 'nothing'
    }
    const { epoch, rows } = range
    this.#underWay = {
      upTo: { epoch, seq: rows.at(-1)?.seq ?? 0 },
      receipts: rows.filter(row => row.kind === 'receipt.posted').length,
    }
    try {
      const { position } = await client.push(this.#rangeText(range, from))
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
    this.#store.hear(this.#heard, this.#pace.now())
    this.#notedAt = this.#pace.monotonic()
  }

  /** The JSON of the range. Its rows were put into JSON as they were read: all at once would keep the Window waiting. */
  #rangeText({ epoch, rows }: NextRange, from: Position): string {
    const { tillId } = this.#ledger.head
    const range: Omit<Range, 'rows'> = { protocol: PROTOCOL, tillId, epoch }
    const head = JSON.stringify(epoch === from.epoch ? range : { ...range, follows: from })
    return `${head.slice(0, -1)},"rows":[${rows.map(({ json }) => json).join(',')}]}`
  }

  async #nextRange(from: Position): Promise<NextRange | undefined> {
    const { tillId } = this.#ledger.head
    const rows: RowToSend[] = []
    let place: Place = from
    let characters = 0
    while (rows.length < this.#mostFacts) {
      const next = rowsNext(this.#ledger.reader, tillId, place)
      for (const row of next) {
        characters += row.body.length
        const isFull = rows.length > 0 && (row.epoch !== place.epoch || characters > MOST_CHARACTERS)
        if (isFull || rows.length === this.#mostFacts) return { epoch: place.epoch, rows }
        rows.push({ seq: row.seq, kind: row.kind, json: JSON.stringify(pushedRow(row)) })
        place = row
      }
      if (next.length === 0) break
      await this.#pace.yield()
    }
    return rows.length === 0 ? undefined : { epoch: place.epoch, rows }
  }

  /** Takes central's word for what it holds, where this till's own rows bear it out. */
  #believe(position: Position): void {
    const { head, reader } = this.#ledger
    const own = position.seq === 0 ? '' : hashAt(reader, head.tillId, position)
    const { epoch, seq, hash } = position
    if (own === undefined && isAfter(position, head))
      throw new Halted({ kind: 'behind', epoch, seq, detail: hash })
    // A row of an epoch that this till left behind when it was restored is central's alone.
    if (own !== undefined && seq > 0 && own !== hash)
      throw new Halted({ kind: 'fork', epoch, seq, detail: hash })
    this.#compareWithBefore(position)
    this.#position = position
    this.#heard = position
    this.#heardAtMs = this.#pace.now()
    if (this.#pace.monotonic() - this.#notedAt >= NOTE_EVERY_MS) this.note()
  }

  /** Central that holds less than it once said was restored: what it said of receipts since is not so any more. */
  #compareWithBefore(position: Position): void {
    const noted = this.#store.heardPosition()
    const before = this.#heard && noted ? later(this.#heard, noted) : (this.#heard ?? noted)
    if (!before || !isAfter(before, position)) return
    const { epoch, seq } = position
    const detail = `${before.epoch}/${before.seq}`
    this.#store.raise({ kind: 'central-restored', epoch, seq, detail }, this.#pace.now())
    this.#store.forgetReceipts()
    this.#store.hear(position, this.#pace.now())
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
function haltedBy(error: CentralRefused, { epoch, seq }: Place): Halted | undefined {
  const fork = error.code === 'FORK' ? forkData.safeParse(error.data) : undefined
  if (fork?.success) {
    const { hash: detail, ...place } = fork.data
    return new Halted({ kind: 'fork', ...place, detail })
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
