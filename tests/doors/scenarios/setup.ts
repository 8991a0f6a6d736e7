import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import type { BankAccount, CatalogItem, Drawer, TenderType } from '../../../shared/ledger/facts.ts'
import { cents } from '../../../shared/money.ts'
import { whileKept } from '../../support/city-at-till.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { boundPartOf, openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

const administrator = (till: TestTill) => clientOf(till, 'administrator')

let made = 0
function anotherDrawer(change: Partial<Drawer> = {}): Drawer {
  made += 1
  const sums = { floatCents: cents(15_000), limitCents: cents(90_000) }
  return { drawerId: newId(), name: `Window ${3 + made}`, active: true, ...sums, ...change }
}

function anotherItem(change: Partial<CatalogItem> = {}): CatalogItem {
  made += 1
  return {
    catalogItemId: newId(),
    code: `NEW-${made}`,
    name: 'Key to the park',
    pricing: 'per-unit',
    priceCents: cents(1_500),
    rateMillionths: null,
    unitLabel: 'key',
    glAccount: '110-3410',
    referenceLabel: 'Park',
    isDeposit: false,
    active: true,
    ...change,
  }
}

function anotherBank(change: Partial<BankAccount> = {}): BankAccount {
  made += 1
  return {
    bankAccountId: newId(),
    name: `Deposits ${made}`,
    bankName: 'Prairie State Bank',
    routingNumber: '111000025',
    accountNumber: '7730094418',
    active: true,
    ...change,
  }
}

async function tenderType(till: TestTill, tender: string): Promise<TenderType> {
  const found = (await (await administrator(till)).setup.tenders()).find(type => type.tender === tender)
  if (!found) throw new Error(`No tender ${tender}`)
  return found
}

async function saveTender(till: TestTill, tender: string, change: Partial<TenderType>) {
  const type = await tenderType(till, tender)
  return (await administrator(till)).setup.saveTender({ commandId: newId(), tender: { ...type, ...change } })
}

