/** Drawer sessions: opened on counted money, counted, closed, and looked into while they are open. */
import { z } from 'zod'
import {
  amountField,
  centsField,
  countedPieceField,
  countField,
  glAccountField,
  humanNumberField,
  idField,
  reasonField,
  runningNoField,
  totalField,
} from '../fields.ts'
import { subtract, sum, ZERO } from '../money.ts'
import { CASH, tenderField } from '../tenders.ts'
import { body, type FactOf, kind } from './kind.ts'
import { bankInstrumentColumns, bankInstrumentField, netPieces, pieceColumns } from './pieces.ts'
import { aboutSession, COUNT_PURPOSES, countRows, SESSION_SHOWS, sessionTables } from './rows/session-rows.ts'
import type { RowChange } from './rows/table.ts'
import { safeRows } from './safe.ts'
import { openingKinds } from './session-opening.ts'
import { tillChange } from './till.ts'

export { COUNT_PURPOSES, sessionTables }

const {
  drawer_session,
  session_tender,
  count_item,
  count_total,
  session_left_piece,
  session_part,
  session_part_item,
} = sessionTables

export const tenderTotalField = z.strictObject({ tender: tenderField, cents: totalField })
export const tenderBalanceField = z.strictObject({
  tender: tenderField,
  expectedCents: centsField,
  countedCents: centsField,
  overShortCents: centsField,
})
export type TenderBalance = z.infer<typeof tenderBalanceField>

/** An instrument that was found in a count; one without a receipt was keyed in. */
const countedItemField = z.strictObject({
  tender: tenderField,
  cents: amountField,
  reference: z.string().max(40),
  receiptId: idField.nullable(),
  tenderNo: countField.nullable(),
})

/** A part of a closed session's money, for one bank account; null where the city leaves that open. */
export const bankPartField = z.strictObject({
  bankAccountId: idField.nullable(),
  cashCents: totalField,
  items: z.array(bankInstrumentField),
  /** What its GL accounts were paid less what it gets: due from other banks, or to them where negative. */
  dueCents: centsField,
})
export type BankPart = z.infer<typeof bankPartField>

/** What the till has come to since it was set up. They only grow, so a day that was cut away shows in them. */
const perpetualTotalsField = z.strictObject({
  receipts: z.int().nonnegative(),
  postedCents: totalField,
  voidedCents: totalField,
})

const found = {
  sessionId: idField,
  countId: idField,
  pieces: z.array(countedPieceField),
  items: z.array(countedItemField),
  balances: z.array(tenderBalanceField),
}
const countedField = z.strictObject({
  ...found,
  round: z.int().min(1).max(2),
  /** Who counted the same money once more and signed for it: whoever takes over, or stands in for the absent. */
  secondCounterId: idField.nullable(),
  /** Who takes the drawer over, where it is handed over. */
  handToId: idField.nullable(),
  totals: z.array(tenderTotalField),
})
const surpriseCountedField = z.strictObject(found)

const closedField = z.strictObject({
  sessionId: idField,
  drawerId: idField,
  countId: idField,
  zNo: runningNoField,
  zNumber: humanNumberField,
  openingCents: amountField,
  balances: z.array(tenderBalanceField),
  reason: z.string().max(200),
  approvedBy: idField.nullable(),
  /** Where over and short are posted to. */
  overShortGlAccount: glAccountField,
  /** Cash that stays in the drawer: its change fund, or all of it where the drawer is handed over. */
  leftCents: amountField,
  leftPieces: z.array(countedPieceField),
  /** Pieces that go to the safe; empty where no mix of pieces leaves the change fund, then only `banks` says how much. */
  leavingPieces: z.array(countedPieceField),
  handToId: idField.nullable(),
  banks: z.array(bankPartField).max(100),
  till: perpetualTotalsField,
})

/** The drawer is at its cash limit, and somebody lets it take more until a turn-in brings it below. */
const limitLiftedField = z.strictObject({
  sessionId: idField,
  /** Cash at which it is full from now on. */
  limitCents: totalField,
  reason: reasonField,
  approvedBy: idField,
})

type Counted = FactOf<z.infer<typeof countedField>>
type SurpriseCounted = FactOf<z.infer<typeof surpriseCountedField>>
type Closed = FactOf<z.infer<typeof closedField>>

/** Instruments and totals of a count, beside what was expected at that moment. */
function countedFigures({ body }: Counted | SurpriseCounted): RowChange[] {
  return [
    ...body.items.map((item, index) =>
      count_item.insert({
        count_id: body.countId,
        item_no: index + 1,
        tender: item.tender,
        cents: item.cents,
        reference: item.reference,
        receipt_id: item.receiptId,
        tender_no: item.tenderNo,
      }),
    ),
    ...body.balances.map(balance =>
      count_total.insert({
        count_id: body.countId,
        tender: balance.tender,
        cents: balance.countedCents,
        expected_cents: balance.expectedCents,
        over_short_cents: balance.overShortCents,
      }),
    ),
  ]
}

