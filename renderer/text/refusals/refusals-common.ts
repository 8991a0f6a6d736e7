/** Refusals of the router, of people, and of setting up. */
import type { ImportRefusal } from '../../../shared/rules/account/account-file.ts'
import { adminText } from '../setup/admin.ts'
import type { RefusalData, RefusalTexts } from './refusal-types.ts'

export const LEDGER_PROBLEMS: Record<RefusalData<'LEDGER_UNAVAILABLE'>['problem'], string> = {
  damaged: 'The ledger file is damaged. Nothing was changed. Stop here and call your administrator.',
  foreign: 'The ledger file belongs to another program. Nothing was changed. Call your administrator.',
  newer: 'The ledger was written by a newer version of Tillproof. Install that version.',
  'no-permission':
    'The till may not use its data folder as it is. Take no payments and call your administrator.',
  accounts:
    'The accounts cannot be read. The ledger is sound and nothing was changed. Call your administrator.',
  'read-only': 'The disk can only be read. Take no payments until your administrator has mended it.',
  'disk-full': 'The disk is full. Take no payments. Free some space, then try again.',
  'disk-failing': 'The disk is failing. Take no payments and call your administrator.',
  'in-use': 'Another program holds this ledger. Close it, then start Tillproof again.',
  'not-durable': 'This disk does not keep what is written. Take no payments and call your administrator.',
  moved:
    'The data folder was moved or put back while the till was open. Take no payments. Close Tillproof and start it again.',
  overloaded:
    'This computer has no memory or open files left. Close other programs, then start Tillproof again.',
}

const POLICY_PROBLEMS: Record<RefusalData<'POLICY_NOT_VALID'>['reason'], string> = {
  'category-twice': 'Two categories in one direction have the same name. Change one of them.',
  'unknown-denomination':
    'The policy names a denomination that is not counted. Open the policies and save again.',
  'denomination-twice': 'The policy names a denomination twice. Open the policies and save again.',
  'denomination-in-use':
    'Pieces of a denomination that you took out still lie in a drawer or in the safe. Close the drawers and bank them first.',
  'rule-twice': 'Two bank rules have the same GL prefix. Remove one of them.',
  'day-twice': 'A day of the week or a holiday is named twice. Remove one of them.',
}

export const TEXT_PROBLEMS: Record<RefusalData<'TEXT_NOT_ALLOWED'>['reason'], string> = {
  empty: 'is empty. Fill it in.',
  'too-long': 'is too long. Shorten it.',
  'control-characters': 'holds characters that cannot be printed. Type it again.',
  'card-number': 'looks like a card number. Never write a card number here; take it out.',
}

const PIN_PROBLEMS: Record<RefusalData<'PIN_NOT_ALLOWED'>['reason'], string> = {
  'too-short': 'A PIN needs at least 4 digits.',
  'too-long': 'A PIN has at most 10 digits.',
  'not-digits': 'A PIN is made of digits alone.',
  trivial: 'That PIN is too easy to guess. Choose digits that are no sequences, repeats or years.',
  same: 'That is the PIN that you were given. Choose another one.',
}

/** Why a file of accounts cannot be imported as a whole. */
const FILE_PROBLEMS: Readonly<Record<ImportRefusal, string>> = {
  'no-such-file': 'The file is not there any more. Choose it again.',
  'not-a-text-file': 'This is no text file. Export the accounts as CSV and choose that file.',
  'empty-file': 'This file holds no accounts. Choose another one.',
  'repeated-header':
    'Two columns of this file have the same header. Give each its own name, then choose it again.',
  'header-over-lines':
    'The names of the columns stand on more than one line, or a quote among them is never closed. Put them on one line, then choose the file again.',
  'too-many-columns': 'This file has more columns than any list of accounts. Choose another one.',
  'line-too-long':
    'This file has a line that is longer than any account. Export the accounts as CSV and choose that file.',
  'no-number-column': 'No column holds the account number. Choose it among the columns of the file.',
  'no-money-column': 'No column holds an amount or a balance. Choose it among the columns of the file.',
  'unknown-column': 'A chosen column is not in the file. Choose the columns again.',
}

/** `serviceName` or `service-name` as words. */
function fieldName(field: string): string {
  if (field === 'basket') return 'Something in the basket'
  const words = field
    .replace(/[._-]+/g, ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words === '' ? 'This' : words.charAt(0).toUpperCase() + words.slice(1)
}

function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1000)
  return whole === 1 ? '1 second' : `${whole} seconds`
}

