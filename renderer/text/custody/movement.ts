/** Words of money that moves without a receipt: turn-in, paid-in and paid-out, change order, no sale, and their slips. */
import type { MovementView } from '../../../shared/contract/movement.ts'

export const movementText = {
  kinds: {
    'turn-in': 'Turn-in',
    'paid-in': 'Paid in',
    'paid-out': 'Paid out',
    'change-order': 'Change order',
  } satisfies Record<MovementView['kind'], string>,
  keys: {
    turnIn: 'Turn in',
    paid: 'Paid in / out',
    exchange: 'Change order',
    noSale: 'No sale',
    slips: 'Slips',
    cash: 'Cash',
    instruments: 'Checks',
    pieces: 'Pieces',
    fields: 'Entry',
    given: 'Goes to the safe',
    taken: 'Comes back',
    next: 'Done',
    sign: 'Sign',
    record: 'Record',
    back: 'Back',
    again: 'Start over',
    print: 'Slip',
    dates: 'Dates',
    window: 'To the Window',
  },
  loading: 'Getting your drawer',
  noSession: 'No drawer of yours is open. Open one first.',
  cash: 'Cash counted',
  instrumentsTitle: 'Checks and other items',
  instrumentsIntro: (ticked: number, all: number) =>
    `Tick what goes to the safe. ${ticked} of ${all} ticked.`,
  noInstruments: 'There are no checks in your drawer.',
  toDrawer: 'Back to Drawer',
}

export const turnInText = {
  title: 'Turn in to the safe',
  giverTitle: (name: string) => `${name} counts what goes to the safe`,
  giverHint: 'Only what leaves the drawer. The receiver counts it once more, without seeing this count.',
  handTitle: 'Hand over the money and the keyboard',
  hand: 'A lead or supervisor takes the money, counts it alone and enters what they find. The first count is hidden until both have signed.',
  handDone: 'I have the money and count it',
  takerTitle: 'The receiver counts',
  takerHint: 'Enter what you find in your hands. The first count stays hidden.',
  nothing: 'Nothing is counted. Enter the pieces or tick the checks that go to the safe.',
  signTitle: 'Sign the turn-in',
  signed: 'Both of you have counted. If the counts are the same, the money is the safe’s.',
  takenBy: 'Taken by',
  againTitle: 'Begin the turn-in again?',
  again: 'Both counts are dropped, and whoever gives counts first.',
  againConfirm: 'Start over',
  keepCounting: 'Keep counting',
  done: (number: string) => `Turned in: ${number}`,
  doneLabels: 'Print the slip, both sign it, and put it with the money.',
  doneCash: 'Cash',
  doneItems: 'Checks and other items',
}

export const paidText = {
  title: 'Paid in or out',
  hint: 'Cash in or out other than receipts and turn-ins.',
  category: 'What for',
  direction: { in: 'In', out: 'Out' },
  amount: 'Amount',
  reason: 'Reason',
  documentNumber: 'Document no. (optional)',
  documentHint: 'Voucher, invoice or petty-cash slip.',
  pieces: 'Pieces',
  piecesHint: 'Optional. They must come to the amount.',
  piecesTotal: 'Pieces noted',
  noCategories: 'No categories are set up. A supervisor adds them under Administration.',
  amountMissing: 'There is no amount. Enter one.',
  reasonMissing: 'Write what it is for, so that anyone can follow it later.',
  piecesDiffer: (counted: string, wanted: string) =>
    `The pieces noted come to ${counted}, the amount is ${wanted}. Correct the pieces, or leave them out.`,
  above: (limit: string) => `Above ${limit} another person approves.`,
  approveTitle: 'Approve this paid-in or paid-out',
  approve: (what: string, amount: string) => `${what}: ${amount}`,
  done: (kind: string, number: string) => `${kind}: ${number}`,
  doneLabels: 'Print the slip and keep it with its paper in the drawer.',
}

export const exchangeText = {
  title: 'Change order',
  givenTitle: 'From the drawer to the safe',
  givenHint: 'Count what you give. The safe gives back the same worth in other pieces.',
  givenTotal: 'Goes to the safe',
  takenTitle: 'From the safe to the drawer',
  takenHint: (amount: string) => `Whoever keeps the safe counts out ${amount}. Count it with them.`,
  takenTotal: 'Comes to the drawer',
  nothing: 'Nothing is entered. Enter the pieces that go to the safe.',
  unequal: (given: string, taken: string) => `${given} goes and ${taken} comes. Both must be worth the same.`,
  signTitle: 'Sign the change order',
  signed: (amount: string) => `${amount} exchanged. The drawer is worth what it was.`,
  keeper: 'Keeper of the safe',
  done: (number: string) => `Exchanged: ${number}`,
  doneLabels: 'Print the slip; both of you sign it.',
  worth: 'Exchanged',
}

export const noSaleText = {
  title: 'Open the drawer without a sale',
  message: 'The reason is on record before the drawer is opened.',
  reason: 'Reason',
  reasonMissing: 'Write why the drawer is opened.',
  record: 'Record and open',
  /** No device is there to spring the drawer open. */
  byKey: 'On record. This till cannot spring the drawer: open it with its key.',
  opened: 'On record. The drawer is open.',
}

export const slipsText = {
  title: 'Slips',
  hint: 'Turn-ins, money paid in and out, and change orders, newest first.',
  none: 'No slip in these days.',
  loading: 'Getting the slips',
  columns: {
    number: 'Slip',
    kind: 'Kind',
    at: 'At',
    drawer: 'Drawer',
    person: 'Cashier',
    second: 'With',
    about: 'What for',
    cash: 'Cash',
    items: 'Checks',
  },
  facts: {
    kind: 'Kind',
    at: 'At',
    date: 'Business date',
    drawer: 'Drawer',
    session: 'Session',
    person: 'Cashier',
    second: 'Taken or approved by',
    category: 'What for',
    gl: 'GL account',
    reason: 'Reason',
    documentNumber: 'Document no.',
    cash: 'Cash',
    items: 'Checks and other items',
    code: 'Verification code',
  },
  pieces: { denomination: 'Denomination', pieces: 'Pieces', amount: 'Amount' },
  moved: 'Cash by denomination',
  out: 'From the drawer to the safe',
  in: 'From the safe to the drawer',
  instruments: 'Checks and other items',
  instrumentColumns: { kind: 'Kind', reference: 'Number', receipt: 'Receipt', amount: 'Amount' },
  title1: (number: string) => `Slip ${number}`,
}

/** "Petty cash · Stamps": what a movement was for, as far as it says. */
export function aboutLabels({ category, reason }: Pick<MovementView, 'category' | 'reason'>): string {
  return [category, reason].filter(text => text !== '').join(' · ')
}
