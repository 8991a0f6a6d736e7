import { ACCOUNT_LIMITS } from '../../shared/account.ts'
import type { ImportReason } from '../../shared/rules/account/account-file.ts'

/** The columns before a bad row's own in the saved file. */
export const BAD_ROW_COLUMNS = ['Line', 'Column at fault', 'What is wrong'] as const

/** What stands beside a bad row in the saved file: what is wrong and what to do. */
export const REASON_WORDS: Readonly<Record<ImportReason, string>> = {
  'unreadable-row':
    'The quotes in this line do not match. Quote the whole cell and double the quotes inside it.',
  'wrong-column-count': 'This row has more or fewer cells than the header.',
  'missing-number': 'The account number is missing.',
  'wrong-number':
    'This is not an account number: letters, digits, spaces and . _ / # - with at least one digit.',
  'spreadsheet-number':
    'A spreadsheet turned this account number into a power of ten. Export the column as text.',
  'missing-amount': 'The amount is missing.',
  'wrong-money': 'This is not an amount of money with at most two decimals.',
  'negative-credit': 'A credit balance is given as a positive amount.',
  'missing-due-date': 'The due date is missing.',
  'wrong-date': 'This is not a day written as 2026-11-20 or 11/20/2026.',
  'wrong-status': 'The status is neither open nor closed.',
  'wrong-flag': 'This is neither yes nor no.',
  'wrong-order': 'The place of the service is a whole number from 0 to 999.',
  'wrong-gl-account':
    'A GL account is letters, digits, spaces and signs of a plain keyboard. Retype dashes and spaces that were pasted.',
  'too-long': 'The text is too long.',
  'too-many': 'There are more than six phone numbers.',
  'too-many-items': `One account has more than ${ACCOUNT_LIMITS.items} open items. Combine the oldest.`,
  'control-characters': 'The text holds characters that cannot be seen or that reorder it.',
  'card-number': 'The text looks like a card number. Card numbers are never stored.',
  'duplicate-item': 'The account has this service with this due date twice.',
  'conflicting-account-data': 'Another row says something else about the same account.',
  'account-has-bad-row': 'Nothing is wrong with this row, but another row of the account cannot be imported.',
}
