import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { harmlessText, reportCsv } from '../../../electron/backend/export/csv.ts'
import { cents, MAX_ENTRY, plainCents } from '../../../shared/money.ts'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import { glSection, hourSection, journalSection, reportOf } from '../documents/report-samples.ts'
import { settings } from '../documents/samples.ts'
import { isNaughtyMissing, naughtyStrings, reportOfTexts } from './naughty.ts'

const written = (table: ReportTable): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(reportCsv({ table, settings }))

/** Strict: a record of another length is refused. */
const records = (table: ReportTable): string[][] => parse(written(table), { bom: true })

/** What no cell of words may begin with. */
const FORMULA = /^[=+\-@\t\r]/

describe('a report as CSV', () => {
  it('begins with a byte order mark and ends every line as RFC 4180 says', () => {
    const text = written(reportOf(glSection))
    expect(text.startsWith('\uFEFFGL account,Name,Receipts,Amount\r\n')).toBe(true)
    expect(text.endsWith('Total,,,26121.95\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('holds amounts as plain numbers, negative ones too, counts as digits, and no currency sign', () => {
    expect(records(reportOf(glSection))).toEqual([
      ['GL account', 'Name', 'Receipts', 'Amount'],
      ['2010-000', 'Customer credit', '3', '12.50'],
      ['4010-100', 'Water', '212', '14021.17'],
      ['4020-100', 'Sewer', '198', '9014.60'],
      ['4030-100', 'Refuse', '121', '2983.03'],
      ['4410-300', 'Permits', '4', '92.15'],
      ['6900-100', 'Over and short', '1', '-1.50'],
      ['Total', '', '', '26121.95'],
    ])
  })

  it('writes days and instants so that they sort, instants on the clocks of the place', () => {
    expect(records(reportOf(hourSection))[1]?.[0]).toBe('2026-11-20')
    const [, first, second] = records(reportOf(journalSection(2)))
    expect(first?.[1]).toBe('2026-11-20 10:58:00')
    expect(second?.[1]).toBe('2026-11-20 10:59:01')
  })

  it('tells midnight, noon and the hour that comes twice by the clocks of the place', () => {
    const at = (...ms: number[]) => {
      const columns = [{ key: 'at', label: 'At', kind: 'instant' as const }]
      const table = reportOf({ heading: null, columns, rows: ms.map(one => [one]), totals: null })
      return records(table).slice(1).flat()
    }
    const hour = (day: number, h: number, minute = 0) => Date.UTC(2026, 10, day, h, minute)
    expect(at(hour(20, 6), hour(20, 18), hour(1, 6, 30), hour(1, 7, 30))).toEqual([
      '2026-11-20 00:00:00',
      '2026-11-20 12:00:00',
      '2026-11-01 01:30:00',
      '2026-11-01 01:30:00',
    ])
  })

  it('puts several sections one under the other, each with its heading, all records equally long', () => {
    const all = records(reportOf(glSection, journalSection(2)))
    expect(new Set(all.map(record => record.length))).toEqual(new Set([5]))
    expect(all.map(record => record[0])).toEqual([
      'By GL account',
      'GL account',
      ...glSection.rows.map(row => row[0]),
      'Total',
      '',
      'Receipts',
      'Receipt',
      'W1-004700',
      'W1-004701',
      'Total',
    ])
  })

  it('of a report without rows is the names of its columns', () => {
    expect(records(reportOf({ ...glSection, rows: [], totals: null }))).toEqual([
      ['GL account', 'Name', 'Receipts', 'Amount'],
    ])
    expect(written(reportOf())).toBe('\uFEFF')
  })

  it('says every amount to the cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: -MAX_ENTRY, max: MAX_ENTRY }), amount => {
        const row = ['4010-100', null, null, cents(amount)]
        const [, record] = records(reportOf({ ...glSection, rows: [row], totals: null }))
        expect(record?.[3]).toBe(plainCents(cents(amount)))
        expect(record?.[3]).toMatch(/^-?\d+\.\d\d$/)
      }),
      { seed: 20_261_120 },
    )
  })
})

describe('words that a spreadsheet could take for a formula', () => {
  it.each(['=1+1', '+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1+1', '\u200b=1', '＝1+1'])(
    '%j gets an apostrophe',
    text => {
      expect(harmlessText(text)).toBe(`'${text}`)
    },
  )

  it.each(['Okafor, Dorothy', '4010-100', "'=1", 'a=1', '1-2', ''])('%j stays as it is', text => {
    expect(harmlessText(text)).toBe(text)
  })

  it.skipIf(isNaughtyMissing)('are harmless wherever they stand, and come back as they were written', () => {
    const texts = naughtyStrings()
    expect(texts.length).toBeGreaterThan(200)
    const all = [...texts, ...texts.map(text => `=${text}`)]
    const [names, ...rows] = records(reportOfTexts(all))
    expect(rows).toHaveLength(all.length + 1)
    expect(names?.[1]).not.toMatch(FORMULA)
    for (const [i, text] of all.entries()) {
      const [amount, found = '', count] = rows[i] ?? []
      expect(found).not.toMatch(FORMULA)
      expect([text.toWellFormed(), `'${text.toWellFormed()}`]).toContain(found)
      expect(amount).toBe(plainCents(cents(i % 2 === 0 ? -i : i)))
      expect(count).toBe(String(i))
    }
  })

  it.skipIf(isNaughtyMissing)('are harmless in headings, labels and totals', () => {
    for (const text of naughtyStrings()) {
      const table = reportOfTexts([text])
      const cells = records({ ...table, sections: [...table.sections, glSection] }).flat()
      const words = cells.filter(cell => !/^-?\d+(?:\.\d\d)?$/.test(cell))
      for (const cell of words) expect(cell).not.toMatch(FORMULA)
    }
  })
})
