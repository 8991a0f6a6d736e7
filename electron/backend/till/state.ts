/** The state of the till as a screen shows it, and the stream of what changes. */

import { personById } from '../../../db/queries/person.ts'
import {
  cashInDrawer,
  type Session,
  sessionTenders,
  unclosedSessionOf,
} from '../../../db/queries/session/session.ts'
import { drawerById, settingsOf } from '../../../db/queries/setup.ts'
import { tillOf } from '../../../db/queries/till.ts'
import type { TillState } from '../../../shared/contract/till.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'
import {
  isLifted,
  type LevelState,
  levelState,
  limitInForce,
} from '../../../shared/rules/session/cash-limit.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { businessDateOf } from '../../../shared/time.ts'
import type { Backend, Unavailable } from '../backend.ts'
import { suspendedBaskets } from '../basket/index.ts'
import { base, faults, lockIfIdle, os, type TransportContext } from '../request/guard.ts'

const HOUR_MS = 3_600_000

function levelOf(backend: Backend, session: Session, warnPercent: number) {
  const limitCents = drawerById(backend.ledger.reader, session.drawerId)?.limitCents ?? ZERO
  const cash = cashInDrawer(backend.ledger.reader, session.sessionId)
  // Tenths only: an exact figure in the header would be the expected figure, before the count.
  return {
    limitCents,
    tenths: limitCents <= 0 ? 0 : Math.min(10, Math.max(0, Math.floor((cash * 10) / limitCents))),
    state: liftedState(cash, limitCents, session.liftedLimitCents, warnPercent),
    lifted: isLifted(limitCents, session.liftedLimitCents) && cash >= limitCents,
  }
}

/** A limit that was lifted still calls for a turn-in; it is full again where the lifted one is reached. */
function liftedState(cash: Cents, limitCents: Cents, lifted: Cents | null, warnPercent: number): LevelState {
  const state = levelState(cash, limitInForce(limitCents, lifted), warnPercent)
  return state === 'full' ? state : levelState(cash, limitCents, warnPercent) === 'fine' ? 'fine' : 'warn'
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
    tenders: sessionTenders(reader, session.sessionId).map(({ tender }) => tender),
    level: levelOf(backend, session, settings.warnPercent),
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
  basketsSetAside: null,
  sync: { connection: 'alone', counts: { held: 0, sent: 0, acknowledged: 0, posted: 0, exceptions: 0 } },
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
  if (signIn) lockIfIdle(backend, signIn.personId)
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
    suspendedCount: person ? suspendedBaskets(backend).length : 0,
    basketsSetAside: backend.workspace.setAside,
    sync: { connection: backend.sync.connection, counts: backend.sync.postings.counts() },
  }
}

function personOf(backend: Backend, personId: string): TillState['person'] | undefined {
  const person = personById(backend.ledger.reader, personId)
  return person?.active ? { personId, name: person.name, role: person.role } : undefined
}

// Answered even where there is no ledger: somebody has to say why.
export const state = base.use(faults).till.state.handler(({ context }: { context: TransportContext }) => {
  const { till, signInToken } = context
  return 'unavailable' in till ? unavailableState(till) : stateOf(till, signInToken)
})

export const changes = os.till.changes.handler(({ context, signal }) =>
  context.backend.changes.stream(signal),
)
