import { expect } from 'vitest'
import { newId } from '../../../../shared/id.ts'
import { cents } from '../../../../shared/money.ts'
import { approvalBy, countOf } from '../../../support/desk.ts'
import { clientOf, type TestTill } from '../../../support/screens.ts'
import { endSession, openDrawerOf } from '../../at-the-desk.ts'
import type { NounScenarios } from '../../scenario.ts'

/** As much as the limit of the sample city's drawers. */
const FULL = cents(250_000)
const order = () => ({ commandId: newId(), reason: 'A large payment', approval: approvalBy('supervisor') })

/** A drawer at its cash limit, and how more of it is allowed. */
export const limit: Pick<NounScenarios<'session'>, 'liftLimit'> = {
  liftLimit: {
    async ready(till: TestTill) {
      return { client: (await openDrawerOf(till, 'cashier', FULL)).client, input: order() }
    },
    async expects(_output, { client }) {
      expect((await client.till.state()).session?.level).toMatchObject({ state: 'warn', lifted: true })
    },
    refusals: {
      NO_OPEN_SESSION: async till => {
        const client = await clientOf(till, 'cashier')
        await endSession(client, 'cashier')
        return client.session.liftLimit(order())
      },
      SESSION_COUNTED: async till => {
        const { client } = await openDrawerOf(till, 'cashier', FULL)
        await client.session.count({ commandId: newId(), count: await countOf(client, cents(1_000)) })
        return client.session.liftLimit(order())
      },
      LIMIT_NOT_REACHED: async till =>
        (await openDrawerOf(till, 'cashier')).client.session.liftLimit(order()),
      LIMIT_LIFTED_ALREADY: async till => {
        const { client } = await openDrawerOf(till, 'cashier', FULL)
        await client.session.liftLimit(order())
        return client.session.liftLimit(order())
      },
      TEXT_NOT_ALLOWED: async till => {
        const { client } = await openDrawerOf(till, 'cashier', FULL)
        return client.session.liftLimit({ ...order(), reason: ' ' })
      },
    },
  },
}