export const setup: NounScenarios<'setup'> = {
  drawers: {
    async ready(till) {
      return { client: await clientOf(till, 'cashier'), input: undefined }
    },
    expects(output) {
      expect(output.slice(0, 3).map(({ name }) => name)).toEqual(['Window 1', 'Window 2', 'Window 3'])
    },
    refusals: {},
  },
  saveDrawer: {
    async ready(till) {
      return { client: await administrator(till), input: { commandId: newId(), drawer: anotherDrawer() } }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.drawers()).toContainEqual(input.drawer)
    },
    refusals: {
      TEXT_NOT_ALLOWED: async till =>
        (await administrator(till)).setup.saveDrawer({
          commandId: newId(),
          drawer: anotherDrawer({ name: 'Window\u202e 9' }),
        }),
      NAME_TAKEN: async till =>
        (await administrator(till)).setup.saveDrawer({
          commandId: newId(),
          drawer: anotherDrawer({ name: 'window 1' }),
        }),
      SESSION_OPEN: async till => {
        await openDrawerOf(till, 'cashier')
        const [first] = await (await administrator(till)).setup.drawers()
        const drawer = anotherDrawer({ ...first, active: false })
        return (await administrator(till)).setup.saveDrawer({ commandId: newId(), drawer })
      },
    },
  },
  catalog: {
    async ready(till) {
      return { client: await clientOf(till, 'auditor'), input: undefined }
    },
    expects(output) {
      expect(output.length).toBeGreaterThanOrEqual(28)
      expect(output.every(item => item.glAccount !== '')).toBe(true)
    },
    refusals: {},
  },
  saveCatalogItem: {
    async ready(till) {
      return { client: await administrator(till), input: { commandId: newId(), item: anotherItem() } }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.catalog()).toContainEqual(input.item)
    },
    refusals: {
      TEXT_NOT_ALLOWED: async till =>
        (await administrator(till)).setup.saveCatalogItem({
          commandId: newId(),
          item: anotherItem({ unitLabel: '4111-1111-1111-1111' }),
        }),
      CODE_TAKEN: async till =>
        (await administrator(till)).setup.saveCatalogItem({
          commandId: newId(),
          item: anotherItem({ code: 'demo' }),
        }),
      PRICE_MISSING: async till =>
        (await administrator(till)).setup.saveCatalogItem({
          commandId: newId(),
          item: anotherItem({ priceCents: null }),
        }),
      KEPT_AT_CENTRAL: async till => {
        const client = await administrator(till)
        const item = anotherItem()
        await client.setup.saveCatalogItem({ commandId: newId(), item })
        const changed = { ...item, priceCents: cents(1_600) }
        return whileKept(till, { catalog: [item] }, () =>
          client.setup.saveCatalogItem({ commandId: newId(), item: changed }),
        )
      },
    },
  },
  tenders: {
    async ready(till) {
      return { client: await clientOf(till, 'cashier'), input: undefined }
    },
    expects(output) {
      const active = output.filter(type => type.active).map(type => type.tender)
      expect(active).toEqual(['cash', 'check', 'card', 'money-order'])
    },
    refusals: {},
  },
  saveTender: {
    async ready(till) {
      const tender = { ...(await tenderType(till, 'card')), name: 'Card at the terminal' }
      return { client: await administrator(till), input: { commandId: newId(), tender } }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.tenders()).toContainEqual(input.tender)
    },
    refusals: {
      TEXT_NOT_ALLOWED: till => saveTender(till, 'card', { name: 'Card\ntwo' }),
      CASH_IS_NEEDED: till => saveTender(till, 'cash', { active: false }),
      TENDER_NOT_READY: till => saveTender(till, 'credit', { active: true }),
      TENDER_IN_USE: async till => {
        await openDrawerOf(till, 'cashier')
        return saveTender(till, 'check', { banked: false })
      },
      KEPT_AT_CENTRAL: async till => {
        const tenders = [await tenderType(till, 'ach')]
        return whileKept(till, { tenders }, () => saveTender(till, 'ach', { active: true }))
      },
    },
  },
  bankAccounts: {
    async ready(till) {
      return { client: await clientOf(till, 'lead'), input: undefined }
    },
    expects(output) {
      expect(output[0]).toMatchObject({ name: 'Permits and fees', routingNumber: '123456780' })
    },
    refusals: {},
  },
  saveBankAccount: {
    async ready(till) {
      const input = { commandId: newId(), bankAccount: anotherBank() }
      return { client: await administrator(till), input }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.bankAccounts()).toContainEqual(input.bankAccount)
    },
    refusals: {
      TEXT_NOT_ALLOWED: async till =>
        (await administrator(till)).setup.saveBankAccount({
          commandId: newId(),
          bankAccount: anotherBank({ bankName: 'Prairie\u2028bank' }),
        }),
      NAME_TAKEN: async till =>
        (await administrator(till)).setup.saveBankAccount({
          commandId: newId(),
          bankAccount: anotherBank({ name: 'UTILITY OPERATING' }),
        }),
      ROUTING_NUMBER_WRONG: async till =>
        (await administrator(till)).setup.saveBankAccount({
          commandId: newId(),
          bankAccount: anotherBank({ routingNumber: '111000026' }),
        }),
      BANK_ACCOUNT_IN_USE: async till => {
        const { part, administrator: client } = await boundPartOf(till)
        const banks = await client.setup.bankAccounts()
        const bank = banks.find(one => one.bankAccountId === part.bankAccountId)
        return client.setup.saveBankAccount({
          commandId: newId(),
          bankAccount: { ...anotherBank(), ...bank, active: false },
        })
      },
      KEPT_AT_CENTRAL: async till => {
        const client = await administrator(till)
        const bankAccount = anotherBank()
        return whileKept(till, { bankAccounts: [bankAccount] }, () =>
          client.setup.saveBankAccount({ commandId: newId(), bankAccount }),
        )
      },
    },
  },
}
