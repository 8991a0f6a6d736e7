/** Receipts: posted, voided, printed. */
import { z } from 'zod'
import { ACCOUNT_LIMITS } from '../account.ts'
import {
  amountField,
  centsField,
  countField,
  glAccountField,
  humanNumberField,
  idField,
  instantField,
  nameField,
  pieceKindField,
  reasonField,
  runningNoField,
  shortTextField,
  totalField,
} from '../fields.ts'
import { type Cents, formatCents, negate, ZERO } from '../money.ts'
import { receiptLack } from '../rules/receipt/receipt-lack.ts'
import { CASH, type Tender, type TenderDetails, tenderDetailsField, tenderField } from '../tenders.ts'
import { canonical } from './canonical.ts'
import { body, type FactOf, kind, kindWithTexts, type Texts } from './kind.ts'
import { type ReceiptTenderRow, receiptTables } from './rows/receipt-rows.ts'
import { sessionTables } from './rows/session-rows.ts'
import type { RowChange } from './rows/table.ts'
import { tillChange } from './till.ts'

const allocationField = z.strictObject({
  itemId: idField.nullable(),
  service: shortTextField,
  dueDate: z.string().max(10).nullable(),
  cents: centsField,
  glAccount: glAccountField,
})

const accountLineField = z.strictObject({
  kind: z.literal('account'),
  accountId: idField,
  accountNumber: z.string().max(40),
  cents: amountField,
  balanceBeforeCents: centsField,
  asOfMs: instantField,
  /** To every item that an account may have, and what is beyond them to its credit. */
  allocations: z
    .array(allocationField)
    .min(1)
    .max(ACCOUNT_LIMITS.items + 1),
})
const catalogLineField = z.strictObject({
  kind: z.literal('catalog'),
  catalogItemId: idField,
  code: z.string().max(20),
  name: nameField,
  quantity: countField,
  unitPriceCents: amountField.nullable(),
  baseCents: amountField.nullable(),
  /** What of the base was charged, in millionths; null for what is no percentage. */
  rateMillionths: z.int().min(0).max(10_000_000).nullable(),
  cents: amountField,
  glAccount: glAccountField,
})
/** A line as it is hashed: without the words of whoever pays. */
const statedLineField = z.discriminatedUnion('kind', [accountLineField, catalogLineField])
export type StatedLine = z.infer<typeof statedLineField>

const accountWordsField = z.strictObject({ name: z.string().max(200), address: z.string().max(200) })
const catalogWordsField = z.strictObject({ reference: shortTextField })
const textsField = z.strictObject({ lines: z.array(z.union([accountWordsField, catalogWordsField])) })
export type ReceiptTexts = z.infer<typeof textsField>

/** A line whole: what is hashed, and the payer's words with it. */
export const receiptLineField = z.discriminatedUnion('kind', [
  accountLineField.extend(accountWordsField.shape),
  catalogLineField.extend(catalogWordsField.shape),
])
export type ReceiptLine = z.infer<typeof receiptLineField>

export const receiptTenderField = z.strictObject({
  tender: tenderField,
  cents: amountField,
  /** Number of a check, money order or transfer; empty for cash. */
  reference: z.string().max(40),
  details: tenderDetailsField,
})
export type ReceiptTender = z.infer<typeof receiptTenderField>

/** Pieces that a receipt's cash came in and its change went out in, where the cashier noted them. */
export const cashPieceField = z.strictObject({
  valueCents: centsField,
  kind: pieceKindField,
  taken: countField,
  given: countField,
})
export type CashPiece = z.infer<typeof cashPieceField>

/** Lines as they are hashed, and the words that stand beside them. */
export function partLines(lines: readonly ReceiptLine[]): { lines: StatedLine[]; texts: ReceiptTexts } {
  const parted = lines.map(line => {
    if (line.kind === 'catalog') {
      const { reference, ...stated } = line
      return { stated, words: { reference } }
    }
    const { name, address, ...stated } = line
    return { stated, words: { name, address } }
  })
  return {
    lines: parted.map(({ stated }) => stated),
    texts: { lines: parted.map(({ words }) => words) },
  }
}

/** The lines of a posted receipt whole. */
export function wholeLines({ body, texts }: Pick<Posted, 'body' | 'texts'>): ReceiptLine[] {
  return body.lines.map((line, index): ReceiptLine => {
    const words = texts.lines[index]
    if (line.kind === 'catalog')
      return { ...line, reference: words && 'reference' in words ? words.reference : '' }
    return words && 'name' in words ? { ...line, ...words } : { ...line, name: '', address: '' }
  })
}

