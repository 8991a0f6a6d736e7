/** What may have gone wrong, as data: the words for it stand in the screens' texts. */

import type { Cents } from '../../money.ts'
import type { Tender } from '../../tenders.ts'
import type { MovementKind } from './evidence.ts'

export interface DenominationRef {
  kind: 'note' | 'coin'
  valueCents: Cents
}

/** One explanation with the figures of its sentence. Amounts are zero or more; `differenceCents` is signed (over is positive). */
export type Cause =
  /** An instrument that was taken is not in the count. */
  | { kind: 'item-missing'; facts: { tender: Tender; cents: Cents; reference: string } }
  /** An instrument is in the count that stands on no receipt: its receipt was not keyed. */
  | { kind: 'item-extra'; facts: { tender: Tender; cents: Cents; reference: string } }
  /** An instrument says another amount than its receipt, and no slip of the fingers leads from one to the other. */
  | {
      kind: 'item-differs'
      facts: { tender: Tender; keyedCents: Cents; foundCents: Cents; reference: string }
    }
  /** Money was taken and no receipt keyed. */
  | { kind: 'not-keyed'; facts: { tender: Tender; cents: Cents } }
  /** A receipt stands whose money is not there: it never came, or was given back without a void. */
  | { kind: 'not-received'; facts: { tender: Tender; cents: Cents } }
  /** A voided receipt whose money was not given back. */
  | { kind: 'void-kept'; facts: { tender: Tender; cents: Cents } }
  /** A receipt entered twice; the receipts are the later one, then the one that it repeats. */
  | { kind: 'entered-twice'; facts: { cents: Cents; apartMs: number } }
  | { kind: 'change-not-given'; facts: { changeCents: Cents } }
  | { kind: 'change-given-twice'; facts: { changeCents: Cents } }
  /** Two receipts whose money is not there, or two voids whose money still is. */
  | {
      kind: 'two-receipts'
      facts: { tender: Tender; form: 'not-received' | 'void-kept'; cents: [Cents, Cents] }
    }
  /** Digits changed places, or the decimal point moved: keyed instead of meant, in a receipt or a movement. */
  | {
      kind: 'digit-slip'
      facts: { tender: Tender; form: 'swapped' | 'shifted'; keyedCents: Cents; meantCents: Cents }
    }
  /** Keyed as one tender and taken as another. */
  | { kind: 'tender-swapped'; facts: { keyed: Tender; taken: Tender; cents: Cents } }
  /** Half the difference went the other way: a paid-out keyed as a paid-in, a refund keyed as a payment. */
  | { kind: 'wrong-sign'; facts: { entry: MovementKind | 'receipt'; cents: Cents } }
  /** A movement is recorded, and the money was not moved. */
  | { kind: 'movement-not-made'; facts: { movement: MovementKind; cents: Cents } }
  /** Money was moved, and nothing recorded. */
  | {
      kind: 'movement-not-recorded'
      facts: { movement: 'turn-in' | 'paid-in' | 'paid-out'; cents: Cents }
    }
  /** Pieces, a whole line of the form, or straps and rolls stand under the neighbouring denomination. */
  | {
      kind: 'counted-as-neighbour'
      facts: {
        form: 'pieces' | 'row' | 'bundles'
        actual: DenominationRef
        countedAs: DenominationRef
        pieces: number
        bundles: number
      }
    }
  /** The change fund was not what was entered at opening. */
  | {
      kind: 'change-fund-miscounted'
      facts: { countedCents: Cents; likelyCents: Cents; against: 'left-before' | 'wanted' | 'none' }
    }

export type CauseKind = Cause['kind']

export type Candidate = Cause & {
  /** The share of this explanation in all that were weighed, 0 to 1. */
  score: number
  /** Signed by the count: what this explains of the over (+) or short (−), tender by tender. */
  explains: readonly { tender: Tender; differenceCents: Cents }[]
  tenders: readonly Tender[]
  /** What one key opens: the receipts of the likeliest way. Empty where the cause stands on no receipt. */
  receiptIds: readonly string[]
  /** Every way to tell the same story: receipts of equal amounts cannot be told apart, so each is a way. */
  ways: readonly (readonly string[])[]
  movementId?: string
}
