/** How far this till's receipts have got, one by one and all together. */

import type { Ledger } from '../../../db/ledger/ledger.ts'
import { receiptNoAt, receiptsAfter } from '../../../db/queries/outbox.ts'
import { lastReceiptNo } from '../../../db/queries/receipt/receipt.ts'
import { receiptIdsOf } from '../../../db/queries/session/session.ts'
import type { StateTotals, SyncStore } from '../../../db/sync/store.ts'
import type { Posting, PostingCounts } from '../../../shared/contract/sync.ts'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'
import { postingState } from '../../../shared/rules/receipt/posting-state.ts'
import type { Push } from './push.ts'

export class Postings {
  readonly #ledger: Ledger
  readonly #store: SyncStore
  readonly #push: Push
  #totals: StateTotals | undefined
  #counted: { place: JournalPosition; receiptNo: number } | undefined

  constructor(parts: { ledger: Ledger; store: SyncStore; push: Push }) {
    this.#ledger = parts.ledger
    this.#store = parts.store
    this.#push = parts.push
  }

  /** The totals are read again: central has told something. */
  forget(): void {
    this.#totals = undefined
  }

  /** Of a receipt at its place in the journal. */
  of(receiptId: string, place: JournalPosition): Posting {
    const told = this.#store.stateOf(receiptId)
    const state = postingState({
      place,
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
    const { reader } = this.#ledger
    const { heard } = this.#push
    if (heard) return receiptsAfter(reader, sessionId, heard)
    const receiptIds = receiptIdsOf(reader, sessionId)
    return receiptIds.length - this.#store.countTold(receiptIds)
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

  #receiptNoAt(place: JournalPosition): number {
    if (this.#counted?.place.epoch !== place.epoch || this.#counted.place.seq !== place.seq) {
      const { reader } = this.#ledger
      this.#counted = { place, receiptNo: receiptNoAt(reader, place) }
    }
    return this.#counted.receiptNo
  }
}
