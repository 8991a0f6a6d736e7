/** Refusals of receipts, drawers and deposits. */

import { formatCents } from '../../../shared/money.ts'
import { tenderKind } from '../../../shared/tenders.ts'
import { balanceLabels } from '../session/balance.ts'
import type { RefusalData, RefusalTexts } from './refusal-types.ts'

const COUNT_PROBLEMS: Record<RefusalData<'COUNT_NOT_VALID'>['reason'], string> = {
  'unknown-denomination': 'The count holds a denomination that is not set up. Count again.',
  'not-a-count': 'Pieces are whole numbers of zero or more. Correct the count.',
  repeated: 'A denomination is counted twice. Correct the count.',
  'too-many': 'The count is larger than any drawer. Look for a digit too many.',
  'unknown-item': 'One of the checks in the count was not taken in this session. Count the checks again.',
}

const ALLOCATION_PROBLEMS: Record<string, string> = {
  'nothing-to-pay': 'the amount is zero',
  'over-balance': 'it is more than the balance, and this city takes no overpayment',
  'unknown-item': 'an item is not open any more',
  'over-item': 'an item gets more than it owes',
  'overrides-exceed-payment': 'the items get more than is paid',
}

const DEPOSIT_STATES: Record<RefusalData<'WRONG_STEP'>['state'], string> = {
  'made-up': 'made up',
  verified: 'verified',
  sealed: 'sealed',
  released: 'handed over',
  validated: 'validated by the bank',
  credited: 'credited',
  reopened: 'opened again',
}

