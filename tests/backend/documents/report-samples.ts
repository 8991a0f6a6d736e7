/** Reports as the till hands them over, to be made into papers and files. */
import { cents, sum } from '../../../shared/money.ts'
import type { ReportColumn, ReportSection, ReportTable } from '../../../shared/rules/report/report-table.ts'
import { POSTED_AT } from './samples.ts'

const JOURNAL_COLUMNS: ReportColumn[] = [
  { key: 'number', label: 'Receipt', kind: 'text' },
  { key: 'postedAt', label: 'Posted', kind: 'instant' },
  { key: 'customer', label: 'Paid for', kind: 'text' },
  { key: 'tender', label: 'Tender', kind: 'text' },
  { key: 'amount', label: 'Amount', kind: 'cents' },
]

const NAMES = [
  'Okafor, Dorothy',
  'Álvarez-Whitfield, Maximiliana',
  'Brandt, J.',
  'First Methodist Church of Millbrook',
]

/** A journal of so many receipts; receipt `i` (from 0) is over 10.00 + i × 0.37, and every 40th is turned back. */
export function journalSection(receipts: number): ReportSection {
  const amounts = Array.from({ length: receipts }, (_, i) =>
    cents((i % 40 === 39 ? -1 : 1) * (1_000 + i * 37)),
  )
  return {
    heading: 'Receipts',
    columns: JOURNAL_COLUMNS,
    rows: amounts.map((amount, i) => [
      `W1-${String(4_700 + i).padStart(6, '0')}`,
      POSTED_AT + i * 61_000,
      NAMES[i % NAMES.length] ?? null,
      i % 3 === 0 ? 'Check' : 'Cash',
      amount,
    ]),
    totals: ['Total', null, null, null, sum(amounts)],
  }
}

const GL_ROWS: (readonly [account: string, name: string, receipts: number, amount: number])[] = [
  ['2010-000', 'Customer credit', 3, 1_250],
  ['4010-100', 'Water', 212, 1_402_117],
  ['4020-100', 'Sewer', 198, 901_460],
  ['4030-100', 'Refuse', 121, 298_303],
  ['4410-300', 'Permits', 4, 9_215],
  ['6900-100', 'Over and short', 1, -150],
]

export const glSection: ReportSection = {
  heading: 'By GL account',
  columns: [
    { key: 'glAccount', label: 'GL account', kind: 'text' },
    { key: 'name', label: 'Name', kind: 'text' },
    { key: 'receipts', label: 'Receipts', kind: 'count' },
    { key: 'amount', label: 'Amount', kind: 'cents' },
  ],
  rows: GL_ROWS.map(([account, name, receipts, amount]) => [account, name, receipts, cents(amount)]),
  totals: ['Total', null, null, sum(GL_ROWS.map(row => cents(row[3])))],
}

const TENDERS = ['Cash', 'Check', 'Money order', 'Card', 'Bank transfer', 'Account credit']

/** Hours of the day down, tenders across: nine columns. */
export const hourSection: ReportSection = {
  heading: 'By hour and tender',
  columns: [
    { key: 'date', label: 'Business date', kind: 'date' },
    { key: 'hour', label: 'Hour', kind: 'text' },
    ...TENDERS.map((label): ReportColumn => ({ key: label, label, kind: 'cents' })),
    { key: 'total', label: 'Total', kind: 'cents' },
  ],
  rows: Array.from({ length: 9 }, (_, hour) => {
    const amounts = TENDERS.map((_of, i) => cents((hour + 1) * (i + 1) * 12_345))
    return ['2026-11-20', `${hour + 8}:00`, ...amounts, sum(amounts)]
  }),
  totals: ['Total', null, ...TENDERS.map((_, i) => cents(45 * (i + 1) * 12_345)), cents(45 * 21 * 12_345)],
}

/** A report of these sections with everything else that a report has. */
export function reportOf(...sections: ReportSection[]): ReportTable {
  return {
    title: 'Daily collections',
    subtitle: ['Fri 20 Nov 2026', 'City of Millbrook Utilities', 'Made 11/20/2026 5:14 pm by T. Whitfield'],
    madeAtMs: Date.UTC(2026, 10, 20, 23, 14),
    sections,
    notes: ['Voided receipts are counted on the day of the void.', 'Change given is taken off cash.'],
    verificationCode: 'Q4ZT-11XB-80WE',
  }
}
