/** What lies open while facts are booked: the figures as read, and what changes in them. */
import type {
  CentralItemRow,
  GlEntryRow,
  PostingEntryRow,
  PostingRow,
  ReceiptStateRow,
} from '../../../db/central/schema.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'
import type { OwedAgain } from './owed-again.ts'

export interface AccountFigures {
  status: 'open' | 'closed'
  creditCents: Cents
  changed: boolean
}
export interface ItemFigures {
  accountId: string
  openCents: Cents
  changed: boolean
}
/** A receipt with everything that was done with it. */
export interface HeldReceipt {
  state: ReceiptStateRow
  postings: PostingRow[]
  entries: PostingEntryRow[]
  gl: GlEntryRow[]
}

/** What a posting reads and changes; the rows that are new stand in the lists at the end. */
export interface Books {
  accounts: Map<string, AccountFigures>
  /** Who goes on as the customer of an account whose id is gone: a till that has not heard of it yet pays under the old one. */
  heirs: Map<string, string>
  items: Map<string, ItemFigures>
  receipts: Map<string, HeldReceipt>
  touched: Set<string>
  newEntries: PostingEntryRow[]
  /** What the billing system knew before central did: it is told of none. */
  knownEntries: PostingEntryRow[]
  /** Without what is open of them, which stands in `items`. */
  newItems: Omit<CentralItemRow, 'open_cents'>[]
  /** What is owed again and was of an item, or a credit, that is there no more. */
  owedAgain: OwedAgain[]
  newGl: GlEntryRow[]
  dirtyAccounts: Set<string>
  /** The same by number: a till may have named an account after it, before its city went live. */
  dirtyNumbers: Set<string>
  /** Receipts whose accounts are told anew, whatever became of their lines. */
  dirtyReceipts: Set<string>
}

/** Where a payment to an account belongs by now. */
export const homeOf = ({ heirs }: Pick<Books, 'heirs'>, accountId: string): string =>
  heirs.get(accountId) ?? accountId

/** The item of an entry, where the account that was paid still has it: one that another account has now is another’s. */
export function itemOf(
  books: Pick<Books, 'items'>,
  { account_id: accountId, item_id: itemId }: Pick<PostingEntryRow, 'account_id' | 'item_id'>,
): ItemFigures | undefined {
  const item = itemId === null ? undefined : books.items.get(itemId)
  return item?.accountId === accountId ? item : undefined
}

/** An item of which nothing is open yet. */
export function addItem({ items, newItems }: Books, item: Books['newItems'][number]): void {
  newItems.push(item)
  items.set(item.item_id, { accountId: item.account_id, openCents: ZERO, changed: true })
}

/** Where the money of a line without a home stands, whatever the city has set since it was booked. */
export function suspenseOf({ suspense_gl: glAccount, receipt_id: receiptId }: PostingRow): string {
  if (glAccount === null) throw new Error(`A line of receipt ${receiptId} was never in suspense`)
  return glAccount
}