export const commonRefusals = {
  LEDGER_UNAVAILABLE: ({ problem }) => LEDGER_PROBLEMS[problem],
  INPUT_NOT_VALID: ({ field, problem }) => `${fieldName(field)}: ${problem}. Correct it and try again.`,
  RECORD_TOO_LONG: () => 'This is more than one record can hold. Split it into several.',
  NOT_SIGNED_IN: () => 'You are not signed in any more. Sign in again; the basket is kept.',
  SCREEN_LOCKED: () => 'The screen is locked. Unlock it with your PIN.',
  ROLE_NOT_ALLOWED: ({ role }) =>
    `Your role (${role}) does not include this. Ask somebody whose role does to sign in.`,
  FAULT: ({ reference }) => `Not saved. Reference ${reference}. Try again, or tell your administrator.`,
  COMMAND_CONTENT_CHANGED: () =>
    'This was already saved with other content. Look it up before you enter it again.',
  APPROVAL_NEEDED: () => 'Another person must approve this with their PIN.',
  OWN_APPROVAL: () => 'Nobody approves their own work. Ask another lead or supervisor.',
  APPROVER_ROLE: () => 'This person may not approve. Ask a lead or a supervisor.',
  PIN_WRONG: ({ retryAfterMs }) =>
    retryAfterMs === 0 ? 'Wrong PIN. Try again.' : `Wrong PIN. Try again in ${seconds(retryAfterMs)}.`,
  LOCKED_OUT: () =>
    'Locked out after ten wrong PINs. A supervisor or administrator can release it under Administration.',
  PIN_NOT_ALLOWED: ({ reason }) => PIN_PROBLEMS[reason],
  TEXT_NOT_ALLOWED: ({ field, reason }) => `${fieldName(field)} ${TEXT_PROBLEMS[reason]}`,
  UNKNOWN_PERSON: () => 'This person is not known here any more. Choose a name from the list.',
  NAME_TAKEN: () => 'This name is taken. Choose another one.',
  LAST_ADMINISTRATOR: () => 'This is the last active administrator. Make somebody else one first.',
  PIN_MISSING: () => 'A new person needs a PIN.',
  PIN_TO_BE_CHOSEN: () => 'Somebody else set this PIN. Choose your own now.',
  OWN_PIN: () => 'Change your own PIN under your name, with the one that you have.',
  SESSION_OPEN: () => 'A drawer session is still open. Close it first.',
  KEPT_AT_CENTRAL: () =>
    'The billing system keeps this for all tills of the city. Have it changed there; this till takes it over.',
  NOT_LOCKED_OUT: () => 'They are not locked out. A wrong PIN counts only until the next right one.',
  RELEASED_BEFORE: () =>
    'They were released before, and no right PIN came since. An administrator sets them a new PIN, with somebody who approves.',
  OWN_RELEASE: () => 'Nobody releases themselves. Ask another supervisor or administrator.',
  ALREADY_SET_UP: () => 'This till is already set up. Sign in instead.',
  ROUTING_NUMBER_WRONG: () =>
    'That is no routing number. Read the nine digits at the foot of the check again.',
  TIME_ZONE_UNKNOWN: () => 'That time zone is not known. Write it like America/Chicago.',
  POLICY_NOT_VALID: ({ reason }) => POLICY_PROBLEMS[reason],
  CHANGED_MEANWHILE: () => adminText.stale,
  CODE_TAKEN: () => 'This code is taken. Choose another one.',
  PRICE_MISSING: () => 'This kind of item needs its price or percentage.',
  TENDER_BANKED_BY_ITEM: () =>
    'Checks and the like go to the bank, and whatever goes there is counted one by one. Choose both, or neither for a payment that stays here.',
  TENDER_NOT_READY: () => 'Credit on account cannot be taken as a payment yet. Leave it switched off.',
  TENDER_KIND_FIXED: () =>
    'A payment of this name is of another kind already. Give the new one another name.',
  TENDER_IN_USE: () =>
    'A drawer is open, or money of this kind is in the safe or waits for the bank. Change how it is counted, banked or booked after that.',
  BANK_ACCOUNT_IN_USE: ({ by }) =>
    by === 'waiting'
      ? 'Money of closed sessions waits for this bank account. Make its deposit up first.'
      : 'The rules for deposits send money to this bank account. Change the rules first.',
  CASH_IS_NEEDED: () => 'Cash cannot be switched off: drawers are opened and balanced in cash.',
  UNKNOWN_BASKET: () =>
    'This basket is not in hand any more. It may have been suspended or resumed elsewhere.',
  BASKET_IN_HAND: () => 'There is a basket in hand. Post or suspend it first.',
  SCAN_CHECK_DIGIT_WRONG: ({ template }) =>
    `The check digit of this ${template} line is wrong. Scan again, or find the account by number or name.`,
  FILE_NOT_READABLE: ({ reason }) => FILE_PROBLEMS[reason],
  UNKNOWN_UPLOAD: () => 'The file is not there any more. Choose it again.',
  ACCOUNTS_AT_CENTRAL: ({ address }) =>
    `Accounts come from the billing system at ${address}. Import the file there.`,
  PAYMENTS_STILL_TO_COME: () =>
    'The balances cannot contain payments of a time that is still to come. Correct the date and time.',
  IMPORT_RUNNING: () => 'An import is already running. Wait for its end or cancel it.',
  COLUMNS_MISSING: ({ fields }) => fields.map(field => FILE_PROBLEMS[field]).join(' '),
} satisfies Partial<RefusalTexts>
