import { describe, expect, it } from 'vitest'
import {
  actionsAt,
  type BoardSession,
  hourBars,
} from '../../renderer/features/session/board/board-actions.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import type { Role } from '../../shared/roles.ts'
import type { BusinessDate } from '../../shared/time.ts'

const session: BoardSession = {
  sessionId: newId(),
  number: 'W1-S0001',
  zNumber: null,
  drawerName: 'Window 1',
  cashierId: newId(),
  cashierName: 'M. Alvarez',
  businessDate: '2026-11-20' as BusinessDate,
  openedAtMs: 0,
  closedAtMs: null,
  state: 'open',
  receiptCount: 0,
  deposited: false,
  lastActivityMs: 0,
  tooOld: false,
  level: { cashCents: cents(20_000), percent: 8 },
  tenders: [],
  runningLow: [],
  heldCount: 0,
}
const somebody = (role: Role) => ({ personId: newId(), role })

describe('what is done from the board', () => {
  it('a lead reads, counts by surprise and closes for the absent; an auditor closes nothing', () => {
    expect(actionsAt(session, somebody('lead'))).toEqual(['readX', 'surprise', 'absent'])
    expect(actionsAt(session, somebody('auditor'))).toEqual(['readX', 'surprise'])
  })

  it('nobody does anything at their own drawer, or at one that is not open', () => {
    expect(actionsAt(session, { personId: session.cashierId, role: 'supervisor' })).toEqual([])
    expect(actionsAt(null, somebody('supervisor'))).toEqual([])
  })

  it('a counted drawer is surprised no more, and whoever is taking it over reads no X report of it', () => {
    const counted = { ...session, state: 'counted' as const }
    expect(actionsAt(counted, somebody('lead'))).toEqual(['readX', 'absent'])
    expect(actionsAt({ ...counted, level: null }, somebody('lead'))).toEqual(['absent'])
  })
})

describe('the day by hour', () => {
  it('runs from the first hour with a receipt to the last, and keeps the quiet ones', () => {
    const bars = hourBars([
      { hour: 9, receiptCount: 3 },
      { hour: 11, receiptCount: 12 },
    ])
    expect(bars).toEqual([
      { hour: 9, receiptCount: 3, percent: 25 },
      { hour: 10, receiptCount: 0, percent: 0 },
      { hour: 11, receiptCount: 12, percent: 100 },
    ])
  })

  it('is nothing where nothing was taken', () => {
    expect(hourBars([])).toEqual([])
  })
})
