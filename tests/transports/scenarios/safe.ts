import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, check, pay, piecesOf } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

const FUND = cents(50_000)
const NO_SUCH_COIN = [{ valueCents: cents(3), kind: 'coin' as const, pieces: 1, bundles: 0 }]

async function ready(till: TestTill) {
  const client = await clientOf(till, 'lead')
  const input = {
    commandId: newId(),
    pieces: piecesOf(FUND),
    reason: 'The change fund',
    ownPin: approvalBy('lead').pin,
    approval: approvalBy('supervisor'),
  }
  return { client, input }
}

export const safe: NounScenarios<'safe'> = {
  content: {
    ownTill: true,
    async ready(till) {
      const { client } = await openDrawerOf(till, 'cashier')
      await pay(client, cents(2_500), { tenders: [check(cents(2_500))] })
      const { items } = await client.movement.sheet()
      const papers = items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo }))
      const count = { pieces: piecesOf(cents(4_000)), items: papers }
      const ownPin = approvalBy('cashier').pin
      const approval = approvalBy('lead')
      await client.movement.turnIn({ commandId: newId(), given: count, taken: count, ownPin, approval })
      return { client: await clientOf(till, 'auditor'), input: undefined }
    },
    expects(output) {
      expect(output).toMatchObject({ cashCents: 4_000, unsortedCents: 0, instrumentsCents: 2_500 })
      expect(output.pieces).toEqual([{ valueCents: 2_000, kind: 'note', pieces: 2, cents: 4_000 }])
      expect(output.instruments).toEqual([{ tender: 'check', count: 1, cents: 2_500 }])
      expect(output.entries[0]).toMatchObject({ personName: 'M. Alvarez', secondPersonName: 'R. Chen' })
    },
    refusals: {},
  },
  count: {
    ownTill: true,
    ready,
    async expects(output, { client }) {
      expect(output).toEqual({ cents: FUND, differenceCents: FUND })
      const content = await client.safe.content()
      expect(content).toMatchObject({ cashCents: FUND, unsortedCents: 0 })
      expect(content.entries[0]).toMatchObject({ kind: 'count', reason: 'The change fund' })
    },
    refusals: {
      TEXT_NOT_ALLOWED: async till => {
        const { client, input } = await ready(till)
        return client.safe.count({ ...input, reason: '4111 1111 1111 1111' })
      },
      COUNT_NOT_VALID: async till => {
        const { client, input } = await ready(till)
        return client.safe.count({ ...input, pieces: NO_SUCH_COIN })
      },
      REASON_MISSING: async till => {
        const { client, input } = await ready(till)
        return client.safe.count({ ...input, pieces: piecesOf(cents(FUND + 100)), reason: ' ' })
      },
      OWN_PIN_WRONG: async till => {
        const { client, input } = await ready(till)
        return client.safe.count({ ...input, ownPin: '0000' })
      },
    },
  },
}
