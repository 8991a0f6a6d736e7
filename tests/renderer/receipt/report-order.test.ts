import { describe, expect, it } from 'vitest'
import {
  type DayChoice,
  daysOf,
  orderFrom,
  type ReportFields,
  withDay,
} from '../../../renderer/features/report/report-order.ts'
import { parseBusinessDate } from '../../../shared/time.ts'

const TODAY = day('2026-11-21')
const FIELDS: ReportFields = {
  report: 'collections',
  days: 'today',
  from: '',
  to: '',
  personId: '',
  drawerId: '',
}

function day(text: string) {
  const date = parseBusinessDate(text)
  if (date === null) throw new Error(`${text} is no day`)
  return date
}

describe('the days of a report', () => {
  it.each<[DayChoice, string, string, string]>([
    ['today', '2026-11-21', '2026-11-21', '2026-11-21'],
    ['yesterday', '2026-11-01', '2026-10-31', '2026-10-31'],
    ['week', '2026-11-03', '2026-10-28', '2026-11-03'],
    ['month', '2026-11-21', '2026-11-01', '2026-11-21'],
    ['last-month', '2026-01-31', '2025-12-01', '2025-12-31'],
    ['last-month', '2028-03-31', '2028-02-01', '2028-02-29'],
  ])('%s, on %s, are from %s to %s', (days, today, fromDate, toDate) => {
    expect(daysOf({ ...FIELDS, days }, day(today))).toEqual({ fromDate, toDate })
  })

  it('that are not whole ask for nothing', () => {
    const typed = { ...FIELDS, days: 'dates' as const, from: '2026-11-01' }
    expect(orderFrom(typed, TODAY)).toBeNull()
    expect(orderFrom({ ...typed, to: '2026-02-30' }, TODAY)).toBeNull()
    expect(orderFrom({ ...typed, to: '2026-11-02' }, TODAY)).toEqual({
      report: 'collections',
      fromDate: '2026-11-01',
      toDate: '2026-11-02',
    })
  })

  it('one that is typed leaves the other as it was shown', () => {
    const month = { ...FIELDS, days: 'month' as const }
    const typed = withDay(month, { to: '2026-11-15' }, TODAY)
    expect(typed).toMatchObject({ days: 'dates', from: '2026-11-01', to: '2026-11-15' })
    expect(withDay(typed, { from: '' }, TODAY)).toMatchObject({ days: 'dates', from: '', to: '2026-11-15' })
  })
})

describe('whose report it is', () => {
  const narrowed = { ...FIELDS, personId: 'p1', drawerId: 'd1' }

  it('a report by session is narrowed to a cashier and a drawer', () => {
    expect(orderFrom(narrowed, TODAY)).toMatchObject({ personId: 'p1', drawerId: 'd1' })
    expect(orderFrom(FIELDS, TODAY)).not.toHaveProperty('personId')
  })

  it('journal and deposits are everybody’s, whatever was chosen before', () => {
    for (const report of ['journal', 'deposits'] as const)
      expect(orderFrom({ ...narrowed, report }, TODAY)).toEqual({ report, fromDate: TODAY, toDate: TODAY })
  })
})
