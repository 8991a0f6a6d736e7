/** How far this till's receipts have got, one by one and all together. */
import type { Ledger } from '../../../db/ledger.ts'
import { hashAt, type Place, receiptNoAt } from '../../../db/queries/outbox.ts'
import { lastReceiptNo, placesOf } from '../../../db/queries/receipts.ts'
import type { StateTotals, SyncStore } from '../../../db/sync/store.ts'
import type { Posting, PostingCounts } from '../../../shared/contract/sync.ts'
import { postingState } from '../../../shared/rules/posting-state.ts'
import type { Push } from './push.ts'

/** A receipt as it names its place in the journal. */
export interface PostedReceipt {
  receiptId: string
  seq: number
  hash: string
}

export class Postings {
  readonly #ledger: Ledger
  readonly #store: SyncStore
  readonly #push: Push
  #totals: StateTotals | undefined
  #counted: { place: Place; receiptNo: number } | undefined

  constructor(parts: { ledger: Ledger; store: SyncStore; push: Push }) {
    this.#ledger = parts.ledger
    this.#store = parts.store
    this.#push = parts.push
  }

  /** The totals are read again: central has told something. */
  forget(): void {
    this.#totals = undefined
  }

  of(receipt: PostedReceipt): Posting {
    const told = this.#store.stateOf(receipt.receiptId)
    const state = postingState({
      place: { epoch: this.#epochOf(receipt), seq: receipt.seq },
      position: this.#push.heard ?? null,
      sentUpTo: this.#push.underWay?.upTo ?? null,
      told: told?.state,
    })
    const isTold = told?.state === state
    return {
      state,
      reference: isTold ? told.reference : null,
      reason: isTold ? told.reason : null,
      atMs: isTold ? told.atMs : null,
    }
  }

  /** Receipts of a session that central does not hold. */
  heldIn(sessionId: string): number {
    return placesOf(this.#ledger.reader, sessionId).filter(receipt => {
      const { state } = this.of(receipt)
      return state === 'held' || state === 'sent'
    }).length
  }

  /** All receipts of this till by how far they have got. Reads no more than a few rows, however many there are. */
  counts(): PostingCounts {
    const total = lastReceiptNo(this.#ledger.reader)
    this.#totals ??= this.#store.totals()
    const { posted, reversed, exception, acknowledged } = this.#totals
    const told = posted + reversed + exception
    const { heard } = this.#push
    const sent = this.#push.underWay?.receipts ?? 0
    const atCentral = heard ? this.#receiptNoAt(heard) : told + acknowledged
    return {
      held: Math.max(0, total - atCentral - sent),
      sent,
      acknowledged: Math.max(0, atCentral - told),
      posted: posted + reversed,
      exceptions: exception,
    }
  }

  #receiptNoAt(place: Place): number {
    if (this.#counted?.place.epoch !== place.epoch || this.#counted.place.seq !== place.seq) {
      const { reader, head } = this.#ledger
      this.#counted = { place, receiptNo: receiptNoAt(reader, head.tillId, place) }
    }
    return this.#counted.receiptNo
  }

  /** A receipt's row says where it is in its epoch; which epoch that is, its hash says. */
  #epochOf({ seq, hash }: PostedReceipt): number {
    const { head, reader } = this.#ledger
    let epoch = head.epoch
    while (epoch > 1 && hashAt(reader, head.tillId, { epoch, seq }) !== hash) epoch -= 1
    return epoch
  }
}
