/** Paid-in and paid-out: cash put into or taken from the drawer that is neither a receipt nor a turn-in. */
import { postingPlaceOf } from '../../../db/queries/posting-place.ts'
import { settingsOf } from '../../../db/queries/setup.ts'
import { ZERO } from '../../../shared/money.ts'
import { refuseWithoutCash } from '../request/cash-lacking.ts'
import { refuseAtLimit } from '../request/cash-limit.ts'
import { approvedWrite, factIn, type Scope } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { keptPieces } from '../request/pieces.ts'
import { normalizedText } from '../request/texts.ts'
import { movableSession, nextMovement } from './movement.ts'

type Handler = Parameters<typeof os.movement.pay.handler>[0]
type PayScope = Scope<Parameters<Handler>[0]['input'], Parameters<Handler>[0]['errors']>

/** The pieces, where the cashier noted them: they come to the amount. */
function notedPieces({ input, settings, errors }: PayScope) {
  const { pieces, cents } = keptPieces(input.pieces, settings.denominations, errors)
  if (pieces.length > 0 && cents !== input.cents)
    throw errors.PIECES_DIFFER({ data: { wantedCents: input.cents, countedCents: cents } })
  return pieces
}

export const pay = os.movement.pay.handler(
  approvedWrite({
    needed(input, reader) {
      const settings = settingsOf(reader)
      return settings !== undefined && input.cents > settings.paidApprovalCents
    },
    decide(scope: PayScope) {
      const { tx, input, errors, person, settings, approver } = scope
      const { direction, cents } = input
      const session = movableSession(tx, person.personId, errors)
      const { paidCategories, paidApprovalCents } = settings
      const category = paidCategories.find(of => of.direction === direction && of.name === input.category)
      if (!category) throw errors.UNKNOWN_CATEGORY()
      if (cents === ZERO) throw errors.AMOUNT_MISSING()
      const reason = normalizedText('reason', input.reason, { maxLength: 200, required: true })
      const documentNumber = normalizedText('documentNumber', input.documentNumber, { maxLength: 40 })
      const pieces = notedPieces(scope)
      // The city may have lowered its amount since the screen was asked.
      if (cents > paidApprovalCents && !approver) throw errors.APPROVAL_NEEDED()
      const place = direction === 'in' ? postingPlaceOf(tx, person.personId) : undefined
      if (place) refuseAtLimit(errors, place, settings.warnPercent)
      if (direction === 'out') refuseWithoutCash(tx, session, { what: 'paid-out', cents })
      tx.append(
        'movement.paid',
        {
          movementId: input.commandId,
          ...nextMovement(tx),
          sessionId: session.sessionId,
          direction,
          category: category.name,
          glAccount: category.glAccount,
          reason,
          documentNumber,
          cents,
          pieces,
          approvedBy: approver?.personId ?? null,
        },
        { businessDate: session.businessDate },
      )
    },
    answer(facts) {
      const { movementId, number } = factIn(facts, 'movement.paid').body
      return { movementId, number }
    },
  }),
)
