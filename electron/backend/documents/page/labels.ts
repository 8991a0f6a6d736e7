/** Every word of ours on paper. What the customer reads is in English and Spanish; what staff and bank read, in English. */

import { type Cents, formatCents, negate } from '../../../../shared/money.ts'

export interface Word {
  en: string
  es: string
}

export type Languages = 'en' | 'en-es'

/** The word in the city's languages: `Change / Cambio`, and once only where both are written alike. */
export function say(word: Word, languages: Languages): string {
  return languages === 'en' || word.en === word.es ? word.en : `${word.en} / ${word.es}`
}

const word = (en: string, es: string): Word => ({ en, es })

export const RECEIPT = {
  receipt: word('Receipt', 'Recibo'),
  date: word('Date', 'Fecha'),
  businessDate: word('Business day', 'Día contable'),
  reference: word('Ref.', 'Ref.'),
  gl: word('GL', 'GL'),
  cashier: word('Cashier', 'Cajero'),
  drawer: word('Drawer', 'Caja'),
  session: word('Session', 'Turno'),
  paidFor: word('Paid for', 'Concepto'),
  amount: word('Amount', 'Importe'),
  balanceBefore: word('Balance before', 'Saldo anterior'),
  balanceAfter: word('Balance after', 'Saldo nuevo'),
  creditAfter: word('Credit after', 'Saldo a favor'),
  creditBefore: word('Credit before', 'A favor antes'),
  asOf: word('as of', 'al'),
  total: word('Total', 'Total'),
  tendered: word('Tendered', 'Entregado'),
  rounding: word('Cash rounding', 'Redondeo'),
  change: word('Change', 'Cambio'),
  routing: word('Routing', 'Ruta'),
  account: word('Account', 'Cuenta'),
  approval: word('Approval', 'Autorización'),
  verification: word('Verification code', 'Código de verificación'),
  duplicate: word('DUPLICATE', 'DUPLICADO'),
  copy: word('Copy', 'Copia'),
  void: word('VOID', 'ANULADO'),
  voidMeaning: word(
    'This payment was cancelled and does not count.',
    'Este pago fue anulado y no tiene validez.',
  ),
  voidReason: word('Reason', 'Motivo'),
  voidedBy: word('Voided by', 'Anulado por'),
  approvedBy: word('Approved by', 'Aprobado por'),
} as const satisfies Record<string, Word>

/** Readings, deposit slips and tapes. */
export const STAFF = {
  xReport: 'X report',
  zReport: 'Z report',
  xMeaning: 'A reading without reset. Nothing has been counted.',
  zMeaning: 'The closing reading of this session.',
  session: 'Session',
  drawer: 'Drawer',
  cashier: 'Cashier',
  businessDate: 'Business date',
  opened: 'Opened',
  closed: 'Closed',
  read: 'Read',
  receipts: 'Receipts',
  receiptRange: 'First to last',
  none: 'None',
  voids: 'Voids',
  total: 'Total',
  receiptTotal: 'Receipts total',
  byTender: 'Drawer by tender',
  items: 'Items',
  opening: 'Opening cash',
  taken: '+ Taken',
  change: '− Change given',
  paidIn: '+ Paid in',
  paidOut: '− Paid out',
  turnedIn: '− Turned in',
  refunded: '− Voided',
  expected: '= Expected',
  counted: 'Counted',
  overShort: 'Over / short',
  notCounted: 'not counted',
  over: 'over',
  short: 'short',
  even: 'agrees',
  byGlAccount: 'Totals by GL account',
  glAccount: 'GL account',
  amount: 'Amount',
  receipt: 'Receipt',
  reason: 'Reason',
  approvedBy: 'Approved by',
  counts: 'Counts',
  count: 'Count',
  when: 'When',
  countedBy: 'Counted by',
  cash: 'Cash',
  difference: 'Difference by tender',
  explanation: 'Difference explained',
  date: 'Date',
  approver: 'Approver',
  handedFrom: 'Handed over from',
  handedTo: 'Handed over to',
  leftInDrawer: 'Left in the drawer',
  openingDifference: 'At opening',
  leftBefore: 'Left by the session before',
  fundChange: 'Put in for the change fund',
  toSafe: 'To the safe at close',
  noSales: 'Opened without a sale',
  movements: 'Cash without a receipt',
  slip: 'Slip',
  movement: 'Movement',
  what: 'For what',
  second: 'With',
  checksMoved: 'Checks',
  reasonTitle: 'Reason',
  gives: 'Gives',
  takes: 'Takes',
  firstCounter: 'First counter',
  secondCounter: 'Second counter',
  verification: 'Verification code',
  depositSlip: 'Deposit ticket',
  deposit: 'Deposit',
  bank: 'Bank',
  account: 'Account',
  accountNumber: 'Account number',
  routingNumber: 'Routing number',
  bagNumber: 'Bag number',
  cashBlock: 'Cash',
  denomination: 'Denomination',
  bundles: 'Straps, rolls',
  loose: 'Loose',
  pieces: 'Pieces',
  currency: 'Currency',
  coin: 'Coin',
  cashSubtotal: 'Cash subtotal',
  checksSubtotal: 'Checks subtotal',
  itemCount: 'Items',
  depositTotal: 'Total deposit',
  checks: 'Checks',
  itemNumber: '#',
  kind: 'Kind',
  itemReference: 'Item no.',
  noChecks: 'No checks in this deposit.',
  sessions: 'Sessions included',
  zNumber: 'Z number',
  preparedBy: 'Prepared by',
  verifiedBy: 'Verified by',
  notVerified: 'Not yet verified',
  madeUp: 'Made up',
  verified: 'Verified',
  tape: 'Check tape',
  bag: 'Bag',
  tapeTotal: 'Total',
  continued: 'continued',
  sealNumber: 'Seal number',
  notSealed: 'Not yet sealed',
  verifiedFigures: 'Verified as',
  madeUpAs: 'Made up as',
  staysInDrawer: 'Stays in the drawer',
  goesToSafe: 'Goes to the safe',
} as const