/** What cash rounding left over, and where it is booked: as it was when the receipt was posted. */
const roundingField = z.strictObject({
  cents: centsField.refine(cents => cents !== ZERO, 'Not rounded'),
  glAccount: glAccountField,
})

const postedField = z.strictObject({
  receiptId: idField,
  receiptNo: runningNoField,
  number: humanNumberField,
  sessionId: idField,
  totalCents: amountField,
  tenderedCents: totalField,
  /** Null where nothing was rounded. */
  rounding: roundingField.nullable(),
  changeCents: amountField,
  lines: z.array(statedLineField).min(1).max(60),
  tenders: z.array(receiptTenderField).min(1).max(20),
  pieces: z.array(cashPieceField).max(60),
})
type PostedBody = z.infer<typeof postedField>

/** What a receipt was rounded by: below zero for the customer, above for the city. */
export const roundingOf = ({ rounding }: Pick<PostedBody, 'rounding'>): Cents => rounding?.cents ?? ZERO

type Posted = FactOf<PostedBody, ReceiptTexts>

const postedTexts: Texts<PostedBody, ReceiptTexts> = {
  schema: textsField,
  none: ({ lines }) => ({
    lines: lines.map(line => (line.kind === 'catalog' ? { reference: '' } : { name: '', address: '' })),
  }),
}

const voidedField = z.strictObject({
  receiptId: idField,
  number: humanNumberField,
  sessionId: idField,
  reason: reasonField,
  approvedBy: idField,
  totalCents: amountField,
  changeCents: amountField,
  tenders: z.array(receiptTenderField).min(1).max(20),
})
type Voided = FactOf<z.infer<typeof voidedField>>

const { receipt, receipt_line, receipt_allocation, receipt_tender, receipt_piece } = receiptTables
const { drawer_session, session_tender } = sessionTables

function posted(fact: Posted): RowChange[] {
  const { body } = fact
  return [
    tillChange(fact, {
      set: { last_receipt_no: body.receiptNo },
      add: { total_receipts: 1, total_posted_cents: body.totalCents },
    }),
    receipt.insert({
      receipt_id: body.receiptId,
      receipt_no: body.receiptNo,
      epoch: fact.epoch,
      seq: fact.seq,
      number: body.number,
      session_id: body.sessionId,
      cashier_id: fact.actorId,
      posted_at: fact.at,
      business_date: fact.businessDate,
      state: 'posted',
      total_cents: body.totalCents,
      tendered_cents: body.tenderedCents,
      rounding_cents: roundingOf(body),
      rounding_gl_account: body.rounding?.glAccount ?? null,
      change_cents: body.changeCents,
      hash: fact.hash,
      print_count: 0,
      void_reason: null,
      voided_at: null,
      voided_by: null,
      void_approved_by: null,
      void_epoch: null,
      void_seq: null,
    }),
    ...wholeLines(fact).flatMap((line, index) => lineRows(body.receiptId, index + 1, line)),
    ...body.tenders.map((tender, index) => tenderRow(body, index + 1, tender)),
    ...body.pieces.map(piece =>
      receipt_piece.insert({
        receipt_id: body.receiptId,
        value_cents: piece.valueCents,
        kind: piece.kind,
        taken: piece.taken,
        given: piece.given,
      }),
    ),
    ...sessionSums(body),
    sessionActive(fact, { receipt_count: 1 }),
  ]
}

const NOT_CATALOG = {
  catalog_item_id: null,
  code: null,
  quantity: 1,
  unit_price_cents: null,
  base_cents: null,
  rate_millionths: null,
  reference: '',
  gl_account: null,
} as const
const NOT_ACCOUNT = {
  account_id: null,
  account_number: null,
  address: '',
  balance_before_cents: null,
  as_of_ms: null,
} as const

function lineRows(receiptId: string, lineNo: number, line: ReceiptLine): RowChange[] {
  const key = { receipt_id: receiptId, line_no: lineNo }
  const common = { ...key, kind: line.kind, name: line.name, cents: line.cents }
  if (line.kind === 'catalog')
    return [
      receipt_line.insert({
        ...common,
        ...NOT_ACCOUNT,
        catalog_item_id: line.catalogItemId,
        code: line.code,
        quantity: line.quantity,
        unit_price_cents: line.unitPriceCents,
        base_cents: line.baseCents,
        rate_millionths: line.rateMillionths,
        reference: line.reference,
        gl_account: line.glAccount,
      }),
    ]
  return [
    receipt_line.insert({
      ...common,
      ...NOT_CATALOG,
      account_id: line.accountId,
      account_number: line.accountNumber,
      address: line.address,
      balance_before_cents: line.balanceBeforeCents,
      as_of_ms: line.asOfMs,
    }),
    ...line.allocations.map((allocation, index) =>
      receipt_allocation.insert({
        ...key,
        allocation_no: index + 1,
        item_id: allocation.itemId,
        service: allocation.service,
        due_date: allocation.dueDate,
        cents: allocation.cents,
        gl_account: allocation.glAccount,
      }),
    ),
  ]
}

