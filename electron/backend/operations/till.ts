/** The till itself: its state, first run, journal and proof. */

import { journalPage } from '../../../db/queries/journal.ts'
import { personById, personNames } from '../../../db/queries/people.ts'
import { cashInDrawer, type Session, unclosedSessionOf } from '../../../db/queries/sessions.ts'
import { drawerById, settingsOf, tillOf } from '../../../db/queries/setup.ts'
import type { TillState } from '../../../shared/contract/till.ts'
import { ZERO } from '../../../shared/money.ts'
import { levelState } from '../../../shared/rules/cash-limit.ts'
import type { Settings } from '../../../shared/settings.ts'
import { businessDateOf } from '../../../shared/time.ts'
import type { Backend, Unavailable } from '../backend.ts'
import { eventsOf } from '../events.ts'
import { base, type DoorContext, faults, os } from '../guard.ts'
import { summarize } from '../journal-words.ts'

const HOUR_MS = 3_600_000

function levelOf(backend: Backend, session: Session, warnPercent: number) {
  const limitCents = drawerById(backend.ledger.reader, session.drawerId)?.limitCents ?? ZERO
  const cash = cashInDrawer(backend.ledger.reader, session.sessionId)
  // Tenths only: an exact figure in the header would be the expected figure, before the count.
  return {
    limitCents,
    tenths: limitCents <= 0 ? 0 : Math.min(10, Math.max(0, Math.floor((cash * 10) / limitCents))),
    state: levelState(cash, limitCents, warnPercent),
  }
}

function sessionState(backend: Backend, personId: string, settings: Settings): TillState['session'] {
  const { reader } = backend.ledger
  const session = unclosedSessionOf(reader, personId)
  if (!session) return null
  return {
    sessionId: session.sessionId,
    number: session.number,
    drawerId: session.drawerId,
    drawerName: drawerById(reader, session.drawerId)?.name ?? '',
    businessDate: session.businessDate,
    openedAtMs: session.openedAtMs,
    state: session.state,
    level: levelOf(backend, session, settings.drawerControl.warnPercent),
    tooOld: backend.clock() - session.openedAtMs >= settings.maxSessionHours * HOUR_MS,
  }
}

const NOTHING = {
  problem: null,
  utilityName: '',
  tillCode: '',
  sample: false,
  timeZone: 'UTC',
  idleLockMinutes: 15,
  accountCount: 0,
  person: null,
  locked: false,
  session: null,
  suspendedCount: 0,
  sync: { line: 'alone', counts: { held: 0, sent: 0, acknowledged: 0, posted: 0, exceptions: 0 } },
} as const

function unavailableState(till: Unavailable): TillState {
  const { problem, detail } = till.unavailable
  const nowMs = till.clock()
  return {
    ...NOTHING,
    phase: 'unavailable',
    problem: { problem, detail },
    nowMs,
    businessDate: businessDateOf(nowMs, 'UTC'),
  }
}

function stateOf(backend: Backend, signInToken: string | undefined): TillState {
  const { reader } = backend.ledger
  const nowMs = backend.clock()
  const till = tillOf(reader)
  const settings = settingsOf(reader)
  if (!till || !settings)
    return { ...NOTHING, phase: 'first-run', nowMs, businessDate: businessDateOf(nowMs, 'UTC') }
  const signIn = backend.signIns.of(signInToken)
  const person = signIn && personOf(backend, signIn.personId)
  const session = person ? sessionState(backend, person.personId, settings) : null
  return {
    phase: 'ready',
    problem: null,
    utilityName: settings.utilityName,
    tillCode: till.code,
    sample: till.sample === 1,
    timeZone: settings.timeZone,
    idleLockMinutes: settings.idleLockMinutes,
    nowMs,
    businessDate: session?.businessDate ?? businessDateOf(nowMs, settings.timeZone),
    accountCount: backend.accounts.importMark()?.accountCount ?? 0,
    person: person ?? null,
    locked: signIn?.locked ?? false,
    session,
    suspendedCount: person ? backend.workspace.suspended().length : 0,
    sync: { line: backend.sync.line, counts: backend.sync.postings.counts() },
  }
}

function personOf(backend: Backend, personId: string): TillState['person'] | undefined {
  const person = personById(backend.ledger.reader, personId)
  return person?.active ? { personId, name: person.name, role: person.role } : undefined
}

// Answered even where there is no ledger: somebody has to say why.
export const state = base.use(faults).till.state.handler(({ context }: { context: DoorContext }) => {
  const { till, signInToken } = context
  return 'unavailable' in till ? unavailableState(till) : stateOf(till, signInToken)
})

export const changes = os.till.changes.handler(({ context, signal }) =>
  context.backend.changes.stream(signal),
)

const ENTRIES_PER_PAGE = 100

export const journal = os.till.journal.handler(({ input, context }) => {
  const { reader } = context.backend.ledger
  const nameOf = personNames(reader)
  return journalPage(reader, { ...input, limit: ENTRIES_PER_PAGE }).map(row => ({
    epoch: row.epoch,
    seq: row.seq,
    kind: row.kind,
    atMs: row.at,
    businessDate: row.business_date,
    actorName: nameOf(row.actor_id),
    summary: summarize(row, nameOf),
    hash: row.hash,
  }))
})

export const verify = os.till.verify.handler(({ context, signal }) => {
  const { jobs, dataDir } = context.backend
  return eventsOf(onProgress => jobs.runLong('verify', { dataDir }, { onProgress, signal }))
})
