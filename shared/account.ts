/** A customer's account and its open items, as central knew them at `asOfMs`. The till never edits them. */

import { z } from 'zod'
import { amountField, businessDateField, glAccountField, idField, instantField } from './fields.ts'
import type { JournalPosition } from './ledger/journal-position.ts'
import { checkText } from './rules/text/free-text.ts'

export const ACCOUNT_LIMITS = {
  number: 32,
  name: 120,
  address: 200,
  note: 400,
  phone: 32,
  phones: 6,
  service: 40,
  /** Open items; a payment of all of them, and more, is one line of a receipt. */
  items: 400,
} as const

export const accountField = z.object({
  /** Made from the account number, so the same number has the same id in every import. */
  accountId: idField,
  /** As the utility writes it, with separators and leading zeros. */
  number: z.string().min(1).max(ACCOUNT_LIMITS.number),
  name: z.string().max(ACCOUNT_LIMITS.name),
  address: z.string().max(ACCOUNT_LIMITS.address),
  phones: z.array(z.string().min(1).max(ACCOUNT_LIMITS.phone)).max(ACCOUNT_LIMITS.phones),
  status: z.enum(['open', 'closed']),
  /** True where returned checks have made the account cash only. */
  cashOnly: z.boolean(),
  /** What the utility owes the customer; zero or more. */
  creditCents: amountField,
  note: z.string().max(ACCOUNT_LIMITS.note),
  /** When central's figures were pulled, in UTC milliseconds. */
  asOfMs: instantField,
})
export type Account = z.infer<typeof accountField>

/** Something an account still owes: one service of one bill. */
export const accountItemField = z.object({
  itemId: idField,
  accountId: idField,
  /** 'water', 'sewer', 'trash', or whatever else central bills for. */
  service: z.string().min(1).max(ACCOUNT_LIMITS.service),
  /** Place among the services of one bill when a payment is spread. */
  serviceOrder: z.int().min(0).max(999),
  isPenalty: z.boolean(),
  dueDate: businessDateField,
  openCents: amountField,
  glAccount: glAccountField,
})
export type AccountItem = z.infer<typeof accountItemField>

/** Text as a receipt can show and keep it: tidy, without control characters, marks that turn it round, and card numbers. */
const textField = (most: number) =>
  z
    .string()
    .max(most)
    .refine(text => {
      const checked = checkText(text, { maxLength: most })
      return checked.ok && checked.text === text
    }, 'Text that cannot be shown or kept')

const NUMBER = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._/#-]*[\p{L}\p{N}._/#-])?$/u

/** Whether a text is an account number. It needs a digit, and may have as many as a card: it is billed by, and no secret. */
export const isAccountNumber = (text: string): boolean =>
  NUMBER.test(text) && /\d/.test(accountNumberKey(text))

/**
 * An account with its items in the order of `itemNo`, as it may come in. What is here already is shown by the looser
 * fields above: a rule that became stricter must not keep anybody from paying.
 */
export const accountWithItemsField = z.object({
  account: accountField.extend({
    number: accountField.shape.number.refine(isAccountNumber, 'Not an account number'),
    name: textField(ACCOUNT_LIMITS.name),
    address: textField(ACCOUNT_LIMITS.address),
    phones: z.array(textField(ACCOUNT_LIMITS.phone).min(1)).max(ACCOUNT_LIMITS.phones),
    note: textField(ACCOUNT_LIMITS.note),
  }),
  items: z
    .array(accountItemField.extend({ service: textField(ACCOUNT_LIMITS.service).min(1) }))
    .max(ACCOUNT_LIMITS.items)
    // A payment is spread by their ids.
    .refine(items => new Set(items.map(item => item.itemId)).size === items.length, 'Two items under one id'),
})
export type AccountWithItems = z.infer<typeof accountWithItemsField>

/** Before everything in a till's journal: no payment of this till is in figures as of it. */
export const BEFORE_ALL: JournalPosition = { epoch: 0, seq: 0 }

/** An account as the till keeps it. */
export interface KeptAccount extends AccountWithItems {
  /**
   * How far this till's own journal is in the account's figures. A payment after this position is still pending here,
   * whatever order figures and payments travel in.
   */
  asOfPosition: JournalPosition
}

/** Digits and letters of an account number alone: what makes two spellings the same account. */
export function accountNumberKey(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** An id that is no account's any more. */
export interface FormerAccount {
  accountId: string
  /** Whose customer it was from then on; null where it is nobody's. */
  heirId: string | null
}
