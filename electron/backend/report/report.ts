/** A report over days, read in one snapshot of the ledger. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { personById } from '../../../db/queries/person.ts'
import { depositRows, journalRows, movementRows } from '../../../db/queries/report/report-money.ts'
import { differenceRows, sessionRows } from '../../../db/queries/report/report-sessions.ts'
import { collectionRows, type ReportScope } from '../../../db/queries/report/reports.ts'
import { settingsNow, tenderNames } from '../../../db/queries/setup.ts'
import {
  type OverShort,
  REPORTS,
  type ReportInput,
  type ReportName,
  YEAR_DAYS,
} from '../../../shared/contract/report.ts'
import type { DrawerSessionRow } from '../../../shared/ledger/rows/session-rows.ts'
import { READERS_OF_ALL } from '../../../shared/roles.ts'
import type { ReportTable } from '../../../shared/rules/report/report-table.ts'
import {
  type BusinessDate,
  daysLater,
  formatBusinessDate,
  formatInstant,
  weekdayOf,
} from '../../../shared/time.ts'
import { hiddenFrom } from '../request/hidden-sessions.ts'
import { collections } from './collections.ts'
import { deposits } from './deposits.ts'
import { journal } from './journal.ts'
import { LABELS, NOTES } from './labels.ts'
import { movements } from './movements.ts'
import { namingOf, type ReportContent, type ReportContext } from './naming.ts'
import { overShort } from './over-short.ts'
import { sessions } from './sessions.ts'

/** Who asks, and when. */
export interface ReportRequest {
  readerId: string
  /** UTC milliseconds. */
  nowMs: number
}

interface BuilderInput {
  reader: Reader
  scope: ReportScope
  context: ReportContext
}

const BUILDERS: Readonly<Record<ReportName, (context: BuilderInput) => ReportContent>> = {
  collections: ({ reader, scope, context }) =>
    collections(collectionRows(reader, scope), { ...context, firstDate: scope.fromDate }),
  sessions: ({ reader, scope, context }) => sessions(sessionRows(reader, scope), context),
  journal: ({ reader, scope, context }) =>
    journal(reader, journalRows(reader, scope), { ...context, hiddenIds: scope.hiddenIds }),
  movements: ({ reader, scope, context }) => movements(movementRows(reader, scope), context),
  'over-short': ({ reader, scope, context }) => overShort(differenceRows(reader, scope), context),
  deposits: ({ reader, scope, context }) => deposits(depositRows(reader, scope), context),
}

function subtitleOf(
  input: ReportInput,
  { naming, timeZone, nowMs }: ReportContext,
  made: { by: string; for: string },
) {
  const days = [...new Set([input.fromDate, input.toDate])].map(day => formatBusinessDate(day, 'short'))
  return [
    `${LABELS.businessDate} ${days.join(' – ')}`,
    made.for,
    ...(input.personId === undefined ? [] : [`${LABELS.cashier}: ${naming.person(input.personId)}`]),
    ...(input.drawerId === undefined ? [] : [`${LABELS.drawer}: ${naming.drawer(input.drawerId)}`]),
    `Made ${formatInstant(nowMs, timeZone, 'date-time')} by ${naming.person(made.by)}`,
  ]
}

/** The report as a table. Figures that whoever asks must not know are left out, and a note says so. */
export function reportTable(
  reader: Reader,
  input: ReportInput,
  { readerId, nowMs }: ReportRequest,
): ReportTable {
  const { timeZone, utilityName } = settingsNow(reader)
  const isOneDay = input.fromDate === input.toDate
  const context = { naming: namingOf(reader), timeZone, isOneDay, nowMs }
  const inDays = (row: DrawerSessionRow) =>
    row.business_date >= input.fromDate && row.business_date <= input.toDate
  const hidden = REPORTS[input.report].tellsOpenSessions ? hiddenFrom(reader, readerId).filter(inDays) : []
  const scope = {
    fromDate: input.fromDate,
    toDate: input.toDate,
    personId: input.personId ?? null,
    drawerId: input.drawerId ?? null,
    hiddenIds: hidden.map(row => row.session_id),
  }
  const { sections, notes } = BUILDERS[input.report]({ reader, scope, context })
  const hiddenNote = hidden.length === 0 ? [] : [NOTES.hidden(hidden.map(row => row.number).join(', '))]
  return {
    title: REPORTS[input.report].title,
    subtitle: subtitleOf(input, context, { by: readerId, for: utilityName }),
    madeAtMs: nowMs,
    sections,
    notes: [...hiddenNote, ...notes],
    verificationCode: null,
  }
}

/** Over and short of the sessions closed in the twelve months up to a day; only their own for whoever is no reader of all. */
export function overShortHistory(
  reader: Reader,
  { toDate, readerId }: { toDate: BusinessDate; readerId: string },
): OverShort[] {
  const role = personById(reader, readerId)?.role
  const readsAll = role !== undefined && READERS_OF_ALL.includes(role)
  const rows = differenceRows(reader, {
    fromDate: daysLater(toDate, 1 - YEAR_DAYS),
    toDate,
    personId: readsAll ? null : readerId,
    drawerId: null,
  })
  const naming = namingOf(reader)
  const nameOf = tenderNames(reader)
  return [...Map.groupBy(rows, row => `${row.sessionId} ${row.at}`).values()].flatMap(of => {
    const [first] = of
    if (!first) return []
    return {
      sessionId: first.sessionId,
      at: first.at,
      zNumber: first.zNumber,
      businessDate: first.businessDate,
      cashierName: naming.person(first.personId),
      drawerName: naming.drawer(first.drawerId),
      weekday: weekdayOf(first.businessDate),
      differences: of.map(({ tender, overShortCents }) => ({ tender, name: nameOf(tender), overShortCents })),
    }
  })
}
