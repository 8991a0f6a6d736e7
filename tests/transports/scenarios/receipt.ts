import { expect } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId, newSalt } from '../../../shared/id.ts'
import { cents, formatCents } from '../../../shared/money.ts'
import {
  accountLine,
  approvalBy,
  card,
  cash,
  catalogLine,
  check,
  moneyOrder,
  ordinaryAccount,
  owed,
  pay,
} from '../../support/desk.ts'
import { saveSettings, saveTender } from '../../support/office.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { openDrawerOf, paidDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'
import { postRefusals } from './receipt-refusals.ts'

async function receiptOf(till: TestTill) {
  const { client, receipt } = await paidDrawerOf(till, 'cashier')
  return { client, receiptId: receipt.receiptId, number: receipt.number }
}

async function sendToQueue(till: TestTill): Promise<void> {
  const client = await clientOf(till, 'administrator')
  const settings = await client.setup.settings()
  const printer = { mode: 'queue' as const, queue: 'no-such-printer' }
  await saveSettings(client, { ...settings, printer })
}

/** Check tenders that give cash back, as a city may allow. */
async function allowCashBack(client: TillClient): Promise<void> {
  const type = (await client.setup.tenders()).find(({ tender }) => tender === 'check')
  if (type) await saveTender(client, { ...type, changeAllowed: true })
}

/** A receipt of a drawer that another cashier has open. */
async function otherReceipt(till: TestTill): Promise<{ receiptId: string }> {
  const { receiptId } = await receiptOf(till)
  return { receiptId }
}

