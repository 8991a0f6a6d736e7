/** Takes the billing system's answers into the posting state: accepted, or back to suspense with a reason. */
import { updateRows } from '../../db/central/bulk.ts'
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import { inTransaction } from '../../db/central/open.ts'
import type { DeliveredDetailRow, PaymentDetailRow, PostingEntryRow } from '../../db/central/schema.ts'
import { ZERO } from '../../shared/money.ts'
import { businessDateOf } from '../../shared/time.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import { isTakenBack } from '../posting/books/details.ts'
import type { Books } from '../posting/books/open-books.ts'
import { isOfOthers } from '../posting/books/told.ts'
import { changeBooks } from '../posting/change-books.ts'
import { ANSWER_COLUMNS, DETAIL_KEY, readDetails, readTold } from '../posting/kept-details.ts'
import { readGlAccounts } from '../posting/post-range.ts'
import type { Answer } from './acknowledgement.ts'
import { agreeing, type LeftOut, type Matched, matchAll } from './match-answers.ts'
import { rejectCharge, rejectPayment, rejectReversal } from './rejection.ts'

export interface AnswersTaken {
  /** Lines of receipts. */
  accepted: number
  rejected: number
  /** Answered the same way before; nothing changed. */
  again: number
  left: LeftOut[]
}

const RECEIPTS_AT_ONCE = 500

/**
 * Takes answers, a till after the other: while one's are taken, only its own pushes wait. The same answers again change
 * nothing. What cannot be matched, or says something else than before, is left and listed.
 */
export async function takeAnswers(
  db: CentralDb,
  answers: readonly Answer[],
  moments: Moments,
): Promise<AnswersTaken> {
  const taken: AnswersTaken = { accepted: 0, rejected: 0, again: 0, left: [] }
  const matched = agreeing(await matchAll(db, answers, taken.left), taken.left)
  for (const [tillId, ofTill] of Map.groupBy(matched, answer => answer.tillId))
    for (let at = 0; at < ofTill.length; at += RECEIPTS_AT_ONCE) {
      const some = ofTill.slice(at, at + RECEIPTS_AT_ONCE)
      await inTransaction(db, async tx => add(taken, await takeOfTill(tx, tillId, some, moments)))
    }
  taken.left.sort((a, b) => a.row - b.row)
  return taken
}

function add(taken: AnswersTaken, more: AnswersTaken): void {
  taken.accepted += more.accepted
  taken.rejected += more.rejected
  taken.again += more.again
  taken.left.push(...more.left)
}

async function takeOfTill(
  tx: CentralTx,
  tillId: string,
  answers: readonly Matched[],
  { nowMs, answeredAtMs }: Moments,
): Promise<AnswersTaken> {
  const taken: AnswersTaken = { accepted: 0, rejected: 0, again: 0, left: [] }
  const receiptIds = [...new Set(answers.map(answer => answer.receiptId))]
  await changeBooks(tx, { tillId, receiptIds, name: 'answered', nowMs }, async books => {
    const work: Work = {
      books,
      taken,
      nowMs,
      answeredAtMs,
      details: await readDetails(tx, { tillId, receiptIds }),
      told: await readTold(tx, { tillId, receiptIds }),
      suspenseGlAccount: (await readGlAccounts(tx, tillId)).suspense,
      timeZone: await cityTimeZone(tx),
      changed: [],
      changedTold: [],
      madeAt: await madeAt(tx, answers),
      gone: [],
    }
    for (const answer of answers) takeOne(work, answer)
    await writeAnswers(tx, work)
  })
  return taken
}

/** UTC milliseconds. */
interface Moments {
  nowMs: number
  /** When the billing system answered. */
  answeredAtMs: number
}

interface Work extends Moments {
  books: Books
  taken: AnswersTaken
  details: PaymentDetailRow[]
  /** What was told of them by a database that was put back since, and is not settled yet. */
  told: DeliveredDetailRow[]
  suspenseGlAccount: string
  timeZone: string
  changed: PaymentDetailRow[]
  changedTold: DeliveredDetailRow[]
  /** When each payment file was made. */
  madeAt: ReadonlyMap<number, number>
  /** Entries that were never there. */
  gone: PostingEntryRow[]
}

async function madeAt(
  tx: CentralTx,
  answers: readonly Pick<Matched, 'sequence'>[],
): Promise<Map<number, number>> {
  const rows = await tx.query
    .selectFrom('payment_file')
    .select(['file_no', 'made_at'])
    .where('file_no', 'in', [...new Set(answers.map(({ sequence }) => sequence))])
    .execute()
  return new Map(rows.map(row => [row.file_no, row.made_at]))
}

