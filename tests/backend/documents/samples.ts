/** A receipt and a deposit as the contract gives them, to be made into papers. */

import type { DepositView } from '../../../shared/contract/deposit.ts'
import type { ReceiptView, ShownTender } from '../../../shared/contract/receipt.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { type Cents, cents, sum } from '../../../shared/money.ts'
import { type Settings, standardSettings } from '../../../shared/settings/index.ts'
import { TENDER_KINDS, type TenderDetails, type TenderKind } from '../../../shared/tenders.ts'
import type { BusinessDate } from '../../../shared/time.ts'

const ID = '01939c5e-0000-7000-8000-000000000001'
const DAY = '2026-11-20' as BusinessDate
/** 20 November 2026, 10:58 in the morning in Chicago. */
export const POSTED_AT = Date.UTC(2026, 10, 20, 16, 58)
const PULLED_AT = Date.UTC(2026, 10, 20, 13, 58)

export const settings: Settings = {
  ...standardSettings(),
  utilityName: 'City of Millbrook Utilities',
  addressLines: ['221 Mill Street', 'Millbrook, IL 60536'],
  phone: '(555) 010-4400',
  timeZone: 'America/Chicago',
  receiptTexts: {
    en: ['Thank you for your payment.', 'Questions: (555) 010-4400, Monday to Friday, 8 to 5.'],
    es: ['Gracias por su pago.', 'Preguntas: (555) 010-4400, de lunes a viernes, de 8 a 5.'],
  },
  creditGlAccount: '2010-000',
  overShortGlAccount: '6900-100',
  roundingGlAccount: '6900-200',
  idleLockMinutes: 5,
}

export const englishOnly: Settings = {
  ...settings,
  receiptTexts: { en: settings.receiptTexts.en, es: [] },
}

type Allocation = [service: string, dueDate: string | null, amount: number, glAccount: string]

export function accountLine(of: {
  number: string
  name: string
  address?: string
  before: number
  parts: Allocation[]
}): ReceiptLine {
  return {
    kind: 'account',
    accountId: ID,
    accountNumber: of.number,
    name: of.name,
    address: of.address ?? '118 Orchard Lane, Millbrook',
    cents: sum(of.parts.map(part => cents(part[2]))),
    balanceBeforeCents: cents(of.before),
    asOfMs: PULLED_AT,
    allocations: of.parts.map(([service, dueDate, amount, glAccount]) => ({
      itemId: ID,
      service,
      dueDate,
      cents: cents(amount),
      glAccount,
    })),
  }
}

export function tender(
  kind: TenderKind,
  amount: number,
  { reference = '', ...details }: TenderDetails & { reference?: string } = {},
): ShownTender {
  const labels = TENDER_KINDS[kind].name
  return { tender: kind, kind, labels, cents: cents(amount), reference, details }
}

const permit: ReceiptLine = {
  kind: 'catalog',
  catalogItemId: ID,
  code: 'PERM-WH',
  name: 'Water heater permit',
  quantity: 3,
  unitPriceCents: cents(1_500),
  baseCents: null,
  rateMillionths: null,
  reference: 'WH-26-1182',
  cents: cents(4_500),
  glAccount: '4410-300',
}

export const lines: ReceiptLine[] = [
  accountLine({
    number: '0041-22907',
    name: 'Okafor, Dorothy',
    before: 18_437,
    parts: [
      ['late fee', '2026-10-15', 412, '4090-110'],
      ['water', '2026-10-15', 9_810, '4010-100'],
      ['sewer', '2026-10-15', 5_125, '4020-100'],
      ['water', '2026-11-15', 3_090, '4010-100'],
    ],
  }),
  accountLine({
    number: '0041-22915',
    name: 'Okafor, Dorothy',
    address: '120 Orchard Lane, Millbrook',
    before: 9_260,
    parts: [['water', '2026-11-15', 5_000, '4010-100']],
  }),
  permit,
]

export const receipt: ReceiptView = {
  receiptId: ID,
  number: 'W1-004812',
  seq: 14_481,
  sessionId: ID,
  sessionNumber: 'W1-S-0031',
  sessionOpen: true,
  drawerName: 'Drawer 2',
  cashierId: ID,
  cashierName: 'M. Álvarez',
  postedAtMs: POSTED_AT,
  businessDate: DAY,
  state: 'posted',
  posting: { state: 'held', reference: null, reason: null, atMs: null },
  totalCents: cents(27_937),
  tenderedCents: cents(30_000),
  roundingCents: cents(-2),
  changeCents: cents(2_065),
  verificationCode: '7F3K-92QD-M1XA',
  printCount: 1,
  voided: null,
  lines,
  tenders: [
    tender('check', 15_000, { reference: '1187', routingNumber: '111000025', accountLast4: '4821' }),
    tender('card', 5_000, { cardBrand: 'Visa', cardLast4: '1111', approvalCode: '004213' }),
    tender('cash', 10_000),
  ],
}

