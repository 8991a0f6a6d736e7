import { expect } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import type { PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { approvalBy, CHANGE_FUND, check, countDrawer, pay, piecesOf } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { endSession, openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

const NO_SUCH_NOTE: PieceCount[] = [{ valueCents: cents(300), kind: 'note', pieces: 1, bundles: 0 }]
const TWENTY = cents(2_000)
const WRONG_PIN = '0000'

/** What both sign with: the cashier's own PIN, and the lead's. */
const signed = () => ({ ownPin: approvalBy('cashier').pin, approval: approvalBy('lead') })

/** A cashier whose drawer holds the change fund, fifty dollars more and one check of thirty. */
async function filled(till: TestTill) {
  const { client } = await openDrawerOf(till, 'cashier')
  await pay(client, cents(5_000))
  await pay(client, cents(3_000), { tenders: [check(cents(3_000))] })
  return client
}

async function idle(till: TestTill) {
  const client = await clientOf(till, 'cashier')
  await endSession(client, 'cashier')
  return client
}

/** A cashier who has counted once, and found too little. */
async function counted(till: TestTill) {
  const client = await filled(till)
  await countDrawer(client, CHANGE_FUND)
  return client
}

async function turnInInput(client: TillClient) {
  const { items } = await client.movement.sheet()
  const count = {
    pieces: piecesOf(cents(5_000)),
    items: items.map(({ receiptId, tenderNo }) => ({ receiptId, tenderNo })),
  }
  return { commandId: newId(), given: count, taken: count, ...signed() }
}

const payInput = () => ({
  commandId: newId(),
  direction: 'out' as const,
  category: 'Postage and supplies',
  reason: 'Stamps for the drop box notices',
  documentNumber: 'PC-118',
  cents: cents(3_150),
  pieces: piecesOf(cents(3_150)),
  approval: approvalBy('lead'),
})

/** A twenty for two fives and a ten. */
const exchangeInput = () => ({
  commandId: newId(),
  given: [{ valueCents: TWENTY, kind: 'note' as const, pieces: 1, bundles: 0 }],
  taken: [
    { valueCents: cents(1_000), kind: 'note' as const, pieces: 1, bundles: 0 },
    { valueCents: cents(500), kind: 'note' as const, pieces: 2, bundles: 0 },
  ],
  ...signed(),
})

const noSaleInput = () => ({ commandId: newId(), reason: 'Change for the parking meter' })

/** A movement on record, and somebody who only reads. */
async function paidOut(till: TestTill) {
  const client = await filled(till)
  const paid = await client.movement.pay(payInput())
  return { client: await clientOf(till, 'auditor'), input: { movementId: paid.movementId }, paid }
}

const unknown = () => ({ movementId: newId() })

const turnInScenario: NounScenarios<'movement'>['turnIn'] = {
  async ready(till) {
    const client = await filled(till)
    return { client, input: await turnInInput(client) }
  },
  async expects(output, { client, till }) {
    expect(output).toMatchObject({ cashCents: 5_000, itemsCents: 3_000 })
    expect(output.number).toMatch(/^W1-M\d{4}$/)
    expect((await client.movement.sheet()).items).toEqual([])
    expect((await client.session.countSheet()).items).toEqual([])
    const safe = await (await clientOf(till, 'auditor')).safe.content()
    expect(safe.entries[0]).toMatchObject({ kind: 'turn-in', number: output.number, cents: 5_000 })
  },
  refusals: {
    NO_OPEN_SESSION: async till => {
      const client = await idle(till)
      const count = { pieces: piecesOf(TWENTY), items: [] }
      return client.movement.turnIn({ commandId: newId(), given: count, taken: count, ...signed() })
    },
    SESSION_COUNTED: async till => {
      const client = await counted(till)
      return client.movement.turnIn(await turnInInput(client))
    },
    COUNT_NOT_VALID: async till => {
      const { client, input } = await turnInScenario.ready(till)
      return client.movement.turnIn({ ...input, taken: { ...input.taken, pieces: NO_SUCH_NOTE } })
    },
    NOTHING_TO_TURN_IN: async till => {
      const { client, input } = await turnInScenario.ready(till)
      const nothing = { pieces: [], items: [] }
      return client.movement.turnIn({ ...input, given: nothing, taken: nothing })
    },
    COUNTS_DIFFER: async till => {
      const { client, input } = await turnInScenario.ready(till)
      return client.movement.turnIn({ ...input, taken: { pieces: piecesOf(cents(4_000)), items: [] } })
    },
    CASH_NOT_IN_DRAWER: async till => {
      const { client, input } = await turnInScenario.ready(till)
      const count = { pieces: piecesOf(cents(CHANGE_FUND + 6_000)), items: [] }
      return client.movement.turnIn({ ...input, given: count, taken: count })
    },
    OWN_PIN_WRONG: async till => {
      const { client, input } = await turnInScenario.ready(till)
      return client.movement.turnIn({ ...input, ownPin: WRONG_PIN })
    },
  },
}

const payScenario: NounScenarios<'movement'>['pay'] = {
  async ready(till) {
    return { client: await filled(till), input: payInput() }
  },
  async expects(output, { client }) {
    const view = await client.movement.get({ movementId: output.movementId })
    expect(view).toMatchObject({
      kind: 'paid-out',
      cashCents: 3_150,
      glAccount: '100-5210',
      documentNumber: 'PC-118',
    })
    expect(view.secondPersonName).toBe('R. Chen')
  },
  refusals: {
    NO_OPEN_SESSION: async till => (await idle(till)).movement.pay(payInput()),
    SESSION_COUNTED: async till => (await counted(till)).movement.pay(payInput()),
    TEXT_NOT_ALLOWED: async till => {
      const { client, input } = await payScenario.ready(till)
      return client.movement.pay({ ...input, reason: ' ' })
    },
    CASH_LIMIT_REACHED: async till => {
      const { client } = await openDrawerOf(till, 'cashier', cents(250_000))
      return client.movement.pay({ ...payInput(), direction: 'in', category: 'Found money' })
    },
    UNKNOWN_CATEGORY: async till => {
      const { client, input } = await payScenario.ready(till)
      // Found money comes in; there is no such way out.
      return client.movement.pay({ ...input, category: 'Found money' })
    },
    AMOUNT_MISSING: async till => {
      const { client, input } = await payScenario.ready(till)
      return client.movement.pay({ ...input, cents: cents(0), pieces: [] })
    },
    COUNT_NOT_VALID: async till => {
      const { client, input } = await payScenario.ready(till)
      return client.movement.pay({ ...input, pieces: NO_SUCH_NOTE })
    },
    PIECES_DIFFER: async till => {
      const { client, input } = await payScenario.ready(till)
      return client.movement.pay({ ...input, pieces: piecesOf(cents(3_100)) })
    },
    CASH_NOT_IN_DRAWER: async till => {
      const { client, input } = await payScenario.ready(till)
      const tooMuch = cents(CHANGE_FUND + 6_000)
      return client.movement.pay({ ...input, cents: tooMuch, pieces: [] })
    },
  },
}

const exchangeScenario: NounScenarios<'movement'>['exchange'] = {
  async ready(till) {
    return { client: await filled(till), input: exchangeInput() }
  },
  async expects(output, { client }) {
    const view = await client.movement.get({ movementId: output.movementId })
    expect(view).toMatchObject({ kind: 'change-order', cashCents: 2_000, secondPersonName: 'R. Chen' })
    expect(view.piecesOut).toHaveLength(1)
    expect(view.piecesIn).toHaveLength(2)
  },
  refusals: {
    NO_OPEN_SESSION: async till => (await idle(till)).movement.exchange(exchangeInput()),
    SESSION_COUNTED: async till => (await counted(till)).movement.exchange(exchangeInput()),
    COUNT_NOT_VALID: async till => {
      const { client, input } = await exchangeScenario.ready(till)
      return client.movement.exchange({ ...input, taken: NO_SUCH_NOTE })
    },
    NOTHING_TO_EXCHANGE: async till => {
      const { client, input } = await exchangeScenario.ready(till)
      return client.movement.exchange({ ...input, given: [], taken: [] })
    },
    EXCHANGE_UNEQUAL: async till => {
      const { client, input } = await exchangeScenario.ready(till)
      return client.movement.exchange({ ...input, taken: piecesOf(cents(1_900)) })
    },
    CASH_NOT_IN_DRAWER: async till => {
      const { client, input } = await exchangeScenario.ready(till)
      const pieces = piecesOf(cents(CHANGE_FUND + 6_000))
      return client.movement.exchange({ ...input, given: pieces, taken: pieces })
    },
    NOT_IN_SAFE: async till => {
      const lead = await clientOf(till, 'lead')
      await lead.safe.count({
        commandId: newId(),
        pieces: piecesOf(cents(10_000)),
        reason: 'The change fund',
        ownPin: approvalBy('lead').pin,
        approval: approvalBy('supervisor'),
      })
      const { client, input } = await exchangeScenario.ready(till)
      return client.movement.exchange(input)
    },
    OWN_PIN_WRONG: async till => {
      const { client, input } = await exchangeScenario.ready(till)
      return client.movement.exchange({ ...input, ownPin: WRONG_PIN })
    },
  },
}

export const movement: NounScenarios<'movement'> = {
  sheet: {
    async ready(till) {
      return { client: await filled(till), input: undefined }
    },
    expects(output) {
      expect(output.items).toEqual([expect.objectContaining({ tender: 'check', reference: '1042' })])
      expect(JSON.stringify(output.items)).not.toContain('3000')
      expect(output.categories.map(category => category.direction)).toContain('in')
    },
    refusals: { NO_OPEN_SESSION: async till => (await idle(till)).movement.sheet() },
  },
  turnIn: turnInScenario,
  pay: payScenario,
  exchange: exchangeScenario,
  noSale: {
    async ready(till) {
      return { client: await filled(till), input: noSaleInput() }
    },
    async expects(output, { till }) {
      expect(output).toEqual({ kicked: false })
      const journal = await (await clientOf(till, 'auditor')).till.journal({ kind: 'movement.no-sale' })
      expect(journal.entries[0]?.summary).toContain('Change for the parking meter')
    },
    refusals: {
      NO_OPEN_SESSION: async till => (await idle(till)).movement.noSale(noSaleInput()),
      SESSION_COUNTED: async till => (await counted(till)).movement.noSale(noSaleInput()),
      TEXT_NOT_ALLOWED: async till => (await filled(till)).movement.noSale({ ...noSaleInput(), reason: '' }),
    },
  },
  list: {
    async ready(till) {
      const { client } = await paidOut(till)
      return { client, input: {} }
    },
    async expects(output, { client }) {
      expect(output[0]).toMatchObject({ kind: 'paid-out', cashCents: 3_150, personName: 'M. Alvarez' })
      const day = output[0]?.businessDate
      if (day === undefined) throw new Error('A movement has no day')
      expect(await client.movement.list({ fromDate: day, toDate: day })).toEqual(output)
    },
    refusals: {},
  },
  get: {
    ready: paidOut,
    expects(output) {
      expect(output).toMatchObject({ kind: 'paid-out', category: 'Postage and supplies', items: [] })
      expect(output.piecesOut.length).toBeGreaterThan(0)
      expect(output.verificationCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    },
    refusals: { UNKNOWN_MOVEMENT: async till => (await clientOf(till, 'cashier')).movement.get(unknown()) },
  },
  document: {
    ready: paidOut,
    async expects(output, { client, input }) {
      const { number } = await client.movement.get(input)
      expect(output.name).toBe(`${number}.pdf`)
      expect(await output.slice(0, 5).text()).toBe('%PDF-')
    },
    refusals: {
      UNKNOWN_MOVEMENT: async till => (await clientOf(till, 'cashier')).movement.document(unknown()),
    },
  },
}
