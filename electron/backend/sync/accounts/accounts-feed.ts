/** Reading central's accounts on, a page at a time, into the till's own file of them. */
import { nextCursor, type PageTaken } from '../../../../db/accounts/pull/pull.ts'
import { isOver, type PullState } from '../../../../db/accounts/pull/pull-state.ts'
import type { Log } from '../../runtime/log.ts'
import { type CentralClient, CentralRefused, CentralUnreachable } from '../client.ts'
import type { PullFeed } from '../pull.ts'
import type { Scheduler } from '../scheduler.ts'

/** A page that was read and is not taken yet. */
export interface PageRead {
  /** Of how many it tells, those that are gone among them. */
  accounts: number
  cursor: string
  done: boolean
}

/** What became of a step. `in-use`: an import holds the file. */
export type StepOutcome = ({ ok: true } & PageTaken) | { ok: false; why: 'in-use' }

/** The till's own accounts, as a feed changes them. */
export interface AccountsMirror {
  /** How far the reading is; null where nothing was ever read. */
  state(): PullState | null
  /** Reads the JSON of an `AccountsPage`, to be taken next; undefined where it is none. */
  read(bytes: Uint8Array): Promise<PageRead | undefined>
  /**
   * Takes the page that was read, and its cursor, in one transaction. `from` is the cursor that it was asked with,
   * empty for the beginning. Throws where the file cannot be written.
   */
  take(page: { address: string; from: string }): Promise<StepOutcome>
  /** Makes some of the accounts findable that wait for it. Throws where the file cannot be written. */
  index(): Promise<StepOutcome>
  /** Numbers of accounts that came and could not be read. */
  unread(): readonly string[]
  /** Nothing more comes for a while. */
  rest(): void
}

/** Accounts in one page. */
const PAGE_ACCOUNTS = 5_000
/** Balances are this old at most while central answers; every reading with news in it is a fact of the journal. */
const NEWS_MS = 300_000
/** After a file that could not be written, or was held by an import. */
const AGAIN_MS = 60_000

export interface AccountsFeedDeps {
  mirror: AccountsMirror
  scheduler: Scheduler
  log: Log
  /** Accounts in one page; five thousand if nothing is said. */
  pageAccounts?: number
  /** Accounts are other than they were. */
  onChange: () => void
  /** Numbers of the accounts that cannot be read, after each step. */
  onUnread: (numbers: readonly string[]) => void
}

/** What the screen says of the reading when it does not go on. */
export type AccountsTrouble = 'in-use' | 'not-written'

export class AccountsFeed implements PullFeed {
  readonly #deps: AccountsFeedDeps
  #dueAt = Number.NEGATIVE_INFINITY
  #trouble: AccountsTrouble | null = null
  #isStopped = false
  #ahead: { address: string; from: string; page: ReturnType<CentralClient['accountsPage']> } | undefined

  constructor(deps: AccountsFeedDeps) {
    this.#deps = deps
  }

  get #most(): number {
    return this.#deps.pageAccounts ?? PAGE_ACCOUNTS
  }

  get trouble(): AccountsTrouble | null {
    return this.#trouble
  }

  wake(): void {
    this.#dueAt = Number.NEGATIVE_INFINITY
  }

  stop(): void {
    this.#isStopped = true
  }

  /** One page, or, after the last one, some accounts for the find index. */
  async turn(client: CentralClient): Promise<boolean> {
    const { mirror, scheduler } = this.#deps
    if (scheduler.monotonic() < this.#dueAt) return false
    const before = mirror.state()
    const isWaiting = before?.address === client.address && before.isRead && !isOver(before)
    const outcome = await this.#trying(() => (isWaiting ? mirror.index() : this.#page(client, before)))
    if (!outcome || this.#isStopped) return false
    const { state, wasAltered } = outcome
    if (wasAltered)
      this.#deps.log.error('accounts were changed by another hand: all are read from central anew')
    this.#deps.onUnread(mirror.unread())
    if (state.taken > 0) this.#deps.onChange()
    // A feed that promises more and does not move would be asked for ever.
    const hasMoved = before?.cursor !== state.cursor || before.indexedTo !== state.indexedTo
    if (!isOver(state) && hasMoved) return true
    this.#rest(NEWS_MS)
    mirror.rest()
    return false
  }

  async #page(client: CentralClient, before: PullState | null): Promise<StepOutcome> {
    const { mirror } = this.#deps
    const { address } = client
    const from = nextCursor(before, address)
    const ahead = this.#ahead?.from === from && this.#ahead.address === address ? this.#ahead : undefined
    this.#ahead = undefined
    const { bytes, next } = await (ahead?.page ?? client.accountsPage(from, this.#most))
    if (next !== undefined) this.#askAhead(client, next)
    const page = await mirror.read(bytes)
    if (!page) throw new CentralUnreachable('NOT_UNDERSTOOD', 'a page of accounts is not of this protocol')
    return mirror.take({ address, from })
  }

  /** While a page is read and written, central makes the next one. */
  #askAhead(client: CentralClient, from: string): void {
    const page = client.accountsPage(from, this.#most)
    // What goes wrong with it is met by whoever takes it; where nobody does, it is asked for again.
    page.catch(() => undefined)
    this.#ahead = { address: client.address, from, page }
  }

  /** A file that cannot be written is no reason to stop sending receipts: it is said, and tried again. */
  async #trying(step: () => Promise<StepOutcome>): Promise<Extract<StepOutcome, { ok: true }> | undefined> {
    try {
      const outcome = await step()
      this.#trouble = outcome.ok ? null : 'in-use'
      if (outcome.ok) return outcome
    } catch (error) {
      // A page whose writing the end of the program cut short is not there, and comes again.
      if (this.#isStopped) return undefined
      if (error instanceof CentralUnreachable || error instanceof CentralRefused) throw error
      this.#deps.log.error({ err: error }, 'accounts from central cannot be written')
      this.#trouble = 'not-written'
    }
    this.#rest(AGAIN_MS)
    return undefined
  }

  #rest(ms: number): void {
    this.#dueAt = this.#deps.scheduler.monotonic() + ms
  }
}
