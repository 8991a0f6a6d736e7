import { expect } from 'vitest'
import { newId } from '../../../../shared/id.ts'
import { cents } from '../../../../shared/money.ts'
import { approvalBy, CHANGE_FUND, check, countOf, openDrawer, pay } from '../../../support/desk.ts'
import { savePerson } from '../../../support/office.ts'
import { clientOf, type TestTill } from '../../../support/screens.ts'
import { absentInput } from '../../../support/two-counts.ts'
import {
  closedSessionOf,
  endSession,
  openDrawerOf,
  paidDrawerOf,
  unexplainedDrawerOf,
  unexplainedHandOverOf,
} from '../../at-the-desk.ts'
import type { NounScenarios } from '../../scenario.ts'

const NOTHING = { pieces: [], items: [], extraItems: [], slips: [] }

async function idle(till: TestTill) {
  const client = await clientOf(till, 'cashier')
  await endSession(client, 'cashier')
  return client
}

/** Whoever comes next finds no hand-over half done: two others close the drawer. */
async function leaveBehind(till: TestTill, sessionId: string): Promise<void> {
  const lead = await clientOf(till, 'lead')
  await lead.session.closeAbsent(await absentInput(lead, sessionId, CHANGE_FUND))
}

async function startsAsPdf(file: File): Promise<boolean> {
  return (await file.slice(0, 5).text()) === '%PDF-'
}

type Work =
  | 'countSheet'
  | 'count'
  | 'difference'
  | 'close'
  | 'readX'
  | 'readZ'
  | 'xDocument'
  | 'zDocument'
  | 'list'

