/** Third-party strings that break other programs, as the cells of a report. */
import { cents } from '../../../shared/money.ts'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import { isFixtureMissing, readFixture } from '../../support/run/fixtures.ts'
import { reportOf } from '../documents/report-samples.ts'

const STRINGS = 'bad-input/naughty-strings.json'
const FORMULAS = 'bad-input/csv-injection.json'
export const isNaughtyMissing = isFixtureMissing(STRINGS) || isFixtureMissing(FORMULAS)

export function naughtyStrings(): string[] {
  const { strings } = readFixture<{ strings: string[] }>(STRINGS)
  const { payloads } = readFixture<{ payloads: string[] }>(FORMULAS)
  return [...strings, ...payloads].filter(text => text !== '')
}

/** Each string in a cell between an amount and a count, and one as label, heading and total. */
export function reportOfTexts(texts: readonly string[]): ReportTable {
  return reportOf({
    heading: texts[0] ?? null,
    columns: [
      { key: 'amount', label: 'Amount', kind: 'cents' },
      { key: 'text', label: texts[0] ?? '', kind: 'text' },
      { key: 'count', label: 'Count', kind: 'count' },
    ],
    rows: texts.map((text, i) => [cents(i % 2 === 0 ? -i : i), text, i]),
    totals: [texts[0] ?? null, texts[0] ?? null, null],
  })
}