export const moneyRefusals = {
  NO_OPEN_SESSION: () => 'You have no open drawer. Open one first.',
  SESSION_COUNTED: () => 'This drawer is already counted. Finish closing it, then open a drawer.',
  SESSION_TOO_OLD: ({ hours }) =>
    `This drawer has been open for more than ${hours} hours. Close it before the next receipt.`,
  NO_LINES: () => 'The basket is empty. Scan a bill or find an account.',
  NO_TENDER: () => 'No payment is entered. F2 takes cash, F3 a check, F4 a card.',
  UNKNOWN_ACCOUNT: data =>
    data === undefined
      ? 'This account is not known here. Find it again by number or name.'
      : `The account on line ${data.line} is not known here. Remove it and find it again.`,
  ACCOUNT_TWICE: ({ number }) => `Account ${number} is in the basket twice. Remove one of them.`,
  ACCOUNT_CLOSED: ({ number }) => `Account ${number} is closed and takes no payment. Remove it.`,
  UNKNOWN_CATALOG_ITEM: ({ line }) =>
    `Line ${line} is not in the catalog any more. Remove it and choose another item.`,
  PRICE_NOT_VALID: ({ line }) => `Line ${line} needs an amount. Enter it, or remove the line.`,
  REFERENCE_MISSING: ({ what }) => `${what} is missing. Enter it before posting.`,
  LINE_NOT_POSITIVE: ({ line }) => `Line ${line} comes to nothing. Enter an amount or remove the line.`,
  ALLOCATION_NOT_VALID: ({ line, reason }) =>
    `Line ${line} cannot be paid like this: ${ALLOCATION_PROBLEMS[reason] ?? reason}. Change its amount.`,
  TENDER_NOT_ACCEPTED: ({ name }) => `${name} is not taken here. Ask for another payment.`,
  TENDER_NOT_POSITIVE: ({ name }) => `${name} has no amount. Enter one.`,
  TENDER_DETAIL_WRONG: ({ kind, detail }) => {
    const found = tenderKind({ kind }).details.find(({ name }) => name === detail)
    return `${found?.problem ?? 'A detail of this payment is missing.'} Take the payment back out and enter it again.`
  },
  TENDER_FROM_NEXT_SESSION: ({ name }) =>
    `${name} was set up after this drawer was opened. It can be taken from the next drawer session on.`,
  CASH_ONLY: ({ number }) => `Account ${number} takes no checks. Ask for cash, a card or a money order.`,
  TOTAL_CHANGED: ({ totalCents }) =>
    `The till comes to ${formatCents(totalCents)} to pay; an account has changed since. Look at the lines, then post again.`,
  BALANCE_CHANGED: ({ number, balanceCents }) =>
    `Account ${number} has changed meanwhile: its balance is now ${balanceLabels(balanceCents)}. Look at its amount, then post again.`,
  UNDER_TENDERED: ({ shortCents }) => `${formatCents(shortCents)} is still to be paid. Add a payment.`,
  CHANGE_NOT_ALLOWED: () => 'No change is given on this payment. Enter it without anything over.',
  CHANGE_TOO_LARGE: ({ largestBillCents }) =>
    `Change comes to ${formatCents(largestBillCents)} or more. Give a bill back, or correct the amount tendered.`,
  ACCOUNT_NUMBER_WRONG: () => 'That is no account number. Read it at the foot of the check again.',
  UNKNOWN_RECEIPT: () => 'This receipt is not known here. Find it by number.',
  ALREADY_VOIDED: () => 'This receipt is already void.',
  SESSION_NOT_OPEN: () =>
    'The drawer session of this receipt is closed. It can only be reversed, not voided.',
  NOT_OWN_SESSION: () => 'This receipt is of another drawer session. Its cashier must void it.',
  CASH_NOT_IN_DRAWER: () => 'The drawer does not hold that much cash. Enter less, or count again.',
  PRINTER_FAILED: ({ saved }) =>
    saved === ''
      ? 'The printer did not take it. The receipt is saved; print it again when the printer is ready.'
      : `The printer did not take it. The receipt is saved, and its paper is in ${saved}.`,
  UNKNOWN_DRAWER: () => 'This drawer is not set up any more. Choose another one.',
  DRAWER_IN_USE: ({ cashierName }) => `${cashierName} has this drawer open. Choose another one.`,
  ALREADY_OPEN: ({ drawerName }) => `You have ${drawerName} open already. Close it first.`,
  COUNT_NOT_VALID: ({ reason }) => COUNT_PROBLEMS[reason],
  COUNTED_TWICE: () => 'This drawer has been counted twice. Give the reason and ask for approval.',
  NOT_COUNTED: () => 'This drawer is not counted to the end yet. Finish the count first.',
  UNKNOWN_SESSION: () => 'This session is not known here. Choose one from the list.',
  SESSION_CLOSED: () => 'This session is closed. Look at its Z report.',
  OWN_SESSION_IS_BLIND: () => 'Nobody reads their own open drawer: it is counted blind. Ask another lead.',
  SESSION_NOT_CLOSED: data =>
    data === undefined
      ? 'This session is not closed yet. Its Z report comes with the close.'
      : `Session ${data.number} is not closed yet. Close it first.`,
  SESSION_DEPOSITED: ({ number }) => `The money of session ${number} is in a deposit already. Take it out.`,
  UNKNOWN_BANK_ACCOUNT: () => 'This bank account is not set up, or switched off. Choose another one.',
  NOTHING_TO_DEPOSIT: () => 'There is nothing to deposit in these sessions.',
  CASH_DIFFERS: ({ wantedCents, countedCents }) =>
    `${formatCents(countedCents)} is counted, ${formatCents(wantedCents)} must go to the bank. Count again.`,
  BAG_NUMBER_TAKEN: () => 'A deposit with this bag number exists. Read the number on the bag again.',
  UNKNOWN_DEPOSIT: () => 'This deposit is not known here. Choose one from the list.',
  ALREADY_VERIFIED: () => 'This deposit is already verified.',
  PREPARER_CANNOT_VERIFY: () =>
    'Whoever made the deposit up can neither verify it nor open it again. Ask another person.',
  CASH_LIMIT_REACHED: ({ limitCents }) =>
    `The drawer is at its cash limit of ${formatCents(limitCents)}. Turn cash in (F12), then take this cash; checks and cards go on.`,
  FUND_CHANGED: () => 'Another change fund was assigned meanwhile. Look at the figures once more.',
  LIMIT_NOT_REACHED: () => 'The drawer is below its cash limit. Take the payment.',
  LIMIT_LIFTED_ALREADY: () =>
    'The cash limit was lifted once since the last turn-in. Turn cash in (F12, F4) before more is taken.',
  PIECES_DIFFER: ({ wantedCents, countedCents }) =>
    `The pieces noted come to ${formatCents(countedCents)}, the amount is ${formatCents(wantedCents)}. Correct the pieces, or leave them out.`,
  INSTRUMENT_TURNED_IN: ({ number }) =>
    `Its check went to the safe with turn-in ${number}, so it cannot be given back here, and the receipt stays. Tell a supervisor: it is corrected in the billing system after the close.`,
  OWN_PIN_WRONG: ({ retryAfterMs }) =>
    retryAfterMs === 0
      ? 'Your own PIN is wrong. Try again.'
      : `Your own PIN is wrong. Try again in ${Math.ceil(retryAfterMs / 1000)} seconds.`,
  NOTHING_TO_TURN_IN: () => 'Nothing is counted. Enter the pieces or tick the checks that go to the safe.',
  COUNTS_DIFFER: ({ labels }) => `Your counts do not match in ${labels.join(', ')}. Count again, each alone.`,
  UNKNOWN_CATEGORY: () => 'This category is not set up any more. Choose another one.',
  AMOUNT_MISSING: () => 'There is no amount. Enter one.',
  NOTHING_TO_EXCHANGE: () => 'Nothing is entered. Enter the pieces that go and those that come.',
  EXCHANGE_UNEQUAL: ({ givenCents, takenCents }) =>
    `${formatCents(givenCents)} goes and ${formatCents(takenCents)} comes. An exchange is worth the same both ways.`,
  NOT_IN_SAFE: ({ label }) =>
    `The safe does not hold so many ${label}. Ask for other pieces, or count the safe.`,
  UNKNOWN_MOVEMENT: () => 'This slip is not known here. Choose one from the list.',
  REASON_MISSING: ({ differenceCents }) =>
    differenceCents === 0
      ? 'Cash and checks each differ, although the total agrees. Count again, or give the reason.'
      : `There is a difference of ${formatCents(differenceCents)}. Count again, or give the reason.`,
  TAKER_HAS_DRAWER: ({ drawerName }) =>
    `Whoever takes over has ${drawerName} open. They must close it first.`,
  TAKER_GONE: () =>
    'Whoever was to take over takes no money here any more. A lead and a supervisor close this drawer from the board.',
  APPROVER_IS_CASHIER: () => 'It is this person’s own drawer. Ask somebody else to count with you.',
  NOT_YOURS_TO_SEE: () =>
    'This is of somebody else’s drawer. Its cashier, or a lead or supervisor, can show it.',
  WRONG_BANK_ACCOUNT: ({ number, bankAccountName }) =>
    `The money of session ${number} belongs to ${bankAccountName}. Choose that bank account.`,
  WRONG_STEP: ({ state }) => `This deposit is ${DEPOSIT_STATES[state]} now. Look at it again.`,
  SEAL_NUMBER_TAKEN: () => 'A deposit with this seal number exists. Read the number on the seal again.',
  DAYS_NOT_VALID: ({ mostDays }) =>
    `This report takes at most ${mostDays} days, the first before the last. Choose other days.`,
  NOT_VERIFIED: () => 'Another person must verify this deposit before its slip is printed.',
} satisfies Partial<RefusalTexts>
