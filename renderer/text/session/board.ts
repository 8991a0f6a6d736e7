/** Words of the live board and of what is done from it. */
import type { Connection } from '../../../shared/contract/sync.ts'

const AT_BILLING = 'all at the billing system'
/** What is held back at a drawer, and what the connection says of it. */
const HELD: Record<Connection, (count: number) => string> = {
  alone: count => `${count} kept on this till`,
  connecting: count => `${count} not sent yet`,
  sending: count => `${count} on the way to billing`,
  'up-to-date': count => `${count} on the way to billing`,
  offline: count => `${count} not sent yet, billing does not answer`,
  outdated: count => `${count} not sent yet, billing must be updated`,
  halted: count => `${count} not sent, the connection waits for you`,
}

export const boardText = {
  title: 'Live board',
  loading: 'Getting the drawers',
  drawers: 'Drawers of this till',
  day: 'The day',
  safe: 'Cash in the safe',
  open: 'Drawers open',
  openOf: (open: number, all: number) => `${open} of ${all}`,
  receiptsByHour: 'Receipts by hour',
  receiptsAt: (hour: string, count: number) => `${hour}: ${count === 1 ? '1 receipt' : `${count} receipts`}`,
  noReceipts: 'No receipt today.',
  /** `9 am` */
  hour: (hour: number) => `${hour % 12 === 0 ? 12 : hour % 12} ${hour < 12 ? 'am' : 'pm'}`,
  closed: 'Closed',
  notOpen: 'Not open',
  states: { open: 'Open', counted: 'Counted, not closed', closed: 'Closed' },
  tooOld: 'Open too long',
  otherDay: (date: string) => `since ${date}`,
  since: (time: string) => `Open since ${time}`,
  lastActivity: (time: string) => `Last activity ${time}`,
  level: 'Cash',
  levelOf: (cash: string, limit: string, percent: number) => `${cash} of ${limit} · ${percent} %`,
  levelNoLimit: (cash: string) => `${cash} · no limit`,
  blind: 'Counted blind: what should be in it is not shown to you.',
  columns: { tender: 'Tender', items: 'Count', taken: 'Taken', inDrawer: 'In the drawer' },
  tendersOf: (drawer: string) => `Tenders of ${drawer}`,
  receipts: (count: number) => (count === 1 ? '1 receipt' : `${count} receipts`),
  held: (count: number, connection: Connection) =>
    count === 0 && connection !== 'alone' ? AT_BILLING : HELD[connection](count),
  runningLow: 'Runs low',
  low: (label: string, pieces: number) => `${label} (${pieces})`,
  closedToday: 'Closed today',
  closedLine: (zNumber: string, cashier: string, time: string) => `${zNumber} · ${cashier} · ${time}`,
  closedHeld: (message: string) => ` · ${message}`,
  actions: { readX: 'X report', surprise: 'Surprise count', absent: 'Close for absent' },
  actionOf: (action: string, drawer: string) => `${action}, ${drawer}`,
  keys: {
    readX: 'X report',
    surprise: 'Surprise count',
    absent: 'Close for absent cashier',
    move: 'Another drawer',
    back: 'Back',
    done: 'Back to the board',
  },
}

export const surpriseText = {
  title: (drawer: string) => `Surprise count of ${drawer}`,
  hint: (cashier: string) =>
    `The drawer of ${cashier}, counted blind. The session goes on, and the result is shown to you alone.`,
  finish: 'Finish the count',
  back: 'Back to the board, count kept',
  agrees: 'The drawer agrees with the ledger.',
  differs: 'The count is on record. The session goes on, and its cashier is not told.',
  done: 'Back to the board',
}
