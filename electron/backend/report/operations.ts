/** Reports over days. They are read in a worker thread, so that the Window never waits for one. */
import { settingsNow } from '../../../db/queries/setup.ts'
import { REPORTS, type ReportInput } from '../../../shared/contract/report.ts'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import { daysIn } from '../../../shared/time.ts'
import { signedIn } from '../request/commands.ts'
import { os, type RequestContext } from '../request/guard.ts'

function daysAreValid({ report, fromDate, toDate }: ReportInput): boolean {
  const days = daysIn(fromDate, toDate)
  return days >= 1 && days <= REPORTS[report].mostDays
}

function tableOf(context: RequestContext, order: ReportInput): Promise<ReportTable> {
  const { jobs, dataDir, clock } = context.backend
  const { personId } = signedIn(context)
  return jobs.runReport('report', { dataDir, order, readerId: personId, nowMs: clock() })
}

export const run = os.report.run.handler(({ input, context, errors }) => {
  if (!daysAreValid(input))
    throw errors.DAYS_NOT_VALID({ data: { mostDays: REPORTS[input.report].mostDays } })
  return tableOf(context, input)
})

const FORMS = {
  pdf: { task: 'report-pdf', type: 'application/pdf' },
  csv: { task: 'report-csv', type: 'text/csv' },
  xlsx: {
    task: 'report-xlsx',
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
} as const

/** `collections-2026-11-21`, and both days where there are several. */
function fileName({ report, fromDate, toDate }: ReportInput): string {
  return fromDate === toDate ? `${report}-${fromDate}` : `${report}-${fromDate}-to-${toDate}`
}

export const file = os.report.file.handler(async ({ input, context, errors }) => {
  if (!daysAreValid(input))
    throw errors.DAYS_NOT_VALID({ data: { mostDays: REPORTS[input.report].mostDays } })
  const { format, ...order } = input
  const { task, type } = FORMS[format]
  const table = await tableOf(context, order)
  const settings = settingsNow(context.backend.ledger.reader)
  const bytes = await context.backend.jobs.runReport(task, { table, settings })
  return new File([Uint8Array.from(bytes)], `${fileName(order)}.${format}`, { type })
})

export const overShort = os.report.overShort.handler(({ input, context }) => {
  const { jobs, dataDir } = context.backend
  const { personId } = signedIn(context)
  return jobs.runReport('over-short', { dataDir, readerId: personId, toDate: input.toDate })
})
