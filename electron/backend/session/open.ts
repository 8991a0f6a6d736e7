/** Opening a drawer: one cashier, one drawer, cash counted blind; what is not what was left takes a recount and a second person. */
import type { Reader } from '../../../db/ledger/reader.ts'
import type { Writer } from '../../../db/ledger/writer.ts'
import { type Person, personNames } from '../../../db/queries/person.ts'
import { againstLeft } from '../../../db/queries/session/left-pieces.ts'
import { lastSessionAt, openingCountOf } from '../../../db/queries/session/opening.ts'
import { unclosedSessionAt } from '../../../db/queries/session/session.ts'
import { allDrawers, drawerById } from '../../../db/queries/setup.ts'
import type { Fact } from '../../../shared/ledger/facts.ts'
import type { Drawer } from '../../../shared/ledger/setup.ts'
import { mayBeFundChange, openingFigures } from '../../../shared/rules/session/opening.ts'
import { type BusinessDate, businessDateOf } from '../../../shared/time.ts'
import { calendarDate } from '../backend.ts'
import { approvedWrite, factIn, optionalFactIn, signedIn, write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { keptPieces } from '../request/pieces.ts'
import { normalizedText } from '../request/texts.ts'
import { LAST_ROUND } from './counting.ts'
import { appendOpened, drawerInHand } from './opening.ts'

interface DrawerErrors {
  UNKNOWN_DRAWER(): Error
  ALREADY_OPEN(of: { data: { drawerName: string } }): Error
  DRAWER_IN_USE(of: { data: { cashierName: string } }): Error
}

/** A drawer that somebody may open now: in use, and neither of them has a session. */
function freeDrawer(tx: Writer, asked: { drawerId: string; person: Person; errors: DrawerErrors }): Drawer {
  const { drawerId, person, errors } = asked
  const drawer = drawerById(tx, drawerId)
  if (!drawer?.active) throw errors.UNKNOWN_DRAWER()
  const own = drawerInHand(tx, person.personId)
  if (own !== undefined) throw errors.ALREADY_OPEN({ data: { drawerName: own } })
  const taken = unclosedSessionAt(tx, drawerId)
  if (taken) throw errors.DRAWER_IN_USE({ data: { cashierName: personNames(tx)(taken.cashierId) } })
  return drawer
}

/** What is known where somebody is about to open a drawer: what was left in it, and what they counted already. */
function openingAt(
  reader: Reader,
  { drawerId, personId, today }: { drawerId: string; personId: string; today: BusinessDate },
) {
  const left = lastSessionAt(reader, drawerId)
  const afterSessionId = left?.sessionId ?? null
  return {
    left,
    afterSessionId,
    earlier: openingCountOf(reader, { drawerId, personId, afterSessionId, today }),
  }
}

export const open = os.session.open.handler(
  write({
    decide({ tx, input, errors, person, settings, backend, nowMs }) {
      const { drawerId } = input
      const drawer = freeDrawer(tx, { drawerId, person, errors })
      const today = businessDateOf(nowMs, settings.timeZone)
      const { left, afterSessionId, earlier } = openingAt(tx, { drawerId, personId: person.personId, today })
      if (earlier?.round === LAST_ROUND) throw errors.COUNTED_TWICE()
      const { pieces, cents } = keptPieces(input.pieces, settings.denominations, errors)
      const round = earlier ? LAST_ROUND : 1
      // A new drawer's fund is what is put in; only its first count is set beside what is assigned to it.
      const agrees = left
        ? cents === left.leftCents
        : cents === drawer.changeFundCents || round === LAST_ROUND
      const countId = backend.newId()
      if (!agrees) {
        const leftCents = left?.leftCents ?? null
        tx.append('session.opening-counted', {
          countId,
          drawerId,
          round,
          afterSessionId,
          leftCents,
          cents,
          pieces,
        })
        return
      }
      appendOpened(tx, {
        sessionId: input.commandId,
        countId,
        drawer,
        cashierId: person.personId,
        openingCents: cents,
        pieces,
        changeFundCents: left?.changeFundCents ?? cents,
        handedFrom: null,
        difference: null,
      })
    },
    answer(facts, reader) {
      const opened = optionalFactIn(facts, 'session.opened')
      if (opened) return { outcome: 'opened' as const, opened: openedAnswer(opened, reader) }
      const { round } = factIn(facts, 'session.opening-counted').body
      return { outcome: round < LAST_ROUND ? ('recount' as const) : ('explain' as const), opened: null }
    },
  }),
)

export const openDifferent = os.session.openDifferent.handler(
  approvedWrite({
    decide({ tx, input, errors, person, settings, approver, nowMs }) {
      const { drawerId } = input
      const drawer = freeDrawer(tx, { drawerId, person, errors })
      const today = businessDateOf(nowMs, settings.timeZone)
      const { left, earlier } = openingAt(tx, { drawerId, personId: person.personId, today })
      if (!left || earlier?.round !== LAST_ROUND) throw errors.NOT_COUNTED()
      if (!approver) throw errors.APPROVAL_NEEDED()
      const { countId, countedCents, pieces } = earlier
      const { fundCents } = input
      // Whoever approved saw the fund that was assigned then.
      const isFund = fundCents === drawer.changeFundCents && mayBeFundChange(countedCents, left, fundCents)
      if (fundCents !== null && !isFund) throw errors.FUND_CHANGED()
      const figures = openingFigures(countedCents, left, fundCents)
      const { changeFundCents, fundChangeCents, overShortCents } = figures
      appendOpened(tx, {
        sessionId: input.commandId,
        countId,
        drawer,
        cashierId: person.personId,
        openingCents: countedCents,
        pieces,
        changeFundCents,
        handedFrom: null,
        difference: {
          leftCents: left.leftCents,
          fundChangeCents,
          overShortCents,
          overShortGlAccount: settings.overShortGlAccount,
          reason: normalizedText('reason', input.reason, { maxLength: 200, required: true }),
          approvedBy: approver.personId,
        },
      })
    },
    answer: (facts, reader) => openedAnswer(factIn(facts, 'session.opened'), reader),
  }),
)

export const openings = os.session.openings.handler(({ context }) => {
  const { reader } = context.backend.ledger
  const { personId } = signedIn(context)
  const today = calendarDate(context.backend)
  const nameOf = personNames(reader)
  return allDrawers(reader)
    .filter(drawer => drawer.active)
    .map(({ drawerId, name, changeFundCents: assignedCents }) => {
      const { left, earlier } = openingAt(reader, { drawerId, personId, today })
      const holder = unclosedSessionAt(reader, drawerId)
      const state = {
        ...{ drawerId, name, round: (earlier?.round ?? 0) + 1 },
        heldByName: holder ? nameOf(holder.cashierId) : null,
      }
      // The second count must be as blind as the first.
      if (!left || earlier?.round !== LAST_ROUND) return { ...state, difference: null }
      const { countedCents } = earlier
      const { overShortCents } = openingFigures(countedCents, left, null)
      const brought = openingFigures(countedCents, left, assignedCents)
      const difference = {
        ...{ leftCents: left.leftCents, countedCents, overShortCents },
        fund: mayBeFundChange(countedCents, left, assignedCents)
          ? { fundCents: assignedCents, ...brought }
          : null,
      }
      return { ...state, difference }
    })
})

function openedAnswer({ body }: Fact<'session.opened'>, reader: Reader) {
  return {
    sessionId: body.sessionId,
    number: body.number,
    openingCents: body.openingCents,
    changeFundWantedCents: body.changeFundWantedCents,
    leftBefore: againstLeft(reader, body, body.pieces),
  }
}
