/** Closing the forgotten session of somebody who is not there: two others count, and both sign. */
import { approvedWrite } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'
import { appendClosed } from './closing.ts'
import { appendCounted, countResult, takeTwoCounts } from './counting.ts'
import { otherSession } from './surprise.ts'

export const closeAbsent = os.session.closeAbsent.handler(
  approvedWrite({
    decide({ tx, input, errors, person, settings, backend, approver: second }) {
      const asked = { sessionId: input.sessionId, personId: person.personId }
      const session = otherSession(tx, asked, errors)
      if (!second) throw errors.APPROVAL_NEEDED()
      if (second.personId === session.cashierId) throw errors.APPROVER_IS_CASHIER()
      const counts = { count: input.count, again: input.secondPieces }
      const found = takeTwoCounts(tx, session, counts, { settings, errors })
      const reason = normalizedText('reason', input.reason, { maxLength: 80, required: true })
      // Nobody takes over from an absent cashier, even where a hand-over had begun: its money goes to the safe.
      const counting = { session, found, countId: backend.newId(), handToId: null }
      appendCounted(tx, { ...counting, secondCounterId: second.personId })
      appendClosed(tx, { ...counting, settings, reason, approvedBy: second.personId })
    },
    answer: (facts, reader) => countResult(reader, facts),
  }),
)
