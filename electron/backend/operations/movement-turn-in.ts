/** Turn-in: cash and papers from the drawer to the safe in mid-session, counted by giver and by taker. */
import { cashInDrawer, type Session, type SessionItem, sessionItems } from '../../../db/queries/sessions.ts'
import { bankedPaperTenders, tenderNames } from '../../../db/queries/setup.ts'
import type { Reader } from '../../../db/reader.ts'
import type { MovedCount } from '../../../shared/contract/movement.ts'
import { type Cents, sum } from '../../../shared/money.ts'
import { paperKey } from '../../../shared/rules/check-count.ts'
import type { CountedPiece } from '../../../shared/rules/denominations.ts'
import { approvedWrite, factIn, type Scope } from '../commands.ts'
import { os } from '../guard.ts'
import { differingPieces, keptPieces, movableSession, nextMovement } from '../movement.ts'

type Handler = Parameters<typeof os.movement.turnIn.handler>[0]
type TurnInScope = Scope<Parameters<Handler>[0]['input'], Parameters<Handler>[0]['errors']>

interface Counted {
  pieces: CountedPiece[]
  cashCents: Cents
  items: SessionItem[]
  itemsCents: Cents
}

/** Papers that can go to the safe: they are in the drawer, and the bank gets them in the end. */
export function papersInDrawer(reader: Reader, session: Session): SessionItem[] {
  return sessionItems(reader, session.sessionId, bankedPaperTenders(reader))
}

/** One person's count. A paper that is not in this drawer, or is ticked twice, makes it none. */
function countBy(
  count: MovedCount,
  { settings, errors }: TurnInScope,
  known: readonly SessionItem[],
): Counted {
  const { pieces, cents } = keptPieces(count.pieces, settings.denominations, errors)
  const ticked = new Set(count.items.map(paperKey))
  const items = known.filter(item => ticked.has(paperKey(item)))
  if (items.length !== count.items.length) throw errors.COUNT_NOT_VALID({ data: { reason: 'unknown-item' } })
  return { pieces, cashCents: cents, items, itemsCents: sum(items.map(item => item.cents)) }
}

/** Names of the kinds of papers of which the two did not tick the same. */
function differingPapers(
  reader: Reader,
  given: readonly SessionItem[],
  taken: readonly SessionItem[],
): string[] {
  const without = (items: readonly SessionItem[], others: readonly SessionItem[]) => {
    const found = new Set(others.map(paperKey))
    return items.filter(item => !found.has(paperKey(item)))
  }
  const differing = [...without(given, taken), ...without(taken, given)]
  return [...new Set(differing.map(item => tenderNames(reader)(item.tender)))]
}

/** What both found; nothing leaves the drawer while they differ. */
function agreed(scope: TurnInScope, session: Session): Counted {
  const { tx, input, errors, settings } = scope
  const known = papersInDrawer(tx, session)
  const given = countBy(input.given, scope, known)
  const taken = countBy(input.taken, scope, known)
  if (given.pieces.length === 0 && given.items.length === 0) throw errors.NOTHING_TO_TURN_IN()
  const labels = [
    ...differingPieces(given.pieces, taken.pieces, settings.denominations),
    ...differingPapers(tx, given.items, taken.items),
  ]
  if (labels.length > 0) throw errors.COUNTS_DIFFER({ data: { labels } })
  return given
}

export const turnIn = os.movement.turnIn.handler(
  approvedWrite({
    decide(scope: TurnInScope) {
      const { tx, input, errors, person, approver } = scope
      const session = movableSession(tx, person.personId, errors)
      const counted = agreed(scope, session)
      // Both have counted it, so that it tells nobody more than what lies on the table.
      if (counted.cashCents > cashInDrawer(tx, session.sessionId)) throw errors.CASH_NOT_IN_DRAWER()
      if (!approver) throw errors.APPROVAL_NEEDED()
      tx.append(
        'drawer.turned-in',
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
        },
        session.businessDate,
      )
    },
    answer(facts) {
      const { movementId, number, cashCents, itemsCents } = factIn(facts, 'drawer.turned-in').body
      return { movementId, number, cashCents, itemsCents }
    },
  }),
)
