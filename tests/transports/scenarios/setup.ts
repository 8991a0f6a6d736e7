import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import type { BankAccount, CatalogItem, Drawer } from '../../../shared/ledger/setup.ts'
import { cents } from '../../../shared/money.ts'
import type { TenderType } from '../../../shared/tenders.ts'
import { whileKept } from '../../support/central/city-at-till.ts'
import { saveBankAccount, saveCatalogItem, saveDrawer, saveTender } from '../../support/office.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { boundPartOf, openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'
import { firstRuns } from './first-run.ts'

const administrator = (till: TestTill) => clientOf(till, 'administrator')

let made = 0
function anotherDrawer(change: Partial<Drawer> = {}): Drawer {
  made += 1
  const sums = { changeFundCents: cents(15_000), limitCents: cents(90_000) }
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

async function changeTender(till: TestTill, tender: string, change: Partial<TenderType>) {
  const type = await tenderType(till, tender)
  return saveTender(await administrator(till), { ...type, ...change })
}

export const setup: NounScenarios<'setup'> = {
  ...firstRuns,
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
      return {
        client: await administrator(till),
        input: { commandId: newId(), before: null, drawer: anotherDrawer() },
      }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.drawers()).toContainEqual(input.drawer)
    },
    refusals: {
      CHANGED_MEANWHILE: async till => {
        const client = await administrator(till)
        const before = anotherDrawer()
        await saveDrawer(client, before)
        await saveDrawer(client, { ...before, limitCents: cents(12_300) })
        return client.setup.saveDrawer({
          commandId: newId(),
          before,
          drawer: { ...before, name: `${before.name}, side` },
        })
      },
      TEXT_NOT_ALLOWED: async till =>
        saveDrawer(await administrator(till), anotherDrawer({ name: 'Window\u202e 9' })),
      NAME_TAKEN: async till => saveDrawer(await administrator(till), anotherDrawer({ name: 'window 1' })),
      SESSION_OPEN: async till => {
        await openDrawerOf(till, 'cashier')
        const [first] = await (await administrator(till)).setup.drawers()
        const drawer = anotherDrawer({ ...first, active: false })
        return saveDrawer(await administrator(till), drawer)
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
      return {
        client: await administrator(till),
        input: { commandId: newId(), before: null, item: anotherItem() },
      }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.catalog()).toContainEqual(input.item)
    },
    refusals: {
      CHANGED_MEANWHILE: async till => {
        const client = await administrator(till)
        const [before = null] = await client.setup.catalog()
        const other = anotherItem(before ?? {})
        await saveCatalogItem(client, { ...other, glAccount: '999-0001' })
        return client.setup.saveCatalogItem({ commandId: newId(), before, item: { ...other, name: 'Copy' } })
      },
      TEXT_NOT_ALLOWED: async till =>
        saveCatalogItem(await administrator(till), anotherItem({ unitLabel: '4111-1111-1111-1111' })),
      CODE_TAKEN: async till => saveCatalogItem(await administrator(till), anotherItem({ code: 'demo' })),
      PRICE_MISSING: async till =>
        saveCatalogItem(await administrator(till), anotherItem({ priceCents: null })),
      KEPT_AT_CENTRAL: async till => {
        const client = await administrator(till)
        const item = anotherItem()
        await saveCatalogItem(client, item)
        const changed = { ...item, priceCents: cents(1_600) }
        return whileKept(till, { catalog: [item] }, () => saveCatalogItem(client, changed))
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
      const before = await tenderType(till, 'card')
      const tender = { ...before, name: 'Card at the terminal' }
      return { client: await administrator(till), input: { commandId: newId(), before, tender } }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.tenders()).toContainEqual(input.tender)
    },
    refusals: {
      CHANGED_MEANWHILE: async till => {
        const before = await tenderType(till, 'card')
        await changeTender(till, 'card', { name: 'Card reader' })
        const tender = { ...before, name: 'Terminal' }
        return (await administrator(till)).setup.saveTender({ commandId: newId(), before, tender })
      },
      TEXT_NOT_ALLOWED: till => changeTender(till, 'card', { name: 'Card\ntwo' }),
      CASH_IS_NEEDED: till => changeTender(till, 'cash', { active: false }),
      NAME_TAKEN: till => changeTender(till, 'card', { name: 'check' }),
      TENDER_BANKED_BY_ITEM: till => changeTender(till, 'check', { counted: 'slips' }),
      TENDER_NOT_READY: till => changeTender(till, 'credit', { active: true }),
      TENDER_KIND_FIXED: till => changeTender(till, 'card', { kind: 'ach' }),
      TENDER_IN_USE: async till => {
        await openDrawerOf(till, 'cashier')
        return changeTender(till, 'card', { counted: 'items', banked: true })
      },
      KEPT_AT_CENTRAL: async till => {
        const tenders = [await tenderType(till, 'ach')]
        return whileKept(till, { tenders }, () => changeTender(till, 'ach', { active: true }))
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
      const input = { commandId: newId(), before: null, bankAccount: anotherBank() }
      return { client: await administrator(till), input }
    },
    async expects(_output, { client, input }) {
      expect(await client.setup.bankAccounts()).toContainEqual(input.bankAccount)
    },
    refusals: {
      CHANGED_MEANWHILE: async till => {
        const client = await administrator(till)
        const [before = null] = await client.setup.bankAccounts()
        const other = anotherBank(before ?? {})
        await saveBankAccount(client, { ...other, accountNumber: '111 222 333' })
        const bankAccount = { ...other, name: 'Main' }
        return client.setup.saveBankAccount({ commandId: newId(), before, bankAccount })
      },
      TEXT_NOT_ALLOWED: async till =>
        saveBankAccount(await administrator(till), anotherBank({ bankName: 'Prairie\u2028bank' })),
      NAME_TAKEN: async till =>
        saveBankAccount(await administrator(till), anotherBank({ name: 'UTILITY OPERATING' })),
      ROUTING_NUMBER_WRONG: async till =>
        saveBankAccount(await administrator(till), anotherBank({ routingNumber: '111000026' })),
      BANK_ACCOUNT_IN_USE: async till => {
        const { part, administrator: client } = await boundPartOf(till)
        const banks = await client.setup.bankAccounts()
        const bank = banks.find(one => one.bankAccountId === part.bankAccountId)
        return saveBankAccount(client, { ...anotherBank(), ...bank, active: false })
      },
      KEPT_AT_CENTRAL: async till => {
        const client = await administrator(till)
        const bankAccount = anotherBank()
        return whileKept(till, { bankAccounts: [bankAccount] }, () => saveBankAccount(client, bankAccount))
      },
    },
  },
}
