/** A cash limit that somebody lifts, as it stands on record. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, sell } from '../../support/desk.ts'
import { changeDrawer } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { bodiesOf } from '../../support/till.ts'
import { atTheWindow } from '../receipt/at-the-window.ts'

describe('a limit that is lifted', () => {
  it('states as much again as the limit above what the drawer holds, why and by whom', async () => {
    const { till, client, sessionId } = await atTheWindow()
    await changeDrawer(await clientOf(till, 'administrator'), { limitCents: cents(30_000) })
    const asked = () => ({ commandId: newId(), reason: ' A large one ', approval: approvalBy('lead') })
    await sell(client, cents(9_999))
    await refused(client.session.liftLimit(asked()), 'LIMIT_NOT_REACHED')
    await sell(client, cents(40_001))
    await client.session.liftLimit(asked())
    expect(bodiesOf(till, 'session.limit-lifted')).toEqual([
      { sessionId, limitCents: 100_000, reason: 'A large one', approvedBy: approvalBy('lead').personId },
    ])
  })
})
