/** What a session's opening states: by its cashier from a counted change fund, or on the money that another one handed over. */

import type { Reader } from '../../../db/ledger/reader.ts'
import type { Writer } from '../../../db/ledger/writer.ts'
import { lastLift } from '../../../db/queries/journal.ts'
import { type Session, unclosedSessionOf } from '../../../db/queries/session/session.ts'
import { allTenderTypes, drawerById } from '../../../db/queries/setup.ts'
import { tillNow } from '../../../db/queries/till.ts'
import type { BodyOf } from '../../../shared/ledger/facts.ts'
import type { TenderBalance } from '../../../shared/ledger/session.ts'
import type { Drawer } from '../../../shared/ledger/setup.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'
import type { CountedPiece } from '../../../shared/rules/cash/denominations.ts'
import { isLifted } from '../../../shared/rules/session/cash-limit.ts'
import { humanNumber } from '../../../shared/rules/text/human-number.ts'
import { CASH } from '../../../shared/tenders.ts'

export interface Opening {
  sessionId: string
  countId: string
  drawer: Drawer
  cashierId: string
  openingCents: Cents
  pieces: CountedPiece[]
  /** The drawer's own change fund: what stays at close, whatever was found of it. */
  changeFundCents: Cents
  /** The session whose counted money this one begins with. */
  handedFrom: string | null
  /** Where it begins with another amount than was left. */
  difference: BodyOf<'session.opened'>['difference']
}

/** Opens a session. Its figures begin at the counted money, whatever was in the drawer's sessions before. */
export function appendOpened(tx: Writer, opening: Opening): void {
  const { drawer, ...stated } = opening
  const till = tillNow(tx)
  const sessionNo = till.last_session_no + 1
  tx.append('session.opened', {
    ...stated,
    sessionNo,
    number: humanNumber(till, sessionNo, 'S'),
    drawerId: drawer.drawerId,
    changeFundWantedCents: drawer.changeFundCents,
    // Every type has its row, used or not: a tender switched on at noon is balanced at night.
    tenders: allTenderTypes(tx).map(type => type.tender),
  })
}

/** The drawer that somebody has open; undefined where they have none. */
export function drawerInHand(reader: Reader, personId: string): string | undefined {
  const own = unclosedSessionOf(reader, personId)
  return own && (drawerById(reader, own.drawerId)?.name ?? '')
}

interface TakeOver {
  /** The session that has just been closed for it. */
  session: Session
  found: { pieces: CountedPiece[]; balances: TenderBalance[] }
  takerId: string
  newId: () => string
}

/** Opens the taker's session on the money that both counted. The drawer's own fund stays what it was. */
export function appendTakenOver(tx: Writer, { session, found, takerId, newId }: TakeOver): void {
  const drawer = drawerById(tx, session.drawerId)
  if (!drawer) throw new Error(`Session ${session.number} is of no drawer`)
  const sessionId = newId()
  appendOpened(tx, {
    sessionId,
    countId: newId(),
    drawer,
    cashierId: takerId,
    openingCents: found.balances.find(balance => balance.tender === CASH)?.countedCents ?? ZERO,
    pieces: found.pieces,
    changeFundCents: session.changeFundCents,
    handedFrom: session.sessionId,
    difference: null,
  })
  carryLift(tx, session, { sessionId, limitCents: drawer.limitCents, cashierId: takerId })
}

/** A limit that was lifted is lifted for the drawer, whoever has it: until a turn-in brings the cash below it. */
function carryLift(
  tx: Writer,
  from: Session,
  to: { sessionId: string; limitCents: Cents; cashierId: string },
): void {
  if (!isLifted(to.limitCents, from.liftedLimitCents)) return
  const lift = lastLift(tx, from.sessionId)
  if (!lift) throw new Error(`Nobody lifted the limit of ${from.number}`)
  // Nobody's own drawer is lifted by themselves.
  if (lift.body.approvedBy === to.cashierId) return
  tx.append(
    'session.limit-lifted',
    { ...lift.body, sessionId: to.sessionId },
    { businessDate: from.businessDate },
  )
}
