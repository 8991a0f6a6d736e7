/** Words of the close: the blind count, the recount, the explanation, the Z report. */
import { type Cents, formatCents } from '../../../shared/money.ts'

export const closeText = {
  titles: { 1: 'Count the drawer', 2: 'Count once more' },
  intro: 'Pieces, straps and rolls. What the ledger expects is shown after you finish.',
  recountIntro: 'The count and the ledger do not agree. Count everything again, from an empty sheet.',
  cashSoFar: 'Cash counted so far',
  cashUnreadable: 'A count is too large',
  instruments: (name: string) => plural(name),
  instrumentsIntro: (ticked: number, all: number) =>
    `Tick each one as you turn it over. ${ticked} of ${all} ticked.`,
  noInstruments: 'None were taken in this session.',
  allInstruments: 'Checks and other items',
  noNumber: 'no number',
  extraTitle: 'Not on the list',
  extraIntro: 'An item in the drawer that the list does not have: enter it from the item itself.',
  extraAdd: 'Add an item that is not on the list',
  extraTender: 'Kind',
  extraReference: 'Number, or last four digits',
  extraAmount: 'Amount',
  extraSave: 'Add',
  extraTwice: 'This item is entered already.',
  remove: 'Remove',
  extraRemove: (what: string) => `Remove ${what}`,
  extraIncomplete: 'Enter the number and the amount that stand on the item.',
  slips: (name: string) => `${name} slips, total`,
  slipMissing: (names: string) => `Enter the total of the slips for ${names}. Enter 0 where there are none.`,
  slipHint: 'Enter the total of the slips, or 0.',
  finish: 'Finish the count',
  confirmTitle: 'Finish the count?',
  confirmNoCash: 'No cash is entered.',
  confirmUnticked: (names: string) => `Not ticked: ${names}.`,
  confirmAdvice: 'Finish only if these are truly not in the drawer.',
  confirmFinish: 'Finish',
  keepCounting: 'Keep counting',
  loading: 'Getting the count sheet',
  noSessionTitle: 'No drawer of yours is open',
  noSession: 'There is nothing to count. Closed sessions and their Z reports are under Drawer.',
  toDrawer: 'Go to Drawer',
  toWindow: 'Back to the Window',
  recountAnnounced: 'The first count is recorded. It does not agree with the ledger. Count once more.',
  closedTitle: (zNumber: string) => `Closed. Z report ${zNumber}`,
  closedAgrees: 'The count agrees with the ledger.',
  closedDiffers: 'Closed with the difference, its reason and its approval on record.',
  handedTo: (name: string, session: string) =>
    `${name} has the drawer now, with session ${session}. Sign out, so that they can sign in and go on.`,
  keys: {
    cash: 'Cash',
    instruments: 'Checks',
    slips: 'Slips',
    extra: 'Not on the list',
    finish: 'Finish the count',
    back: 'Back to the Window, count kept',
    window: 'Back to the Window',
    reason: 'Close with this reason',
    print: 'Print the Z report',
    done: 'Done',
  },
}

export const explainText = {
  title: 'Second count',
  verdict: (name: string, verdict: 'over' | 'short', cents: Cents) =>
    `${name} ${verdict} ${formatCents(cents)}`,
  opened: (time: string) => `opened ${time}`,
  agrees: 'agrees',
  over: (cents: Cents) => `over ${formatCents(cents)}`,
  short: (cents: Cents) => `short ${formatCents(cents)}`,
  byTender: 'By tender',
  columns: { tender: 'Tender', expected: 'Expected', counted: 'Counted', difference: 'Difference' },
  reasonTitle: 'Close with a reason',
  reasonLabel: 'Reason',
  reasonHint: 'What you found, or that nothing was found.',
  reasonMissing: 'Write a reason before closing.',
  needsApproval: 'Another person approves with their PIN at this screen.',
  withinTolerance: 'The difference is within the city’s tolerance: your reason is enough.',
  notNetted: 'Over and short stand for each tender; one never pays for the other.',
  close: 'Close the session',
  approvalTitle: 'Approve the difference',
}

function plural(name: string): string {
  return /[sS]$/.test(name) ? name : `${name}s`
}

/** Names as one phrase: "Card and ACH", "1187, 20451 and 6 more". */
export function listed(names: readonly string[], atMost = 6): string {
  const shown = names.slice(0, atMost)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  const last = shown.at(-1) ?? ''
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last
}
