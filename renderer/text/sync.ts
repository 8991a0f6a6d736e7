/** Words of the connection to the central billing system. */
import type { Connection, Posting, PostingCounts, SyncDetails } from '../../shared/contract/sync.ts'
import { own } from '../../shared/own.ts'
import type { PostingState } from '../../shared/rules/receipt/posting-state.ts'
import type { AlarmKind } from '../../shared/rules/sync/alarms.ts'
import { DAY_MS } from '../../shared/time.ts'

const count = (n: number): string => n.toLocaleString('en-US')
const receipts = (n: number): string => (n === 1 ? '1 receipt' : `${count(n)} receipts`)

/** How far a receipt has got, in a word or two. */
export const POSTING_LABELS: Record<PostingState, string> = {
  held: 'Held',
  sent: 'Sent',
  acknowledged: 'Acknowledged',
  posted: 'Posted',
  exception: 'Exception',
  reversed: 'Undone at billing',
}

const CONNECTION_LABELS: Record<Connection, string> = {
  alone: 'On this till',
  connecting: 'Connecting',
  sending: 'Sending',
  'up-to-date': 'Billing is up to date',
  offline: 'Offline',
  outdated: 'Billing must be updated',
  halted: 'Sync waits for you',
}

/** The header's words: calm, and how many receipts are not at the billing system. */
export function connectionLabel({
  connection,
  counts,
}: {
  connection: Connection
  counts: PostingCounts
}): string {
  const waiting = counts.held + counts.sent
  const parts = [CONNECTION_LABELS[connection]]
  if (waiting > 0) parts.push(`${count(waiting)} held`)
  if (counts.exceptions > 0)
    parts.push(counts.exceptions === 1 ? '1 exception' : `${count(counts.exceptions)} exceptions`)
  return parts.join(' · ')
}

const WHEN_SENT: Record<Exclude<Connection, 'alone'>, string> = {
  connecting: 'goes when the billing system answers',
  sending: 'is on its way',
  'up-to-date': 'is on its way',
  offline: 'goes when the billing system answers',
  outdated: 'goes when the billing system has been brought up to date',
  halted: 'goes when the connection has been looked after',
}

/** What is not at the billing system of a drawer session, before and after its drawer is closed. */
export function unsentLabels({
  connection,
  unsent,
  closed,
}: {
  connection: Connection
  unsent: number
  closed: boolean
}): string {
  if (connection === 'alone')
    return unsent === 0
      ? 'No receipt was taken. This till is not connected to a billing system.'
      : `${receipts(unsent)} kept on this till. It is not connected to a billing system.`
  if (unsent === 0) return 'The billing system has every receipt of this session.'
  const safe = closed ? 'All is safe here' : 'The drawer can be closed all the same'
  return `${receipts(unsent)} not sent yet. ${safe}; what waits ${WHEN_SENT[connection]}.`
}

/** What central compared, in said: its names are `expected cash`, `counted money-order`, `#total`. */
export function comparedLabels(what: string): string {
  const said = what.replaceAll('#', '').replaceAll('-', ' ')
  return said.slice(0, 1).toUpperCase() + said.slice(1)
}

export const REASON_LABELS: Record<NonNullable<Posting['reason']>, { what: string; next: string }> = {
  'unknown-account': {
    what: 'The billing system has no such account.',
    next: 'Billing looks for the account that was meant and moves the payment there from suspense.',
  },
  'closed-account': {
    what: 'The account is closed at the billing system.',
    next: 'Billing opens the account again, or moves the payment to another one from suspense.',
  },
  'unknown-item': {
    what: 'The billing system does not know a bill that was paid.',
    next: 'Billing chooses the bill that the payment belongs to and posts it from suspense.',
  },
  'changed-item': {
    what: 'A bill owes less by now than was paid on it.',
    next: 'Billing decides where the rest goes and posts it from suspense.',
  },
  'other-content': {
    what: 'The billing system holds another receipt under this number.',
    next: 'Stop and call your administrator: this till may have been restored from a backup.',
  },
  rejected: {
    what: 'The billing system would not take the payment.',
    next: 'Billing reads why in its own answer, and posts the payment again or elsewhere from suspense.',
  },
}