function counted(fact: Counted): RowChange[] {
  const { body } = fact
  const purpose = body.round === 1 ? 'closing' : 'recount'
  const { countId, sessionId, secondCounterId: secondPersonId } = body
  return [
    drawer_session.update(
      { session_id: sessionId },
      {
        set: {
          state: 'counted',
          count_round: body.round,
          closing_count_id: countId,
          hand_to_id: body.handToId,
          last_activity_at: fact.at,
        },
      },
    ),
    ...countRows(fact, { countId, sessionId, purpose, personId: fact.actorId, secondPersonId }, body.pieces),
    ...countedFigures(fact),
  ]
}

function surpriseCounted(fact: SurpriseCounted): RowChange[] {
  const { countId, sessionId, pieces } = fact.body
  const head = { countId, sessionId, personId: fact.actorId, secondPersonId: null }
  return [...countRows(fact, { ...head, purpose: 'surprise' }, pieces), ...countedFigures(fact)]
}

function closed(fact: Closed): RowChange[] {
  const { body } = fact
  return [
    tillChange(fact, { set: { last_z_no: body.zNo } }),
    drawer_session.update(
      { session_id: body.sessionId },
      {
        set: {
          state: 'closed',
          closed_at: fact.at,
          last_activity_at: fact.at,
          z_no: body.zNo,
          z_number: body.zNumber,
          z_hash: fact.hash,
          close_reason: body.reason,
          approved_by: body.approvedBy,
          over_short_gl_account: body.overShortGlAccount,
          left_cents: body.leftCents,
          hand_to_id: body.handToId,
        },
      },
    ),
    ...body.balances.map(balance =>
      session_tender.update(
        { session_id: body.sessionId, tender: balance.tender },
        {
          set: {
            expected_cents: balance.expectedCents,
            counted_cents: balance.countedCents,
            over_short_cents: balance.overShortCents,
          },
        },
      ),
    ),
    ...body.leftPieces.map(piece =>
      session_left_piece.insert({ session_id: body.sessionId, ...pieceColumns(piece) }),
    ),
    ...body.banks.flatMap((part, index) => partRows(body.sessionId, part, index + 1)),
    ...leaving(fact),
  ]
}

/** What of the counted cash goes from the drawer to the safe; turn-ins are there already. */
function leaving(fact: Closed): RowChange[] {
  const { body } = fact
  const countedCents = body.balances.find(balance => balance.tender === CASH)?.countedCents ?? ZERO
  const cents = subtract(countedCents, body.leftCents)
  if (cents === ZERO) return []
  const pieces = netPieces(body.leavingPieces, [])
  const entry = { entryId: body.countId, kind: 'close' as const, sessionId: body.sessionId }
  return safeRows(fact, { ...entry, secondPersonId: body.approvedBy, cents, pieces })
}

function partRows(sessionId: string, part: BankPart, partNo: number): RowChange[] {
  const key = { session_id: sessionId, part_no: partNo }
  return [
    session_part.insert({
      ...key,
      bank_account_id: part.bankAccountId,
      cash_cents: part.cashCents,
      items_cents: sum(part.items.map(item => item.cents)),
      due_cents: part.dueCents,
      deposit_id: null,
    }),
    ...part.items.map((item, index) =>
      session_part_item.insert({ ...key, item_no: index + 1, ...bankInstrumentColumns(item) }),
    ),
  ]
}

export const sessionKinds = {
  ...openingKinds,
  'session.limit-lifted': kind({
    body: body(limitLiftedField),
    label: 'Cash limit lifted',
    shows: SESSION_SHOWS,
    posts: false,
    says: ({ body }, nameOf) =>
      `Cash limit lifted until a turn-in brings it below by ${nameOf(body.approvedBy)}: ${body.reason}`,
    about: aboutSession,
    project: ({ body, at }) => [
      drawer_session.update(
        { session_id: body.sessionId },
        { set: { lifted_limit_cents: body.limitCents, last_activity_at: at } },
      ),
    ],
  }),
  'session.counted': kind({
    body: body(countedField),
    label: 'Drawer counted',
    shows: SESSION_SHOWS,
    posts: false,
    says: ({ body }, nameOf) =>
      `${body.round === 1 ? 'Drawer counted' : 'Drawer counted again'}${
        body.secondCounterId === null ? '' : `, and by ${nameOf(body.secondCounterId)}`
      }`,
    about: aboutSession,
    project: counted,
  }),
  'session.surprise-counted': kind({
    body: body(surpriseCountedField),
    label: 'Surprise count',
    shows: SESSION_SHOWS,
    posts: false,
    says: () => 'Surprise count',
    about: aboutSession,
    project: surpriseCounted,
  }),
  'session.closed': kind({
    body: body(closedField),
    label: 'Session closed',
    // What was counted blind is everybody's to see from here on.
    shows: [...SESSION_SHOWS, 'account'],
    posts: true,
    says: ({ body }) => `Closed as ${body.zNumber}${body.reason === '' ? '' : `: ${body.reason}`}`,
    about: aboutSession,
    project: closed,
  }),
  'session.x-read': kind({
    body: body(z.strictObject({ sessionId: idField })),
    label: 'X report read',
    shows: [],
    posts: false,
    says: () => 'X report read',
    about: aboutSession,
  }),
}
