import { expect } from 'vitest'
import { newId } from '../../../../shared/id.ts'
import { cents } from '../../../../shared/money.ts'
import { approvalBy, CHANGE_FUND, drawerId, openDrawer, piecesOf } from '../../../support/desk.ts'
import { clientOf, type TestTill } from '../../../support/screens.ts'
import { endSession, openDrawerOf } from '../../at-the-desk.ts'
import type { NounScenarios } from '../../scenario.ts'

const NO_SUCH_NOTE = [{ valueCents: cents(300), kind: 'note' as const, pieces: 1, bundles: 0 }]

async function idle(till: TestTill) {
  const client = await clientOf(till, 'cashier')
  await endSession(client, 'cashier')
  return { client, drawerId: await drawerId(client) }
}

/** A cashier who found ten dollars less in a drawer than were left in it, twice. */
async function countedTwice(till: TestTill) {
  const { client: before } = await openDrawerOf(till, 'cashier')
  await endSession(before, 'cashier')
  const { client, ...drawer } = await idle(till)
  for (const round of [1, 2]) {
    const found = piecesOf(cents(4_200 + round))
    await client.session.open({ commandId: newId(), ...drawer, pieces: found })
  }
  const approval = approvalBy('supervisor')
  return { client, input: { commandId: newId(), ...drawer, fundCents: null, reason: 'Found so', approval } }
}

/** Opening a drawer, on what was left in it and on what was not. */
export const opening: Pick<NounScenarios<'session'>, 'open' | 'openDifferent' | 'openings'> = {
  open: {
    async ready(till) {
      const { client, ...drawer } = await idle(till)
      return { client, input: { commandId: newId(), ...drawer, pieces: piecesOf(CHANGE_FUND) } }
    },
    async expects(output, { client }) {
      expect(output).toMatchObject({
        outcome: 'opened',
        opened: { openingCents: CHANGE_FUND, changeFundWantedCents: CHANGE_FUND },
      })
      expect(output.opened).toHaveProperty('leftBefore')
      expect((await client.till.state()).session).toMatchObject({
        number: output.opened?.number,
        state: 'open',
      })
    },
    refusals: {
      UNKNOWN_DRAWER: async till =>
        (await idle(till)).client.session.open({ commandId: newId(), drawerId: newId(), pieces: [] }),
      DRAWER_IN_USE: async till => {
        await openDrawerOf(till, 'cashier')
        return openDrawer(await clientOf(till, 'colleague'), 'Window 1')
      },
      ALREADY_OPEN: async till => openDrawer((await openDrawerOf(till, 'cashier')).client, 'Window 2'),
      COUNTED_TWICE: async till => {
        const { client, input } = await countedTwice(till)
        const { drawerId } = input
        return client.session.open({ commandId: newId(), drawerId, pieces: piecesOf(CHANGE_FUND) })
      },
      COUNT_NOT_VALID: async till => {
        const { client, input } = await opening.open.ready(till)
        return client.session.open({ ...input, pieces: NO_SUCH_NOTE })
      },
    },
  },
  openings: {
    async ready(till) {
      return { client: (await countedTwice(till)).client, input: undefined }
    },
    expects(output) {
      expect(output.find(of => of.difference !== null)).toMatchObject({
        name: 'Window 1',
        heldByName: null,
        round: 3,
        difference: { countedCents: 4_202, fund: null },
      })
    },
    refusals: {},
  },
  openDifferent: {
    ready: countedTwice,
    async expects(output, { client }) {
      expect(output).toMatchObject({ openingCents: 4_202 })
      expect((await client.till.state()).session).toMatchObject({ number: output.number, state: 'open' })
    },
    refusals: {
      UNKNOWN_DRAWER: async till => {
        const { client, input } = await countedTwice(till)
        return client.session.openDifferent({ ...input, drawerId: newId() })
      },
      DRAWER_IN_USE: async till => {
        const { client, input } = await countedTwice(till)
        const colleague = await clientOf(till, 'colleague')
        await openDrawer(colleague)
        return client.session.openDifferent(input).finally(() => endSession(colleague, 'colleague'))
      },
      ALREADY_OPEN: async till => {
        const { client, input } = await countedTwice(till)
        await openDrawer(client, 'Window 2')
        return client.session.openDifferent(input).finally(() => endSession(client, 'cashier'))
      },
      NOT_COUNTED: async till => {
        const { client, ...drawer } = await idle(till)
        const approval = approvalBy('supervisor')
        const asked = { commandId: newId(), ...drawer, fundCents: null, reason: 'x', approval }
        return client.session.openDifferent(asked)
      },
      FUND_CHANGED: async till => {
        const { client, input } = await countedTwice(till)
        return client.session.openDifferent({ ...input, fundCents: cents(30_000) })
      },
      TEXT_NOT_ALLOWED: async till => {
        const { client, input } = await countedTwice(till)
        return client.session.openDifferent({ ...input, reason: ' ' })
      },
    },
  },
}