export const ALARM_LABELS: Record<AlarmKind, { what: string; next: string }> = {
  fork: {
    what: 'The billing system holds something else in this place than this till does. Nothing more is sent.',
    next: 'Call your administrator: this till’s data may have been restored or copied. Payments can go on.',
  },
  behind: {
    what: 'The billing system holds more of this till than the till itself. Nothing is sent.',
    next: 'Call your administrator: this till’s data was restored from a backup. Payments can go on.',
  },
  superseded: {
    what: 'The billing system has a newer journal of this till, begun after a restore. This older one is not taken any more.',
    next: 'Take no payments here. Call your administrator: another copy of this till’s data is in use.',
  },
  revoked: {
    what: 'The billing system does not accept this till any more. Nothing is sent.',
    next: 'Ask billing why. With a code made for it this till can be enrolled again.',
  },
  'not-enrolled': {
    what: 'The billing system does not know this till. Nothing is sent.',
    next: 'Ask billing for a code and enrol this till again.',
  },
  'chain-broken': {
    what: 'The billing system found a break in this till’s journal. Nothing more is sent.',
    next: 'Verify the ledger on the Audit screen and call your administrator.',
  },
  'range-too-large': {
    what: 'The billing system turns a fact down as too large. Nothing more is sent.',
    next: 'Call your administrator. Payments can go on.',
  },
  'central-restored': {
    what: 'The billing system came back with less than it had. What it lacks is sent again by itself.',
    next: 'Nothing to do here.',
  },
  'key-missing': {
    what: 'This till’s key for the billing system cannot be used. Nothing is sent.',
    next: 'Give the key file back its rights, or have the till revoked at billing and enrol it again.',
  },
  'store-damaged': {
    what: 'The notes about the billing system were missing, damaged, or of another one. No payment was in them.',
    next: 'Nothing to do here: all of it is asked again. Where nobody moved a file, tell your administrator.',
  },
  'check-key-lost': {
    what: 'The key by which account numbers of checks are recognized was missing, and another one was made. Checks taken before are not recognized.',
    next: 'Put till.key back from a copy, and start the till again.',
  },
  'city-not-taken': {
    what: 'Not everything that the city keeps at the billing system could be taken over here.',
    next: 'What is named here stays as it was, and is tried again by itself.',
  },
  'account-not-read': {
    what: 'Some accounts at the billing system cannot be taken over: too many open items, a credit beyond any, or text that no receipt can show. They stay here as they were; all others are read.',
    next: 'Ask billing to put these accounts right. They are read again by themselves.',
  },
  'answer-not-read': {
    what: 'Something that the billing system tells could not be read. The rest is read.',
    next: 'Ask your administrator whether this till or the billing system must be updated. Payments go on, and are sent.',
  },
}

const ERROR_LABELS: Record<string, string> = {
  UNREACHABLE: 'The billing system cannot be reached.',
  TIMED_OUT: 'The billing system did not answer in time.',
  NOT_UNDERSTOOD: 'Something answered at this address, and not as the billing system does.',
  BUSY: 'The billing system is busy and asked to be tried again later.',
  SIGNATURE_WRONG: 'The billing system did not accept this till’s signature.',
  SIGNATURE_MISSING: 'The billing system did not find this till’s signature.',
  MALFORMED: 'The billing system did not understand what was sent.',
  PROTOCOL_UNKNOWN: 'The billing system speaks another version. One of the two must be brought up to date.',
  FAULT: 'Something went wrong here. Your administrator finds it in the log.',
}

