import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, piecesOf } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { closedSessionOf, depositInput, depositOf, openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

type MakeUp = Awaited<ReturnType<typeof depositInput>>

/** A lead tries to make up a deposit of a closed session, with something changed. */
async function makeUpWith(till: TestTill, change: Partial<MakeUp>) {
  const session = await closedSessionOf(till, 'cashier')
  const lead = await clientOf(till, 'lead')
  return lead.deposit.makeUp({ ...(await depositInput(lead, session)), ...change })
}

async function isPdf(file: File): Promise<boolean> {
  return (await file.slice(0, 5).text()) === '%PDF-'
}

export const deposit: NounScenarios<'deposit'> = {
  waiting: {
    async ready(till) {
      await closedSessionOf(till, 'cashier')
      return { client: await clientOf(till, 'lead'), input: undefined }
    },
    expects(output) {
      const last = output.at(-1)
      expect(last).toMatchObject({ state: 'closed', cashCents: 5_000, itemsCents: 0 })
      expect(last?.proposedPieces).toEqual(piecesOf(cents(5_000)))
    },
    refusals: {},
  },
  makeUp: {
    async ready(till) {
      const session = await closedSessionOf(till, 'cashier')
      const client = await clientOf(till, 'lead')
      return { client, input: await depositInput(client, session) }
    },
    async expects(output, { client, input }) {
      expect(output.totalCents).toBe(5_000)
      const view = await client.deposit.get({ depositId: output.depositId })
      expect(view).toMatchObject({ bagNumber: input.bagNumber, state: 'made-up', cashCents: 5_000 })
      expect(view.sessions.map(session => session.sessionId)).toEqual(input.sessionIds)
    },
    refusals: {
      UNKNOWN_BANK_ACCOUNT: till => makeUpWith(till, { bankAccountId: newId() }),
      SESSION_NOT_CLOSED: async till => {
        const { sessionId } = await openDrawerOf(till, 'colleague')
        return makeUpWith(till, { sessionIds: [sessionId] })
      },
      SESSION_DEPOSITED: async till => {
        const { lead, input } = await depositOf(till)
        return lead.deposit.makeUp({ ...input, commandId: newId(), bagNumber: 'ANOTHER' })
      },
      NOTHING_TO_DEPOSIT: async till => {
        const { client, sessionId } = await openDrawerOf(till, 'cashier', cents(0))
        const nothing = { pieces: [], items: [], extraItems: [], slips: [] }
        await client.drawer.count({ commandId: newId(), count: nothing })
        return makeUpWith(till, { sessionIds: [sessionId], pieces: [] })
      },
      COUNT_NOT_VALID: till =>
        makeUpWith(till, { pieces: [{ valueCents: cents(300), kind: 'note', pieces: 1, bundles: 0 }] }),
      CASH_DIFFERS: till => makeUpWith(till, { pieces: piecesOf(cents(4_900)) }),
      BAG_NUMBER_TAKEN: async till => {
        const { input } = await depositOf(till)
        return makeUpWith(till, { bagNumber: input.bagNumber })
      },
      TEXT_NOT_ALLOWED: till => makeUpWith(till, { bagNumber: '  ' }),
    },
  },
  verify: {
    async ready(till) {
      const { lead, deposit: made } = await depositOf(till)
      const approval = approvalBy('supervisor')
      return { client: lead, input: { commandId: newId(), depositId: made.depositId, approval } }
    },
    async expects(output, { client, input }) {
      const view = await client.deposit.get({ depositId: input.depositId })
      expect(view).toMatchObject({ number: output.number, state: 'verified' })
      expect(view.verifierName).not.toBe(view.preparerName)
    },
    refusals: {
      UNKNOWN_DEPOSIT: async till =>
        (await clientOf(till, 'lead')).deposit.verify({
          commandId: newId(),
          depositId: newId(),
          approval: approvalBy('supervisor'),
        }),
      ALREADY_VERIFIED: async till => {
        const { client, input } = await deposit.verify.ready(till)
        await client.deposit.verify(input)
        return client.deposit.verify({ ...input, commandId: newId() })
      },
      PREPARER_CANNOT_VERIFY: async till => {
        const { deposit: made } = await depositOf(till)
        const supervisor = await clientOf(till, 'supervisor')
        const approval = approvalBy('lead')
        return supervisor.deposit.verify({ commandId: newId(), depositId: made.depositId, approval })
      },
    },
  },
  list: {
    async ready(till) {
      await depositOf(till)
      return { client: await clientOf(till, 'auditor'), input: undefined }
    },
    expects(output) {
      expect(output[0]).toMatchObject({ state: 'made-up', totalCents: 5_000, verifierName: null })
    },
    refusals: {},
  },
  get: {
    async ready(till) {
      const { deposit: made } = await depositOf(till)
      return { client: await clientOf(till, 'auditor'), input: { depositId: made.depositId } }
    },
    expects(output) {
      expect(output).toMatchObject({ cashCents: 5_000, itemsCents: 0, totalCents: 5_000, items: [] })
    },
    refusals: {
      UNKNOWN_DEPOSIT: async till => (await clientOf(till, 'lead')).deposit.get({ depositId: newId() }),
    },
  },
  document: {
    async ready(till) {
      const { client, input } = await deposit.verify.ready(till)
      await client.deposit.verify(input)
      return { client, input: { depositId: input.depositId, paper: 'slip' } }
    },
    async expects(output) {
      expect(output.name).toMatch(/^W1-D\d{4}-slip\.pdf$/)
      expect(await isPdf(output)).toBe(true)
    },
    refusals: {
      UNKNOWN_DEPOSIT: async till =>
        (await clientOf(till, 'lead')).deposit.document({ depositId: newId(), paper: 'slip' }),
      NOT_VERIFIED: async till => {
        const { lead, deposit: made } = await depositOf(till)
        return lead.deposit.document({ depositId: made.depositId, paper: 'tape' })
      },
    },
  },
}
