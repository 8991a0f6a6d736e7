/** What the billing system's "no" undoes at central. Works on books that were read before; whoever calls writes them. */
import type { GlEntryRow, PostingEntryRow, PostingRow } from '../../db/central/schema.ts'
import { add, type Cents, negate, subtract, sum, ZERO } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import { credit, debit, type GlSide, glRows, reversed, sidesOf } from '../posting/books/gl-rules.ts'
import { type Books, type HeldReceipt, itemOf, suspenseOf } from '../posting/books/open-books.ts'

export interface Rejection {
  lineNo: number
  /** Under which the GL journal has it. */
  businessDate: BusinessDate
  source: string
  /** Where money without a home is booked now. */
  suspenseGlAccount: string
  /** Whether nobody was told of an entry yet. */
  isUntold(entry: PostingEntryRow): boolean
  /** UTC milliseconds. */
  nowMs: number
}

/**
 * A payment that was not taken. Posted, its line goes back to suspense as if it had never been, and is resolved like any other. Of
 * a voided receipt nothing is owed back any more, and what somebody made of it since is undone with it. Gives the entries that
 * are gone; null where that has to be looked at by somebody.
 */
export function rejectPayment(
  books: Books,
  held: HeldReceipt,
  rejection: Rejection,
): PostingEntryRow[] | null {
  const posting = held.postings.find(one => one.line_no === rejection.lineNo)
  const entries = held.entries.filter(entry => entry.line_no === rejection.lineNo)
  const undo = posting && UNDO[posting.state]
  if (!posting || !undo || (posting.state !== 'reversed' && entries.length === 0)) return null
  return undo({ books, held, posting, entries, rejection })
}

interface Undoing {
  books: Books
  held: HeldReceipt
  posting: PostingRow
  entries: readonly PostingEntryRow[]
  rejection: Rejection
}

const UNDO: Partial<Record<PostingRow['state'], (undoing: Undoing) => PostingEntryRow[]>> = {
  reversed: () => [],
  posted({ books, held, posting, entries, rejection }) {
    posting.suspense_gl = rejection.suspenseGlAccount
    for (const entry of entries) moveBack(books, entry, posting.business_date)
    book(books, held, rejection, takenBack(entries, suspenseOf(posting)))
    // Nothing of it was ever there: were it kept, a later void would give it back once more.
    drop(held, entries)
    settle(books, held, { posting, state: 'suspense', nowMs: rejection.nowMs })
    return [...entries]
  },
  'not-reversed'({ books, held, posting, entries, rejection }) {
    for (const entry of entries) moveBack(books, entry, posting.business_date)
    book(books, held, rejection, takenBack(entries, suspenseOf(posting)))
    settle(books, held, { posting, state: 'reversed', nowMs: rejection.nowMs })
    return []
  },
  charged({ books, held, posting, entries, rejection }) {
    // What was charged for the payment is owed no more; where that was told, its taking back is told too.
    for (const entry of entries)
      if (entry.cents > 0) moveBack(books, entry, posting.business_date)
      else moveAgain(books, { ...entry, cents: negate(entry.cents) })
    // Charged no more, and then not taken: both stand in the GL journal under the day on which it was heard.
    const back = takenBack(
      entries.filter(entry => entry.cents > 0),
      suspenseOf(posting),
    )
    book(books, held, rejection, [...reversed(back), ...back])
    const untold = entries.filter(entry => entry.cents < 0 && rejection.isUntold(entry))
    drop(held, untold)
    settle(books, held, { posting, state: 'reversed', nowMs: rejection.nowMs })
    return untold
  },
  'written-off'({ books, held, posting, entries, rejection }) {
    for (const entry of entries) moveBack(books, entry, posting.business_date)
    const lost = writtenOff(held, rejection.lineNo)
    book(books, held, rejection, [...takenBack(entries, suspenseOf(posting)), ...reversed(lost)])
    settle(books, held, { posting, state: 'reversed', nowMs: rejection.nowMs })
    return []
  },
}

/** How the city's loss was booked. */
function writtenOff(held: HeldReceipt, lineNo: number): GlSide[] {
  const decided = `resolved/${held.state.receipt_id}/${lineNo}/`
  const numberOf = ({ source }: GlEntryRow): number => Number.parseInt(source.slice(decided.length), 10)
  const decisions = held.gl.filter(row => row.source.startsWith(decided))
  const source = decisions.sort((a, b) => numberOf(b) - numberOf(a))[0]?.source
  return sidesOf(held.gl.filter(row => row.source === source))
}

/** A charge that was not taken: what could not be taken back waits for somebody once more. Gives the entries that are gone. */
export function rejectCharge(
  books: Books,
  held: HeldReceipt,
  rejection: Rejection,
): PostingEntryRow[] | null {
  const posting = held.postings.find(one => one.line_no === rejection.lineNo)
  if (posting?.state === 'reversed') return []
  if (posting?.state !== 'charged') return null
  const entries = held.entries.filter(entry => entry.line_no === rejection.lineNo)
  const charges = entries.filter(entry => entry.cents < 0)
  for (const entry of charges) moveAgain(books, { ...entry, cents: negate(entry.cents) })
  posting.suspense_gl = rejection.suspenseGlAccount
  const paid = entries.filter(entry => entry.cents > 0)
  book(books, held, rejection, reversed(takenBack(paid, suspenseOf(posting))))
  drop(held, charges)
  settle(books, held, { posting, state: 'not-reversed', nowMs: rejection.nowMs })
  return charges
}

function drop(held: HeldReceipt, entries: readonly PostingEntryRow[]): void {
  held.entries = held.entries.filter(entry => !entries.includes(entry))
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

/** Owed again, to the cent: the billing system's own figures never contained the payment, which stood beside them until now. */
function moveBack(books: Books, entry: PostingEntryRow, dueDate: BusinessDate): void {
  const { account_id: accountId, gl_account: glAccount, cents } = entry
  const item = itemOf(books, entry)
  const account = books.accounts.get(accountId)
  if (item) Object.assign(item, { openCents: add(item.openCents, cents), changed: true })
  else if (account) {
    // Of an item that was billed under another id since, what was paid is the account's credit, as far as that is not used.
    const back = minOf(account.creditCents, cents)
    Object.assign(account, { creditCents: subtract(account.creditCents, back), changed: true })
    if (back < cents) books.owedAgain.push({ accountId, glAccount, dueDate, cents: subtract(cents, back) })
  }
  books.dirtyAccounts.add(accountId)
}

const minOf = (a: Cents, b: Cents): Cents => (a < b ? a : b)

/** What the item does not owe any more, since it was paid once more meanwhile, is the customer's. */
function moveAgain(books: Books, entry: PostingEntryRow): void {
  const { account_id: accountId, cents } = entry
  const item = itemOf(books, entry)
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
