import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { excelText } from '../../../electron/backend/export/excel-text.ts'
import { sheetNames } from '../../../electron/backend/export/sheet-names.ts'
import { reportXlsx, spreadsheetAmount } from '../../../electron/backend/export/xlsx.ts'
import { type Cents, cents, MAX_ENTRY, plainCents } from '../../../shared/money.ts'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import { glSection, hourSection, journalSection, reportOf } from '../documents/report-samples.ts'
import { settings } from '../documents/samples.ts'
import { isNaughtyMissing, naughtyStrings, reportOfTexts } from './naughty.ts'
import { type ReadCell, type ReadSheet, readXlsx } from './read-xlsx.ts'

const opened = async (table: ReportTable): Promise<ReadSheet[]> =>
  readXlsx(await reportXlsx({ table, settings }))

async function firstSheet(table: ReportTable): Promise<ReadSheet> {
  const [sheet] = await opened(table)
  if (sheet === undefined) throw new Error('a workbook without sheets')
  return sheet
}

const values = (row: readonly ReadCell[] | undefined): string[] => (row ?? []).map(cell => cell.value)

/** The digits of a stored number with two decimals, by its text alone: no arithmetic that could round. */
function twoDecimals(stored: string): string {
  const [whole = '', fraction = ''] = stored.split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}

/** The day and time of a stored date: days since 30 December 1899 (ECMA-376, part 1, section 18.17.4.1). */
function dateOf(stored: string | undefined): string {
  return new Date(Math.round((Number(stored) - 25_569) * 86_400_000)).toISOString()
}

describe('a report as a workbook', () => {
  it('has a sheet for each section and one that says what the report is', async () => {
    const sheets = await opened(reportOf(glSection, journalSection(2)))
    expect(sheets.map(sheet => sheet.name)).toEqual(['By GL account', 'Receipts', 'About this report'])
    expect(sheets[2]?.rows.flatMap(values)).toEqual([
      'Daily collections',
      'Fri 20 Nov 2026',
      'City of Millbrook Utilities',
      'Made 11/20/2026 5:14 pm by T. Whitfield',
      'Voided receipts are counted on the day of the void.',
      'Change given is taken off cash.',
      'Verification code Q4ZT-11XB-80WE',
    ])
  })

  it('freezes the names of the columns, and has them and the totals in bold', async () => {
    const { rows, frozenRows, widths } = await firstSheet(reportOf(glSection))
    expect(frozenRows).toBe(1)
    expect(values(rows[0])).toEqual(['GL account', 'Name', 'Receipts', 'Amount'])
    expect(values(rows.at(-1))).toEqual(['Total', '', '', '26121.95'])
    const weights = rows.map(row => new Set(row.filter(cell => cell.type !== 'empty').map(cell => cell.bold)))
    expect(weights).toEqual(rows.map((_, i) => new Set([i === 0 || i === rows.length - 1])))
    expect(widths).toEqual([12, 17, 10, 11])
  })

  it('stores amounts and counts as numbers, and account numbers as text', async () => {
    const { rows } = await firstSheet(reportOf(glSection))
    expect(rows[6]).toEqual([
      { type: 'text', value: '6900-100', format: '@', bold: false },
      { type: 'text', value: 'Over and short', format: '@', bold: false },
      { type: 'number', value: '1', format: '#,##0', bold: false },
      { type: 'number', value: '-1.5', format: '#,##0.00', bold: false },
    ])
  })

  it('stores days and instants as dates, instants on the clocks of the place', async () => {
    const { rows: hours } = await firstSheet(reportOf(hourSection))
    expect(hours[1]?.[0]).toMatchObject({ type: 'number', format: 'mm/dd/yyyy' })
    expect(dateOf(hours[1]?.[0]?.value)).toBe('2026-11-20T00:00:00.000Z')
    expect(hours.at(-1)?.[0]).toMatchObject({ type: 'text', value: 'Total' })
    const { rows } = await firstSheet(reportOf(journalSection(2)))
    expect(rows[1]?.[1]).toMatchObject({ type: 'number', format: 'mm/dd/yyyy h:mm AM/PM' })
    expect(dateOf(rows[2]?.[1]?.value)).toBe('2026-11-20T10:59:01.000Z')
  })

  it('of a report without rows has the names of its columns, and without sections still opens', async () => {
    const { rows } = await firstSheet(reportOf({ ...glSection, rows: [], totals: null }))
    expect(rows.map(values)).toEqual([['GL account', 'Name', 'Receipts', 'Amount']])
    expect((await opened(reportOf())).map(sheet => sheet.name)).toEqual(['About this report'])
  })
})

