/** Money that moved without a receipt: turned in to the safe, paid in and out, exchanged; and the drawer opened for nothing. */
import { z } from 'zod'
import {
  amountField,
  countedPieceField,
  countField,
  glAccountField,
  humanNumberField,
  idField,
  nameField,
  reasonField,
  runningNoField,
  totalField,
} from '../fields.ts'
import { add, type Cents, formatCents, ZERO } from '../money.ts'
import type { CountedPiece } from '../rules/cash/denominations.ts'
import { CASH, type Tender, tenderField } from '../tenders.ts'
import type { BusinessDate } from '../time.ts'
import { body, type FactOf, kind } from './kind.ts'
import { netPieces, type PieceRow, pieceColumns } from './pieces.ts'
import { receiptTables } from './rows/receipt-rows.ts'
import { sessionTables } from './rows/session-rows.ts'
import { type RowChange, table, tables } from './rows/table.ts'
import { safeRows } from './safe.ts'
import { tillChange } from './till.ts'

export const MOVEMENT_KINDS = ['turn-in', 'paid-in', 'paid-out', 'change-order'] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

export interface MovementRow {
  movement_id: string
  movement_no: number
  number: string
  kind: MovementKind
  session_id: string
  epoch: number
  seq: number
  at: number
  business_date: BusinessDate
  person_id: string
  second_person_id: string | null
  category: string
  gl_account: string
  reason: string
  document_number: string
  cash_cents: Cents
  items_cents: Cents
  hash: string
}

export interface MovementPieceRow extends PieceRow {
  movement_id: string
  direction: 'in' | 'out'
}

export interface MovementItemRow {
  movement_id: string
  item_no: number
  tender: Tender
  receipt_id: string
  tender_no: number
  reference: string
  cents: Cents
}

export interface NoSaleRow {
  session_id: string
  epoch: number
  seq: number
  at: number
  business_date: BusinessDate
  person_id: string
  reason: string
}

export const movementTables = tables({
  movement: table<MovementRow>(['movement_id']),
  movement_piece: table<MovementPieceRow>(['movement_id', 'direction', 'value_cents', 'kind']),
  movement_item: table<MovementItemRow>(['movement_id', 'item_no']),
  no_sale: table<NoSaleRow>(['session_id', 'epoch', 'seq']),
})
const { movement, movement_piece, movement_item, no_sale } = movementTables
const { drawer_session, session_tender } = sessionTables
const { receipt_tender } = receiptTables

const head = {
  movementId: idField,
  movementNo: runningNoField,
  number: humanNumberField,
  sessionId: idField,
}

/** A check or another instrument that leaves the drawer other than at its count. */
const movedItemField = z.strictObject({
  tender: tenderField,
  receiptId: idField,
  tenderNo: countField,
  reference: z.string().max(40),
  cents: amountField,
})
type MovedItem = z.infer<typeof movedItemField>

const turnedInField = z.strictObject({
  ...head,
  takerId: idField,
  pieces: z.array(countedPieceField),
  cashCents: totalField,
  items: z.array(movedItemField),
  itemsCents: totalField,
  /** Whether it brought the cash below the drawer's limit, so that one that was lifted counts again. */
  belowLimit: z.boolean(),
})
type TurnedIn = FactOf<z.infer<typeof turnedInField>>

const paidField = z.strictObject({
  ...head,
  direction: z.enum(['in', 'out']),
  category: nameField,
  glAccount: glAccountField,
  reason: reasonField,
  /** Of what goes with it: voucher, invoice, petty-cash slip; empty where there is none. */
  documentNumber: z.string().max(40),
  cents: amountField,
  /** Empty where the cashier did not note them. */
  pieces: z.array(countedPieceField),
  approvedBy: idField.nullable(),
})
type Paid = FactOf<z.infer<typeof paidField>>

/** Pieces exchanged with the safe; what comes is worth what goes. */
const exchangedField = z.strictObject({
  ...head,
  keeperId: idField,
  given: z.array(countedPieceField),
  taken: z.array(countedPieceField),
  cents: amountField,
})
type Exchanged = FactOf<z.infer<typeof exchangedField>>

const LACKED = {
  'turn-in': 'turn-in',
  'paid-out': 'paid-out',
  'change-order': 'change order',
  void: 'void',
} as const
/** Cash that was to leave a drawer and was not in it, as far as the ledger knows. */
const refusedField = z.strictObject({
  sessionId: idField,
  what: z.enum(Object.keys(LACKED) as (keyof typeof LACKED)[]),
  cents: amountField,
})

const noSaleField = z.strictObject({ sessionId: idField, reason: reasonField })

const sessionActive = (fact: FactOf<{ sessionId: string }>): RowChange =>
  drawer_session.update({ session_id: fact.body.sessionId }, { set: { last_activity_at: fact.at } })

function movementRows(
  fact: TurnedIn | Paid | Exchanged,
  own: Pick<MovementRow, 'kind' | 'second_person_id' | 'cash_cents'> & Partial<MovementRow>,
): RowChange[] {
  const { body } = fact
  return [
    tillChange(fact, { set: { last_movement_no: body.movementNo } }),
    movement.insert({
      movement_id: body.movementId,
      movement_no: body.movementNo,
      number: body.number,
      session_id: body.sessionId,
      epoch: fact.epoch,
      seq: fact.seq,
      at: fact.at,
      business_date: fact.businessDate,
      person_id: fact.actorId,
      category: '',
      gl_account: '',
      reason: '',
      document_number: '',
      items_cents: ZERO,
      hash: fact.hash,
      ...own,
    }),
    sessionActive(fact),
  ]
}

