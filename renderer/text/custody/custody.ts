/** Words of the hands that a deposit goes through, and of its deadline. */
import type { DepositView } from '../../../shared/contract/deposit.ts'
import type { Cents } from '../../../shared/money.ts'
import { formatCents } from '../../../shared/money.ts'

type Step = DepositView['state']

export const STEP_NAMES: Record<Step, string> = {
  'made-up': 'Made up',
  verified: 'Verified',
  sealed: 'Sealed',
  released: 'Handed over',
  validated: 'Validated by the bank',
  credited: 'Credited',
  reopened: 'Opened again',
}

/** Where a deposit is, in the list. */
export const STATE_NAMES: Record<Step, string> = {
  'made-up': 'to verify',
  verified: 'to seal',
  sealed: 'to hand over',
  released: 'on its way',
  validated: 'to be credited',
  credited: 'credited',
  reopened: 'opened again',
}

/** What has just come to be, and what comes next. */
export const STATE_SENTENCES: Record<Step, (number: string) => string> = {
  'made-up': number => `Deposit ${number} is made up. Another person counts and verifies it now.`,
  verified: number => `Deposit ${number} is verified. Put the slip into the bag and seal it.`,
  sealed: number => `Deposit ${number} is sealed and waits to be handed over.`,
  released: number => `Deposit ${number} is on its way. The bank’s slip comes next.`,
  validated: number => `The bank has validated deposit ${number}. Its credit stands on the statement.`,
  credited: number => `Deposit ${number} is credited.`,
  reopened: number => `Deposit ${number} was opened again. Its money waits for another deposit.`,
}

export const custodyText = {
  chain: 'Chain of custody',
  next: 'Next',
  later: 'later',
  with: (name: string) => `with ${name}`,
  figure: 'Figure',
  short: (cents: Cents) => `${formatCents(cents)} short`,
  over: (cents: Cents) => `${formatCents(cents)} over`,
  swapped: 'Cash and checks differ, the total agrees',
  reasonOf: (reason: string) => `Reason: ${reason}`,
  bag: (number: string) => `Bag ${number}`,
  seal: (number: string) => `Seal ${number}`,
  to: (carrier: string) => `To ${carrier}`,
  signed: (name: string) => `Signed ${name}`,
  slip: (number: string) => `Slip ${number}`,
  bankDate: (date: string) => `Bank date ${date}`,
  creditDate: (date: string) => `Credited on ${date}`,
  late: (span: string) => `${span} after it was due`,
  overdue: 'overdue',
  dueAt: (when: string) => `due ${when}`,
  today: (time: string) => `today ${time}`,
  tomorrow: (time: string) => `tomorrow ${time}`,
  in: (span: string) => `in ${span}`,
  since: (span: string) => `for ${span}`,
  handedOver: 'handed over',
  verify: 'Verify',
  verifyTitle: (number: string) => `Verify deposit ${number}`,
  verifyCash: 'Count the cash in the bag',
  verifyCashHint: 'Someone other than the preparer counts. What is expected is not shown.',
  cashCounted: 'Cash counted',
  instruments: 'Checks and other items',
  instrumentCount: 'How many items',
  instrumentTotal: 'Total',
  counted: 'Counted in all',
  madeUpAs: 'Made up as',
  differs: 'Your count differs from what was made up. Count again, or give the reason.',
  agrees: 'agrees',
  instrumentsDiffer: (counted: number, wanted: number) =>
    counted < wanted ? `${wanted - counted} missing` : `${counted - wanted} too many`,
  reason: 'Reason for the difference',
  verifyApproval: (total: Cents) =>
    `${formatCents(total)} was counted. Whoever counted it enters their PIN; whoever made the deposit up cannot.`,
  sealAction: 'Seal the bag',
  sealTitle: (number: string) => `Seal deposit ${number}`,
  sealIntro: 'Put the slip in and close the bag. After this it is not opened again here.',
  bagNumber: 'Bag number',
  sealNumber: 'Seal number',
  handOverAction: 'Hand over',
  handOverTitle: (number: string) => `Hand over deposit ${number}`,
  handOverIntro: 'Whoever takes the bag signs the custody record.',
  carrier: 'Carrier',
  carrierHint: 'The courier’s company, or the colleague who walks to the bank',
  signatureName: 'Signer’s name',
  validateAction: 'Enter the bank’s slip',
  validateTitle: (number: string) => `Bank slip for deposit ${number}`,
  slipNumber: 'Slip number',
  bankAmount: 'Amount on the slip',
  bankDay: 'Bank date',
  creditAction: 'Enter the credit',
  creditTitle: (number: string) => `Credit of deposit ${number}`,
  creditAmount: 'Amount on the statement',
  creditDay: 'Credited on',
  figureDiffers: (before: Cents) =>
    `The step before found ${formatCents(before)}. Read it again, or give the reason.`,
  reopenTitle: (number: string) => `Open deposit ${number} again?`,
  reopenIntro:
    'Its money waits for a deposit once more, and the bag number is free. Whoever made it up cannot approve this.',
  reopenReason: 'Why is it opened again?',
  save: 'Save',
  problems: {
    count: 'The count is larger than any bag. Look for a digit too many.',
    'no-instruments': 'Enter how many items there are and what they come to; 0 for none.',
    reason: 'Give the reason for the difference.',
    amount: 'Enter the amount.',
    date: 'Enter the date.',
    missing: 'Fill in every field.',
  },
  keys: { verify: 'Verify', cash: 'Cash', instruments: 'Checks' },
}
