import type { Enrolment } from '../../../db/queries/till.ts'
import type { SyncStore } from '../../../db/sync/store.ts'
import { MOST_FACTS } from '../../../shared/central/protocol.ts'
import type { Connection } from '../../../shared/contract/sync.ts'
import type { Fact } from '../../../shared/ledger/facts.ts'
import { isAfter, NOWHERE } from '../../../shared/ledger/journal-position.ts'
import type { AlarmKind } from '../../../shared/rules/sync/alarms.ts'
import { backoffMs, LONGEST_PAUSE_MS } from '../../../shared/rules/sync/backoff.ts'
import { DAY_MS } from '../../../shared/time.ts'
import { CENTRAL_ACTOR } from '../request/actors.ts'
import { type KeyStore, keptSigner, type Signer } from '../runtime/signing-key.ts'
import { Turns } from '../runtime/turns.ts'
import type { AccountsTrouble } from './accounts/accounts-feed.ts'
import { CentralClient } from './client.ts'
import { type EnrolAsk, type Enrolled, enrolTill, statedEnrolment } from './enrol.ts'
import { ENDED_BY_POSITION, ENDED_BY_RANGE, failureOf, haltedBy, noteUnread } from './line-failures.ts'
import { AT_WORK_MS, GATHER_MS, LONGEST_BREATH_MS, NEWS_MS, PARTING_MS, TELL_MS } from './pace.ts'
import { Postings } from './posting.ts'
import { Pull, receiptFeed } from './pull.ts'
import { CentralOutdated, Halted, Push } from './push.ts'
import type { SyncDeps } from './sync-deps.ts'

/** What screens show of it: the counts, how far each receipt has got, and the line itself. */
const SHOWN_IN = ['sync', 'receipt', 'session', 'till'] as const

export class Sync {
  readonly store: SyncStore
  readonly keys: KeyStore
  readonly postings: Postings
  readonly #deps: SyncDeps
  readonly #push: Push
  readonly #pull: Pull
  readonly #stopListening: () => void
  #enrolment: Enrolment | undefined
  #signer: Signer | undefined
  #line: Connection
  /** Nothing is done before this moment of the growing clock. */
  #restUntil = 0
  #failures = 0
  #newsAt = 0
  #newsWaiting = true
  #positionAskedAt = Number.NEGATIVE_INFINITY
  #toldAt = Number.NEGATIVE_INFINITY
  #untold = false
  /** When somebody last did something at this till. */
  #workedAt = Number.NEGATIVE_INFINITY
  #turning: Promise<unknown> | undefined
  #enrolling = false
  readonly #ahead = { ms: 0 }
  readonly #enrolTurns = new Turns()
  readonly #closing = new AbortController()
  #wake = (): void => undefined

  constructor(deps: SyncDeps) {
    const { ledger, store, scheduler, keys } = deps
    this.#deps = deps
    this.store = store
    this.keys = keys
    this.#push = new Push({ ledger, store, scheduler })
    this.postings = new Postings({ ledger, store, push: this.#push })
    const receipts = receiptFeed(store, {
      onStates: () => {
        this.postings.forget()
        this.#untold = true
      },
      // It was restored: what it holds is asked before anything that it said is believed again.
      onLost: () => this.#push.doubt(),
    })
    const feeds = [receipts, ...(deps.feeds ?? []), ...(deps.accounts ? [deps.accounts] : [])]
    this.#pull = new Pull(feeds, unread => {
      if (noteUnread(deps, unread)) this.#untold = true
    })
    this.#enrolment = statedEnrolment(deps)
    this.#line = this.#enrolment ? 'connecting' : 'alone'
    this.#stopListening = ledger.onCommit(facts => this.#committed(facts))
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted
  }

  get connection(): Connection {
    return this.#line
  }

  get enrolment(): Enrolment | undefined {
    return this.#enrolment
  }

  /** Why the accounts of central are not read on; null where they are. */
  get accountsTrouble(): AccountsTrouble | null {
    return this.#deps.accounts?.trouble ?? null
  }

  get push(): Push {
    return this.#push
  }