const movedPieces = (
  movementId: string,
  direction: 'in' | 'out',
  pieces: readonly CountedPiece[],
): RowChange[] =>
  pieces.map(piece => movement_piece.insert({ movement_id: movementId, direction, ...pieceColumns(piece) }))

/** An instrument in the safe: no longer in the drawer, and no receipt of it can be voided. */
function itemRows({ movementId, sessionId }: TurnedIn['body'], item: MovedItem, itemNo: number): RowChange[] {
  const { tender, receiptId, tenderNo, reference, cents } = item
  return [
    movement_item.insert({
      movement_id: movementId,
      item_no: itemNo,
      tender,
      receipt_id: receiptId,
      tender_no: tenderNo,
      reference,
      cents,
    }),
    receipt_tender.update(
      { receipt_id: receiptId, tender_no: tenderNo },
      { set: { movement_id: movementId } },
    ),
    session_tender.update({ session_id: sessionId, tender }, { add: { turned_in_cents: cents } }),
  ]
}

function turnedIn(fact: TurnedIn): RowChange[] {
  const { body } = fact
  return [
    ...movementRows(fact, {
      kind: 'turn-in',
      second_person_id: body.takerId,
      cash_cents: body.cashCents,
      items_cents: body.itemsCents,
    }),
    ...(body.belowLimit
      ? [drawer_session.update({ session_id: body.sessionId }, { set: { lifted_limit_cents: null } })]
      : []),
    ...movedPieces(body.movementId, 'out', body.pieces),
    ...body.items.flatMap((item, index) => itemRows(body, item, index + 1)),
    session_tender.update(
      { session_id: body.sessionId, tender: CASH },
      { add: { turned_in_cents: body.cashCents } },
    ),
    ...safeRows(fact, {
      entryId: body.movementId,
      kind: 'turn-in',
      sessionId: body.sessionId,
      secondPersonId: body.takerId,
      cents: body.cashCents,
      pieces: netPieces(body.pieces, []),
    }),
  ]
}

function paid(fact: Paid): RowChange[] {
  const { body } = fact
  return [
    ...movementRows(fact, {
      kind: body.direction === 'in' ? 'paid-in' : 'paid-out',
      second_person_id: body.approvedBy,
      cash_cents: body.cents,
      category: body.category,
      gl_account: body.glAccount,
      reason: body.reason,
      document_number: body.documentNumber,
    }),
    ...movedPieces(body.movementId, body.direction, body.pieces),
    session_tender.update(
      { session_id: body.sessionId, tender: CASH },
      { add: body.direction === 'in' ? { paid_in_cents: body.cents } : { paid_out_cents: body.cents } },
    ),
  ]
}

function exchanged(fact: Exchanged): RowChange[] {
  const { body } = fact
  return [
    ...movementRows(fact, {
      kind: 'change-order',
      second_person_id: body.keeperId,
      cash_cents: body.cents,
    }),
    ...movedPieces(body.movementId, 'out', body.given),
    ...movedPieces(body.movementId, 'in', body.taken),
    ...safeRows(fact, {
      entryId: body.movementId,
      kind: 'change-order',
      sessionId: body.sessionId,
      secondPersonId: body.keeperId,
      cents: ZERO,
      pieces: netPieces(body.given, body.taken),
    }),
  ]
}

const SHOWS = ['movement', 'session', 'safe', 'deposit'] as const
const aboutMovement = ({ movementId }: { movementId: string }) =>
  ({ what: 'movement', id: movementId }) as const

export const movementKinds = {
  'movement.turned-in': kind({
    body: body(turnedInField),
    label: 'Turn-in',
    shows: SHOWS,
    posts: false,
    says: ({ body }, nameOf) =>
      `Turn-in ${body.number}, ${formatCents(add(body.cashCents, body.itemsCents))} to ${nameOf(body.takerId)}`,
    about: aboutMovement,
    project: turnedIn,
  }),
  'movement.paid': kind({
    body: body(paidField),
    label: 'Paid-in or paid-out',
    shows: SHOWS,
    posts: true,
    says: ({ body }) =>
      `${body.direction === 'in' ? 'Paid-in' : 'Paid-out'} ${body.number}, ${formatCents(body.cents)}, ${body.category}: ${body.reason}`,
    about: aboutMovement,
    project: paid,
  }),
  'movement.exchanged': kind({
    body: body(exchangedField),
    label: 'Change order',
    shows: SHOWS,
    posts: false,
    says: ({ body }, nameOf) =>
      `Change order ${body.number}, ${formatCents(body.cents)} with ${nameOf(body.keeperId)}`,
    about: aboutMovement,
    project: exchanged,
  }),
  'movement.refused': kind({
    body: body(refusedField),
    label: 'Not so much cash in the drawer',
    shows: [],
    posts: false,
    says: ({ body }) =>
      `A ${LACKED[body.what]} of ${formatCents(body.cents)} was refused: not so much cash in the drawer`,
    about: ({ sessionId }) => ({ what: 'session', id: sessionId }),
  }),
  'movement.no-sale': kind({
    body: body(noSaleField),
    label: 'No sale',
    shows: SHOWS,
    posts: false,
    says: ({ body }) => `Drawer opened without a sale: ${body.reason}`,
    about: ({ sessionId }) => ({ what: 'session', id: sessionId }),
    project: fact => [
      no_sale.insert({
        session_id: fact.body.sessionId,
        epoch: fact.epoch,
        seq: fact.seq,
        at: fact.at,
        business_date: fact.businessDate,
        person_id: fact.actorId,
        reason: fact.body.reason,
      }),
      sessionActive(fact),
    ],
  }),
}
