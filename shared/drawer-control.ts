/** The city's policy for drawers, safe and deposits. Every figure that varies by place stands here. */
import { z } from 'zod'
import {
  amountField,
  businessDateField,
  centsField,
  countField,
  glAccountField,
  idField,
  nameField,
} from './fields.ts'
import { cents } from './money.ts'

const piecePolicyField = z.object({
  valueCents: centsField,
  kind: z.enum(['note', 'coin']),
  pieces: countField,
})

export const paidCategoryField = z.object({
  name: nameField,
  direction: z.enum(['in', 'out']),
  glAccount: glAccountField,
})
export type PaidCategory = z.infer<typeof paidCategoryField>

export const drawerControlField = z.object({
  /** Share of a drawer's cash limit, in percent, from which the till calls for a turn-in. */
  warnPercent: z.int().min(1).max(100),
  /** Paid-in and paid-out above this many cents need another person. */
  paidApprovalCents: amountField,
  paidCategories: z.array(paidCategoryField).max(40),
  /** The mix that the float is rebuilt to at close; empty leaves it to the rule. */
  wantedPieces: z.array(piecePolicyField).max(60),
  /** Fewer than this many pieces are said to run low. */
  lowPieces: z.array(piecePolicyField).max(60),
  /** Which bank account gets the money of a GL account: the longest prefix that fits. */
  bankRules: z.array(z.object({ glPrefix: glAccountField, bankAccountId: idField })).max(100),
  /** The bank account of everything else; null takes the first that is active. */
  defaultBankAccountId: idField.nullable(),
  deadline: z.object({
    /** Business days after the business date: 0 is the same day, 1 the next. */
    businessDays: z.int().min(0).max(10),
    /** Above this many cents the money goes to the bank on the same day; null for no such rule. */
    sameDayFromCents: amountField.nullable(),
    /** Minutes after midnight, local time, at which the bank's day ends. */
    cutOffMinutes: z.int().min(0).max(1_439),
    /** Days of the week on which the bank takes deposits, 0 for Sunday. */
    weekdays: z.array(z.int().min(0).max(6)).min(1).max(7),
    holidays: z.array(businessDateField).max(100),
  }),
})
export type DrawerControl = z.infer<typeof drawerControlField>

/** What a new city begins with. */
export const DEFAULT_DRAWER_CONTROL: DrawerControl = {
  warnPercent: 80,
  paidApprovalCents: cents(2_500),
  paidCategories: [
    { name: 'Petty cash', direction: 'out', glAccount: '100-1090' },
    { name: 'Refund in cash', direction: 'out', glAccount: '100-2110' },
    { name: 'Postage and supplies', direction: 'out', glAccount: '100-5210' },
    { name: 'Found money', direction: 'in', glAccount: '100-4990' },
    { name: 'Petty cash returned', direction: 'in', glAccount: '100-1090' },
  ],
  wantedPieces: [],
  lowPieces: [],
  bankRules: [],
  defaultBankAccountId: null,
  deadline: {
    businessDays: 1,
    sameDayFromCents: cents(100_000),
    cutOffMinutes: 14 * 60,
    weekdays: [1, 2, 3, 4, 5],
    holidays: [],
  },
}