export const receipt: NounScenarios<'receipt'> = {
  post: {
    async ready(till) {
      const { client } = await openDrawerOf(till, 'cashier')
      const account = await ordinaryAccount()
      const lines = [accountLine(account, cents(2_000)), await catalogLine(client, 'DEMO')]
      const tenders = [
        check(cents(3_000)),
        card(cents(4_000)),
        moneyOrder(cents(1_000)),
        { ...cash(cents(5_000)), reference: 'Envelope' },
      ]
      const pieces = [
        { valueCents: cents(5_000), kind: 'note' as const, taken: 1, given: 0 },
        { valueCents: cents(1_000), kind: 'note' as const, taken: 0, given: 1 },
      ]
      return {
        client,
        input: { commandId: newId(), salt: newSalt(), lines, tenders, totalCents: cents(12_000), pieces },
      }
    },
    async expects(output, { client, input }) {
      expect(output).toMatchObject({ receiptId: input.commandId, totalCents: 12_000, changeCents: 1_000 })
      const view = await client.receipt.get({ receiptId: output.receiptId })
      expect(view).toMatchObject({ number: output.number, tenderedCents: 13_000, state: 'posted' })
      const told = input.tenders.map(({ details: { accountHash: _, ...details }, ...tender }) => ({
        ...tender,
        details,
      }))
      expect(view.tenders).toMatchObject(told)
      expect(JSON.stringify(view)).not.toContain('accountHash')
      expect(view.tenders[0]).toMatchObject({ kind: 'check', labels: { en: 'Check', es: 'Cheque' } })
      const account = await ordinaryAccount()
      expect(view.lines[0]).toMatchObject({ accountNumber: account.account.number, cents: 2_000 })
    },
    refusals: postRefusals,
  },
  void: {
    ownTill: true,
    async ready(till) {
      const { client, receiptId } = await receiptOf(till)
      const approval = approvalBy('supervisor')
      return { client, input: { commandId: newId(), receiptId, reason: 'Wrong account', approval } }
    },
    async expects(output, { client, input }) {
      const view = await client.receipt.get({ receiptId: input.receiptId })
      expect(view).toMatchObject({ number: output.number, state: 'voided' })
      expect(view.voided).toMatchObject({ reason: 'Wrong account', approvedByName: 'D. Whitfield' })
      const account = await ordinaryAccount()
      const { balanceCents } = await client.account.get({ accountId: account.account.accountId })
      expect(balanceCents).toBe(owed(account))
    },
    refusals: {
      UNKNOWN_RECEIPT: async till => {
        const { client, input } = await receipt.void.ready(till)
        return client.receipt.void({ ...input, receiptId: newId() })
      },
      ALREADY_VOIDED: async till => {
        const { client, input } = await receipt.void.ready(till)
        await client.receipt.void(input)
        return client.receipt.void({ ...input, commandId: newId() })
      },
      SESSION_NOT_OPEN: async till => {
        const { client, input } = await receipt.void.ready(till)
        const count = { pieces: [], items: [], extraItems: [], slips: [] }
        await client.session.count({ commandId: newId(), count })
        return client.receipt.void(input)
      },
      NOT_OWN_SESSION: async till => {
        const { input } = await receipt.void.ready(till)
        return (await clientOf(till, 'colleague')).receipt.void(input)
      },
      CASH_NOT_IN_DRAWER: async till => {
        await allowCashBack(await clientOf(till, 'administrator'))
        const { client, input } = await receipt.void.ready(till)
        for (const reference of ['1', '2', '3'])
          await pay(client, cents(1_000), { tenders: [check(cents(10_999), { reference })] })
        return client.receipt.void(input)
      },
      INSTRUMENT_TURNED_IN: async till => {
        const { client, input } = await receipt.void.ready(till)
        const paid = await pay(client, cents(1_000), { tenders: [check(cents(1_000))] })
        const [item] = (await client.movement.sheet()).items
        const items = item === undefined ? [] : [{ receiptId: item.receiptId, tenderNo: item.tenderNo }]
        const count = { pieces: [], items }
        const { pin } = approvalBy('cashier')
        const approval = approvalBy('lead')
        await client.movement.turnIn({
          commandId: newId(),
          given: count,
          taken: count,
          ownPin: pin,
          approval,
        })
        return client.receipt.void({ ...input, receiptId: paid.receiptId })
      },
      TEXT_NOT_ALLOWED: async till => {
        const { client, input } = await receipt.void.ready(till)
        return client.receipt.void({ ...input, reason: '5555 5555 5555 4444' })
      },
    },
  },
  get: {
    async ready(till) {
      const { receiptId } = await receiptOf(till)
      return { client: await clientOf(till, 'auditor'), input: { receiptId } }
    },
    expects(output) {
      expect(output).toMatchObject({
        totalCents: 5_000,
        cashierName: 'M. Alvarez',
        posting: { state: 'held' },
      })
      expect(output.verificationCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    },
    refusals: {
      UNKNOWN_RECEIPT: async till => (await clientOf(till, 'cashier')).receipt.get({ receiptId: newId() }),
      NOT_YOURS_TO_SEE: async till =>
        (await clientOf(till, 'colleague')).receipt.get(await otherReceipt(till)),
    },
  },
  find: {
    async ready(till) {
      const { number } = await receiptOf(till)
      return { client: await clientOf(till, 'cashier'), input: { text: number } }
    },
    async expects(output, { input }) {
      const { account } = await ordinaryAccount()
      expect(output).toEqual([
        expect.objectContaining({ number: input.text, names: [account.name], tenders: ['cash'] }),
      ])
    },
    refusals: {},
  },
  print: {
    async ready(till) {
      const { client, receiptId } = await receiptOf(till)
      return { client, input: { receiptId } }
    },
    async expects(output, { client, input }) {
      expect(output).toMatchObject({ copyNo: 1, printed: 'folder' })
      expect(output.where).toMatch(/W1-\d{6}\.pdf$/)
      expect((await client.receipt.get(input)).printCount).toBe(1)
    },
    refusals: {
      UNKNOWN_RECEIPT: async till => (await clientOf(till, 'cashier')).receipt.print({ receiptId: newId() }),
      NOT_YOURS_TO_SEE: async till =>
        (await clientOf(till, 'colleague')).receipt.print(await otherReceipt(till)),
      PRINTER_FAILED: async till => {
        await sendToQueue(till)
        const { client, input } = await receipt.print.ready(till)
        return client.receipt.print(input)
      },
    },
  },
  document: {
    async ready(till) {
      const { client, receiptId } = await receiptOf(till)
      return { client, input: { receiptId, paper: 'letter' } }
    },
    async expects(output) {
      expect(output.name).toMatch(/^W1-\d{6}\.pdf$/)
      expect(await output.slice(0, 5).text()).toBe('%PDF-')
    },
    refusals: {
      UNKNOWN_RECEIPT: async till =>
        (await clientOf(till, 'cashier')).receipt.document({ receiptId: newId(), paper: '80mm' }),
      NOT_YOURS_TO_SEE: async till =>
        (await clientOf(till, 'colleague')).receipt.document({
          ...(await otherReceipt(till)),
          paper: '80mm',
        }),
    },
  },
  identifyCheck: {
    async ready(till) {
      const input = { routingNumber: '111000025', accountNumber: '44 0017-2251' }
      return { client: await clientOf(till, 'cashier'), input }
    },
    async expects(output, { client, input }) {
      expect(output.accountLast4).toBe('2251')
      const again = await client.receipt.identifyCheck({ ...input, accountNumber: '4400172251' })
      expect([again.accountLast4, again.accountHash.length]).toEqual(['2251', output.accountHash.length])
    },
    refusals: {
      ROUTING_NUMBER_WRONG: async till =>
        (await clientOf(till, 'cashier')).receipt.identifyCheck({
          routingNumber: '111000026',
          accountNumber: '4400172251',
        }),
      ACCOUNT_NUMBER_WRONG: async till =>
        (await clientOf(till, 'cashier')).receipt.identifyCheck({
          routingNumber: '111000025',
          accountNumber: formatCents(cents(12)),
        }),
    },
  },
}
