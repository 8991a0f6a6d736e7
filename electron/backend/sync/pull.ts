/** Reading on what central tells: each feed from its own cursor, a page at a time. */
import type { SyncStore } from '../../../db/sync/store.ts'
import { type CentralClient, CentralRefused, CentralUnreachable } from './client.ts'

/**
 * One feed of central. `turn` takes one page and keeps it together with its cursor, in one transaction; it says
 * whether more is waiting. Feeds are asked in order, so that a long one (a million accounts) comes last.
 */
export interface PullFeed {
  turn(client: CentralClient): Promise<boolean>
  /** Somebody wants to know now: what it waits for on its own is asked at once. */
  wake?(): void
  /** The program is closing: what is under way is let go. */
  stop?(): void
}

/** What became of this till's receipts. `onLost` hears of a central that told of some before, and does not know it any more. */
export function receiptFeed(
  store: SyncStore,
  { onStates, onLost }: { onStates: () => void; onLost: () => void },
): PullFeed {
  return {
    async turn(client) {
      const before = store.cursor('receipts')
      const { states, cursor, fromStart, done } = await client.receipts(before)
      if (fromStart && before !== undefined && cursor !== before) onLost()
      if (states.length > 0 || cursor !== before) {
        store.takeStates(states, cursor)
        onStates()
      }
      // A feed that promises more and does not move would be asked for ever.
      return !done && cursor !== before
    },
  }
}

/** What is wrong with the line, or with this till at central, and not with one answer. */
const OF_WHOLE_LINE: ReadonlySet<string> = new Set([
  'BUSY',
  'REVOKED',
  'NOT_ENROLLED',
  'ANOTHER_TILL',
  'ANOTHER_CENTRAL',
  'SIGNATURE_WRONG',
  'SIGNATURE_MISSING',
  'PROTOCOL_UNKNOWN',
])

function isOfWholeLine(error: Error): boolean {
  if (error instanceof CentralUnreachable) return error.code !== 'NOT_UNDERSTOOD'
  return error instanceof CentralRefused && OF_WHOLE_LINE.has(error.code)
}

/** Turns of all feeds, until none has anything new. */
export class Pull {
  readonly #feeds: readonly PullFeed[]
  readonly #onRound: (unread: string | null) => void
  #at = 0
  /** What could not be read in this round. */
  #unread: Error[] = []

  /** `onRound` is told after each round what of it could not be read, in words; null where all was. */
  constructor(feeds: readonly PullFeed[], onRound: (unread: string | null) => void) {
    this.#feeds = feeds
    this.#onRound = onRound
  }

  /** One page; false once every feed has been read to its end. */
  async turn(client: CentralClient): Promise<boolean> {
    if (await this.#hasMore(client)) return true
    this.#at = this.#at + 1 < this.#feeds.length ? this.#at + 1 : 0
    if (this.#at !== 0) return true
    const unread = this.#unread
    this.#unread = []
    // Where nothing at all can be read, it is not central that answers.
    const [first] = unread
    if (first && unread.length === this.#feeds.length) throw first
    this.#onRound(unread.length === 0 ? null : [...new Set(unread.map(({ message }) => message))].join('; '))
    return false
  }

  /** What one feed cannot read, whoever's fault it is, must not keep the others from being read. */
  async #hasMore(client: CentralClient): Promise<boolean> {
    try {
      return (await this.#feeds[this.#at]?.turn(client)) ?? false
    } catch (error) {
      if (!(error instanceof Error) || isOfWholeLine(error)) throw error
      this.#unread.push(error)
      return false
    }
  }

  async toEnd(client: CentralClient): Promise<void> {
    let isMore = true
    while (isMore) isMore = await this.turn(client)
  }

  wake(): void {
    for (const feed of this.#feeds) feed.wake?.()
  }

  stop(): void {
    for (const feed of this.#feeds) feed.stop?.()
  }

  /** Begins with the first feed again. */
  rewind(): void {
    this.#at = 0
    this.#unread = []
  }
}
