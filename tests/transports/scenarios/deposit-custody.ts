/** The hands that a deposit goes through, each with what it finds and what it refuses. */
import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, piecesOf } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { custodyOf, depositInput, depositOf, TODAY, verification } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

type Custody = Pick<
  NounScenarios<'deposit'>,
  'verify' | 'seal' | 'release' | 'validate' | 'credit' | 'reopen'
>

const unknown = () => ({ commandId: newId(), depositId: newId() })
const lead = (till: TestTill) => clientOf(till, 'lead')
const anySlip = { slipNumber: '0098-1', bankDate: TODAY, cents: cents(5_000), reason: '' }
const anyCredit = { creditDate: TODAY, cents: cents(5_000), reason: '' }

/** A made-up deposit and what its verifier sends, with something changed. */
async function verifyWith(till: TestTill, change: Partial<Awaited<ReturnType<typeof verification>>>) {
  const { lead: client, deposit } = await depositOf(till)
  const input = { ...(await verification(client, deposit.depositId)), ...change }
  return client.deposit.verify({ ...input, approval: approvalBy('supervisor') })
}

const verify: Custody['verify'] = {
  async ready(till) {
    const { lead: client, deposit } = await depositOf(till)
    const counted = await verification(client, deposit.depositId)
    const found = { ...counted, pieces: piecesOf(cents(4_900)), reason: 'A one is missing' }
    return { client, input: { ...found, approval: approvalBy('supervisor') } }
  },
  async expects(output, { client, input }) {
    expect(output.differenceCents).toBe(-100)
    const view = await client.deposit.get({ depositId: input.depositId })
    expect(view).toMatchObject({ number: output.number, state: 'verified', foundCents: 4_900 })
    expect(view.verified).toMatchObject({ cents: 4_900, itemCount: 0, reason: input.reason })
    expect(view.verifierName).not.toBe(view.preparerName)
  },
  refusals: {
    UNKNOWN_DEPOSIT: async till => {
      const nothing = { pieces: [], itemCount: 0, itemsCents: cents(0), reason: '' }
      const approval = approvalBy('supervisor')
      return (await lead(till)).deposit.verify({ ...unknown(), ...nothing, approval })
    },
    ALREADY_VERIFIED: async till => {
      const { client, input } = await verify.ready(till)
      await client.deposit.verify(input)
      return client.deposit.verify({ ...input, commandId: newId() })
    },
    WRONG_STEP: async till => {
      const { client, depositId } = await custodyOf(till, 'sealed')
      const input = await verification(client, depositId)
      return client.deposit.verify({ ...input, approval: approvalBy('supervisor') })
    },
    PREPARER_CANNOT_VERIFY: async till => {
      const { deposit } = await depositOf(till)
      const supervisor = await clientOf(till, 'supervisor')
      const input = await verification(supervisor, deposit.depositId)
      return supervisor.deposit.verify({ ...input, approval: approvalBy('lead') })
    },
    COUNT_NOT_VALID: till =>
      verifyWith(till, { pieces: [{ valueCents: cents(300), kind: 'note', pieces: 1, bundles: 0 }] }),
    REASON_MISSING: till => verifyWith(till, { itemCount: 1, itemsCents: cents(100) }),
    TEXT_NOT_ALLOWED: till => verifyWith(till, { itemsCents: cents(100), reason: 'A check\nmore' }),
  },
}

const seal: Custody['seal'] = {
  async ready(till) {
    const { client, depositId, bagNumber } = await custodyOf(till, 'verified')
    return { client, input: { commandId: newId(), depositId, bagNumber, sealNumber: `SEAL ${bagNumber}` } }
  },
  async expects(output, { client, input }) {
    const { depositId, sealNumber } = input
    expect(await client.deposit.get({ depositId })).toMatchObject({
      number: output.number,
      state: 'sealed',
      sealNumber,
    })
  },
  refusals: {
    UNKNOWN_DEPOSIT: async till =>
      (await lead(till)).deposit.seal({ ...unknown(), bagNumber: 'B', sealNumber: 'S' }),
    WRONG_STEP: async till => {
      const { lead: client, deposit, input } = await depositOf(till)
      const { bagNumber } = input
      const { depositId } = deposit
      return client.deposit.seal({ commandId: newId(), depositId, bagNumber, sealNumber: 'S' })
    },
    BAG_NUMBER_TAKEN: async till => {
      const { bagNumber } = await custodyOf(till, 'sealed')
      const { client, input } = await seal.ready(till)
      return client.deposit.seal({ ...input, bagNumber: bagNumber.toLowerCase() })
    },
    SEAL_NUMBER_TAKEN: async till => {
      const { sealNumber } = await custodyOf(till, 'sealed')
      const { client, input } = await seal.ready(till)
      return client.deposit.seal({ ...input, sealNumber })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await seal.ready(till)
      return client.deposit.seal({ ...input, sealNumber: ' ' })
    },
  },
}

const HANDS = { carrier: 'Plains Armored', signatureName: 'T. Boyd' }