export function errorLabels({ code, detail }: NonNullable<SyncDetails['lastError']>): string {
  const labels = own(ERROR_LABELS, code) ?? `The billing system refused (${code}).`
  return detail === '' ? labels : `${labels} (${detail})`
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long something has waited, roughly. */
export function lagLabels(lagMs: number | null): string {
  if (lagMs === null) return 'Nothing waits'
  if (lagMs < MINUTE_MS) return 'under a minute'
  const [unit, name] =
    lagMs < HOUR_MS ? [MINUTE_MS, 'minute'] : lagMs < DAY_MS ? [HOUR_MS, 'hour'] : [DAY_MS, 'day']
  const whole = Math.floor(lagMs / unit)
  return whole === 1 ? `1 ${name}` : `${count(whole)} ${name}s`
}

export const syncText = {
  title: 'Sync',
  loading: 'Asking how the connection stands',
  lineTitle: 'Connection to the billing system',
  lines: {
    alone: 'This till is not connected to a billing system. Everything is kept here.',
    connecting: 'Asking the billing system what it holds.',
    sending: 'Receipts are on their way.',
    'up-to-date': 'The billing system has everything.',
    offline: 'The billing system does not answer. Payments go on; what waits is sent by itself.',
    outdated:
      'The billing system is older than this till and does not know everything that is recorded here. What waits is sent by itself once it has been brought up to date. Payments go on.',
    halted: 'Nothing is sent until a supervisor or the administrator has looked after it. Payments go on.',
  } satisfies Record<Connection, string>,
  retryIn: (seconds: number) => (seconds <= 1 ? 'Tried again now.' : `Tried again in ${seconds} seconds.`),
  counts: {
    held: 'Held here',
    acknowledged: 'Acknowledged',
    posted: 'Posted',
    exceptions: 'Exceptions',
  },
  backlog: 'Sending what has waited',
  alarms: 'To look after',
  alarmAt: (place: string, at: string) => `At ${place}, since ${at}`,
  alarmSince: (at: string) => `Since ${at}`,
  details: 'How it stands',
  facts: {
    address: 'Address',
    utility: 'Billing system of',
    since: 'Enrolled',
    position: 'It holds up to',
    head: 'This till is at',
    lag: 'Oldest that waits',
    error: 'Last error',
    accounts: 'Accounts',
    key: 'Key',
    fingerprint: 'Key’s fingerprint',
  },
  accountsAsOf: (at: string) => `As of ${at}`,
  accountsUnderWay: (taken: number, left: number) => `${count(taken)} read, about ${count(left)} to go`,
  accountsIndexing: (taken: number) => `${count(taken)} read; being made findable by name`,
  accountsNever: 'None read from the billing system yet',
  accountsTrouble: {
    'in-use': 'An import holds the accounts. They are read on when it is over.',
    'not-written': 'Accounts could not be written here. It is tried again every minute; the log says why.',
  },
  accountsBacklog: 'Reading accounts',
  sinceBy: (at: string, name: string) => `${at}, by ${name}`,
  positionHeard: (place: string, at: string) => `${place}, heard ${at}`,
  positionBefore: (place: string, at: string) => `${place} when last heard, ${at}`,
  never: 'Never heard',
  noError: 'None',
  errorAt: (said: string, at: string) => `${said} ${at}`,
  keyIn: {
    system: (place: string) => `Sealed by the operating system, in ${place}`,
    file: (place: string) => `In a file that only this till’s user can read: ${place}`,
  },
  exceptionsTitle: 'Receipts that could not be posted',
  exceptionsHint: 'The money is safe and on record. Billing holds each of them in suspense.',
  noExceptions: 'None.',
  columns: {
    number: 'Receipt',
    at: 'Taken',
    cashier: 'Cashier',
    what: 'Why',
    next: 'What to do',
    amount: 'Amount',
  },
  noReason: 'The billing system gave no reason.',
  checksTitle: 'Sums of the billing system',
  checksAgree: (sums: number) =>
    `Its own sums agree with this till’s: ${sums === 1 ? '1 closed drawer or deposit' : `${count(sums)} closed drawers and deposits`}.`,
  checksDiffer: 'These figures differ. No money moved by it: billing and your supervisor find out why.',
  checkColumns: { what: 'Figure', till: 'This till', central: 'Billing', difference: 'Difference' },
  checkColumn: 'Report',
  checkOf: {
    session: (number: string) => `Z report ${number}`,
    deposit: (number: string) => `Deposit ${number}`,
  },
  sumsAgree: 'The billing system’s own sums agree.',
  sumsDiffer: 'The billing system’s own sums differ.',
  sumsToCome: 'The billing system has not summed this session yet.',
  enrolTitle: 'Connect to a billing system',
  enrolAgainTitle: 'Connect anew',
  enrolHint:
    'Billing gives a code that works once. Its address begins with https, unless it is on this machine.',
  address: 'Address of the billing system',
  addressExample: 'https://billing.example.gov',
  code: 'Code',
  enrol: 'Connect',
  approveTitle: 'Connecting takes two people',
  approve: (address: string) =>
    `This till will send its receipts to ${address}, and take catalog, policies and people from there.`,
  enrolled: (utility: string) => `Connected to the billing system of ${utility}.`,
  tried: 'The billing system was asked again.',
  keys: { tryNow: 'Try now', enrol: 'Connect', exceptions: 'Exceptions', back: 'Back' },
} as const
