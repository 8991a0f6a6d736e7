/** Handing a drawer over in mid-day: giver and taker count apart, both sign, and one session ends where the next begins. */
import { allPeople } from '../../../db/queries/people.ts'
import { unclosedSessionOf } from '../../../db/queries/sessions.ts'
import { CASHIERS } from '../../../shared/roles.ts'
import { approvedWrite, optionalFactIn } from '../commands.ts'
import { isWhole } from '../composition.ts'
import { appendCounted, countResult, LAST_ROUND, takeCount } from '../counting.ts'
import { os } from '../guard.ts'
import { differingPieces, keptPieces } from '../movement.ts'
import { appendClosed } from '../session-close.ts'
import { appendTakenOver, drawerInHand } from '../session-open.ts'

export const takers = os.session.takers.handler(({ context }) => {
  const { reader } = context.backend.ledger
  return allPeople(reader)
    .filter(person => person.active && person.hasPin && CASHIERS.includes(person.role))
    .filter(person => person.personId !== context.person?.personId)
    .map(({ personId, name, role }) => ({
      personId,
      name,
      role,
      drawerName: drawerInHand(reader, personId) ?? null,
    }))
})

export const handOver = os.session.handOver.handler(
  approvedWrite({
    decide({ tx, input, errors, person, settings, backend, approver: taker }) {
      const session = unclosedSessionOf(tx, person.personId)
      if (!session) throw errors.NO_OPEN_SESSION()
      if (session.countRound >= LAST_ROUND) throw errors.COUNTED_TWICE()
      if (!taker) throw errors.APPROVAL_NEEDED()
      const drawerName = drawerInHand(tx, taker.personId)
      if (drawerName !== undefined) throw errors.TAKER_HAS_DRAWER({ data: { drawerName } })
      const given = takeCount(tx, session, input.count, settings)
      if (!given.ok) throw errors.COUNT_NOT_VALID({ data: { reason: given.reason } })
      const { denominations } = settings
      const taken = keptPieces(input.takerPieces, denominations, errors)
      const { found } = given
      const labels = differingPieces(found.pieces, taken.pieces, denominations)
      // Before anything is written: what the two can not agree on is no count of this drawer.
      if (labels.length > 0) throw errors.COUNTS_DIFFER({ data: { labels } })
      const { personId: takerId } = taker
      const counting = { session, found, countId: backend.newId(), handToId: takerId }
      appendCounted(tx, { ...counting, secondCounterId: takerId })
      if (!isWhole(tx, session, found)) return
      appendClosed(tx, { ...counting, settings, reason: '', approvedBy: null })
      appendTakenOver(tx, { session, found, takerId, newId: backend.newId })
    },
    answer: (facts, reader) => ({
      ...countResult(reader, facts),
      nextSessionNumber: optionalFactIn(facts, 'drawer.opened')?.body.number ?? null,
    }),
  }),
)
