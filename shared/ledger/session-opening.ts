/** A drawer session's opening: the cash that it begins with, counted blind and set beside what was left in the drawer. */
import { z } from 'zod'
import {
  amountField,
  centsField,
  countedPieceField,
  glAccountField,
  humanNumberField,
  idField,
  reasonField,
  runningNoField,
} from '../fields.ts'
import { add, type Cents, formatCents, ZERO } from '../money.ts'
import { mayBeFundChange } from '../rules/session/opening.ts'
import { CASH, tenderField } from '../tenders.ts'
import { body, type FactOf, kind } from './kind.ts'
import { pieceColumns } from './pieces.ts'
import { aboutSession, type CountHead, countRows, SESSION_SHOWS, sessionTables } from './rows/session-rows.ts'
import type { RowChange } from './rows/table.ts'
import { tillChange } from './till.ts'

const { drawer_session, session_tender, opening_count, opening_count_piece, opening_difference } =
  sessionTables

/** A count that is not what the session before left: nobody has the drawer yet, and it may be counted once more. */
const openingCountedField = z.strictObject({
  countId: idField,
  drawerId: idField,
  round: z.int().min(1).max(2),
  /** The last session of the drawer, against which it was counted; null where it had none. */
  afterSessionId: idField.nullable(),
  /** What that one left; null where there was none. */
  leftCents: amountField.nullable(),
  cents: amountField,
  pieces: z.array(countedPieceField),
})
type OpeningCounted = FactOf<z.infer<typeof openingCountedField>>

/** Another amount than the session before left, after a recount and with another person's approval. */
const openingDifferenceField = z.strictObject({
  leftCents: amountField,
  /** Put in to bring the drawer to the change fund that is assigned to it, or taken out where negative. */
  fundChangeCents: centsField,
  overShortCents: centsField,
  /** Where over and short are posted to. */
  overShortGlAccount: glAccountField,
  reason: reasonField,
  approvedBy: idField,
})

const openedField = z.strictObject({
  sessionId: idField,
  sessionNo: runningNoField,
  number: humanNumberField,
  drawerId: idField,
  cashierId: idField,
  countId: idField,
  changeFundWantedCents: amountField,
  /** All the cash that it begins with. */
  openingCents: amountField,
  pieces: z.array(countedPieceField),
  /** The drawer's own change fund in it: what stays at close. The rest was handed over from another session. */
  changeFundCents: amountField,
  handedFrom: idField.nullable(),
  /** Null where it begins with what was left, or with what was handed over, and where nothing was left before. */
  difference: openingDifferenceField.nullable(),
  /** The tenders that are balanced in this session; fixed at opening with the other opening facts. */
  tenders: z.array(tenderField),
})

type Opened = FactOf<z.infer<typeof openedField>>

function openingTender(sessionId: string, tender: string, openingCents: Cents): RowChange {
  return session_tender.insert({
    session_id: sessionId,
    tender,
    opening_cents: openingCents,
    tendered_cents: ZERO,
    change_cents: ZERO,
    paid_in_cents: ZERO,
    paid_out_cents: ZERO,
    turned_in_cents: ZERO,
    refunded_cents: ZERO,
    item_count: 0,
    expected_cents: null,
    counted_cents: null,
    over_short_cents: null,
  })
}

/** The opening money is counted by the new cashier; money that is handed over, by whoever gives it too. */
function openingCount({ body, actorId }: Opened): CountHead {
  const { countId, sessionId, cashierId } = body
  const secondPersonId = actorId === cashierId ? null : actorId
  return { countId, sessionId, purpose: 'opening', personId: cashierId, secondPersonId }
}

function differenceRows({ sessionId, difference }: Opened['body']): RowChange[] {
  if (difference === null) return []
  return [
    opening_difference.insert({
      session_id: sessionId,
      left_cents: difference.leftCents,
      fund_change_cents: difference.fundChangeCents,
      over_short_cents: difference.overShortCents,
      over_short_gl_account: difference.overShortGlAccount,
      reason: difference.reason,
      approved_by: difference.approvedBy,
    }),
  ]
}

function opened(fact: Opened): RowChange[] {
  const { body } = fact
  return [
    tillChange(fact, { set: { last_session_no: body.sessionNo } }),
    drawer_session.insert({
      session_id: body.sessionId,
      session_no: body.sessionNo,
      number: body.number,
      drawer_id: body.drawerId,
      cashier_id: body.cashierId,
      business_date: fact.businessDate,
      opened_at: fact.at,
      state: 'open',
      change_fund_wanted_cents: body.changeFundWantedCents,
      receipt_count: 0,
      void_count: 0,
      last_activity_at: fact.at,
      count_round: 0,
      closing_count_id: null,
      closed_at: null,
      z_no: null,
      z_number: null,
      z_hash: null,
      close_reason: null,
      approved_by: null,
      over_short_gl_account: null,
      change_fund_cents: body.changeFundCents,
      left_cents: null,
      handed_from: body.handedFrom,
      hand_to_id: null,
      lifted_limit_cents: null,
    }),
    ...body.tenders.map(tender =>
      openingTender(body.sessionId, tender, tender === CASH ? body.openingCents : ZERO),
    ),
    ...countRows(fact, openingCount(fact), body.pieces),
    ...differenceRows(body),
  ]
}

function openingCounted(fact: OpeningCounted): RowChange[] {
  const { body } = fact
  return [
    opening_count.insert({
      count_id: body.countId,
      drawer_id: body.drawerId,
      person_id: fact.actorId,
      round: body.round,
      after_session_id: body.afterSessionId,
      business_date: fact.businessDate,
      cents: body.cents,
      epoch: fact.epoch,
      seq: fact.seq,
      at: fact.at,
    }),
    ...body.pieces.map(piece =>
      opening_count_piece.insert({ count_id: body.countId, ...pieceColumns(piece) }),
    ),
  ]
}

export const openingKinds = {
  'session.opening-counted': kind({
    body: body(openingCountedField),
    label: 'Opening count that differs',
    shows: ['session'],
    posts: false,
    says: ({ body }, nameOf) =>
      `${body.round === 1 ? 'Counted' : 'Counted again'} to open ${nameOf(body.drawerId)}: ${formatCents(body.cents)}${
        body.leftCents === null ? '' : `, ${formatCents(body.leftCents)} was left`
      }`,
    about: ({ afterSessionId }) =>
      afterSessionId === null ? null : aboutSession({ sessionId: afterSessionId }),
    project: openingCounted,
  }),
  'session.opened': kind({
    body: body(openedField),
    label: 'Session opened',
    shows: SESSION_SHOWS,
    posts: true,
    says: ({ body }, nameOf) =>
      `Session ${body.number} opened by ${nameOf(body.cashierId)}, ${formatCents(body.openingCents)} in the drawer${
        body.difference === null
          ? ''
          : `, ${formatCents(body.difference.leftCents)} was left, approved by ${nameOf(body.difference.approvedBy)}: ${body.difference.reason}`
      }`,
    about: aboutSession,
    lack: ({ difference, openingCents }) => {
      if (difference === null) return null
      const { leftCents, fundChangeCents, overShortCents } = difference
      if (add(add(leftCents, fundChangeCents), overShortCents) !== openingCents) return 'does not add up'
      if (fundChangeCents === ZERO) return null
      // The count itself does not lie; which of the two it is nearer to says whether it may be.
      return mayBeFundChange(
        openingCents,
        { leftCents, changeFundCents: ZERO },
        add(leftCents, fundChangeCents),
      )
        ? null
        : 'says of a drawer that it was brought to a change fund, and its count is nearer to what was left'
    },
    project: opened,
  }),
}