const tenderRow = (
  of: { receiptId: string; sessionId: string },
  tenderNo: number,
  tender: ReceiptTender,
): RowChange =>
  receipt_tender.insert({
    receipt_id: of.receiptId,
    tender_no: tenderNo,
    session_id: of.sessionId,
    tender: tender.tender,
    cents: tender.cents,
    reference: tender.reference,
    details: canonical(tender.details),
    voided: 0,
    movement_id: null,
  })

/** A receipt's tender details out of their column. */
export const detailsOf = (row: Pick<ReceiptTenderRow, 'details'>): TenderDetails =>
  tenderDetailsField.parse(JSON.parse(row.details))

const sessionTender = (sessionId: string, tender: Tender) => ({ session_id: sessionId, tender })
function sessionSums({ sessionId, tenders, changeCents }: PostedBody): RowChange[] {
  const sums = tenders.map(({ tender, cents }) =>
    session_tender.update(sessionTender(sessionId, tender), {
      add: { tendered_cents: cents, item_count: 1 },
    }),
  )
  if (changeCents === ZERO) return sums
  // Change is always cash, whatever tender allowed it.
  return [
    ...sums,
    session_tender.update(sessionTender(sessionId, CASH), { add: { change_cents: changeCents } }),
  ]
}

const sessionActive = (
  fact: { at: number; body: { sessionId: string } },
  add: { receipt_count: number } | { void_count: number },
): RowChange =>
  drawer_session.update({ session_id: fact.body.sessionId }, { set: { last_activity_at: fact.at }, add })

/** A void gives back what was handed over, tender by tender, less the change that was given with it. */
function voided(fact: Voided): RowChange[] {
  const { body } = fact
  const refunds = body.tenders.map(({ tender, cents }) =>
    session_tender.update(sessionTender(body.sessionId, tender), {
      add: { refunded_cents: cents, item_count: -1 },
    }),
  )
  const changeBack =
    body.changeCents === ZERO
      ? []
      : [
          session_tender.update(sessionTender(body.sessionId, CASH), {
            add: { refunded_cents: negate(body.changeCents) },
          }),
        ]
  return [
    tillChange(fact, { add: { total_voided_cents: body.totalCents } }),
    receipt.update(
      { receipt_id: body.receiptId },
      {
        set: {
          state: 'voided',
          void_reason: body.reason,
          voided_at: fact.at,
          voided_by: fact.actorId,
          void_approved_by: body.approvedBy,
          void_epoch: fact.epoch,
          void_seq: fact.seq,
        },
      },
    ),
    receipt_tender.update({ receipt_id: body.receiptId }, { set: { voided: 1 } }),
    ...refunds,
    ...changeBack,
    sessionActive(fact, { void_count: 1 }),
  ]
}

// A payment lowers the account's balance at once.
const SHOWS = ['receipt', 'account', 'session', 'movement'] as const
const aboutReceipt = ({ receiptId }: { receiptId: string }) => ({ what: 'receipt', id: receiptId }) as const

export const receiptKinds = {
  'receipt.posted': kindWithTexts({
    body: body(postedField),
    texts: postedTexts,
    label: 'Receipt posted',
    shows: SHOWS,
    posts: true,
    says: ({ body }) => `Receipt ${body.number}, ${formatCents(body.totalCents)}`,
    about: aboutReceipt,
    lack: receiptLack,
    project: posted,
  }),
  'receipt.voided': kind({
    body: body(voidedField),
    label: 'Receipt voided',
    shows: SHOWS,
    posts: true,
    says: ({ body }, nameOf) =>
      `Receipt ${body.number} voided, approved by ${nameOf(body.approvedBy)}: ${body.reason}`,
    about: aboutReceipt,
    project: voided,
  }),
  'receipt.printed': kind({
    body: body(z.strictObject({ receiptId: idField, copyNo: countField, paper: z.enum(['80mm', 'letter']) })),
    label: 'Receipt printed',
    shows: ['receipt'],
    posts: false,
    says: ({ body }) =>
      body.copyNo === 1 ? 'Receipt printed' : `Receipt printed again, copy ${body.copyNo}`,
    about: aboutReceipt,
    project: ({ body }) => [
      receipt.update({ receipt_id: body.receiptId }, { set: { print_count: body.copyNo } }),
    ],
  }),
}
