/** Every word of the reports. */
import type { ReportInput } from '../../../shared/contract/report.ts'

export const TITLES: Readonly<Record<ReportInput['report'], string>> = {
  collections: 'Collections',
  sessions: 'Session detail',
  journal: 'Journal',
  movements: 'Turn-ins and other movements',
  'over-short': 'Over and short',
  deposits: 'Deposits',
}

export const LABELS = {
  total: 'Total',
  amount: 'Amount',
  glAccount: 'GL account',
  paidFor: 'Paid for',
  lines: 'Lines',
  rounding: 'Cash rounding',
  tender: 'Tender',
  items: 'Items',
  tendered: 'Tendered',
  change: 'Change given',
  kept: 'Kept',
  cashier: 'Cashier',
  drawer: 'Drawer',
  receipts: 'Receipts',
  receipt: 'Receipt',
  hour: 'Hour',
  businessDate: 'Business date',
  posted: 'Posted',
  voided: 'Voided',
  voidedBy: 'Voided by',
  approvedBy: 'Approved by',
  reason: 'Reason',
  session: 'Session',
  zNumber: 'Z report',
  state: 'State',
  opened: 'Opened',
  closed: 'Closed',
  voids: 'Voids',
  handedFrom: 'Taken over from',
  handedTo: 'Handed over to',
  closedBy: 'Closed by another',
  left: 'Left in drawer',
  forBank: 'For the bank',
  float: 'Float',
  taken: 'Taken',
  paidIn: 'Paid in',
  paidOut: 'Paid out',
  turnedIn: 'Turned in',
  refunded: 'Refunded',
  expected: 'Expected',
  counted: 'Counted',
  overShort: 'Over / short',
  seq: 'No.',
  time: 'Time',
  who: 'Who',
  what: 'What',
  number: 'Number',
  taker: 'Taken by',
  cash: 'Cash',
  papers: 'Papers',
  kind: 'Kind',
  category: 'Category',
  paper: 'Paper no.',
  with: 'With',
  weekday: 'Weekday',
  over: 'Over',
  short: 'Short',
  net: 'Over less short',
  cumulative: 'Cumulative',
  sessions: 'Sessions',
  different: 'With a difference',
  bank: 'Bank account',
  bag: 'Bag',
  seal: 'Seal',
  due: 'Due at the bank',
  onTime: 'In time',
  found: 'Last figure',
  part: 'Part',
  deposit: 'Deposit',
  step: 'Step',
  figure: 'Figure',
  difference: 'Difference',
  noted: 'Noted',
  anyBank: 'Any',
} as const

export const HEADINGS = {
  byGl: 'By GL account',
  byTender: 'By tender',
  byCashier: 'By cashier',
  byHour: 'By hour',
  byDay: 'By business date',
  voided: 'Voided receipts',
  sessions: 'Sessions',
  closings: 'Closed',
  sessionTenders: 'Money by session and tender',
  allSessions: 'All sessions by tender',
  turnIns: 'Turn-ins',
  paid: 'Paid in and paid out',
  exchanges: 'Change orders',
  noSales: 'Drawer opened without a sale',
  differences: 'Sessions that were over or short',
  overByTender: 'By tender',
  overByGl: 'By GL account',
  overByCashier: 'By cashier',
  overByDrawer: 'By drawer',
  overByWeekday: 'By weekday',
  deposits: 'Deposits',
  parts: 'What they are made of',
  steps: 'Every hand',
  waiting: 'Money that is in no deposit',
} as const

export const SESSION_STATES = { open: 'open', counted: 'counted', closed: 'closed' } as const

export const WEEKDAYS = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const

export const NOTES = {
  hidden: (numbers: string) =>
    `Without the figures of ${numbers}: a drawer is counted by somebody who does not know what should be in it, and other people's open drawers are read by X report. They are in this report once the session is closed.`,
  collected: (voids: string, count: number) =>
    count === 0
      ? 'No receipt was voided.'
      : `${count === 1 ? 'One voided receipt' : `${count} voided receipts`} of ${voids} stand apart and are in no sum.`,
  kept: 'Kept is what was tendered less the change. Every section comes to the same total.',
  hours: (timeZone: string) =>
    `Hours are those of the clocks of ${timeZone} when the receipt was posted. The hour that comes twice when they go back stands twice.`,
  hoursOfDays: (timeZone: string) =>
    `Hours are those of the clocks of ${timeZone} when the receipt was posted, over all days.`,
  openSessions: 'Sessions that are not closed yet stand without figures; their X report has them.',
  expected:
    'Expected = float + taken − change − refunded + paid in − paid out − turned in. Over / short = counted − expected, by tender and never as one.',
  neverNetted:
    'Over and short of one tender are never made up for by another. Cumulative is by tender, from the first day.',
  overdue:
    'A deposit is late when its bag was still in the house, or left it, after the time at which it was due.',
  waiting: 'Money in no deposit is what waits now, whatever the days of the deposits above.',
  reopened:
    'A deposit that was opened again is listed and is in no total: its money waits once more or is in a later one.',
  journal:
    'Every event of the days in its order, sign-ins and wrong PINs, reprints, readings and openings without a sale among them.',
} as const