describe('an amount in a workbook', () => {
  const same = (amount: Cents): void => {
    expect(twoDecimals(String(spreadsheetAmount(amount)))).toBe(plainCents(amount))
  }

  it('is the same digits as the amount, for every cent up to 2,000.00 and any entry, both ways', () => {
    for (let amount = -200_000; amount <= 200_000; amount++) same(cents(amount))
    const entry = fc.integer({ min: -MAX_ENTRY, max: MAX_ENTRY })
    fc.assert(
      fc.property(entry, amount => same(cents(amount))),
      { numRuns: 20_000, seed: 20_261_120 },
    )
    same(MAX_ENTRY)
  })

  it('is the same digits in the file', async () => {
    const amounts = fc.sample(fc.integer({ min: -MAX_ENTRY, max: MAX_ENTRY }), {
      numRuns: 2_000,
      seed: 20_261_120,
    })
    const rows = [...amounts, MAX_ENTRY, -MAX_ENTRY, 1, -1, 0].map(amount => [
      null,
      null,
      null,
      cents(amount),
    ])
    const sheet = await firstSheet(reportOf({ ...glSection, rows, totals: null }))
    const stored = sheet.rows.slice(1).map(row => twoDecimals(row[3]?.value ?? ''))
    expect(stored).toEqual(rows.map(row => plainCents(row[3] ?? cents(0))))
  })

  it('is refused where a spreadsheet could not show it to the cent', () => {
    expect(String(spreadsheetAmount(cents(999_999_999_999_999)))).toBe('9999999999999.99')
    expect(() => spreadsheetAmount(cents(1_000_000_000_000_000))).toThrow(RangeError)
  })
})

describe('words in a workbook', () => {
  it.skipIf(isNaughtyMissing)('are text and never a formula, and come back as they were', async () => {
    const texts = naughtyStrings()
    const sheet = await firstSheet(reportOfTexts(texts))
    const rows = sheet.rows.slice(1)
    expect(rows).toHaveLength(texts.length + 1)
    for (const [i, text] of texts.entries()) {
      const expected = text.toWellFormed().replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd')
      expect(rows[i]?.[1]).toEqual({ type: 'text', value: expected, format: '@', bold: false })
    }
    const formulas = (await opened(reportOfTexts(texts))).flatMap(({ rows: all }) =>
      all.flat().filter(cell => cell.type === 'formula'),
    )
    expect(formulas).toEqual([])
  })

  it('come back when they are the names of what every object has', async () => {
    const texts = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
    const { rows } = await firstSheet(reportOfTexts(texts))
    expect(rows.slice(1, -1).map(row => row[1]?.value)).toEqual(texts)
  })

  it('come back with control characters, line ends, outer spaces and what looks like an escape', async () => {
    const texts = ['a\u0007b', 'a\r\nb\tc', ' a ', '_x0041_', '_x005F_', '\ufffd', '\u0085', '\u009f', '😀']
    const { rows } = await firstSheet(reportOfTexts(texts))
    expect(rows.slice(1, -1).map(row => row[1]?.value)).toEqual(texts)
  })

  it('show a lost half of a character as such', () => {
    expect(excelText('a\ud800b')).toBe('a_xFFFD_b')
  })
})

describe('the name of a sheet', () => {
  it('is what Excel allows, and there only once', () => {
    expect(
      sheetNames([
        'By hour: Cash/Check [all]?',
        "'Quoted'",
        'History',
        '',
        'Daily collections by GL account and tender',
        'daily collections by gl account and tender',
      ]),
    ).toEqual([
      'By hour Cash Check all',
      'Quoted',
      'History 1',
      'Sheet',
      'Daily collections by GL account',
      'daily collections by gl acc (2)',
    ])
  })

  it.skipIf(isNaughtyMissing)('is allowed and its own, whatever a section is called', () => {
    const names = sheetNames(naughtyStrings())
    expect(new Set(names.map(name => name.toLowerCase())).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^(?!')[^[\]:*?/\\]{1,31}(?<!')$/)
  })
})
