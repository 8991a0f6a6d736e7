import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportCsv } from '../../../electron/backend/export/csv.ts'
import { Jobs } from '../../../electron/backend/runtime/jobs.ts'
import { cents } from '../../../shared/money.ts'
import { glSection, reportOf } from '../documents/report-samples.ts'
import { settings } from '../documents/samples.ts'
import { readXlsx } from './read-xlsx.ts'

let folder: string
let jobs: Jobs

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillproof-report-'))
  jobs = new Jobs(folder)
})

afterAll(async () => {
  await jobs.close()
  rmSync(folder, { recursive: true, force: true })
})

const input = { table: reportOf(glSection), settings }

describe('a report made beside the Window', () => {
  it('comes back as paper, as CSV and as a workbook', async () => {
    const pdf = await jobs.run('report-pdf', input)
    expect(new TextDecoder('latin1').decode(pdf.subarray(0, 5))).toBe('%PDF-')
    expect(await jobs.run('report-csv', input)).toEqual(reportCsv(input))
    const [sheet] = readXlsx(await jobs.run('report-xlsx', input))
    expect(sheet?.rows.at(-1)?.at(-1)?.value).toBe('26121.95')
  })

  it('says what is wrong with an amount that no spreadsheet can show', async () => {
    const rows = [['4010-100', 'Water', 1, cents(Number.MAX_SAFE_INTEGER)]]
    const table = reportOf({ ...glSection, rows, totals: null })
    await expect(jobs.runLong('report-xlsx', { table, settings }, {})).rejects.toMatchObject({
      name: 'RangeError',
    })
  })
})
