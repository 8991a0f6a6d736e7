import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ReportTableView } from '../../../renderer/ui/table/report-table.tsx'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import { glSection, journalSection, reportOf } from '../../backend/documents/report-samples.ts'

const shown = (table: ReportTable): string =>
  renderToStaticMarkup(createElement(ReportTableView, { table, timeZone: 'America/Chicago' }))

describe('a report on screen', () => {
  it('names its tables, columns and rows for a screen reader, and its scrolling parts have a Tab stop', () => {
    const markup = shown(reportOf(glSection))
    expect(markup).toContain('<section class="scroll report-scroll" aria-label="By GL account" tabindex="0">')
    expect(markup).toContain('<caption>By GL account</caption>')
    expect(markup).toContain('<th scope="col">GL account</th>')
    expect(markup).toContain('<th scope="col" class="number">Amount</th>')
    expect(markup).toContain('<tr><th scope="row">4010-100</th><td>Water</td><td class="number">212</td>')
  })

  it('shows amounts, instants and totals as on paper', () => {
    const markup = shown(reportOf(glSection, journalSection(2)))
    expect(markup).toContain('<td class="number">14,021.17</td>')
    expect(markup).toContain('<td class="number">-1.50</td>')
    expect(markup).toContain('<td class="report-fixed">11/20/2026 10:58 am</td>')
    expect(markup).toContain(
      '<tfoot><tr><th scope="row">Total</th><td></td><td class="number"></td><td class="number">26,121.95</td></tr></tfoot>',
    )
    expect(markup).toContain('Q4ZT-11XB-80WE')
    expect(markup).toContain('Change given is taken off cash.')
  })

  it('says that there is nothing to show instead of showing an empty table', () => {
    for (const table of [reportOf({ ...glSection, rows: [], totals: null }), reportOf()]) {
      expect(shown(table)).toContain('Nothing to show.')
      expect(shown(table)).not.toContain('<table')
    }
  })

  it('shows the first thousand of more rows, says so, and keeps the totals of all', () => {
    const markup = shown(reportOf(journalSection(1_200)))
    expect(markup.match(/<th scope="row">W1-/g)).toHaveLength(1_000)
    expect(markup).toContain('The first 1,000 of 1,200 rows.')
    expect(markup).toContain('<tfoot>')
    expect(shown(reportOf(journalSection(1_000)))).not.toContain('The first')
  })

  it('a cell without words heads nothing', () => {
    const [first, ...columns] = glSection.columns
    if (first === undefined) throw new Error('the sample has no column')
    const section = {
      ...glSection,
      columns: [{ ...first, label: '' }, ...columns],
      totals: [null, null, 1, 2],
    }
    const markup = shown(reportOf(section))
    expect(markup).toContain('<thead><tr><td></td><th scope="col">Name</th>')
    expect(markup).not.toMatch(/<th[^>]*><\/th>/)
  })
})
