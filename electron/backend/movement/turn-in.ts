/** Turn-in: cash and instruments from the drawer to the safe in mid-session, counted by giver and by taker. */

import type { Reader } from '../../../db/ledger/reader.ts'
import {
  cashInDrawer,
  type Session,
  type SessionItem,
  sessionItems,
} from '../../../db/queries/session/session.ts'
import { bankedInstrumentTenders, drawerById, tenderNames } from '../../../db/queries/setup.ts'
import type { MovedCount } from '../../../shared/contract/movement.ts'
import { type Cents, subtract, sum, ZERO } from '../../../shared/money.ts'
import type { CountedPiece } from '../../../shared/rules/cash/denominations.ts'
import { differingPieces } from '../../../shared/rules/cash/denominations.ts'
import { levelState } from '../../../shared/rules/session/cash-limit.ts'
import { instrumentKey } from '../../../shared/rules/session/check-count.ts'
import { refuseWithoutCash } from '../request/cash-lacking.ts'
import { approvedWrite, factIn, type Scope } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { keptPieces } from '../request/pieces.ts'
import { movableSession, nextMovement } from './movement.ts'

type Handler = Parameters<typeof os.movement.turnIn.handler>[0]
type TurnInScope = Scope<Parameters<Handler>[0]['input'], Parameters<Handler>[0]['errors']>

interface Counted {
  pieces: CountedPiece[]
  cashCents: Cents
  items: SessionItem[]
  itemsCents: Cents
}

/** Instruments that can go to the safe: they are in the drawer, and the bank gets them in the end. */
export function instrumentsInDrawer(reader: Reader, session: Session): SessionItem[] {
  return sessionItems(reader, session.sessionId, bankedInstrumentTenders(reader))
}

/** One person's count. An instrument that is not in this drawer, or is ticked twice, makes it none. */
function countBy(
  count: MovedCount,
  { settings, errors }: TurnInScope,
  known: readonly SessionItem[],
): Counted {
  const { pieces, cents } = keptPieces(count.pieces, settings.denominations, errors)
  const ticked = new Set(count.items.map(instrumentKey))
  const items = known.filter(item => ticked.has(instrumentKey(item)))
  if (items.length !== count.items.length) throw errors.COUNT_NOT_VALID({ data: { reason: 'unknown-item' } })
  return { pieces, cashCents: cents, items, itemsCents: sum(items.map(item => item.cents)) }
}

/** Names of the kinds of instruments of which the two did not tick the same. */
function differingInstruments(
  reader: Reader,
  given: readonly SessionItem[],
  taken: readonly SessionItem[],
): string[] {
  const without = (items: readonly SessionItem[], others: readonly SessionItem[]) => {
    const found = new Set(others.map(instrumentKey))
    return items.filter(item => !found.has(instrumentKey(item)))
  }
  const differing = [...without(given, taken), ...without(taken, given)]
  return [...new Set(differing.map(item => tenderNames(reader)(item.tender)))]
}

/** What both found; nothing leaves the drawer while they differ. */
function agreed(scope: TurnInScope, session: Session): Counted {
  const { tx, input, errors, settings } = scope
  const known = instrumentsInDrawer(tx, session)
  const given = countBy(input.given, scope, known)
  const taken = countBy(input.taken, scope, known)
  if (given.pieces.length === 0 && given.items.length === 0) throw errors.NOTHING_TO_TURN_IN()
  const labels = [
    ...differingPieces(given.pieces, taken.pieces, settings.denominations),
    ...differingInstruments(tx, given.items, taken.items),
  ]
  if (labels.length > 0) throw errors.COUNTS_DIFFER({ data: { labels } })
  return given
}

/** With this out of it, so that it takes cash again as ever. */
function isBelowLimit({ tx, settings }: TurnInScope, session: Session, outCents: Cents): boolean {
  const limitCents = drawerById(tx, session.drawerId)?.limitCents ?? ZERO
  const leftCents = subtract(cashInDrawer(tx, session.sessionId), outCents)
  return levelState(leftCents, limitCents, settings.warnPercent) !== 'full'
}

export const turnIn = os.movement.turnIn.handler(
  approvedWrite({
    decide(scope: TurnInScope) {
      const { tx, input, errors, person, approver } = scope
      const session = movableSession(tx, person.personId, errors)
      const counted = agreed(scope, session)
      if (!approver) throw errors.APPROVAL_NEEDED()
      refuseWithoutCash(tx, session, { what: 'turn-in', cents: counted.cashCents })
      tx.append(
        'movement.turned-in',
        {
          movementId: input.commandId,
          ...nextMovement(tx),
          sessionId: session.sessionId,
          takerId: approver.personId,
          pieces: counted.pieces,
          cashCents: counted.cashCents,
          items: counted.items.map(({ tender, receiptId, tenderNo, reference, cents }) => ({
            tender,
            receiptId,
            tenderNo,
            reference,
            cents,
          })),
          itemsCents: counted.itemsCents,
          belowLimit: isBelowLimit(scope, session, counted.cashCents),
        },
        { businessDate: session.businessDate },
      )
    },
    answer(facts) {
      const { movementId, number, cashCents, itemsCents } = factIn(facts, 'movement.turned-in').body
      return { movementId, number, cashCents, itemsCents }
    },
  }),
)
