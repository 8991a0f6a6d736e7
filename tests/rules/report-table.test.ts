import { describe, expect, it } from 'vitest'
import { cents } from '../../shared/money.ts'
import {
  cellText,
  knownCell,
  type ReportCell,
  reportTableField,
} from '../../shared/rules/report/report-table.ts'
import { glSection, hourSection, journalSection, reportOf } from '../backend/documents/report-samples.ts'

const accepts = (table: unknown): boolean => reportTableField.safeParse(table).success

describe('a report as it is handed over', () => {
  it('is taken as it is, however many sections it has', () => {
    const table = reportOf(glSection, hourSection, journalSection(3))
    expect(reportTableField.parse(table)).toEqual(table)
    expect(accepts(reportOf())).toBe(true)
  })

  it.each<[string, ReportCell[]]>([
    ['too few cells', ['4010-100', 'Water', 1]],
    ['too many cells', ['4010-100', 'Water', 1, 1, 1]],
    ['an amount among words', ['4010-100', 12, 1, 1]],
    ['words among amounts', ['4010-100', 'Water', 1, '1.00']],
    ['a fraction of a cent', ['4010-100', 'Water', 1, 0.5]],
    ['an amount that cannot be counted', ['4010-100', 'Water', 1, 2 ** 53]],
  ])('is refused with %s in a row', (_, row) => {
    expect(accepts(reportOf({ ...glSection, rows: [row] }))).toBe(false)
  })

  it('is refused with a day that does not exist, and with a time before 1970', () => {
    const [date, ...further] = hourSection.columns
    if (date === undefined) throw new Error('the sample has no column')
    const only = { heading: null, columns: [date], totals: null }
    expect(further).not.toEqual([])
    expect(accepts(reportOf({ ...only, rows: [['2026-02-28']] }))).toBe(true)
    expect(accepts(reportOf({ ...only, rows: [['2026-02-29']] }))).toBe(false)
    const instant = { ...only, columns: [{ ...date, kind: 'instant' as const }] }
    expect(accepts(reportOf({ ...instant, rows: [[0]] }))).toBe(true)
    expect(accepts(reportOf({ ...instant, rows: [[-1]] }))).toBe(false)
  })

  it('may say in any cell of its totals what they are', () => {
    expect(accepts(reportOf({ ...glSection, totals: [null, null, 'in all', cents(5)] }))).toBe(true)
    expect(accepts(reportOf({ ...glSection, totals: ['Total'] }))).toBe(false)
  })

  it('is refused with a key twice', () => {
    const [first] = glSection.columns
    const columns = glSection.columns.map(column => ({ ...column, key: first?.key ?? '' }))
    expect(accepts(reportOf({ ...glSection, columns }))).toBe(false)
  })
})

describe('a cell as a person reads it', () => {
  it.each([
    ['text', 'Water', 'Water'],
    ['cents', -123_456, '-1,234.56'],
    ['count', 1_234_567, '1,234,567'],
    ['count', -1_234, '-1,234'],
    ['date', '2026-11-20', '11/20/2026'],
    ['date', 'Total', 'Total'],
    ['instant', Date.UTC(2026, 10, 20, 16, 58), '11/20/2026 10:58 am'],
    ['cents', null, ''],
  ] as const)('%s %j reads %j', (kind, cell, text) => {
    expect(cellText(kind, cell, 'America/Chicago')).toBe(text)
  })

  it('is refused where nothing says whether a number is money', () => {
    expect(() => knownCell('text', 100)).toThrow(RangeError)
    expect(() => knownCell('date', 100)).toThrow(RangeError)
  })
})
