/** A reason is asked for wherever money differs: none is refused, and so is one that is too long as it is kept. */
import { expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import {
  approvalBy,
  CHANGE_FUND,
  countDrawer,
  countOf,
  countTwice,
  drawerId,
  openDrawer,
  piecesOf,
} from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'
import { absentInput } from '../../support/two-counts.ts'
import { LETTER } from '../receipt/at-the-window.ts'

const approval = approvalBy('supervisor')
const SHORT = cents(CHANGE_FUND - 100)

interface Reasoned {
  what: string
  /** The first number of letters, each kept as three, that is too many. */
  tooMany: number
  ready: (till: OpenTill, client: TillClient) => Promise<(reason: string) => Promise<unknown>>
}

const ASKED: Reasoned[] = [
  {
    what: 'a close with a difference',
    tooMany: 27,
    ready: async (_till, client) => {
      await openDrawer(client)
      await countTwice(client, SHORT)
      return reason => client.session.close({ commandId: newId(), reason, approval })
    },
  },
  {
    what: 'a close for somebody who is not there',
    tooMany: 27,
    ready: async (till, client) => {
      const { sessionId } = await openDrawer(client)
      const lead = await clientOf(till, 'lead')
      const input = await absentInput(lead, sessionId, CHANGE_FUND)
      return reason => lead.session.closeAbsent({ ...input, commandId: newId(), reason })
    },
  },
  {
    what: 'an opening on another amount',
    tooMany: 67,
    ready: async (_till, client) => {
      await openDrawer(client)
      await countDrawer(client, CHANGE_FUND)
      const drawer = { drawerId: await drawerId(client) }
      for (const commandId of [newId(), newId()])
        await client.session.open({ ...drawer, commandId, pieces: piecesOf(SHORT) })
      return reason =>
        client.session.openDifferent({ ...drawer, commandId: newId(), fundCents: null, reason, approval })
    },
  },
  {
    what: 'a limit that is lifted',
    tooMany: 67,
    ready: async (_till, client) => {
      await openDrawer(client, 'Window 1', cents(250_000))
      return reason => client.session.liftLimit({ commandId: newId(), reason, approval })
    },
  },
]

it.each(ASKED)('$what takes a reason that can be kept', async ({ ready, tooMany }) => {
  const till = await openTestTill()
  const ask = await ready(till, await clientOf(till, 'cashier'))
  const field = 'reason'
  expect(await refused(ask(' '), 'TEXT_NOT_ALLOWED')).toEqual({ field, reason: 'empty' })
  expect(await refused(ask(LETTER.repeat(tooMany)), 'TEXT_NOT_ALLOWED')).toEqual({
    field,
    reason: 'too-long',
  })
  await ask(LETTER.repeat(tooMany - 1))
})

it('a check that is entered by hand has a number that can be kept', async () => {
  const client = await clientOf(await openTestTill(), 'cashier')
  await openDrawer(client)
  const counted = async (reference: string) => {
    const extraItems = [{ tender: 'check', reference, cents: cents(100) }]
    return client.session.count({
      commandId: newId(),
      count: { ...(await countOf(client, CHANGE_FUND)), extraItems },
    })
  }
  expect(await refused(counted(LETTER.repeat(14)), 'TEXT_NOT_ALLOWED')).toEqual({
    field: 'reference',
    reason: 'too-long',
  })
  expect((await counted(LETTER.repeat(13))).outcome).toBe('recount')
})
