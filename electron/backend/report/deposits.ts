/** Deposits with every hand that they went through, and money that is in none. */

import type { DepositRows } from '../../../db/queries/report/report-money.ts'
import type { DepositRow, DepositStep, DepositStepRow } from '../../../shared/ledger/rows/deposit-rows.ts'
import { add } from '../../../shared/money.ts'
import type { ReportSection } from '../../../shared/rules/report/report-table.ts'
import { CUSTODY } from '../documents/page/labels.ts'
import { HEADINGS, NOTES } from './labels.ts'
import type { ReportContent, ReportContext } from './naming.ts'
import { section } from './section.ts'

const IN_THE_HOUSE: readonly DepositStep[] = ['made-up', 'verified', 'sealed']
const DUE_WORDS = { inTime: 'yes', late: 'late', overdue: 'overdue', none: '' } as const

/** Whether the bag left the house before it was due. */
function dueLabels(row: DepositRow, steps: readonly DepositStepRow[], nowMs: number): string {
  if (row.state === 'reopened') return DUE_WORDS.none
  if (IN_THE_HOUSE.includes(row.state)) return nowMs > row.due_at ? DUE_WORDS.overdue : DUE_WORDS.none
  const left = steps.find(step => step.deposit_id === row.deposit_id && step.step === 'released')
  return left !== undefined && left.at > row.due_at ? DUE_WORDS.late : DUE_WORDS.inTime
}

function listed({ deposits: all, steps }: DepositRows, { naming, nowMs }: ReportContext): ReportSection {
  return section({
    heading: HEADINGS.deposits,
    rows: all,
    counted: all.filter(row => row.state !== 'reopened'),
    columns: column => [
      column.text('number', row => row.number),
      column.date('businessDate', row => row.business_date),
      column.text('bank', row => naming.bank(row.bank_account_id)),
      column.text('state', row => CUSTODY.steps[row.state]),
      column.text('bag', row => row.bag_number),
      column.text('seal', row => row.seal_number ?? ''),
      column.instant('due', row => row.due_at),
      column.text('onTime', row => dueLabels(row, steps, nowMs)),
      column.money('cash', row => row.cash_cents),
      column.money('instruments', row => row.items_cents),
      column.money('total', row => row.total_cents),
      column.money('found', row => row.found_cents),
    ],
  })
}

function hands(
  { steps }: DepositRows,
  numberOf: (id: string) => string,
  { naming }: ReportContext,
): ReportSection {
  return section({
    heading: HEADINGS.steps,
    rows: steps,
    columns: column => [
      column.text('deposit', row => numberOf(row.deposit_id)),
      column.text('step', row => CUSTODY.steps[row.step]),
      column.instant('time', row => row.at),
      column.text('who', row => naming.person(row.person_id)),
      column.text('with', row => naming.person(row.second_person_id)),
      column.text('noted', row => [row.reference, row.second_reference].filter(of => of !== '').join(', ')),
      column.figure('figure', row => row.cents),
      column.figure('difference', row => (row.cents === null ? null : row.difference_cents)),
      column.text('reason', row => row.reason),
    ],
  })
}

export function deposits(rows: DepositRows, context: ReportContext): ReportContent {
  const numbers = new Map(rows.deposits.map(row => [row.deposit_id, row.number]))
  const numberOf = (depositId: string): string => numbers.get(depositId) ?? ''
  const made = new Set(rows.deposits.filter(row => row.state !== 'reopened').map(row => row.deposit_id))
  const { naming } = context
  return {
    sections: [
      listed(rows, context),
      section({
        heading: HEADINGS.parts,
        rows: rows.parts,
        counted: rows.parts.filter(row => made.has(row.depositId)),
        columns: column => [
          column.text('deposit', row => numberOf(row.depositId)),
          column.text('zNumber', row => row.zNumber),
          column.date('businessDate', row => row.businessDate),
          column.ordinal('part', row => row.part_no),
          column.money('cash', row => row.cash_cents),
          column.money('instruments', row => row.items_cents),
          column.money('total', row => add(row.cash_cents, row.items_cents)),
        ],
      }),
      hands(rows, numberOf, context),
      section({
        heading: HEADINGS.waiting,
        rows: rows.waiting,
        columns: column => [
          column.text('zNumber', row => row.zNumber),
          column.date('businessDate', row => row.businessDate),
          column.ordinal('part', row => row.part_no),
          column.text('bank', row => naming.bank(row.bank_account_id)),
          column.money('cash', row => row.cash_cents),
          column.money('instruments', row => row.items_cents),
          column.money('total', row => add(row.cash_cents, row.items_cents)),
        ],
      }),
    ],
    notes: [NOTES.overdue, NOTES.waiting, NOTES.reopened],
  }
}
