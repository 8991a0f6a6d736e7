/** What the billing system's "no" undoes at central. Works on books that were read before; whoever calls writes them. */
import type { GlEntryRow, PostingEntryRow, PostingRow } from '../../db/central/schema.ts'
import { add, type Cents, subtract, sum, ZERO } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { credit, debit, type GlSide, glRows, reversed } from '../posting/books/gl-rules.ts'
import { type Books, type HeldReceipt, suspenseOf } from '../posting/books/open-books.ts'

export interface Rejection {
  lineNo: number
  /** Under which the GL journal has it. */
  businessDate: BusinessDate
  source: string
  /** Where money without a home is booked now. */
  suspenseGlAccount: string
  /** UTC milliseconds. */
  nowMs: number
}

/**
 * A payment that was not taken: the line goes back to suspense as if it had never been posted, and is resolved like any
 * other. Of a voided receipt nothing is owed back any more. False where that has to be looked at by somebody.
 */
export function rejectPayment(books: Books, held: HeldReceipt, rejection: Rejection): boolean {
  const posting = held.postings.find(one => one.line_no === rejection.lineNo)
  if (posting?.state === 'reversed') return true
  if (posting?.state !== 'posted' && posting?.state !== 'not-reversed') return false
  const entries = held.entries.filter(entry => entry.line_no === rejection.lineNo)
  for (const entry of entries) moveBack(books, entry)
  if (posting.state === 'posted') posting.suspense_gl = rejection.suspenseGlAccount
  book(books, held, rejection, takenBack(entries, suspenseOf(posting)))
  if (posting.state === 'posted') {
    // Nothing of it was ever there: were it kept, a later void would give it back once more.
    held.entries = held.entries.filter(entry => entry.line_no !== rejection.lineNo)
    settle(books, held, { posting, state: 'suspense', nowMs: rejection.nowMs })
  } else settle(books, held, { posting, state: 'reversed', nowMs: rejection.nowMs })
  return true
}

/** A reversal that was not taken: the customer has the money and the account the payment. It waits for somebody. */
export function rejectReversal(books: Books, held: HeldReceipt, rejection: Rejection): boolean {
  const posting = held.postings.find(one => one.line_no === rejection.lineNo)
  if (posting?.state !== 'reversed') return false
  const entries = held.entries.filter(entry => entry.line_no === rejection.lineNo)
  for (const entry of entries) moveAgain(books, entry)
  posting.suspense_gl = rejection.suspenseGlAccount
  book(books, held, rejection, reversed(takenBack(entries, suspenseOf(posting))))
  settle(books, held, { posting, state: 'not-reversed', nowMs: rejection.nowMs })
  return true
}

/** Out of the accounts' GL accounts, into suspense. */
function takenBack(entries: readonly PostingEntryRow[], suspenseGl: string): GlSide[] {
  const all = sum(entries.map(entry => entry.cents))
  return [...entries.map(entry => debit(entry.gl_account, entry.cents)), credit(suspenseGl, all)]
}

/** An account that was billed anew since has figures of the billing system, which never contained the payment. */
function moveBack(books: Books, { account_id: accountId, item_id: itemId, cents }: PostingEntryRow): void {
  const item = itemId === null ? undefined : books.items.get(itemId)
  const account = books.accounts.get(accountId)
  if (item) Object.assign(item, { openCents: add(item.openCents, cents), changed: true })
  else if (account) {
    // Of an item that was billed under another id since, what was paid is the account's credit.
    const back = minOf(account.creditCents, cents)
    Object.assign(account, { creditCents: subtract(account.creditCents, back), changed: true })
  }
  books.dirtyAccounts.add(accountId)
}

const minOf = (a: Cents, b: Cents): Cents => (a < b ? a : b)

/** What the item does not owe any more, since it was paid once more meanwhile, is the customer's. */
function moveAgain(books: Books, { account_id: accountId, item_id: itemId, cents }: PostingEntryRow): void {
  const item = itemId === null ? undefined : books.items.get(itemId)
  const account = books.accounts.get(accountId)
  const taken = item ? minOf(item.openCents, cents) : ZERO
  if (item) Object.assign(item, { openCents: subtract(item.openCents, taken), changed: true })
  if (account) {
    const creditCents = add(account.creditCents, subtract(cents, taken))
    Object.assign(account, { creditCents, changed: true })
  }
  books.dirtyAccounts.add(accountId)
}

function book(
  books: Books,
  held: HeldReceipt,
  { source, businessDate }: Rejection,
  sides: readonly GlSide[],
): void {
  const { till_id: tillId, receipt_id: receiptId } = held.state
  const rows: GlEntryRow[] = glRows({ tillId, source, businessDate, receiptId }, sides)
  held.gl.push(...rows)
  books.newGl.push(...rows)
}

/** The line's state, and what the receipt is by all of its lines. */
function settle(
  books: Books,
  held: HeldReceipt,
  { posting, state, nowMs }: { posting: PostingRow; state: PostingRow['state']; nowMs: number },
): void {
  const reason = state === 'reversed' ? null : 'rejected'
  Object.assign(posting, { state, reason, at: nowMs })
  const open = held.postings.find(one => one.state === 'suspense' || one.state === 'not-reversed')
  const isVoided = held.postings.some(one => one.state === 'reversed' || one.state === 'withdrawn')
  const settled = isVoided ? 'reversed' : 'posted'
  Object.assign(held.state, { state: open ? 'exception' : settled, reason: open?.reason ?? null, at: nowMs })
  books.touched.add(held.state.receipt_id)
}
