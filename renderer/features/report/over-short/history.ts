/** Over and short of many sessions: one tender at a time, added up by cashier, drawer or weekday. */
import type { OverShort } from '../../../../shared/contract/report.ts'
import { add, type Cents, cents, negate, sum, ZERO } from '../../../../shared/money.ts'
import type { BusinessDate } from '../../../../shared/time.ts'
import { historyText } from '../../../text/report/reports.ts'

export type Grouping = keyof typeof historyText.groupings

/** One tender of one session, at its opening or at its close. */
export interface Difference {
  sessionId: string
  at: OverShort['at']
  zNumber: string
  businessDate: BusinessDate
  cashierName: string
  drawerName: string
  weekday: number
  overShortCents: Cents
}

/** Tenders that were counted in any of the sessions, in the order in which they come. */
export function tendersIn(history: readonly OverShort[]): { tender: string; name: string }[] {
  const names = new Map(
    history.flatMap(session => session.differences.map(({ tender, name }) => [tender, name] as const)),
  )
  return [...names].map(([tender, name]) => ({ tender, name }))
}

/** What each session was over or short of a tender; a session in which it was not counted is left out. */
export function differencesOf(history: readonly OverShort[], tender: string): Difference[] {
  return history.flatMap(({ differences, ...session }) => {
    const found = differences.find(one => one.tender === tender)
    return found === undefined ? [] : [{ ...session, overShortCents: cents(found.overShortCents) }]
  })
}

/** The group that a session belongs to, in words. */
export function groupOf(difference: Difference, by: Grouping): string {
  if (by === 'cashier') return difference.cashierName
  if (by === 'drawer') return difference.drawerName
  return historyText.weekdays[difference.weekday] ?? ''
}

export interface GroupSum {
  name: string
  sessions: number
  overTimes: number
  overCents: Cents
  shortTimes: number
  /** Positive: how much was missing. */
  shortCents: Cents
  netCents: Cents
}

/** Sums of some sessions. */
export function sumOf(name: string, list: readonly Difference[]): GroupSum {
  const over = list.filter(one => one.overShortCents > ZERO).map(one => one.overShortCents)
  const short = list.filter(one => one.overShortCents < ZERO).map(one => one.overShortCents)
  return {
    name,
    sessions: new Set(list.map(one => one.sessionId)).size,
    overTimes: over.length,
    overCents: sum(over),
    shortTimes: short.length,
    shortCents: negate(sum(short)),
    netCents: add(sum(over), sum(short)),
  }
}

/** The sums of each group; weekdays in their order, people and drawers by name. */
export function groupsOf(list: readonly Difference[], by: Grouping): GroupSum[] {
  const groups = [...Map.groupBy(list, one => groupOf(one, by))].map(([name, of]) => ({ name, of }))
  const order = (group: (typeof groups)[number]) => (by === 'weekday' ? (group.of[0]?.weekday ?? 0) : 0)
  return groups
    .toSorted((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1))
    .map(({ name, of }) => sumOf(name, of))
}

export interface Point extends Difference {
  cumulativeCents: Cents
}

/** Each session beside the sum of all up to it. */
export function cumulated(list: readonly Difference[]): Point[] {
  let running = ZERO
  return list.map(one => {
    running = add(running, one.overShortCents)
    return { ...one, cumulativeCents: running }
  })
}
