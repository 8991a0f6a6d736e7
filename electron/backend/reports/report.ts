/** A report over days, read in one snapshot of the ledger. */
import { personById } from '../../../db/queries/people.ts'
import { depositRows, journalRows, movementRows } from '../../../db/queries/report-money.ts'
import { differenceRows, sessionRows } from '../../../db/queries/report-sessions.ts'
import { collectionRows, type ReportScope, unclosedSessions } from '../../../db/queries/reports.ts'
import { settingsNow, tenderNames } from '../../../db/queries/setup.ts'
import type { Reader } from '../../../db/reader.ts'
import type { OverShort, ReportInput } from '../../../shared/contract/report.ts'
import { OVER_SHORT_DAYS } from '../../../shared/contract/report.ts'
import type { DrawerSessionRow } from '../../../shared/ledger/tables.ts'
import type { ReportTable } from '../../../shared/report-table.ts'
import { OVERSEERS, READERS_OF_ALL } from '../../../shared/roles.ts'
import {
  type BusinessDate,
  daysLater,
  formatBusinessDate,
  formatInstant,
  weekdayOf,
} from '../../../shared/time.ts'
import { collections } from './collections.ts'
import { deposits } from './deposits.ts'
import { journal } from './journal.ts'
import { movements } from './movements.ts'
import { type Making, namingOf, type ReportParts } from './naming.ts'
import { overShort } from './over-short.ts'
import { sessions } from './sessions.ts'
import { LABELS, NOTES, TITLES } from './words.ts'

/** Who asks, and when. */
export interface ReportAsked {
  readerId: string
  /** UTC milliseconds. */
  nowMs: number
}

interface Of {
  reader: Reader
  scope: ReportScope
  making: Making
}

const BUILDERS: Readonly<Record<ReportInput['report'], (of: Of) => ReportParts>> = {
  collections: ({ reader, scope, making }) =>
    collections(collectionRows(reader, scope), { ...making, firstDate: scope.fromDate }),
  sessions: ({ reader, scope, making }) => sessions(sessionRows(reader, scope), making),
  journal: ({ reader, scope, making }) =>
    journal(journalRows(reader, scope), { ...making, hiddenIds: scope.hiddenIds }),
  movements: ({ reader, scope, making }) => movements(movementRows(reader, scope), making),
  'over-short': ({ reader, scope, making }) => overShort(differenceRows(reader, scope), making),
  deposits: ({ reader, scope, making }) => deposits(depositRows(reader, scope), making),
}

/** Reports in which a session that is not closed has figures. */
const TELLS_OPEN_SESSIONS: readonly ReportInput['report'][] = ['collections', 'journal', 'movements']

/**
 * Sessions whose figures this person must not see yet: those that they count blind, and all for whoever may not read
 * X reports.
 */
function hiddenFrom(reader: Reader, personId: string): DrawerSessionRow[] {
  const role = personById(reader, personId)?.role
  const mayReadX = role !== undefined && OVERSEERS.includes(role)
  return unclosedSessions(reader).filter(
    row => !mayReadX || row.cashier_id === personId || row.hand_to_id === personId,
  )
}

function subtitleOf(
  input: ReportInput,
  { naming, timeZone, nowMs }: Making,
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
  { readerId, nowMs }: ReportAsked,
): ReportTable {
  const { timeZone, roundingGlAccount, utilityName } = settingsNow(reader)
  const isOneDay = input.fromDate === input.toDate
  const making = { naming: namingOf(reader), timeZone, roundingGlAccount, isOneDay, nowMs }
  const inDays = (row: DrawerSessionRow) =>
    row.business_date >= input.fromDate && row.business_date <= input.toDate
  const hidden = TELLS_OPEN_SESSIONS.includes(input.report) ? hiddenFrom(reader, readerId).filter(inDays) : []
  const scope = {
    fromDate: input.fromDate,
    toDate: input.toDate,
    personId: input.personId ?? null,
    drawerId: input.drawerId ?? null,
    hiddenIds: hidden.map(row => row.session_id),
  }
  const { sections, notes } = BUILDERS[input.report]({ reader, scope, making })
  const hiddenNote = hidden.length === 0 ? [] : [NOTES.hidden(hidden.map(row => row.number).join(', '))]
  return {
    title: TITLES[input.report],
    subtitle: subtitleOf(input, making, { by: readerId, for: utilityName }),
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
    fromDate: daysLater(toDate, 1 - OVER_SHORT_DAYS),
    toDate,
    personId: readsAll ? null : readerId,
    drawerId: null,
  })
  const naming = namingOf(reader)
  const nameOf = tenderNames(reader)
  return [...Map.groupBy(rows, row => row.sessionId).values()].flatMap(of => {
    const [first] = of
    if (!first) return []
    return {
      sessionId: first.sessionId,
      zNumber: first.zNumber,
      businessDate: first.businessDate,
      cashierName: naming.person(first.personId),
      drawerName: naming.drawer(first.drawerId),
      weekday: weekdayOf(first.businessDate),
      differences: of.map(({ tender, overShortCents }) => ({ tender, name: nameOf(tender), overShortCents })),
    }
  })
}