function takeOne(work: Work, answer: Matched): void {
  const { taken, answeredAtMs } = work
  const { receiptId, lineNo, accepted } = answer
  const status = accepted ? 'accepted' : 'rejected'
  const isMeant = (one: { receipt_id: string; line_no: number; file_no: number | null }): boolean =>
    one.receipt_id === receiptId && one.line_no === lineNo && one.file_no === answer.sequence
  const [details, told] = [work.details.filter(isMeant), work.told.filter(isMeant)]
  const open = details.filter(detail => detail.status === null)
  const openTold = told.filter(detail => detail.status === null)
  if (open.length + openTold.length === 0) {
    if ([...details, ...told].every(detail => detail.status === status)) taken.again += 1
    else
      taken.left.push({
        row: answer.row,
        why: `line ${lineNo} of ${answer.receipt} was answered the other way before; that answer stands. Ask which is right`,
      })
    return
  }
  const given = {
    status,
    billing_reference: answer.reference,
    said: answer.said,
    // No file is answered before it was made.
    answered_at: Math.max(answeredAtMs, work.madeAt.get(answer.sequence) ?? answeredAtMs),
  } as const
  for (const detail of [...open, ...openTold]) Object.assign(detail, given)
  work.changed.push(...open)
  work.changedTold.push(...openTold)
  if (accepted) {
    taken.accepted += 1
    noteAccepted(work, receiptId)
    return
  }
  taken.rejected += 1
  const own = open.filter(detail => !isOfOthers(detail))
  // What was told of another account is in no book of this database; its taking back is.
  const isLost = open.some(detail => isOfOthers(detail) && detail.kind === 'reversed')
  if (isLost || (own.length > 0 && !rejectLine(work, answer, own)))
    taken.left.push({
      row: answer.row,
      why: `line ${lineNo} of ${answer.receipt} is rejected, but was settled otherwise since: nothing was undone. Somebody has to look`,
    })
}

/** The till is told once the last line is taken, and not before. */
function noteAccepted({ books, details, nowMs }: Work, receiptId: string): void {
  const held = books.receipts.get(receiptId)
  const ofReceipt = details.filter(one => one.receipt_id === receiptId)
  const waits = ofReceipt.some(
    one => one.kind === 'posted' && one.status === null && !isTakenBack(one, ofReceipt),
  )
  if (held?.state.state !== 'acknowledged' || waits) return
  held.state.at = nowMs
  books.touched.add(receiptId)
}

function rejectLine(work: Work, answer: Matched, open: readonly PaymentDetailRow[]): boolean {
  const { books, nowMs, suspenseGlAccount } = work
  const { receiptId, lineNo } = answer
  const held = books.receipts.get(receiptId)
  if (!held) return false
  const businessDate = businessDateOf(nowMs, work.timeZone)
  const source = `rejected/${receiptId}/${lineNo}/${answer.sequence}`
  const isUntold = (entry: PostingEntryRow) =>
    work.details.some(one => one.file_no === null && one.kind === 'posted' && isOfEntry(one, entry))
  const rejection = { lineNo, businessDate, source, suspenseGlAccount, isUntold, nowMs }
  if (open.some(detail => detail.kind === 'posted')) {
    const isCharge = open.every(detail => detail.cents < ZERO)
    const gone = (isCharge ? rejectCharge : rejectPayment)(books, held, rejection)
    work.gone.push(...(gone ?? []))
    return gone !== null
  }
  // A payment that it never took needs no taking back.
  const isNothing = open.every(detail => work.details.some(one => isRejectedPaymentOf(one, detail)))
  return isNothing || rejectReversal(books, held, rejection)
}

type EntryPlace = Pick<PaymentDetailRow, 'receipt_id' | 'line_no' | 'entry_no'>
const isOfEntry = (one: EntryPlace, other: EntryPlace): boolean =>
  one.receipt_id === other.receipt_id && one.line_no === other.line_no && one.entry_no === other.entry_no

const isRejectedPaymentOf = (one: PaymentDetailRow, reversal: PaymentDetailRow): boolean =>
  one.kind === 'posted' && one.status === 'rejected' && isOfEntry(one, reversal)

async function writeAnswers(tx: CentralTx, { changed, changedTold, gone, details }: Work): Promise<void> {
  const set = ANSWER_COLUMNS
  await updateRows(tx, 'payment_detail', { key: DETAIL_KEY, set, rows: changed })
  await updateRows(tx, 'delivered_detail', { key: [...DETAIL_KEY, 'file_no'], set, rows: changedTold })
  const tillId = changed[0]?.till_id ?? ''
  for (const entry of gone)
    await tx.query
      .deleteFrom('posting_entry')
      .where('till_id', '=', tillId)
      .where('receipt_id', '=', entry.receipt_id)
      .where('line_no', '=', entry.line_no)
      .where('entry_no', '=', entry.entry_no)
      .execute()
  // A reversal that is in no file yet is not told where its payment was rejected, nor what was never there.
  const needless = details.filter(
    one =>
      one.file_no === null &&
      (one.kind === 'reversed'
        ? changed.some(other => isRejectedPaymentOf(other, one))
        : gone.some(entry => isOfEntry(entry, one))),
  )
  for (const one of needless)
    await tx.query
      .deleteFrom('payment_detail')
      .where('till_id', '=', tillId)
      .where('receipt_id', '=', one.receipt_id)
      .where('line_no', '=', one.line_no)
      .where('entry_no', '=', one.entry_no)
      .where('kind', '=', one.kind)
      .where('attempt', '=', one.attempt)
      .where('file_no', 'is', null)
      .execute()
}
