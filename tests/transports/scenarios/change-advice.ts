import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { cash, pay } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { endSession, openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

/** Sixty dollars back on a drawer that was opened with two hundred-dollar notes: they do not make it. */
export const changeAdvice: NounScenarios<'session'>['changeAdvice'] = {
  async ready(till) {
    const { client } = await openDrawerOf(till, 'cashier')
    const { receiptId } = await pay(client, cents(4_000), { tenders: [cash(cents(10_000))] })
    return { client, input: { receiptId } }
  },
  expects(output) {
    expect(output).toEqual({
      pieces: [
        { valueCents: 5_000, kind: 'note', label: '$50', pieces: 1 },
        { valueCents: 1_000, kind: 'note', label: '$10', pieces: 1 },
      ],
      isThere: false,
      runningLow: [],
    })
  },
  refusals: {
    NO_OPEN_SESSION: async till => {
      const client = await clientOf(till, 'cashier')
      await endSession(client, 'cashier')
      return client.session.changeAdvice({ receiptId: null })
    },
    UNKNOWN_RECEIPT: async till =>
      (await openDrawerOf(till, 'cashier')).client.session.changeAdvice({ receiptId: newId() }),
  },
}
