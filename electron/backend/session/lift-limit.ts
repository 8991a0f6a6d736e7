/** A drawer at its cash limit that takes more all the same: once, with a reason and another person, until a turn-in brings it below. */
import { postingPlaceOf } from '../../../db/queries/posting-place.ts'
import { add } from '../../../shared/money.ts'
import { isLifted, levelState } from '../../../shared/rules/session/cash-limit.ts'
import { approvedWrite } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'

export const liftLimit = os.session.liftLimit.handler(
  approvedWrite({
    decide({ tx, input, errors, person, settings, approver }) {
      const place = postingPlaceOf(tx, person.personId)
      if (!place) throw errors.NO_OPEN_SESSION()
      if (place.state !== 'open') throw errors.SESSION_COUNTED()
      const { cashInDrawerCents, limitCents, liftedLimitCents, sessionId, businessDate } = place
      if (isLifted(limitCents, liftedLimitCents)) throw errors.LIMIT_LIFTED_ALREADY()
      // The header says as much: whether it is full, and not by how much.
      if (levelState(cashInDrawerCents, limitCents, settings.warnPercent) !== 'full')
        throw errors.LIMIT_NOT_REACHED()
      const reason = normalizedText('reason', input.reason, { maxLength: 200, required: true })
      if (!approver) throw errors.APPROVAL_NEEDED()
      tx.append(
        'session.limit-lifted',
        {
          sessionId,
          // As much again as the limit, whatever is in it: one large payment is no reason for none after it.
          limitCents: add(cashInDrawerCents, limitCents),
          reason,
          approvedBy: approver.personId,
        },
        { businessDate },
      )
    },
    answer: () => ({}),
  }),
)
