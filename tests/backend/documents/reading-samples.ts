/** Readings as the contract gives them, to be made into papers: closed, open, handed over, closed in absence. */

import type { Reading } from '../../../shared/contract/session-fields.ts'
import { cents } from '../../../shared/money.ts'
import type { Tender } from '../../../shared/tenders.ts'
import type { BusinessDate } from '../../../shared/time.ts'

const ID = '01939c5e-0000-7000-8000-000000000001'
const DAY = '2026-11-20' as BusinessDate

type BalanceFigures = Omit<Reading['balances'][number], 'tender' | 'name' | 'itemCount'>

function balance(kind: Tender, name: string, itemCount: number, of: Partial<BalanceFigures>) {
  const zero = cents(0)
  return {
    tender: kind,
    name,
    itemCount,
    openingCents: zero,
    tenderedCents: zero,
    changeCents: zero,
    paidInCents: zero,
    paidOutCents: zero,
    turnedInCents: zero,
    refundedCents: zero,
    expectedCents: zero,
    countedCents: null,
    overShortCents: null,
    ...of,
  }
}

/** Oracle's worked example: cash over 0.50, checks short 1.00. */
export const zReading: Reading = {
  kind: 'z',
  sessionId: ID,
  sessionNumber: 'W1-S-0031',
  zNumber: 'Z-000031',
  drawerName: 'Drawer 2',
  cashierName: 'M. Álvarez',
  businessDate: DAY,
  openedAtMs: Date.UTC(2026, 10, 20, 13, 52),
  readAtMs: Date.UTC(2026, 10, 20, 23, 14),
  closedAtMs: Date.UTC(2026, 10, 20, 23, 14),
  receiptCount: 47,
  voidCount: 1,
  firstReceipt: 'W1-004790',
  lastReceipt: 'W1-004836',
  totalCents: cents(712_345),
  openingDifference: null,
  balances: [
    balance('cash', 'Cash', 31, {
      openingCents: cents(15_050),
      tenderedCents: cents(524_163),
      changeCents: cents(24_163),
      turnedInCents: cents(400_000),
      expectedCents: cents(115_050),
      countedCents: cents(115_100),
      overShortCents: cents(50),
    }),
    balance('check', 'Check', 12, {
      tenderedCents: cents(178_010),
      expectedCents: cents(178_010),
      countedCents: cents(177_910),
      overShortCents: cents(-100),
    }),
    balance('money-order', 'Money order', 1, {
      tenderedCents: cents(8_000),
      expectedCents: cents(8_000),
      countedCents: cents(8_000),
      overShortCents: cents(0),
    }),
    balance('card', 'Card', 6, {
      tenderedCents: cents(26_335),
      expectedCents: cents(26_335),
      countedCents: cents(26_335),
      overShortCents: cents(0),
    }),
  ],
  byGlAccount: [
    { glAccount: '2010-000', cents: cents(1_250) },
    { glAccount: '4010-100', cents: cents(402_117) },
    { glAccount: '4020-100', cents: cents(201_460) },
    { glAccount: '4030-100', cents: cents(98_303) },
    { glAccount: '4410-300', cents: cents(9_215) },
  ],
  voids: [
    {
      number: 'W1-004812',
      cents: cents(27_937),
      reason: 'Wrong account: the customer meant 0041-22970',
      approvedByName: 'T. Whitfield',
    },
  ],
  counts: [
    {
      purpose: 'opening',
      atMs: Date.UTC(2026, 10, 20, 13, 52),
      personName: 'M. Álvarez',
      secondPersonName: null,
      cashCents: cents(15_050),
      differences: [],
    },
    {
      purpose: 'closing',
      atMs: Date.UTC(2026, 10, 20, 23, 2),
      personName: 'M. Álvarez',
      secondPersonName: null,
      cashCents: cents(117_100),
      differences: [
        { tender: 'cash', overShortCents: cents(2_050) },
        { tender: 'check', overShortCents: cents(-100) },
      ],
    },
    {
      purpose: 'recount',
      atMs: Date.UTC(2026, 10, 20, 23, 9),
      personName: 'M. Álvarez',
      secondPersonName: null,
      cashCents: cents(115_100),
      differences: [
        { tender: 'cash', overShortCents: cents(50) },
        { tender: 'check', overShortCents: cents(-100) },
      ],
    },
  ],
  handedFromNumber: null,
  handedTo: null,
  closedInAbsenceBy: null,
  leftCents: cents(15_050),
  toSafeCents: cents(100_050),
  parting: {
    left: [
      { valueCents: cents(2_000), kind: 'note', pieces: 5, bundles: 0 },
      { valueCents: cents(500), kind: 'note', pieces: 4, bundles: 0 },
      { valueCents: cents(100), kind: 'note', pieces: 10, bundles: 0 },
      { valueCents: cents(25), kind: 'coin', pieces: 22, bundles: 1 },
      { valueCents: cents(10), kind: 'coin', pieces: 50, bundles: 0 },
    ],
    leaving: [
      { valueCents: cents(5_000), kind: 'note', pieces: 8, bundles: 0 },
      { valueCents: cents(2_000), kind: 'note', pieces: 20, bundles: 0 },
      { valueCents: cents(100), kind: 'note', pieces: 0, bundles: 2 },
      { valueCents: cents(10), kind: 'coin', pieces: 5, bundles: 0 },
    ],
    changeFirst: null,
  },
  movements: [
    {
      number: 'W1-M0012',
      kind: 'turn-in',
      atMs: Date.UTC(2026, 10, 20, 18, 31),
      what: '',
      secondPersonName: 'T. Whitfield',
      cashCents: cents(400_000),
      itemsCents: cents(0),
    },
  ],
  noSaleCount: 2,
  reason: 'A check for 1.00 more was keyed than written; the cash is not found.',
  approvedByName: 'T. Whitfield',
  verificationCode: 'Q4ZT-11XB-80WE',
}

export const xReading: Reading = {
  ...zReading,
  kind: 'x',
  zNumber: null,
  closedAtMs: null,
  balances: zReading.balances.map(of => ({ ...of, countedCents: null, overShortCents: null })),
  counts: zReading.counts.slice(0, 1),
  leftCents: null,
  toSafeCents: null,
  parting: null,
  reason: null,
  approvedByName: null,
  verificationCode: null,
}

/** The same session, given to a colleague at noon; the difference is known and approved. */
export const handedOver: Reading = {
  ...zReading,
  handedFromNumber: 'W1-S-0030',
  handedTo: { name: 'J. Okonkwo', sessionNumber: 'W1-S-0032' },
  leftCents: cents(115_100),
  toSafeCents: cents(0),
  counts: zReading.counts.map(of =>
    of.purpose === 'opening' ? of : { ...of, secondPersonName: 'J. Okonkwo' },
  ),
}

/** A session that its cashier forgot, counted and closed by two others. */
export const closedInAbsence: Reading = {
  ...zReading,
  closedInAbsenceBy: { name: 'R. Chen', secondName: 'T. Whitfield' },
  reason: 'Went home ill at noon',
  counts: zReading.counts
    .filter(of => of.purpose !== 'recount')
    .map(of =>
      of.purpose === 'opening' ? of : { ...of, personName: 'R. Chen', secondPersonName: 'T. Whitfield' },
    ),
}
