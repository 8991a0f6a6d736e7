/** The session's entries as the finders look at them: one for each tender of each receipt. */

import { add, type Cents, cents, negate, sum, ZERO } from '../../money.ts'
import { CASH, type Tender } from '../../tenders.ts'
import type { MovementEvidence, ReceiptEvidence, SessionEvidence } from './evidence.ts'

export interface Entry {
  receipt: ReceiptEvidence
  tender: Tender
  /** As handed over. */
  cents: Cents
  /** What it adds to the drawer: cash less the change that was given. May be negative for cash back on a check. */
  netCents: Cents
  /** True where the amount was keyed as it was to be paid, without change. */
  exact: boolean
}

export interface SessionLedger {
  posted: readonly Entry[]
  voided: readonly Entry[]
  /** Posted receipts that gave change. */
  withChange: readonly ReceiptEvidence[]
  paid: readonly MovementEvidence[]
}

/** A receipt's tenders, its cash as one with the change taken off. */
function entriesOf(receipt: ReceiptEvidence): Entry[] {
  const instruments = receipt.tenders
    .filter(({ tender }) => tender !== CASH)
    .map(({ tender, cents: amount }) => ({
      receipt,
      tender,
      cents: amount,
      netCents: amount,
      exact: true,
    }))
  const cash = receipt.tenders.filter(({ tender }) => tender === CASH)
  if (cash.length === 0 && receipt.changeCents === ZERO) return instruments
  const handed = sum(cash.map(part => part.cents))
  const netCents = add(handed, negate(receipt.changeCents))
  return [...instruments, { receipt, tender: CASH, cents: handed, netCents, exact: handed === netCents }]
}

export function sessionLedger({ receipts, movements }: SessionEvidence): SessionLedger {
  const posted = receipts.filter(receipt => receipt.state === 'posted')
  const voided = receipts.filter(receipt => receipt.state === 'voided')
  return {
    posted: posted.flatMap(entriesOf),
    voided: voided.flatMap(entriesOf),
    withChange: posted.filter(receipt => receipt.changeCents > 0),
    paid: movements.filter(({ kind, cashCents }) => kind !== 'change-order' && cashCents > 0),
  }
}

/** What a movement adds to the drawer's cash. */
export function effectOf({ kind, cashCents }: MovementEvidence): Cents {
  if (kind === 'change-order') return ZERO
  return kind === 'paid-in' ? cashCents : negate(cashCents)
}

/** The most that the ledger had in the drawer at any moment of the session. */
export function highestLevel({ opening, receipts, movements }: SessionEvidence): Cents {
  const steps = [
    ...receipts
      .filter(receipt => receipt.state === 'posted')
      .map(receipt => ({
        atMs: receipt.atMs,
        step: sum(entriesOf(receipt).flatMap(entry => (entry.tender === CASH ? [entry.netCents] : []))),
      })),
    ...movements.map(movement => ({ atMs: movement.atMs, step: effectOf(movement) })),
  ].sort((a, b) => a.atMs - b.atMs)
  let level: number = opening.countedCents
  let highest = level
  for (const { step } of steps) {
    level += step
    highest = Math.max(highest, level)
  }
  return cents(highest)
}