/** The record of a deposit's custody. */
export const CUSTODY = {
  title: 'Custody record',
  due: 'Due at the bank',
  found: 'Last figure',
  bankSlip: 'Bank slip',
  notYet: 'Not yet',
  step: 'Step',
  hands: 'Hands',
  with: 'with',
  noted: 'Noted',
  figure: 'Figure',
  difference: 'Difference',
  chain: 'Every hand',
  to: 'To',
  signed: 'Signed',
  seal: 'Seal',
  bankDate: 'Bank date',
  creditDate: 'Credited on',
  receivedBy: 'Received by',
  bankTeller: 'Bank',
  meaning:
    'Each figure is what that hand found; the difference is to the hand before. Nothing here is changed afterwards.',
  steps: {
    'made-up': 'Made up',
    verified: 'Verified',
    sealed: 'Sealed',
    released: 'Handed over',
    validated: 'Validated',
    credited: 'Credited',
    reopened: 'Opened again',
  },
} as const

export const COUNT_PURPOSE = {
  opening: 'Opening',
  closing: 'First count',
  recount: 'Recount',
  surprise: 'Surprise count',
} as const

export const MOVEMENT_KIND = {
  'turn-in': 'Turn-in',
  'paid-in': 'Paid-in',
  'paid-out': 'Paid-out',
  'change-order': 'Change order',
} as const

/** `Counted and closed by R. Chen and D. Whitfield in the absence of M. Alvarez.` */
export function inAbsence(names: { name: string; secondName: string }, cashierName: string): string {
  return `Counted and closed by ${names.name} and ${names.secondName} in the absence of ${cashierName}.`
}

/** `J. Okonkwo · W1-S0032` */
export function takerText({ name, sessionNumber }: { name: string; sessionNumber: string }): string {
  return `${name} · ${sessionNumber}`
}

/** Reports on paper and as a workbook. */
export const REPORT = {
  report: 'Report',
  about: 'About this report',
  empty: 'Nothing to show.',
  notes: 'Notes',
} as const

/** `27.00 short`, `5.00 over`. */
export function overShortText(differenceCents: Cents): string {
  const side = differenceCents < 0 ? STAFF.short : STAFF.over
  return `${formatCents(differenceCents < 0 ? negate(differenceCents) : differenceCents)} ${side}`
}

/** `Page 2 of 5`. */
export function pageOf(page: number, pageCount: number): string {
  return `Page ${page} of ${pageCount}`
}

/** What to do where no mix of the counted pieces leaves the change fund. */
export function changeFirstText(of: { label: string; leftCents: Cents; staysCents: Cents }): string {
  const left = formatCents(of.leftCents)
  return `No mix of the counted pieces makes ${left}. Change one ${of.label}: ${formatCents(of.staysCents)} of it stays, the rest goes to the safe.`
}

/** `3 items`. */
export function itemsText(count: number): string {
  return count === 1 ? '1 item' : `${count} items`
}
