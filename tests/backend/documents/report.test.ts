import { describe, expect, it } from 'vitest'
import { renderPdf } from '../../../electron/backend/documents/render.ts'
import { reportDocument } from '../../../electron/backend/documents/report/report.ts'
import { cents } from '../../../shared/money.ts'
import type { ReportSection, ReportTable } from '../../../shared/rules/report/report-table.ts'
import { hasPoppler, pageSizeOf, pagesOf, placedLabels, wordsOf } from './paper-text.ts'
import { glSection, hourSection, journalSection, reportOf } from './report-samples.ts'
import { settings } from './samples.ts'

const printed = (table: ReportTable) => renderPdf(reportDocument({ table, settings }))

const UPRIGHT = { width: 612, height: 792 }
const ACROSS = { width: 792, height: 612 }

/** As many columns of the largest amounts as a report may have, beside a name. */
function wideSection(amounts: number): ReportSection {
  const keys = Array.from({ length: amounts }, (_, i) => `Tender ${i}`)
  return {
    heading: 'All tenders',
    columns: [
      { key: 'name', label: 'Cashier', kind: 'text' },
      ...keys.map(key => ({ key, label: key, kind: 'cents' as const })),
    ],
    rows: [['Álvarez-Whitfield, Maximiliana', ...keys.map(() => cents(-9_999_999_999))]],
    totals: ['Total', ...keys.map(() => cents(-9_999_999_999))],
  }
}

describe('a report on paper', () => {
  it('is the same bytes each time', async () => {
    const [once, again] = [await printed(reportOf(glSection)), await printed(reportOf(glSection))]
    expect(Buffer.compare(once, again)).toBe(0)
  })

  it.skipIf(!hasPoppler)('says what it is, its figures, totals, notes and code', async () => {
    const words = wordsOf(await printed(reportOf(glSection, journalSection(2))))
    for (const told of [
      'City of Millbrook Utilities',
      '221 Mill Street',
      'Daily collections',
      'Fri 20 Nov 2026',
      'Made 11/20/2026 5:14 pm by T. Whitfield',
      'By GL account GL account Name Receipts Amount',
      '4010-100 Water 212 14,021.17',
      '6900-100 Over and short 1 -1.50',
      'Total 26,121.95',
      'W1-004700 11/20/2026 10:58 am Okafor, Dorothy Check 10.00',
      'Total 20.37',
      'Change given is taken off cash.',
      'Verification code Q4ZT-11XB-80WE',
      'Page 1 of 1',
    ]) {
      expect(words).toContain(told)
    }
    expect(words.match(/City of Millbrook Utilities/g)).toHaveLength(1)
  })

  it.skipIf(!hasPoppler)('stands upright with few columns and lies across with many', async () => {
    expect(pageSizeOf(await printed(reportOf(glSection, journalSection(2))))).toEqual(UPRIGHT)
    expect(pageSizeOf(await printed(reportOf(glSection, hourSection)))).toEqual(ACROSS)
    expect(pageSizeOf(await printed(reportOf(wideSection(6))))).toEqual(UPRIGHT)
    expect(pageSizeOf(await printed(reportOf(wideSection(7))))).toEqual(ACROSS)
  })

  it.skipIf(!hasPoppler)('repeats heading and names of columns on every page, and loses no row', async () => {
    const table = { ...reportOf(journalSection(120)), notes: [], verificationCode: null }
    const pages = pagesOf(await printed(table))
    expect(pages.length).toBeGreaterThan(2)
    for (const [i, page] of pages.entries()) {
      expect(page).toMatch(/Receipts\n+\s*Receipt\s+Posted\s+Paid for\s+Tender\s+Amount/)
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
      expect(page).toContain('City of Millbrook Utilities')
    }
    for (let i = 0; i < 120; i++) expect(pages.join()).toContain(`W1-${String(4_700 + i).padStart(6, '0')}`)
  })

  it.skipIf(!hasPoppler)(
    'never leaves a heading or the names of columns alone at the foot of a page',
    async () => {
      for (let rows = 24; rows <= 34; rows++) {
        const pages = pagesOf(await printed(reportOf(journalSection(rows), glSection)))
        const page = pages.find(text => text.includes('By GL account'))
        expect(page).toMatch(/By GL account\n+\s*GL account[^\n]*\n+\s*2010-000/)
      }
    },
  )

  it.skipIf(!hasPoppler)(
    'keeps everything on the page, and up to eleven columns of the largest amounts in one piece',
    async () => {
      for (const amounts of [1, 6, 11, 15]) {
        const pdf = await printed(reportOf(wideSection(amounts)))
        const { width } = pageSizeOf(pdf)
        const words = placedLabels(pdf)
        const whole = words.filter(word => word.text === '-99,999,999.99')
        if (amounts <= 11) expect(whole).toHaveLength(2 * amounts)
        for (const { left, right } of words) {
          expect(left).toBeGreaterThan(53)
          expect(right).toBeLessThan(width - 53)
        }
      }
    },
  )

  it.skipIf(!hasPoppler)('loses no word of a text that is longer than a page', async () => {
    const text = Array.from({ length: 600 }, (_, i) => `word${i}`).join(' ')
    const section = { ...glSection, rows: [['4010-100', text, 1, cents(1)]] }
    const columns = [...hourSection.columns.slice(2), ...glSection.columns]
    const narrow = {
      ...glSection,
      columns,
      rows: [[...Array(7).fill(cents(1)), '4010-100', text, 1, cents(1)]],
    }
    for (const of of [section, { ...narrow, totals: null }]) {
      const words = new Set(placedLabels(await printed(reportOf(of))).map(word => word.text))
      for (let i = 0; i < 600; i++) expect(words).toContain(`word${i}`)
    }
  })

  it.skipIf(!hasPoppler)('without rows or without sections says that there is nothing to show', async () => {
    const none = { ...glSection, rows: [], totals: null }
    const words = wordsOf(await printed(reportOf(none)))
    expect(words).toContain('By GL account Nothing to show.')
    expect(words).not.toContain('Amount')
    expect(wordsOf(await printed(reportOf()))).toContain('Nothing to show.')
    expect(wordsOf(await printed(reportOf({ ...none, totals: ['Total', null, 0, cents(0)] })))).toContain(
      'Total 0 0.00',
    )
  })

  it.skipIf(!hasPoppler)('of three thousand receipts is made within seconds, and loses none', async () => {
    const pages = pagesOf(await printed(reportOf(journalSection(3_000))))
    expect(pages.join().match(/W1-\d{6}/g)).toHaveLength(3_000)
    expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`)
  })
})
