import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { piecesOf } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import {
  boundPartOf,
  closedSessionOf,
  custodyOf,
  depositInput,
  depositOf,
  openDrawerOf,
} from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'
import { custody } from './deposit-custody.ts'

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
      expect(view.sessions.map(({ sessionId, partNo }) => ({ sessionId, partNo }))).toEqual(input.parts)
    },
    refusals: {
      UNKNOWN_BANK_ACCOUNT: till => makeUpWith(till, { bankAccountId: newId() }),
      SESSION_NOT_CLOSED: async till => {
        const { sessionId } = await openDrawerOf(till, 'colleague')
        return makeUpWith(till, { parts: [{ sessionId, partNo: 1 }] })
      },
      WRONG_BANK_ACCOUNT: async till => {
        const { part } = await boundPartOf(till)
        const client = await clientOf(till, 'lead')
        const other = (await client.setup.bankAccounts()).find(
          bank => bank.bankAccountId !== part.bankAccountId,
        )
        const { sessionId, partNo } = part
        return makeUpWith(till, {
          bankAccountId: other?.bankAccountId ?? '',
          parts: [{ sessionId, partNo }],
        })
      },
      SESSION_DEPOSITED: async till => {
        const { lead, input } = await depositOf(till)
        return lead.deposit.makeUp({ ...input, commandId: newId(), bagNumber: 'ANOTHER' })
      },
      NOTHING_TO_DEPOSIT: async till => {
        const { client, sessionId } = await openDrawerOf(till, 'cashier', cents(0))
        const nothing = { pieces: [], items: [], extraItems: [], slips: [] }
        await client.session.count({ commandId: newId(), count: nothing })
        return makeUpWith(till, { parts: [{ sessionId, partNo: 1 }], pieces: [] })
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
  ...custody,
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
      const { client, depositId } = await custodyOf(till, 'sealed')
      return { client, input: { depositId, paper: 'slip' } }
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
