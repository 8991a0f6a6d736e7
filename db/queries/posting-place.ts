import type { Cents } from '../../shared/money.ts'
import { expected } from '../../shared/rules/session/expected.ts'
import { CASH } from '../../shared/tenders.ts'
import type { BusinessDate } from '../../shared/time.ts'
import type { Reader } from '../ledger/reader.ts'
import { build, statement } from '../ledger/statement.ts'
import { unclosedSessionOf } from './session/session.ts'

/** What a receipt is posted into: the cashier's session, the cash in its drawer, and the last number given. */
export interface PostingPlace {
  sessionId: string
  state: 'open' | 'counted' | 'closed'
  businessDate: BusinessDate
  openedAtMs: number
  /** Cash that the ledger says is in the drawer now. */
  cashInDrawerCents: Cents
  /** At this much cash the drawer takes no more until a turn-in; zero is no limit. */
  limitCents: Cents
  /** The same once somebody lifted the limit until a turn-in brings it below. */
  liftedLimitCents: Cents | null
  /** Code and epoch of the till, as its numbers show them. */
  till: { code: string; epoch: number }
  lastReceiptNo: number
}

// One look instead of one each at the session, its drawer, its cash and the till: a look costs the waiting customer
// much the same however little it brings back.
const placeOfCashier = statement<{ cashierId: string }>()(parameter =>
  build
    .selectFrom('drawer_session as s')
    .innerJoin('till as t', join => join.onTrue())
    .innerJoin('drawer as d', 'd.drawer_id', 's.drawer_id')
    .innerJoin('session_tender as c', join =>
      join.onRef('c.session_id', '=', 's.session_id').on('c.tender', '=', CASH),
    )
    .select([
      's.session_id as sessionId',
      's.state',
      's.business_date as businessDate',
      's.opened_at as openedAtMs',
      'd.limit_cents as limitCents',
      's.lifted_limit_cents as liftedLimitCents',
      't.code',
      't.epoch',
      't.last_receipt_no as lastReceiptNo',
      'c.opening_cents as openingCents',
      'c.tendered_cents as tenderedCents',
      'c.change_cents as changeCents',
      'c.paid_in_cents as paidInCents',
      'c.paid_out_cents as paidOutCents',
      'c.turned_in_cents as turnedInCents',
      'c.refunded_cents as refundedCents',
    ])
    .where('s.cashier_id', '=', parameter('cashierId'))
    .where('s.state', '<>', 'closed'),
)

/** Where the cashier's receipts go now; undefined where no session of theirs is unclosed. */
export function postingPlaceOf(reader: Reader, cashierId: string): PostingPlace | undefined {
  const row = reader.one(placeOfCashier, { cashierId })
  if (row) {
    const { sessionId, state, businessDate, openedAtMs, limitCents, liftedLimitCents } = row
    const { code, epoch, lastReceiptNo } = row
    const cashInDrawerCents = expected(row)
    return {
      sessionId,
      state,
      businessDate,
      openedAtMs,
      cashInDrawerCents,
      limitCents,
      liftedLimitCents,
      till: { code, epoch },
      lastReceiptNo,
    }
  }
  // A session whose cash, drawer or till is gone is a damaged ledger, and no reason to open another drawer.
  const session = unclosedSessionOf(reader, cashierId)
  if (session) throw new Error(`Session ${session.sessionId} lacks its cash, its drawer or its till`)
  return undefined
}
