/**
 * Posts receipts to accounts, and undoes them. Works on what was read before and writes nothing: `books.ts` reads
 * and writes. A line that finds no home goes to suspense with a reason; no receipt is ever refused.
 */

import type {
  CentralItemRow,
  PostingEntryRow,
  PostingReason,
  PostingRow,
  ReceiptStateRow,
} from '../../db/central/schema.ts'
import type { Fact } from '../../shared/ledger/facts.ts'
import { isAfter, type JournalPosition } from '../../shared/ledger/journal-position.ts'
import type { StatedLine } from '../../shared/ledger/receipt.ts'
import { add, type Cents, negate, subtract, sum, ZERO } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'
import {
  credit,
  debit,
  type GlAccounts,
  type GlSide,
  glRows,
  reversed,
  sidesOf,
  tenderSides,
} from './books/gl-rules.ts'
import { addItem, type Books, type HeldReceipt, homeOf, itemOf, suspenseOf } from './books/open-books.ts'

export interface PostingTill {
  tillId: string
  tillNo: number
  epoch: number
  nowMs: number
  lastReferenceNo: number
  /** What the till took up to this place is in the billing system's own figures: it is booked, and moves none of them. */
  known: JournalPosition
}

type AccountLine = Extract<StatedLine, { kind: 'account' }>
/** A part of a line: what is paid, and where that is booked. */
export type Share = Pick<AccountLine['allocations'][number], 'itemId' | 'cents' | 'glAccount'>

/** Whose day and which decision a resolution is booked under. */
export interface Booking {
  businessDate: BusinessDate
  source: string
}

export type Unresolved = PostingReason | 'not-in-suspense' | 'too-many-items'

const AFTER_VOID: ReadonlySet<PostingRow['state']> = new Set([
  'reversed',
  'withdrawn',
  'not-reversed',
  'charged',
])
/** The time of entries that every file's figures contain. */
const BEFORE_ANY_FILE = 0
/** A void was booked already, as far as it could be: a till that lost it and states it again gives nothing back twice. */
const isVoided = ({ state }: PostingRow): boolean => AFTER_VOID.has(state)

export class Poster {
  readonly #books: Books
  readonly #till: PostingTill
  readonly #gl: GlAccounts

  constructor(books: Books, till: PostingTill, gl: GlAccounts) {
    this.#books = books
    this.#till = till
    this.#gl = gl
  }

