import type { AmountReason } from '../../shared/money.ts'

/** What is wrong with a typed amount, and what to type instead. */
export const AMOUNT_PROBLEMS: Record<AmountReason, string> = {
  empty: 'Enter an amount.',
  'not-a-number': 'That is not an amount. Use digits, for example 10000 for 100.00.',
  'too-precise': 'At most two digits may follow the point.',
  negative: 'An amount cannot be below zero.',
  'too-large': 'The largest amount is 99,999,999.99.',
}
