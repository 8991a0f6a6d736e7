/** Closing a drawer: a blind count, one recount, then a reason and another person. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { personById } from '../../../db/queries/person.ts'
import { piecesOf, type Session, unclosedSessionOf } from '../../../db/queries/session/session.ts'
import { settingsOf } from '../../../db/queries/setup.ts'
import type { CountResult } from '../../../shared/contract/session-fields.ts'
import type { TenderBalance } from '../../../shared/ledger/session.ts'
import { negate, ZERO } from '../../../shared/money.ts'
import { CASHIERS } from '../../../shared/roles.ts'
import { approvedWrite, factIn, optionalFactIn, signedIn, write } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { normalizedText } from '../request/texts.ts'
import { appendClosed } from './closing.ts'
import { isWhole, lastComposition } from './composition.ts'
import {
  appendCounted,
  countResult,
  countSheetOf,
  LAST_ROUND,
  lastDifference,
  namedBalances,
  takeCount,
} from './counting.ts'
import { appendTakenOver, drawerInHand } from './opening.ts'

export const countSheet = os.session.countSheet.handler(({ context, errors }) => {
  const { reader } = context.backend.ledger
  const session = unclosedSessionOf(reader, signedIn(context).personId)
  const settings = settingsOf(reader)
  if (!session || !settings) throw errors.NO_OPEN_SESSION()
  return countSheetOf(reader, session, settings)
})

export const count = os.session.count.handler(
  write({
    decide({ tx, input, errors, person, settings, backend }) {
      const session = unclosedSessionOf(tx, person.personId)
      if (!session) throw errors.NO_OPEN_SESSION()
      if (session.countRound >= LAST_ROUND) throw errors.COUNTED_TWICE()
      const found = takeCount(tx, session, input.count, { settings, errors })
      // Whatever the first count was for, this one is for a close of the cashier's own: nobody takes over.
      const closing = { session, found, countId: backend.newId(), secondCounterId: null, handToId: null }
      appendCounted(tx, closing)
      if (isWhole(tx, session, found))
        appendClosed(tx, { ...closing, settings, reason: '', approvedBy: null })
    },
    answer: (facts, reader): CountResult => countResult(reader, facts),
  }),
)

export const difference = os.session.difference.handler(({ context }): CountResult | null => {
  const { reader } = context.backend.ledger
  const session = unclosedSessionOf(reader, signedIn(context).personId)
  const list = session && lastDifference(reader, session)
  if (!list) return null
  return {
    outcome: 'explain',
    balances: namedBalances(reader, list),
    zNumber: null,
    composition: lastComposition(reader, session),
  }
})

/** A difference beyond the city's tolerance needs somebody else; instruments that are not the receipts' always do. */
function needsApproval(reader: Reader, session: Session, list: readonly TenderBalance[]): boolean {
  const toleranceCents = settingsOf(reader)?.differenceToleranceCents ?? ZERO
  const isBeyond = list.some(
    ({ overShortCents }) => overShortCents > toleranceCents || overShortCents < negate(toleranceCents),
  )
  return isBeyond || lastComposition(reader, session).length > 0
}

export const close = os.session.close.handler(
  approvedWrite({
    needed(_input, reader, person) {
      const session = unclosedSessionOf(reader, person.personId)
      const list = session && lastDifference(reader, session)
      return session !== undefined && list !== undefined && needsApproval(reader, session, list)
    },
    decide({ tx, input, errors, person, settings, backend, approver }) {
      const session = unclosedSessionOf(tx, person.personId)
      if (!session) throw errors.NO_OPEN_SESSION()
      const { closingCountId: countId, handToId } = session
      const list = lastDifference(tx, session)
      if (!list || countId === null) throw errors.NOT_COUNTED()
      if (handToId !== null) {
        // Days may have passed since they counted and signed.
        const taker = personById(tx, handToId)
        if (!taker?.active || !CASHIERS.includes(taker.role)) throw errors.TAKER_GONE()
        const drawerName = drawerInHand(tx, handToId)
        if (drawerName !== undefined) throw errors.TAKER_HAS_DRAWER({ data: { drawerName } })
      }
      const reason = normalizedText('reason', input.reason, { maxLength: 80, required: true })
      if (needsApproval(tx, session, list) && !approver) throw errors.APPROVAL_NEEDED()
      const found = { pieces: piecesOf(tx, countId), balances: list }
      const approvedBy = approver?.personId ?? null
      appendClosed(tx, { session, found, settings, countId, handToId, reason, approvedBy })
      if (handToId !== null) appendTakenOver(tx, { session, found, takerId: handToId, newId: backend.newId })
    },
    answer: facts => ({
      zNumber: factIn(facts, 'session.closed').body.zNumber,
      nextSessionNumber: optionalFactIn(facts, 'session.opened')?.body.number ?? null,
    }),
  }),
)