const release: Custody['release'] = {
  async ready(till) {
    const { client, depositId } = await custodyOf(till, 'sealed')
    return { client, input: { commandId: newId(), depositId, ...HANDS } }
  },
  async expects(output, { client, input }) {
    const { number, state, steps } = await client.deposit.get({ depositId: input.depositId })
    expect([number, state]).toEqual([output.number, 'released'])
    expect(steps.at(-1)).toMatchObject({ reference: input.carrier, secondReference: input.signatureName })
  },
  refusals: {
    UNKNOWN_DEPOSIT: async till => (await lead(till)).deposit.release({ ...unknown(), ...HANDS }),
    WRONG_STEP: async till => {
      const { client, depositId } = await custodyOf(till, 'verified')
      return client.deposit.release({ commandId: newId(), depositId, ...HANDS })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await release.ready(till)
      return client.deposit.release({ ...input, signatureName: '' })
    },
  },
}

const validate: Custody['validate'] = {
  async ready(till) {
    const { client, depositId } = await custodyOf(till, 'released')
    const found = { ...anySlip, cents: cents(4_999), reason: 'A cent short at the bank' }
    return { client, input: { commandId: newId(), depositId, ...found } }
  },
  async expects(output, { client, input }) {
    expect(output.differenceCents).toBe(-1)
    expect(await client.deposit.get({ depositId: input.depositId })).toMatchObject({
      state: 'validated',
      slipNumber: input.slipNumber,
      foundCents: 4_999,
    })
  },
  refusals: {
    UNKNOWN_DEPOSIT: async till => (await lead(till)).deposit.validate({ ...unknown(), ...anySlip }),
    WRONG_STEP: async till => {
      const { client, depositId } = await custodyOf(till, 'sealed')
      return client.deposit.validate({ commandId: newId(), depositId, ...anySlip })
    },
    REASON_MISSING: async till => {
      const { client, input } = await validate.ready(till)
      return client.deposit.validate({ ...input, reason: '  ' })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await validate.ready(till)
      return client.deposit.validate({ ...input, slipNumber: '' })
    },
  },
}

const credit: Custody['credit'] = {
  async ready(till) {
    const { client, depositId } = await custodyOf(till, 'validated')
    const found = { ...anyCredit, cents: cents(4_800), reason: 'A counterfeit twenty was kept back' }
    return { client, input: { commandId: newId(), depositId, ...found } }
  },
  async expects(output, { client, input }) {
    expect(output.differenceCents).toBe(-200)
    const { depositId } = input
    expect(await client.deposit.get({ depositId })).toMatchObject({ state: 'credited', foundCents: 4_800 })
  },
  refusals: {
    UNKNOWN_DEPOSIT: async till => (await lead(till)).deposit.credit({ ...unknown(), ...anyCredit }),
    WRONG_STEP: async till => {
      const { client, depositId } = await custodyOf(till, 'released')
      return client.deposit.credit({ commandId: newId(), depositId, ...anyCredit })
    },
    REASON_MISSING: async till => {
      const { client, input } = await credit.ready(till)
      return client.deposit.credit({ ...input, reason: '' })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await credit.ready(till)
      return client.deposit.credit({ ...input, reason: 'Found\u0007' })
    },
  },
}

const reopen: Custody['reopen'] = {
  async ready(till) {
    const { client, depositId } = await custodyOf(till, 'verified')
    const approval = approvalBy('supervisor')
    return { client, input: { commandId: newId(), depositId, reason: 'The wrong bag', approval } }
  },
  async expects(output, { client, input }) {
    const { depositId } = input
    const { number, state, sessions, bagNumber } = await client.deposit.get({ depositId })
    expect([number, state]).toEqual([output.number, 'reopened'])
    const [session] = sessions
    const waiting = await client.deposit.waiting()
    expect(waiting.map(part => part.sessionId)).toContain(session?.sessionId)
    const again = await depositInput(client, {
      sessionId: session?.sessionId ?? '',
      cashCents: cents(5_000),
    })
    expect((await client.deposit.makeUp({ ...again, bagNumber })).totalCents).toBe(5_000)
  },
  refusals: {
    UNKNOWN_DEPOSIT: async till => {
      const approval = approvalBy('supervisor')
      return (await lead(till)).deposit.reopen({ ...unknown(), reason: 'No', approval })
    },
    WRONG_STEP: async till => {
      const { client, depositId } = await custodyOf(till, 'sealed')
      const approval = approvalBy('supervisor')
      return client.deposit.reopen({ commandId: newId(), depositId, reason: 'Too late', approval })
    },
    PREPARER_CANNOT_VERIFY: async till => {
      const { depositId } = await custodyOf(till, 'verified')
      const supervisor = await clientOf(till, 'supervisor')
      const approval = approvalBy('lead')
      return supervisor.deposit.reopen({ commandId: newId(), depositId, reason: 'Own', approval })
    },
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await reopen.ready(till)
      return client.deposit.reopen({ ...input, reason: ' ' })
    },
  },
}

export const custody: Custody = { verify, seal, release, validate, credit, reopen }
