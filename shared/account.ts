/** A customer's account and its open items, as central knew them at `asOfMs`. The till never edits them. */
import { z } from 'zod'
import { amountField, businessDateField, glAccountField, idField, instantField } from './fields.ts'
import type { Place } from './place.ts'

export const ACCOUNT_LIMITS = {
  number: 32,
  name: 120,
  address: 200,
  note: 400,
  phone: 32,
  phones: 6,
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
  service: z.string().min(1).max(40),
  /** Place among the services of one bill when a payment is spread. */
  serviceOrder: z.int().min(0).max(999),
  isPenalty: z.boolean(),
  dueDate: businessDateField,
  openCents: amountField,
  glAccount: glAccountField,
})
export type AccountItem = z.infer<typeof accountItemField>

/** An account with its items in the order of `itemNo`. */
export interface AccountWithItems {
  account: Account
  items: AccountItem[]
}

/**
 * How far this till's own journal is in an account's figures. A payment after this place is still pending here,
 * whatever order figures and payments travel in; zeros where no payment of this till is in them.
 */
export type Through = Place
export const NOT_THROUGH: Through = { epoch: 0, seq: 0 }

/** An account as the till keeps it. */
export interface KeptAccount extends AccountWithItems {
  through: Through
}

/** Digits and letters of an account number alone: what makes two spellings the same account. */
export function accountNumberKey(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}
