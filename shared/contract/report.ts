/** Reports over days: on the screen, as PDF, CSV and XLSX. */
import { z } from 'zod'
import { businessDateField, idField } from '../fields.ts'
import { reportTableField } from '../report-table.ts'
import { EVERYONE, READERS_OF_ALL } from '../roles.ts'
import { effect, read, refusal } from './base.ts'

export const REPORTS = ['collections', 'sessions', 'journal', 'movements', 'over-short', 'deposits'] as const
export const reportInputField = z.object({
  report: z.enum(REPORTS),
  fromDate: businessDateField,
  toDate: businessDateField,
  /** Only this cashier's or drawer's, where the report knows such. */
  personId: idField.optional(),
  drawerId: idField.optional(),
})
export type ReportInput = z.infer<typeof reportInputField>
export const OVER_SHORT_DAYS = 366
/** A journal has a row for everything that anybody does: more days than these nobody reads in one. */
export const JOURNAL_DAYS = 31

const refusals = { DAYS_NOT_VALID: refusal } as const

/** Over and short of a closed session, for the history's chart. */
export const overShortField = z.object({
  sessionId: idField,
  zNumber: z.string(),
  businessDate: businessDateField,
  cashierName: z.string(),
  drawerName: z.string(),
  /** 0 for Sunday. */
  weekday: z.int(),
  /** By tender, never netted. */
  differences: z.array(z.object({ tender: z.string(), name: z.string(), overShortCents: z.int() })),
})
export type OverShort = z.infer<typeof overShortField>

export const report = {
  run: read(READERS_OF_ALL).input(reportInputField).output(reportTableField).errors(refusals),
  file: effect(READERS_OF_ALL)
    .input(reportInputField.extend({ format: z.enum(['pdf', 'csv', 'xlsx']) }))
    .output(z.file())
    .errors(refusals),
  /** Over and short of the twelve months up to a day; a cashier sees their own. */
  overShort: read(EVERYONE)
    .input(z.object({ toDate: businessDateField }))
    .output(z.array(overShortField)),
}
