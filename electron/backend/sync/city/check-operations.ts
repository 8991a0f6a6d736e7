/** What central has of this till's drawer sessions and deposits, and whether its own sums agree. */
import { sessionById } from '../../../../db/queries/session/session.ts'
import type { KeptCheck } from '../../../../db/sync/store.ts'
import type { SumCheck } from '../../../../shared/contract/sync.ts'
import { os } from '../../request/guard.ts'

const DIFFERING_SHOWN = 100

function told({ sessionId: subjectId, atMs: toldAtMs, ...check }: KeptCheck): SumCheck {
  return { ...check, subjectId, toldAtMs }
}

export const checks = os.sync.checks.handler(({ context }) => {
  const { store } = context.backend.sync
  return { agreeing: store.agreeingChecks(), differing: store.differingChecks(DIFFERING_SHOWN).map(told) }
})

export const session = os.sync.session.handler(({ input, context, errors }) => {
  const { sync, ledger } = context.backend
  const { sessionId } = input
  if (!sessionById(ledger.reader, sessionId)) throw errors.UNKNOWN_SESSION()
  const check = sync.store.checkOf(sessionId)
  return { unsentCount: sync.postings.heldIn(sessionId), check: check ? told(check) : null }
})