  /** `contentHash` is what `receipt-content.ts` makes of it. */
  post(fact: Fact<'receipt.posted'>, contentHash: string): void {
    const { body } = fact
    const held: HeldReceipt = { state: this.#newState(fact, contentHash), postings: [], entries: [], gl: [] }
    const sides = tenderSides(fact, this.#gl)
    body.lines.forEach((line, index) => {
      if (line.kind === 'catalog') sides.push(credit(line.glAccount, line.cents))
      else sides.push(...this.#postLine(held, fact, line, index + 1))
    })
    this.#book(held, `${fact.epoch}/${fact.seq}`, fact.businessDate, sides)
    this.#settle(held)
    this.#books.receipts.set(body.receiptId, held)
  }

  /** Keeps a receipt that can be booked nowhere: nothing of it is posted, and somebody looks into it. */
  keep(fact: Fact<'receipt.posted'>, contentHash: string): void {
    const held: HeldReceipt = { state: this.#newState(fact, contentHash), postings: [], entries: [], gl: [] }
    this.#state(held, 'exception', null)
    this.#books.receipts.set(fact.body.receiptId, held)
  }

  /** Undoes exactly what was done: entries go back, lines in suspense are taken out, the GL journal is turned round. */
  void(fact: Fact<'receipt.voided'>): void {
    const held = this.#books.receipts.get(fact.body.receiptId)
    this.#books.dirtyReceipts.add(fact.body.receiptId)
    for (const posting of held?.postings ?? []) this.#tellAnew(posting.account_id, posting.account_number)
    if (!held || held.state.state === 'reversed' || held.postings.some(isVoided)) return
    const sides = reversed(sidesOf(held.gl))
    for (const posting of held.postings) {
      const isOpen = posting.state !== 'posted' || this.#isKnown(fact)
      sides.push(...(isOpen ? this.#withdraw(posting) : this.#undoLine(held, posting)))
    }
    this.#book(held, `${fact.epoch}/${fact.seq}`, fact.businessDate, sides)
    this.#settleVoided(held)
  }

  /** Books a fact that is about no receipt, on its own business date where no other is given. */
  bookFact(fact: Fact, sides: readonly GlSide[], businessDate = fact.businessDate): void {
    const { tillId, epoch, seq } = fact
    this.#books.newGl.push(
      ...glRows({ tillId, source: `${epoch}/${seq}`, businessDate, receiptId: null }, sides),
    )
  }

  /**
   * Takes a line out of suspense to an account, by the shares given. Gives why it does not fit, and then changes nothing.
   */
  resolve(
    receiptId: string,
    lineNo: number,
    to: Booking & { accountId: string; shares: readonly Share[] },
  ): Unresolved | null {
    const { held, posting } = this.#open(receiptId, lineNo)
    if (!held || posting?.state !== 'suspense') return 'not-in-suspense'
    const accountId = homeOf(this.#books, to.accountId)
    const reason = this.#misfit(accountId, to.shares)
    if (reason) return reason
    this.#tellAnew(posting.account_id, posting.account_number)
    posting.account_id = accountId
    this.#apply(held, posting, to.shares)
    this.#book(held, to.source, to.businessDate, [
      debit(suspenseOf(posting), posting.cents),
      ...to.shares.map(share => credit(share.glAccount, share.cents)),
    ])
    this.#settle(held)
    return null
  }

  /** Undoes a line that could not be undone when its receipt was voided: what it had paid is there again. */
  takeBack(receiptId: string, lineNo: number, { businessDate, source }: Booking): Unresolved | null {
    const { held, posting } = this.#open(receiptId, lineNo)
    if (!held || posting?.state !== 'not-reversed') return 'not-in-suspense'
    const entries = held.entries.filter(entry => entry.line_no === lineNo)
    const reason = this.#cannotGoBack(entries)
    if (reason) return reason
    for (const entry of entries) this.#move(entry, negate(entry.cents))
    this.#book(held, source, businessDate, this.#backSides(posting, entries))
    this.#settleVoid(held, posting, 'reversed')
    return null
  }

  /**
   * Charges an account with a voided line that could not be undone, by an item for each GL account that it had paid.
   * `newItem` gives one with nothing open; the account has room for so many.
   */
  charge(
    receiptId: string,
    lineNo: number,
    to: Booking & {
      accountId: string
      room: number
      newItem: (glAccount: string) => Omit<CentralItemRow, 'open_cents'>
    },
  ): Unresolved | null {
    const { held, posting } = this.#open(receiptId, lineNo)
    if (!held || posting?.state !== 'not-reversed') return 'not-in-suspense'
    const account = this.#books.accounts.get(to.accountId)
    if (account?.status !== 'open') return account ? 'closed-account' : 'unknown-account'
    const entries = held.entries.filter(entry => entry.line_no === lineNo)
    const parts = Map.groupBy(entries, entry => entry.gl_account)
    if (parts.size > to.room) return 'too-many-items'
    for (const [glAccount, part] of parts) {
      const item = to.newItem(glAccount)
      if (!itemOf(this.#books, item)) addItem(this.#books, item)
      const owed = { itemId: item.item_id, glAccount, cents: negate(sum(part.map(entry => entry.cents))) }
      this.#enter(held, { ...posting, account_id: to.accountId }, owed)
    }
    this.#book(held, to.source, to.businessDate, this.#backSides(posting, entries))
    this.#tellAnew(posting.account_id)
    this.#settleVoid(held, posting, 'charged')
    return null
  }

  /** Gives a line up: money that nobody claims becomes the city's, and what could not be taken back its loss. */
  writeOff(
    receiptId: string,
    lineNo: number,
    { glAccount, businessDate, source }: Booking & { glAccount: string },
  ): Unresolved | null {
    const { held, posting } = this.#open(receiptId, lineNo)
    if (!held || !posting) return 'not-in-suspense'
    const isGain = posting.state === 'suspense'
    const sides = [debit(suspenseOf(posting), posting.cents), credit(glAccount, posting.cents)]
    this.#book(held, source, businessDate, isGain ? sides : reversed(sides))
    this.#tellAnew(posting.account_id, posting.account_number)
    if (!isGain) this.#settleVoid(held, posting, 'written-off')
    else {
      Object.assign(posting, { state: 'written-off', at: this.#till.nowMs })
      this.#settle(held)
    }
    return null
  }

  /** A line that waits for somebody, with its receipt. */
  #open(
    receiptId: string,
    lineNo: number,
  ): { held?: HeldReceipt | undefined; posting?: PostingRow | undefined } {
    const held = this.#books.receipts.get(receiptId)
    const posting = held?.postings.find(one => one.line_no === lineNo)
    const isOpen = posting?.state === 'suspense' || posting?.state === 'not-reversed'
    return isOpen ? { held, posting } : {}
  }

  /** What a void could not book: the payment goes back, out of suspense. */
  #backSides(posting: PostingRow, entries: readonly PostingEntryRow[]): GlSide[] {
    const paid = entries.map(entry => debit(entry.gl_account, entry.cents))
    return [...paid, credit(suspenseOf(posting), posting.cents)]
  }

  #settleVoid(held: HeldReceipt, posting: PostingRow, state: PostingRow['state']): void {
    Object.assign(posting, { state, at: this.#till.nowMs })
    this.#settleVoided(held)
  }

  /** Undone once every line is; until then the first reason stands for all of it. */
  #settleVoided(held: HeldReceipt): void {
    const open = held.postings.find(posting => posting.state === 'not-reversed')
    this.#state(held, open ? 'exception' : 'reversed', open?.reason ?? null)
  }

  #newState(fact: Fact<'receipt.posted'>, contentHash: string): ReceiptStateRow {
    return {
      till_id: this.#till.tillId,
      receipt_id: fact.body.receiptId,
      state: 'acknowledged',
      reference: null,
      billing_reference: null,
      reason: null,
      at: this.#till.nowMs,
      state_no: 0,
      epoch: fact.epoch,
      seq: fact.seq,
      content_hash: contentHash,
    }
  }

  #postLine(held: HeldReceipt, fact: Fact<'receipt.posted'>, line: AccountLine, lineNo: number): GlSide[] {
    const accountId = homeOf(this.#books, line.accountId)
    const reason = this.#isKnown(fact) ? null : this.#misfit(accountId, line.allocations)
    const posting: PostingRow = {
      till_id: this.#till.tillId,
      receipt_id: fact.body.receiptId,
      line_no: lineNo,
      state: reason ? 'suspense' : 'posted',
      reason,
      account_id: accountId,
      account_number: line.accountNumber,
      cents: line.cents,
      business_date: fact.businessDate,
      at: this.#till.nowMs,
      suspense_gl: reason ? this.#gl.suspense : null,
    }
    held.postings.push(posting)
    if (reason) return [credit(this.#gl.suspense, line.cents)]
    this.#apply(held, posting, line.allocations)
    return line.allocations.map(share => credit(share.glAccount, share.cents))
  }

  #misfit(accountId: string, shares: readonly Share[]): PostingReason | null {
    const account = this.#books.accounts.get(accountId)
    if (!account) return 'unknown-account'
    if (account.status === 'closed') return 'closed-account'
    const wanted = new Map<string, Cents>()
    for (const { itemId, cents } of shares)
      if (itemId !== null) wanted.set(itemId, add(wanted.get(itemId) ?? ZERO, cents))
    const items = [...wanted].map(([itemId, cents]) => ({ item: this.#books.items.get(itemId), cents }))
    if (items.some(({ item }) => item?.accountId !== accountId)) return 'unknown-item'
    return items.some(({ item, cents }) => item && item.openCents < cents) ? 'changed-item' : null
  }

  #apply(held: HeldReceipt, posting: PostingRow, shares: readonly Share[]): void {
    posting.state = 'posted'
    posting.reason = null
    posting.at = this.#till.nowMs
    for (const share of shares) this.#enter(held, posting, share)
  }

  #enter(held: HeldReceipt, posting: PostingRow, share: Share): void {
    const entry: PostingEntryRow = {
      till_id: posting.till_id,
      receipt_id: posting.receipt_id,
      line_no: posting.line_no,
      entry_no: held.entries.filter(one => one.line_no === posting.line_no).length + 1,
      account_id: posting.account_id,
      item_id: share.itemId,
      gl_account: share.glAccount,
      cents: share.cents,
      at: this.#isKnown(held.state) ? BEFORE_ANY_FILE : this.#till.nowMs,
    }
    held.entries.push(entry)
    if (this.#isKnown(held.state)) {
      this.#books.knownEntries.push(entry)
      return
    }
    this.#books.newEntries.push(entry)
    this.#move(entry, share.cents)
  }

  /** Whether the billing system's own figures contain what the till stated there. */
  #isKnown({ epoch, seq }: JournalPosition): boolean {
    return !isAfter({ epoch, seq }, this.#till.known)
  }

  /**
   * The till's place moves on with each fact, and with it what its figures are said to contain: the accounts that a receipt
   * names are told anew, whether anything was done with it or not.
   */
  tellAnew({ body }: Fact<'receipt.posted'>): void {
    for (const line of body.lines)
      if (line.kind === 'account') {
        const accountId = homeOf(this.#books, line.accountId)
        const isKnown = this.#books.accounts.has(accountId)
        this.#tellAnew(accountId, isKnown ? undefined : line.accountNumber)
      }
  }

  /** What is held for an account is in the figures that tills are told of it. */
  #tellAnew(accountId: string, number?: string): void {
    this.#books.dirtyAccounts.add(accountId)
    if (number !== undefined) this.#books.dirtyNumbers.add(number)
  }

  /** Takes a payment off what is owed; one below zero puts it back. */
  #move(entry: Pick<PostingEntryRow, 'account_id' | 'item_id'>, paid: Cents): void {
    const target = itemOf(this.#books, entry)
    const account = this.#books.accounts.get(entry.account_id)
    if (target) Object.assign(target, { openCents: subtract(target.openCents, paid), changed: true })
    else if (account) Object.assign(account, { creditCents: add(account.creditCents, paid), changed: true })
    this.#tellAnew(entry.account_id)
  }

  /** Undone before any figure had it, or within what the billing system's own figures contain: none changes. */
  #withdraw(posting: PostingRow): GlSide[] {
    Object.assign(posting, { state: 'withdrawn', at: this.#till.nowMs })
    return []
  }

  /** Gives what has to be booked besides the receipt's own entries turned round. */
  #undoLine(held: HeldReceipt, posting: PostingRow): GlSide[] {
    posting.at = this.#till.nowMs
    const entries = held.entries.filter(entry => entry.line_no === posting.line_no)
    const reason = this.#cannotGoBack(entries)
    if (reason) {
      Object.assign(posting, { state: 'not-reversed', reason, suspense_gl: this.#gl.suspense })
      return [
        ...entries.map(entry => credit(entry.gl_account, entry.cents)),
        debit(this.#gl.suspense, posting.cents),
      ]
    }
    for (const entry of entries) this.#move(entry, negate(entry.cents))
    posting.state = 'reversed'
    return []
  }

  #cannotGoBack(entries: readonly PostingEntryRow[]): PostingReason | null {
    const [first] = entries
    const account = first && this.#books.accounts.get(first.account_id)
    if (!account) return 'unknown-account'
    if (entries.some(entry => entry.item_id !== null && !itemOf(this.#books, entry))) return 'unknown-item'
    const credited = sum(entries.filter(entry => entry.item_id === null).map(entry => entry.cents))
    return account.creditCents < credited ? 'changed-item' : null
  }

  /** Posted once every line has its home; until then the first reason stands for all of it. */
  #settle(held: HeldReceipt): void {
    const open = held.postings.find(posting => posting.state === 'suspense')
    if (!open && held.state.reference === null) {
      this.#till.lastReferenceNo += 1
      held.state.reference = `P${this.#till.tillNo}-${this.#till.lastReferenceNo}`
    }
    this.#state(held, open ? 'exception' : 'posted', open?.reason ?? null)
  }

  #state(held: HeldReceipt, state: ReceiptStateRow['state'], reason: PostingReason | null): void {
    Object.assign(held.state, { state, reason, at: this.#till.nowMs })
    this.#books.touched.add(held.state.receipt_id)
  }

  #book(held: HeldReceipt, source: string, businessDate: BusinessDate, sides: readonly GlSide[]): void {
    const { till_id: tillId, receipt_id: receiptId } = held.state
    const rows = glRows({ tillId, source, businessDate, receiptId }, sides)
    held.gl.push(...rows)
    this.#books.newGl.push(...rows)
  }
}
