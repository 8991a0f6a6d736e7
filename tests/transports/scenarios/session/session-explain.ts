import { expect } from 'vitest'
import { newId } from '../../../../shared/id.ts'
import { countDrawer } from '../../../support/desk.ts'
import { clientOf } from '../../../support/screens.ts'
import { paidDrawerOf, unexplainedDrawerOf } from '../../at-the-desk.ts'
import type { NounScenarios } from '../../scenario.ts'

/** One payment of 50.00 in the drawer, and twice counted ten dollars too few. */
export const explain: NounScenarios<'session'>['explain'] = {
  async ready(till) {
    const { client, sessionId } = await unexplainedDrawerOf(till, 'cashier')
    return { client, input: { sessionId } }
  },
  expects({ candidates }) {
    expect(candidates.length).toBeGreaterThan(0)
    for (const { explains } of candidates) {
      expect(explains).toEqual([{ tender: 'cash', differenceCents: -1_000 }])
    }
  },
  refusals: {
    UNKNOWN_SESSION: async till => (await clientOf(till, 'auditor')).session.explain({ sessionId: newId() }),
    NOT_YOURS_TO_SEE: async till => {
      const { sessionId } = await unexplainedDrawerOf(till, 'cashier')
      return (await clientOf(till, 'colleague')).session.explain({ sessionId })
    },
    NOT_COUNTED: async till => {
      const { client, sessionId, receipt } = await paidDrawerOf(till, 'cashier')
      await countDrawer(client, receipt.changeCents)
      return (await clientOf(till, 'lead')).session.explain({ sessionId })
    },
  },
}
