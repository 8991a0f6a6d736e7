/** Reading on what central tells: each feed from its own cursor, a page at a time. */
import type { SyncStore } from '../../../db/sync/store.ts'
import type { CentralClient } from './client.ts'

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

/** What became of this till's receipts. */
export function receiptFeed(store: SyncStore, onStates: () => void): PullFeed {
  return {
    async turn(client) {
      const before = store.cursor('receipts')
      const { states, cursor, done } = await client.receipts(before)
      if (states.length > 0 || cursor !== before) {
        store.takeStates(states, cursor)
        onStates()
      }
      // A feed that promises more and does not move would be asked for ever.
      return !done && cursor !== before
    },
  }
}

/** Turns of all feeds, until none has anything new. */
export class Pull {
  readonly #feeds: readonly PullFeed[]
  #at = 0

  constructor(feeds: readonly PullFeed[]) {
    this.#feeds = feeds
  }

  /** One page; false once every feed has been read to its end. */
  async turn(client: CentralClient): Promise<boolean> {
    const feed = this.#feeds[this.#at]
    if (feed && (await feed.turn(client))) return true
    this.#at = this.#at + 1 < this.#feeds.length ? this.#at + 1 : 0
    return this.#at !== 0
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
  }
}
