/** The live board: every drawer of this till as it stands now, and what has become of the day's sessions. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { postedAtOf } from '../../../db/queries/receipt/receipt.ts'
import { safeCents } from '../../../db/queries/safe.ts'
import {
  cashInDrawer,
  type Session,
  sessionsClosedSince,
  sessionTenders,
  unclosedSessionAt,
} from '../../../db/queries/session/session.ts'
import { sessionSummary } from '../../../db/queries/session/session-summary.ts'
import { stockOf } from '../../../db/queries/session/stock.ts'
import { allDrawers, settingsNow, tenderNames } from '../../../db/queries/setup.ts'
import type { BoardDrawer } from '../../../shared/contract/session.ts'
import type { Drawer } from '../../../shared/ledger/setup.ts'
import { type Cents, times, ZERO } from '../../../shared/money.ts'
import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { runningLow } from '../../../shared/rules/cash/likely-stock.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import { CASH } from '../../../shared/tenders.ts'
import { type BusinessDate, businessDateOf, instantOf } from '../../../shared/time.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import type { Postings } from '../sync/index.ts'
import { isBlindTo } from './counting.ts'

const HOUR_MS = 3_600_000
const HOURS: readonly number[] = Array.from({ length: 24 }, (_, hour) => hour)

/** What a board is drawn up from. */
interface Looking {
  reader: Reader
  settings: Settings
  personId: string
  nowMs: number
  postings: Postings
  summary: ReturnType<typeof sessionSummary>
}

type OpenSession = NonNullable<BoardDrawer['session']>
type Figures = Pick<OpenSession, 'level' | 'tenders' | 'runningLow'>

/** Percent of the limit; null where the drawer has none. */
function percentOf(cash: Cents, limitCents: Cents): number | null {
  return limitCents <= ZERO ? null : Math.floor(times(cash, 100) / limitCents)
}

/** What the drawer holds, for whoever does not count it blind. */
function figures({ reader, settings }: Looking, session: Session, limitCents: Cents): Figures {
  const nameOf = tenderNames(reader)
  const cashCents = cashInDrawer(reader, session.sessionId)
  const { denominations, lowPieces } = settings
  const labels = new Map(denominations.map(of => [denominationKey(of), of.label]))
  // Following every piece of a busy day takes long, and a counted drawer gives no change any more.
  const isFollowed = lowPieces.length > 0 && session.state === 'open'
  const stock = isFollowed ? stockOf(reader, session, denominations).pieces : []
  return {
    level: { cashCents, percent: percentOf(cashCents, limitCents) },
    tenders: sessionTenders(reader, session.sessionId)
      .filter(row => row.tender === CASH || row.tenderedCents !== ZERO)
      .map(({ tender, itemCount, expectedCents, tenderedCents }) => {
        return { tender, name: nameOf(tender), itemCount, expectedCents, tenderedCents }
      }),
    runningLow: (isFollowed ? runningLow(stock, lowPieces) : []).map(({ pieces, ...of }) => {
      return { label: labels.get(denominationKey(of)) ?? '', pieces }
    }),
  }
}

const BLIND: Figures = { level: null, tenders: [], runningLow: [] }

function openSession(looking: Looking, drawer: Drawer, session: Session): OpenSession {
  const { settings, personId, nowMs } = looking
  return {
    ...looking.summary(session),
    lastActivityMs: session.lastActivityMs,
    tooOld: nowMs - session.openedAtMs >= settings.maxSessionHours * HOUR_MS,
    heldCount: looking.postings.heldIn(session.sessionId),
    ...(isBlindTo(session, personId) ? BLIND : figures(looking, session, drawer.limitCents)),
  }
}

/** Receipts by the hour of the clock on the wall; where the clocks go back, an hour is as long as it was. */
function hoursOf({ reader, settings: { timeZone } }: Looking, date: BusinessDate) {
  const startOf = (hour: number) => instantOf(date, hour * 60, timeZone)
  const yesterday = businessDateOf(startOf(0) - 1, timeZone)
  // A session that runs past midnight keeps the business date of its opening.
  const posted = postedAtOf(reader, [yesterday, date])
  return HOURS.map(hour => {
    const [from, to] = [startOf(hour), startOf(hour + 1)]
    return { hour, receiptCount: posted.filter(atMs => atMs >= from && atMs < to).length }
  }).filter(({ receiptCount }) => receiptCount > 0)
}

export const board = os.session.board.handler(({ context }) => {
  const { backend } = context
  const { reader } = backend.ledger
  const settings = settingsNow(reader)
  const nowMs = backend.clock()
  const { postings } = backend.sync
  const { personId } = signedIn(context)
  const summary = sessionSummary(reader)
  const looking = { reader, settings, personId, nowMs, postings, summary }
  const businessDate = businessDateOf(nowMs, settings.timeZone)
  const midnightMs = instantOf(businessDate, 0, settings.timeZone)
  const closed = Map.groupBy(sessionsClosedSince(reader, midnightMs), session => session.drawerId)
  const drawers = allDrawers(reader).flatMap(drawer => {
    const session = unclosedSessionAt(reader, drawer.drawerId)
    if (!drawer.active && !session) return []
    return [
      {
        drawerId: drawer.drawerId,
        drawerName: drawer.name,
        limitCents: drawer.limitCents,
        session: session ? openSession(looking, drawer, session) : null,
        closedToday: (closed.get(drawer.drawerId) ?? []).map(found => ({
          ...summary(found),
          heldCount: postings.heldIn(found.sessionId),
        })),
      },
    ]
  })
  return { businessDate, drawers, safeCents: safeCents(reader), hours: hoursOf(looking, businessDate) }
})
