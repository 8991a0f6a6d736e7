/** Which entries the billing system has to be told of, and what its answers make of a receipt. Pure. */
import type {
  PaymentDetailRow,
  PostingEntryRow,
  PostingRow,
  ReceiptStateRow,
} from '../../../db/central/schema.ts'
import { negate, ZERO } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import type { Books, HeldReceipt } from './open-books.ts'

type Details = readonly PaymentDetailRow[]

/**
 * Details for what a posting has just done: an entry that was made, or one that was taken back. Each carries the
 * business date under which the GL journal has it, so that the files of a date come to what the journal says.
 * `known` are all details of the receipts touched. While the carrier is off, only what was carried goes on.
 */
export function freshDetails(
  books: Books,
  { known, on }: { known: Details; on: boolean },
): PaymentDetailRow[] {
  const booked = Map.groupBy(books.newGl, row => row.receipt_id)
  const made = Map.groupBy(books.newEntries, entry => entry.receipt_id)
  const carried = Map.groupBy(known, detail => detail.receipt_id)
  const fresh: PaymentDetailRow[] = []
  for (const receiptId of books.touched) {
    const held = books.receipts.get(receiptId)
    const dates = booked.get(receiptId)?.map(row => row.business_date)
    const [first, last] = [dates?.[0], dates?.at(-1)]
    if (!held || !first || !last) continue
    const before = carried.get(receiptId) ?? []
    const entries = on || before.length > 0 ? (made.get(receiptId) ?? []) : []
    const posted = entries.map(entry => detailOf(entry, 'posted', first, before))
    const back = reversedEntries(held, [...before, ...posted], on)
    fresh.push(...posted, ...back.map(entry => detailOf(entry, 'reversed', last, before)))
  }
  return fresh.filter(detail => detail.cents !== ZERO)
}

/** Entries of reversed lines of whose reversal nobody was told; none that the billing system never took. */
function reversedEntries(held: HeldReceipt, details: Details, on: boolean): PostingEntryRow[] {
  const isReversed = ({ line_no: lineNo }: PostingEntryRow): boolean =>
    held.postings.some((posting: PostingRow) => posting.line_no === lineNo && posting.state === 'reversed')
  return held.entries.filter(entry => {
    if (!isReversed(entry)) return false
    const paid = ofEntry(details, entry, 'posted').at(-1)
    const isTold = ofEntry(details, entry, 'reversed').some(detail => detail.status !== 'rejected')
    return !isTold && (paid ? paid.status !== 'rejected' : on)
  })
}

/** In the order of their attempts. */
const ofEntry = (
  details: Details,
  entry: PostingEntryRow,
  kind: PaymentDetailRow['kind'],
): PaymentDetailRow[] =>
  details
    .filter(one => one.line_no === entry.line_no && one.entry_no === entry.entry_no && one.kind === kind)
    .sort((a, b) => a.attempt - b.attempt)

function detailOf(
  entry: PostingEntryRow,
  kind: PaymentDetailRow['kind'],
  businessDate: BusinessDate,
  before: Details,
): PaymentDetailRow {
  const { at, cents, ...place } = entry
  return {
    ...place,
    kind,
    attempt: ofEntry(before, entry, kind).length + 1,
    business_date: businessDate,
    cents: kind === 'posted' ? cents : negate(cents),
    at,
    ...UNTOLD,
  }
}

/** What the billing system has not said anything of. */
export const UNANSWERED = { status: null, billing_reference: null, said: null, answered_at: null } as const
/** And what stands in no file yet. */
export const UNTOLD = { file_no: null, detail_no: null, ...UNANSWERED } as const

/**
 * A receipt whose details are under way is acknowledged, not posted: the billing system may still reject it. It is
 * posted once all of them are accepted, under the billing system's own reference.
 */
export function settleCarried(state: ReceiptStateRow, details: Details): void {
  if (state.state !== 'posted' && state.state !== 'acknowledged') return
  const payments = details.filter(detail => isPaid(detail) && !isTakenBack(detail, details))
  if (payments.length === 0) return
  const isTaken = payments.every(detail => detail.status === 'accepted')
  state.state = isTaken ? 'posted' : 'acknowledged'
  state.billing_reference = isTaken ? referenceOf(payments) : null
}

const isPaid = (detail: PaymentDetailRow): boolean => detail.kind === 'posted' && detail.status !== 'rejected'

/** What was told of another account does not make up the receipt. */
export const isTakenBack = (paid: PaymentDetailRow, details: Details): boolean =>
  details.some(
    one => one.kind === 'reversed' && one.line_no === paid.line_no && one.entry_no === paid.entry_no,
  )

/** What a till's protocol has room for. */
export const MOST_REFERENCE = 40

/** All references that the lines were given where they fit, else the first and how many more there are. */
function referenceOf(payments: Details): string | null {
  const given = [...new Set(payments.flatMap(detail => detail.billing_reference ?? []))]
  const [first = null, ...others] = given
  const all = given.join(', ')
  if (first === null || all.length <= MOST_REFERENCE) return all === '' ? null : all
  const more = `${first} +${others.length}`
  return more.length <= MOST_REFERENCE ? more : first
}