/** What a cashier does with a session from its opening to its close, and what is read of it. */
export const work: Pick<NounScenarios<'session'>, Work> = {
  countSheet: {
    async ready(till) {
      const { client } = await openDrawerOf(till, 'cashier')
      await pay(client, cents(3_000), { tenders: [check(cents(3_000))] })
      return { client, input: undefined }
    },
    expects(output) {
      expect(output.round).toBe(1)
      expect(output.items).toEqual([expect.objectContaining({ tender: 'check', reference: '1042' })])
      expect(JSON.stringify(output.items)).not.toContain('3000')
    },
    refusals: { NO_OPEN_SESSION: async till => (await idle(till)).session.countSheet() },
  },
  count: {
    async ready(till) {
      const { client } = await paidDrawerOf(till, 'cashier')
      const found = { tender: 'check' as const, reference: '77', cents: cents(1_000) }
      const count = await countOf(client, cents(CHANGE_FUND + 5_000))
      return { client, input: { commandId: newId(), count: { ...count, extraItems: [found] } } }
    },
    expects(output) {
      expect(output).toEqual({ outcome: 'recount', balances: [], zNumber: null })
    },
    refusals: {
      NO_OPEN_SESSION: async till => (await idle(till)).session.count({ commandId: newId(), count: NOTHING }),
      COUNTED_TWICE: async till =>
        (await unexplainedDrawerOf(till, 'cashier')).client.session.count({
          commandId: newId(),
          count: NOTHING,
        }),
      COUNT_NOT_VALID: async till => {
        const { client } = await openDrawerOf(till, 'cashier')
        const unknown = [{ receiptId: newId(), tenderNo: 1 }]
        return client.session.count({ commandId: newId(), count: { ...NOTHING, items: unknown } })
      },
      TEXT_NOT_ALLOWED: async till => {
        const { client, input } = await work.count.ready(till)
        const extraItems = input.count.extraItems.map(item => ({ ...item, reference: '4111111111111111' }))
        return client.session.count({ ...input, count: { ...input.count, extraItems } })
      },
    },
  },
  difference: {
    async ready(till) {
      return { client: (await unexplainedDrawerOf(till, 'cashier')).client, input: undefined }
    },
    expects(output) {
      const byTender = new Map(output?.balances.map(balance => [balance.tender, balance.overShortCents]))
      expect(output?.outcome).toBe('explain')
      expect(byTender.get('cash')).toBe(-1_000)
    },
    refusals: {},
  },
  close: {
    async ready(till) {
      const { client } = await unexplainedDrawerOf(till, 'cashier')
      const approval = approvalBy('supervisor')
      return { client, input: { commandId: newId(), reason: 'Ten dollars short', approval } }
    },
    async expects(output, { client }) {
      expect(output).toEqual({ zNumber: expect.stringMatching(/^W1-Z\d{4}$/), nextSessionNumber: null })
      expect((await client.till.state()).session).toBeNull()
    },
    refusals: {
      NO_OPEN_SESSION: async till => {
        const client = await idle(till)
        return client.session.close({ commandId: newId(), reason: 'x', approval: approvalBy('lead') })
      },
      NOT_COUNTED: async till => {
        const { client } = await openDrawerOf(till, 'cashier')
        return client.session.close({ commandId: newId(), reason: 'x', approval: approvalBy('lead') })
      },
      TAKER_HAS_DRAWER: async till => {
        const { client, sessionId } = await unexplainedHandOverOf(till)
        await openDrawer(await clientOf(till, 'lead'), 'Window 3')
        const input = { commandId: newId(), reason: 'x', approval: approvalBy('supervisor') }
        return client.session.close(input).finally(() => leaveBehind(till, sessionId))
      },
      TAKER_GONE: async till => {
        const { client, sessionId } = await unexplainedHandOverOf(till)
        const administrator = await clientOf(till, 'administrator')
        const { personId } = approvalBy('lead')
        // Whoever becomes an auditor takes no money any more.
        const become = (role: 'auditor' | 'lead') =>
          savePerson(administrator, { personId, name: 'R. Chen', active: true, role })
        await become('auditor')
        const input = { commandId: newId(), reason: 'x', approval: approvalBy('supervisor') }
        return client.session.close(input).finally(async () => {
          await become('lead')
          await leaveBehind(till, sessionId)
        })
      },
      TEXT_NOT_ALLOWED: async till => {
        const { client, input } = await work.close.ready(till)
        return client.session.close({ ...input, reason: ' ' })
      },
    },
  },
  readX: {
    async ready(till) {
      const { sessionId } = await paidDrawerOf(till, 'cashier')
      return { client: await clientOf(till, 'supervisor'), input: { sessionId } }
    },
    expects(output) {
      const cash = output.balances.find(balance => balance.tender === 'cash')
      expect(output).toMatchObject({ kind: 'x', zNumber: null, receiptCount: 1, totalCents: 5_000 })
      expect(cash).toMatchObject({ expectedCents: CHANGE_FUND + 5_000, countedCents: null })
    },
    refusals: {
      UNKNOWN_SESSION: async till => (await clientOf(till, 'lead')).session.readX({ sessionId: newId() }),
      SESSION_CLOSED: async till => {
        const { sessionId } = await closedSessionOf(till, 'cashier')
        return (await clientOf(till, 'lead')).session.readX({ sessionId })
      },
      OWN_SESSION_IS_BLIND: async till => {
        const { client, sessionId } = await openDrawerOf(till, 'lead')
        return client.session.readX({ sessionId })
      },
    },
  },
  readZ: {
    async ready(till) {
      const { client, sessionId } = await closedSessionOf(till, 'cashier')
      return { client, input: { sessionId } }
    },
    expects(output) {
      expect(output).toMatchObject({ kind: 'z', totalCents: 5_000, reason: '', approvedByName: null })
      expect(output.balances.find(balance => balance.tender === 'cash')).toMatchObject({
        expectedCents: CHANGE_FUND + 5_000,
        countedCents: CHANGE_FUND + 5_000,
        overShortCents: 0,
      })
      expect(output.verificationCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    },
    refusals: {
      UNKNOWN_SESSION: async till => (await clientOf(till, 'cashier')).session.readZ({ sessionId: newId() }),
      SESSION_NOT_CLOSED: async till => {
        const { client, sessionId } = await openDrawerOf(till, 'cashier')
        return client.session.readZ({ sessionId })
      },
    },
  },
  zDocument: {
    async ready(till) {
      const { client, sessionId } = await closedSessionOf(till, 'cashier')
      return { client, input: { sessionId } }
    },
    async expects(output) {
      expect(output.name).toMatch(/^W1-Z\d{4}\.pdf$/)
      expect(await startsAsPdf(output)).toBe(true)
    },
    refusals: {
      UNKNOWN_SESSION: async till =>
        (await clientOf(till, 'cashier')).session.zDocument({ sessionId: newId() }),
      SESSION_NOT_CLOSED: async till => {
        const { client, sessionId } = await openDrawerOf(till, 'cashier')
        return client.session.zDocument({ sessionId })
      },
    },
  },
  xDocument: {
    ownTill: true,
    async ready(till) {
      const { sessionId } = await paidDrawerOf(till, 'cashier')
      return { client: await clientOf(till, 'lead'), input: { sessionId } }
    },
    async expects(output) {
      expect(output.name).toMatch(/^X-W1-S\d{4}\.pdf$/)
      expect(await startsAsPdf(output)).toBe(true)
    },
    refusals: {
      UNKNOWN_SESSION: async till => (await clientOf(till, 'lead')).session.xDocument({ sessionId: newId() }),
      SESSION_CLOSED: async till => {
        const { sessionId } = await closedSessionOf(till, 'cashier')
        return (await clientOf(till, 'lead')).session.xDocument({ sessionId })
      },
      OWN_SESSION_IS_BLIND: async till => {
        const { client, sessionId } = await openDrawerOf(till, 'supervisor')
        return client.session.xDocument({ sessionId })
      },
    },
  },
  list: {
    async ready(till) {
      const { client } = await openDrawerOf(till, 'cashier')
      return { client, input: {} }
    },
    expects(output) {
      expect(output[0]).toMatchObject({ state: 'open', drawerName: 'Window 1', deposited: false })
    },
    refusals: {},
  },
}
