/** Reports over days: on the screen, as PDF, CSV and XLSX. */
import { z } from 'zod'
import { businessDateField, idField } from '../fields.ts'
import { EVERYONE, READERS_OF_ALL } from '../roles.ts'
import { reportTableField } from '../rules/report/report-table.ts'
import { effect, read, refusal } from './base.ts'

export interface ReportSpec {
  title: string
  /** The most days that one may be over. */
  mostDays: number
  /** Whether it can be of one cashier or one drawer alone. */
  isBySession: boolean
  /** Whether a session that is not closed has figures in it, so that some people must not see them yet. */
  tellsOpenSessions: boolean
}

/** A year and its leap day. */
export const YEAR_DAYS = 366

/** The reports that there are; `backend/report` has to say how each is made. */
export const REPORTS = {
  collections: { title: 'Collections', mostDays: YEAR_DAYS, isBySession: true, tellsOpenSessions: true },
  sessions: { title: 'Session detail', mostDays: YEAR_DAYS, isBySession: true, tellsOpenSessions: false },
  // It has a row for everything that anybody does: more days than these nobody reads in one.
  journal: { title: 'Journal', mostDays: 31, isBySession: false, tellsOpenSessions: true },
  movements: {
    title: 'Turn-ins and other movements',
    mostDays: YEAR_DAYS,
    isBySession: true,
    tellsOpenSessions: true,
  },
  'over-short': { title: 'Over and short', mostDays: YEAR_DAYS, isBySession: true, tellsOpenSessions: false },
  deposits: { title: 'Deposits', mostDays: YEAR_DAYS, isBySession: false, tellsOpenSessions: false },
} as const satisfies Readonly<Record<string, ReportSpec>>
export type ReportName = keyof typeof REPORTS
export const REPORT_NAMES = Object.keys(REPORTS) as ReportName[]

export const reportInputField = z.object({
  report: z.enum(REPORT_NAMES as [ReportName, ...ReportName[]]),
  fromDate: businessDateField,
  toDate: businessDateField,
  /** Only this cashier's or drawer's, where the report knows such. */
  personId: idField.optional(),
  drawerId: idField.optional(),
})
export type ReportInput = z.infer<typeof reportInputField>

const refusals = { DAYS_NOT_VALID: { ...refusal, data: z.object({ mostDays: z.int() }) } } as const

/** Over and short of a closed session, at its opening or at its close, for the history's chart. */
export const overShortField = z.object({
  sessionId: idField,
  /** Of its opening count, or of its close. */
  at: z.enum(['opening', 'close']),
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