  /** Milliseconds until the next turn does anything; 0 where it would at once. */
  get restMs(): number {
    return Math.max(0, this.#restUntil - this.#deps.scheduler.monotonic())
  }

  /** Takes turns until `close`. */
  start(): void {
    void this.#run().catch((error: unknown) => {
      this.#deps.log.error({ err: error }, 'the line to central ended')
    })
  }

  /**
   * Does one piece of work, if it is time: asks central's position, sends one range, or takes one page. Never
   * throws what central or the network do. Returns how many milliseconds the next turn may wait; undefined for a
   * till that is enrolled nowhere.
   */
  async turn(): Promise<number | undefined> {
    if (!this.#enrolment || this.#enrolling || this.#isClosed) return undefined
    if (this.#turning) await this.#turning
    if (this.restMs > 0 || this.#isClosed) return this.restMs
    const work = this.#work(this.#enrolment).catch((error: unknown) => {
      // Not even what went wrong could be written down, as on a full disk. It is tried again all the same.
      this.#deps.log.error({ err: error }, 'the line to central cannot keep its notes')
      this.#restUntil = this.#deps.scheduler.monotonic() + LONGEST_PAUSE_MS
    })
    this.#turning = work
    await work
    this.#turning = undefined
    return this.restMs
  }

  /** Asks central at once, whatever pause is under way; what halted the line is tried again. */
  tryNow(): void {
    this.#push.doubt()
    this.#pull.wake()
    this.#restNoLongerThan(0)
  }

  /** Enrols this till and begins to send; one after the other. The line before, where there was one, is let go. */
  enrol(asked: Omit<EnrolAsk, 'tillId'>): Promise<Enrolled> {
    return this.#enrolTurns.take('enrol', () => this.#enrolNow(asked))
  }

  async #enrolNow(asked: Omit<EnrolAsk, 'tillId'>): Promise<Enrolled> {
    const { tillId } = this.#deps.ledger.head
    // A turn of the line before must not write down what the other central said.
    this.#enrolling = true
    await this.#turning
    try {
      const enrolled = await enrolTill({ ...this.#deps, closing: this.#closing.signal }, { ...asked, tillId })
      if (enrolled.ok) this.#begin(enrolled.signer)
      return enrolled
    } finally {
      this.#enrolling = false
      // Where the journal says another place already, and the note could not be written, the line before is over too.
      if (!this.#isClosed) this.#enrolment = statedEnrolment(this.#deps)
      if (!this.#enrolment) this.#setLine('alone')
      this.#wake()
    }
  }

  #begin(signer: Signer): void {
    this.#signer = signer
    this.#push.forget()
    this.postings.forget()
    this.#failures = 0
    this.#restUntil = 0
    this.#setLine('connecting')
    this.#tellScreens()
  }

  /**
   * Ends the line. Asks central once more and sends what is left, for two seconds at most and not at all where
   * central did not answer last: what is not sent now goes at the next start.
   */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#stopListening()
    const { scheduler } = this.#deps
    const over = new AbortController()
    if (this.#enrolment && this.#failures === 0 && this.#line !== 'halted')
      await Promise.race([this.#part(over.signal), scheduler.sleep(PARTING_MS, over.signal)])
    over.abort()
    this.#closing.abort()
    this.#pull.stop()
    this.#wake()
    try {
      this.#push.note()
    } catch (error) {
      // A disk that is full keeps nobody from ending the program: it is asked again at the next start.
      this.#deps.log.error({ err: error }, 'how far central is could not be noted')
    } finally {
      this.store.close()
    }
  }

  async #part(over: AbortSignal): Promise<void> {
    await this.#turning
    this.#push.doubt()
    do {
      // Whoever closes the program waits for it: no pause is for anybody's good now.
      this.#restNoLongerThan(0)
      if ((await this.turn()) === undefined) return
    } while (!over.aborted && !this.#isClosed && this.#line === 'sending')
  }

  async #run(): Promise<void> {
    const { scheduler } = this.#deps
    while (!this.#isClosed) {
      await this.turn()
      const woken = new AbortController()
      this.#wake = () => woken.abort()
      // Asked anew: a receipt may have been posted, or the till enrolled, since the turn ended.
      if (!this.#enrolment || this.#enrolling) await scheduler.sleep(DAY_MS, woken.signal)
      else if (this.restMs > 0) await scheduler.sleep(this.restMs, woken.signal)
      else await scheduler.yield()
    }
  }

  #committed(facts: readonly Fact[]): void {
    if (facts.some(({ actorId }) => actorId !== CENTRAL_ACTOR))
      this.#workedAt = this.#deps.scheduler.monotonic()
    // A closed drawer is a figure that others go by: what central holds of it is asked, not remembered.
    if (facts.some(({ kind }) => kind === 'session.closed')) this.#positionAskedAt = Number.NEGATIVE_INFINITY
    // A pause after an error is for central's sake; a receipt does not cut it short.
    if (this.#failures === 0 && this.#line !== 'halted') this.#restNoLongerThan(GATHER_MS)
  }

  #restNoLongerThan(ms: number): void {
    this.#restUntil = Math.min(this.#restUntil, this.#deps.scheduler.monotonic() + ms)
    this.#wake()
  }

  async #work(enrolment: Enrolment): Promise<void> {
    try {
      const began = this.#deps.scheduler.monotonic()
      const wasInDoubt = this.#push.inDoubt
      const isMore = await this.#step(await this.#clientFor(enrolment))
      // A central that says what it holds, and fails at all else, would be asked every second for ever.
      if (!wasInDoubt) this.#recovered()
      this.#rest(isMore ? this.#breath(began) : NEWS_MS)
    } catch (error) {
      if (!this.#isClosed) this.#failed(error)
    }
    if (!this.#isClosed) this.#tellScreens()
  }

  /**
   * A backlog gives way to the Window: while somebody works there, a pause follows each range that is as long as the range
   * took, since central's answer may well cost this same machine's time.
   */
  #breath(began: number): number {
    const nowMs = this.#deps.scheduler.monotonic()
    if (nowMs - this.#workedAt >= AT_WORK_MS || this.#push.left() < MOST_FACTS) return 0
    return Math.min(LONGEST_BREATH_MS, nowMs - began)
  }

  #recovered(): void {
    this.#failures = 0
    if (this.store.lastError()) this.store.keepError(undefined)
  }

  /** One piece of work; true where the next turn has another at once. */
  async #step(client: CentralClient): Promise<boolean> {
    const nowMs = this.#deps.scheduler.monotonic()
    if (this.#push.inDoubt || nowMs - this.#positionAskedAt >= DAY_MS) {
      await this.#push.ask(client)
      this.#positionAskedAt = nowMs
      this.#clear(ENDED_BY_POSITION)
      this.#newsWaiting = true
      this.#pull.rewind()
      this.#setLine(this.#push.left() > 0 ? 'sending' : 'up-to-date')
      return true
    }
    const sent = await this.#sendOrRead(client)
    if (sent === 'again') return true
    const isSent = sent === 'taken'
    if (isSent) this.#sent()
    else this.#drained()
    // While a backlog drains, what became of its first receipts is news too.
    if (isSent ? nowMs < this.#newsAt : !this.#newsWaiting && nowMs < this.#newsAt) return isSent
    this.#newsWaiting = await this.#pull.turn(client)
    this.#newsAt = this.#deps.scheduler.monotonic() + NEWS_MS
    return isSent || this.#newsWaiting
  }

  /** A central that cannot read what comes next is read all the same: what is owed there must not grow old here. */
  async #sendOrRead(client: CentralClient): ReturnType<Push['send']> {
    try {
      return await this.#push.send(client)
    } catch (error) {
      if (error instanceof CentralOutdated) await this.#pull.toEnd(client)
      throw error
    }
  }

  #sent(): void {
    this.#setLine('sending')
    this.#clear(ENDED_BY_RANGE)
    this.#untold = true
    this.#newsWaiting = true
    this.#pull.rewind()
  }

  #drained(): void {
    this.#setLine('up-to-date')
    this.#clear([...ENDED_BY_RANGE, 'central-restored', 'store-damaged'])
  }

  async #clientFor({ address, tillId, centralKey }: Enrolment): Promise<CentralClient> {
    this.#signer ??= await keptSigner(this.keys)
    if (!this.#signer) throw new Halted({ ...NOWHERE, kind: 'key-missing', detail: this.keys.place })
    const { fetch, scheduler } = this.#deps
    const closing = this.#closing.signal
    const deps = { address, fetch, scheduler, closing, ahead: this.#ahead }
    return new CentralClient(deps, { signer: this.#signer, tillId, tag: centralKey })
  }

  #failed(error: unknown): void {
    this.#push.doubt()
    if (error instanceof CentralOutdated) {
      this.#deps.log.info({ err: error }, 'central has to be updated')
      this.#setLine('outdated')
      this.#rest(NEWS_MS)
      return
    }
    const halted = haltedBy(error, this.keys.place)
    if (halted) {
      if (this.store.raise(halted.alarm, this.#deps.scheduler.now()))
        this.#deps.log.warn({ alarm: halted.alarm }, 'the line to central is halted')
      this.#setLine('halted')
      this.#rest(DAY_MS)
      return
    }
    this.#failures += 1
    const { scheduler, log } = this.#deps
    const { code, detail, askedMs } = failureOf(error)
    this.#setLine('offline')
    this.#rest(backoffMs({ failures: this.#failures, random: scheduler.random(), askedMs }))
    const before = this.store.lastError()
    if (before?.code === code && before.detail === detail) return
    log[code === 'FAULT' ? 'error' : 'info']({ code, detail, err: error }, 'central was not reached')
    this.store.keepError({ code, detail, atMs: scheduler.now() })
    this.#untold = true
  }

  #rest(ms: number): void {
    this.#restUntil = this.#deps.scheduler.monotonic() + ms
    // What was committed during this turn has not been seen by it.
    const { heard } = this.#push
    if (this.#line === 'up-to-date' && heard && isAfter(this.#deps.ledger.head, heard))
      this.#restNoLongerThan(GATHER_MS)
  }

  #clear(kinds: readonly AlarmKind[]): void {
    const standing = this.store.alarms().map(({ kind }) => kind)
    const ended = kinds.filter(kind => standing.includes(kind))
    if (ended.length === 0) return
    this.store.clear(ended, this.#deps.scheduler.now())
    this.#untold = true
  }

  #setLine(line: Connection): void {
    if (this.#line === line) return
    this.#line = line
    this.#toldAt = Number.NEGATIVE_INFINITY
    this.#untold = true
  }

  /** At once where the line changed, else now and then. */
  #tellScreens(): void {
    const nowMs = this.#deps.scheduler.monotonic()
    const isSoon = this.#line === 'sending' && nowMs - this.#toldAt < TELL_MS
    if (!this.#untold || isSoon) return
    this.#untold = false
    this.#toldAt = nowMs
    this.#deps.tell(SHOWN_IN)
  }
}
