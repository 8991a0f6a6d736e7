/** The list of sessions, and X and Z reports as they are read. */
import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { CHANGE_FUND, closedSession, countDrawer } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { bodiesOf, openTestTill } from '../../support/till.ts'
import { atTheWindow } from '../receipt/at-the-window.ts'

describe('the list of sessions', () => {
  it('is of the days that are asked for, or of one session alone', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const first = await closedSession(client)
    till.clock.advance(24 * HOUR_MS)
    const second = await closedSession(client, cents(200))
    const listed = async (asked: Parameters<TillClient['session']['list']>[0]) =>
      (await client.session.list(asked)).map(({ sessionId }) => sessionId)
    expect(await listed({})).toEqual([second.sessionId, first.sessionId])
    const [friday, saturday] = ['2026-11-20', '2026-11-21'] as BusinessDate[]
    expect(await listed({ toDate: friday })).toEqual([first.sessionId])
    expect(await listed({ fromDate: saturday })).toEqual([second.sessionId])
    expect(await listed({ sessionId: first.sessionId })).toEqual([first.sessionId])
    expect(await listed({ sessionId: newId() })).toEqual([])
  })
})

describe('an X report', () => {
  it('stands on record each time that it is read or printed', async () => {
    const { till, sessionId } = await atTheWindow()
    const lead = await clientOf(till, 'lead')
    await lead.session.readX({ sessionId })
    await lead.session.xDocument({ sessionId })
    expect(bodiesOf(till, 'session.x-read')).toEqual([{ sessionId }, { sessionId }])
  })

  it('bears as a paper the number of the session, and a Z report its own', async () => {
    const { till, client, sessionId } = await atTheWindow()
    const lead = await clientOf(till, 'lead')
    expect((await lead.session.xDocument({ sessionId })).name).toBe('X-W1-S0001.pdf')
    await countDrawer(client, CHANGE_FUND)
    expect((await client.session.zDocument({ sessionId })).name).toBe('W1-Z0001.pdf')
  })
})
