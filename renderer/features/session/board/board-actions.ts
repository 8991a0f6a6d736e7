/** What may be done with a drawer from the board, by whom. */
import type { BoardDrawer } from '../../../../shared/contract/session.ts'
import { APPROVERS, type Role } from '../../../../shared/roles.ts'

export type BoardSession = NonNullable<BoardDrawer['session']>
export type BoardAction = 'readX' | 'surprise' | 'absent'

/** Nothing at one's own drawer; a counted drawer is counted by surprise no more; only approvers close for others. */
export function actionsAt(
  session: BoardSession | null,
  person: { personId: string; role: Role },
): BoardAction[] {
  if (session === null || session.cashierId === person.personId) return []
  return [
    // Whoever counts this drawer blind is told no level, and may read no X report either.
    ...(session.level === null ? [] : ['readX' as const]),
    ...(session.state === 'open' ? ['surprise' as const] : []),
    ...(APPROVERS.includes(person.role) ? ['absent' as const] : []),
  ]
}

export interface HourBar {
  hour: number
  receiptCount: number
  /** Height in percent of the busiest hour. */
  percent: number
}

/** Every hour from the first to the last with a receipt, so that a quiet one is seen as a gap. */
export function hourBars(hours: readonly { hour: number; receiptCount: number }[]): HourBar[] {
  const first = hours[0]?.hour
  const last = hours.at(-1)?.hour
  if (first === undefined || last === undefined) return []
  const most = Math.max(...hours.map(of => of.receiptCount))
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const hour = first + at
    const receiptCount = hours.find(of => of.hour === hour)?.receiptCount ?? 0
    return { hour, receiptCount, percent: Math.round((receiptCount * 100) / most) }
  })
}
