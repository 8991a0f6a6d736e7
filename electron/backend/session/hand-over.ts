/** Handing a drawer over in mid-day: giver and taker count apart, both sign, and one session ends where the next begins. */
import { allPeople } from '../../../db/queries/person.ts'
import { unclosedSessionOf } from '../../../db/queries/session/session.ts'
import { CASHIERS } from '../../../shared/roles.ts'
import { approvedWrite, optionalFactIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { appendClosed } from './closing.ts'
import { isWhole } from './composition.ts'
import { appendCounted, countResult, LAST_ROUND, takeTwoCounts } from './counting.ts'
import { appendTakenOver, drawerInHand } from './opening.ts'

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
      const counts = { count: input.count, again: input.takerPieces }
      const found = takeTwoCounts(tx, session, counts, { settings, errors })
      const { personId: takerId } = taker
      const counting = { session, found, countId: backend.newId(), handToId: takerId }
      appendCounted(tx, { ...counting, secondCounterId: takerId })
      if (!isWhole(tx, session, found)) return
      appendClosed(tx, { ...counting, settings, reason: '', approvedBy: null })
      appendTakenOver(tx, { session, found, takerId, newId: backend.newId })
    },
    answer: (facts, reader) => ({
      ...countResult(reader, facts),
      nextSessionNumber: optionalFactIn(facts, 'session.opened')?.body.number ?? null,
    }),
  }),
)