export const voidedReceipt: ReceiptView = {
  ...receipt,
  state: 'voided',
  voided: {
    atMs: POSTED_AT + 9 * 60_000,
    reason: 'Wrong account: the customer meant 0041-22970',
    byName: 'M. Álvarez',
    approvedByName: 'T. Whitfield',
  },
}

const CASH_PIECES: DepositView['pieces'] = [
  { valueCents: cents(10_000), kind: 'note', pieces: 3, bundles: 0, cents: cents(30_000) },
  { valueCents: cents(2_000), kind: 'note', pieces: 17, bundles: 1, cents: cents(234_000) },
  { valueCents: cents(100), kind: 'note', pieces: 9, bundles: 0, cents: cents(900) },
  { valueCents: cents(25), kind: 'coin', pieces: 6, bundles: 2, cents: cents(2_150) },
  { valueCents: cents(1), kind: 'coin', pieces: 0, bundles: 1, cents: cents(50) },
]
const CASH: Cents = cents(30_000 + 2_000 * 117 + 900 + 25 * 86 + 50)

const NOTHING_NOTED = { differenceCents: cents(0), reason: '', reference: '', secondReference: '' }

function madeUpAndVerified(total: Cents): DepositView['steps'] {
  return [
    {
      ...NOTHING_NOTED,
      step: 'made-up',
      atMs: Date.UTC(2026, 10, 20, 23, 30),
      personName: 'R. Castellanos',
      secondPersonName: null,
      cents: total,
      reference: '7741-0098',
    },
    {
      ...NOTHING_NOTED,
      step: 'verified',
      atMs: Date.UTC(2026, 10, 20, 23, 41),
      personName: 'R. Castellanos',
      secondPersonName: 'T. Whitfield',
      cents: total,
    },
  ]
}

function depositedSession(no: number, cashCents: Cents, ofItems: Cents) {
  return {
    sessionId: ID,
    number: `W1-S-00${no}`,
    zNumber: `Z-0000${no}`,
    drawerName: `Drawer ${no - 29}`,
    cashierId: ID,
    cashierName: no === 31 ? 'M. Álvarez' : 'J. Brandt',
    businessDate: DAY,
    openedAtMs: POSTED_AT,
    closedAtMs: POSTED_AT,
    state: 'closed' as const,
    receiptCount: 47,
    deposited: true,
    partNo: 1,
    cashCents,
    itemsCents: ofItems,
  }
}

/** A deposit with this many checks; check number `i` (from 1) is over 10.00 + i cents times 7. */
export function depositOf(checkCount: number): DepositView {
  const items: DepositView['items'] = Array.from({ length: checkCount }, (_, i) => ({
    tender: i % 25 === 24 ? 'money-order' : 'check',
    tenderName: i % 25 === 24 ? 'Money order' : 'Check',
    receiptId: ID,
    tenderNo: 1,
    receiptNumber: `W1-${String(4_700 + i).padStart(6, '0')}`,
    reference: String(1_001 + i * 37),
    routingNumber: i % 25 === 24 ? null : '111000025',
    cents: cents(1_000 + (i + 1) * 7),
  }))
  const itemsCents = sum(items.map(item => item.cents))
  return {
    depositId: ID,
    number: 'D-000009',
    state: 'verified',
    bankAccount: {
      bankAccountId: ID,
      name: 'Utility collections',
      bankName: 'First Bank of Millbrook',
      routingNumber: '071000013',
      accountNumber: '004410028837',
    },
    businessDate: DAY,
    madeUpAtMs: Date.UTC(2026, 10, 20, 23, 30),
    preparerName: 'R. Castellanos',
    verifierName: 'T. Whitfield',
    verifiedAtMs: Date.UTC(2026, 10, 20, 23, 41),
    bagNumber: '7741-0098',
    sealNumber: null,
    slipNumber: null,
    dueAtMs: Date.UTC(2026, 10, 23, 20, 0),
    overdue: false,
    foundCents: sum([CASH, itemsCents]),
    steps: madeUpAndVerified(sum([CASH, itemsCents])),
    pieces: CASH_PIECES,
    cashCents: CASH,
    itemsCents,
    totalCents: sum([CASH, itemsCents]),
    items,
    verified: {
      pieces: CASH_PIECES,
      cashCents: CASH,
      itemCount: checkCount,
      itemsCents,
      cents: sum([CASH, itemsCents]),
      differenceCents: cents(0),
      reason: '',
    },
    sessions: [
      depositedSession(30, cents(100_050), cents(0)),
      depositedSession(31, cents(CASH - 100_050), itemsCents),
    ],
    verificationCode: 'K8PD-03MN-55RA',
  }
}
