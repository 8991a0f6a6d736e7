/** Sessions as others see and take them over: the board, hand over, surprise counts, the absent cashier. */
import { expect } from 'vitest'
import type { CountInput } from '../../../../shared/contract/session-fields.ts'
import { newId } from '../../../../shared/id.ts'
import { cents } from '../../../../shared/money.ts'
import type { PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import { CHANGE_FUND, check, countOf, openDrawer, pay, piecesOf } from '../../../support/desk.ts'
import { clientOf, type TestTill } from '../../../support/screens.ts'
import { absentInput, countOfOther, handOverInput } from '../../../support/two-counts.ts'
import {
  closedSessionOf,
  endSession,
  openDrawerOf,
  paidDrawerOf,
  unexplainedDrawerOf,
} from '../../at-the-desk.ts'
import type { NounScenarios } from '../../scenario.ts'

type Noun = NounScenarios<'session'>

const NO_SUCH_NOTE: PieceCount[] = [{ valueCents: cents(300), kind: 'note', pieces: 1, bundles: 0 }]
const CARD_NUMBER = '4111111111111111'
const WRONG_PIN = '0000'
const THERE = cents(CHANGE_FUND + 5_000)

/** Nobody has a drawer who had one from an earlier scenario; the cashier first, whose close may hand it over. */
async function allIdle(till: TestTill) {
  for (const who of ['cashier', 'lead', 'supervisor'] as const)
    await endSession(await clientOf(till, who), who)
}

/** A cashier with one payment in the drawer, and a lead without one. */
async function paidDrawer(till: TestTill) {
  await allIdle(till)
  const { client, sessionId } = await paidDrawerOf(till, 'cashier')
  return { cashier: client, sessionId, lead: await clientOf(till, 'lead') }
}

const noted = (reference: string) => [{ tender: 'check' as const, reference, cents: cents(1_000) }]

/** A cashier whose drawer also holds a check. */
async function drawerWithCheck(till: TestTill) {
  const drawer = await paidDrawer(till)
  await pay(drawer.cashier, cents(1_000), { tenders: [check(cents(1_000))] })
  return drawer
}

/** The same input with its check entered from the paper instead of ticked. */
const enteredByHand = <I extends { count: CountInput }>(input: I): I => ({
  ...input,
  count: { ...input.count, items: [], extraItems: noted('1042') },
})

const handOver: Noun['handOver'] = {
  async ready(till) {
    const { cashier } = await drawerWithCheck(till)
    return { client: cashier, input: enteredByHand(await handOverInput(cashier, THERE, { to: 'lead' })) }
  },
  async expects(output, { client, till }) {
    expect(output).toMatchObject({ outcome: 'closed', zNumber: expect.stringMatching(/^W1-Z\d{4}$/) })
    expect((await client.till.state()).session).toBeNull()
    const { session } = await (await clientOf(till, 'lead')).till.state()
    expect(session).toMatchObject({ number: output.nextSessionNumber, state: 'open' })
  },
  refusals: {
    NO_OPEN_SESSION: async till => {
      const { client, input } = await handOver.ready(till)
      await endSession(client, 'cashier')
      return client.session.handOver(input)
    },
    COUNTED_TWICE: async till => {
      await allIdle(till)
      const { client } = await unexplainedDrawerOf(till, 'cashier')
      return client.session.handOver(await handOverInput(client, THERE, { to: 'lead' }))
    },
    TAKER_HAS_DRAWER: async till => {
      const { client, input } = await handOver.ready(till)
      await openDrawer(await clientOf(till, 'lead'), 'Window 3')
      return client.session.handOver(input)
    },
    COUNTS_DIFFER: async till => {
      const { client, input } = await handOver.ready(till)
      return client.session.handOver({ ...input, takerPieces: piecesOf(CHANGE_FUND) })
    },
    COUNT_NOT_VALID: async till => {
      const { client, input } = await handOver.ready(till)
      return client.session.handOver({ ...input, takerPieces: NO_SUCH_NOTE })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await handOver.ready(till)
      const count = { ...input.count, extraItems: noted(CARD_NUMBER) }
      return client.session.handOver({ ...input, count })
    },
    OWN_PIN_WRONG: async till => {
      const { client, input } = await handOver.ready(till)
      return client.session.handOver({ ...input, ownPin: WRONG_PIN })
    },
  },
}

const surpriseCount: Noun['surpriseCount'] = {
  async ready(till) {
    const { lead, sessionId } = await drawerWithCheck(till)
    const count = await countOfOther(lead, sessionId, cents(THERE - 50))
    return { client: lead, input: enteredByHand({ commandId: newId(), sessionId, count }) }
  },
  async expects(output, { till }) {
    const cash = output.balances.find(balance => balance.tender === 'cash')
    expect(cash).toMatchObject({ expectedCents: THERE, countedCents: THERE - 50, overShortCents: -50 })
    const { session } = await (await clientOf(till, 'cashier')).till.state()
    expect(session).toMatchObject({ state: 'open' })
  },
  refusals: {
    UNKNOWN_SESSION: async till => {
      const { client, input } = await surpriseCount.ready(till)
      return client.session.surpriseCount({ ...input, sessionId: newId() })
    },
    SESSION_CLOSED: async till => {
      const { client, input } = await surpriseCount.ready(till)
      await endSession(await clientOf(till, 'cashier'), 'cashier')
      return client.session.surpriseCount(input)
    },
    SESSION_COUNTED: async till => {
      await allIdle(till)
      const { sessionId } = await unexplainedDrawerOf(till, 'cashier')
      const lead = await clientOf(till, 'lead')
      const count = await countOfOther(lead, sessionId, THERE)
      return lead.session.surpriseCount({ commandId: newId(), sessionId, count })
    },
    OWN_SESSION_IS_BLIND: async till => {
      const { client, sessionId } = await openDrawerOf(till, 'lead')
      const count = await countOf(client, CHANGE_FUND)
      return client.session.surpriseCount({ commandId: newId(), sessionId, count })
    },
    COUNT_NOT_VALID: async till => {
      const { client, input } = await surpriseCount.ready(till)
      const unknown = [{ receiptId: newId(), tenderNo: 1 }]
      return client.session.surpriseCount({ ...input, count: { ...input.count, items: unknown } })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await surpriseCount.ready(till)
      const count = { ...input.count, extraItems: noted(CARD_NUMBER) }
      return client.session.surpriseCount({ ...input, count })
    },
  },
}

const closeAbsent: Noun['closeAbsent'] = {
  async ready(till) {
    const { lead, sessionId } = await drawerWithCheck(till)
    return { client: lead, input: enteredByHand(await absentInput(lead, sessionId, cents(THERE - 50))) }
  },
  async expects(output, { client, input, till }) {
    expect(output.outcome).toBe('closed')
    expect((await (await clientOf(till, 'cashier')).till.state()).session).toBeNull()
    expect(await client.session.readZ({ sessionId: input.sessionId })).toMatchObject({
      reason: 'Went home ill',
      closedInAbsenceBy: { name: 'R. Chen', secondName: 'D. Whitfield' },
    })
  },
  refusals: {
    UNKNOWN_SESSION: async till => {
      const { client, input } = await closeAbsent.ready(till)
      return client.session.closeAbsent({ ...input, sessionId: newId() })
    },
    SESSION_CLOSED: async till => {
      const { client, input } = await closeAbsent.ready(till)
      await endSession(await clientOf(till, 'cashier'), 'cashier')
      return client.session.closeAbsent(input)
    },
    OWN_SESSION_IS_BLIND: async till => {
      const { client, input } = await closeAbsent.ready(till)
      const { sessionId } = await openDrawer(client, 'Window 3')
      return client.session.closeAbsent({ ...input, sessionId })
    },
    APPROVER_IS_CASHIER: async till => {
      const { client, input } = await closeAbsent.ready(till)
      const { sessionId } = await openDrawer(await clientOf(till, 'supervisor'), 'Window 3')
      return client.session.closeAbsent({ ...input, sessionId })
    },
    COUNTS_DIFFER: async till => {
      const { client, input } = await closeAbsent.ready(till)
      return client.session.closeAbsent({ ...input, secondPieces: [] })
    },
    COUNT_NOT_VALID: async till => {
      const { client, input } = await closeAbsent.ready(till)
      return client.session.closeAbsent({ ...input, secondPieces: NO_SUCH_NOTE })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await closeAbsent.ready(till)
      return client.session.closeAbsent({ ...input, reason: ' ' })
    },
    OWN_PIN_WRONG: async till => {
      const { client, input } = await closeAbsent.ready(till)
      return client.session.closeAbsent({ ...input, ownPin: WRONG_PIN })
    },
  },
}

const surpriseSheet: Noun['surpriseSheet'] = {
  async ready(till) {
    const { lead, sessionId } = await paidDrawer(till)
    return { client: lead, input: { sessionId } }
  },
  expects(output, { input }) {
    expect(output).toMatchObject({ sessionId: input.sessionId, drawerName: 'Window 1', items: [] })
    expect(JSON.stringify(output)).not.toContain('expected')
  },
  refusals: {
    UNKNOWN_SESSION: async till =>
      (await clientOf(till, 'lead')).session.surpriseSheet({ sessionId: newId() }),
    SESSION_CLOSED: async till => {
      await allIdle(till)
      const { sessionId } = await closedSessionOf(till, 'cashier')
      return (await clientOf(till, 'lead')).session.surpriseSheet({ sessionId })
    },
    OWN_SESSION_IS_BLIND: async till => {
      const { client, sessionId } = await openDrawerOf(till, 'lead')
      return client.session.surpriseSheet({ sessionId })
    },
  },
}

export const oversight: Pick<
  Noun,
  'board' | 'takers' | 'handOver' | 'surpriseSheet' | 'surpriseCount' | 'closeAbsent'
> = {
  board: {
    async ready(till) {
      return { client: (await paidDrawer(till)).lead, input: undefined }
    },
    expects(output) {
      const drawer = output.drawers.find(({ drawerName }) => drawerName === 'Window 1')
      expect(drawer?.session).toMatchObject({
        cashierName: 'M. Alvarez',
        level: { cashCents: THERE, percent: 10 },
      })
    },
    refusals: {},
  },
  takers: {
    async ready(till) {
      const { cashier, lead } = await paidDrawer(till)
      await openDrawer(lead, 'Window 3')
      return { client: cashier, input: undefined }
    },
    expects(output) {
      const told = output.map(({ name, drawerName }) => [name, drawerName])
      expect(told).toContainEqual(['R. Chen', 'Window 3'])
      expect(told).toContainEqual(['J. Okonkwo', null])
    },
    refusals: {},
  },
  handOver,
  surpriseSheet,
  surpriseCount,
  closeAbsent,
}
