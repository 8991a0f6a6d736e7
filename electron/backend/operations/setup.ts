/** What an administrator sets up: drawers, catalog, tenders, bank accounts, the city itself. */
import { ORPCError } from '@orpc/contract'
import { moneyWaitsFor } from '../../../db/queries/deposits.ts'
import { tenderWaits, unclosedSessionAt } from '../../../db/queries/sessions.ts'
import { allBankAccounts, allCatalogItems, allDrawers, allTenderTypes } from '../../../db/queries/setup.ts'
import type { BankAccount, CatalogItem } from '../../../shared/ledger/facts.ts'
import { isRoutingNumber } from '../../../shared/rules/aba.ts'
import { policyFault } from '../../../shared/rules/policy-fault.ts'
import type { Settings } from '../../../shared/settings.ts'
import { isTimeZone } from '../../../shared/time.ts'
import { write } from '../commands.ts'
import { os } from '../guard.ts'
import { keptText } from '../texts.ts'
import { settingsNow } from './receipt-read.ts'

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
const name80 = { maxLength: 80, required: true }
const glAccount = { maxLength: 40, required: true }

export const drawers = os.setup.drawers.handler(({ context }) => allDrawers(context.backend.ledger.reader))

export const saveDrawer = os.setup.saveDrawer.handler(
  write({
    decide({ tx, input, errors }) {
      const { drawer } = input
      const name = keptText('name', drawer.name, name80)
      const taken = allDrawers(tx).some(other => other.drawerId !== drawer.drawerId && same(other.name, name))
      if (taken) throw errors.NAME_TAKEN()
      if (!drawer.active && unclosedSessionAt(tx, drawer.drawerId)) throw errors.SESSION_OPEN()
      tx.append('drawer.saved', { ...drawer, name })
    },
    answer: () => ({}),
  }),
)

export const catalog = os.setup.catalog.handler(({ context }) =>
  allCatalogItems(context.backend.ledger.reader),
)

function hasPrice(item: CatalogItem): boolean {
  if (item.pricing === 'open') return item.priceCents === null && item.rateMillionths === null
  if (item.pricing === 'percent') return item.priceCents === null && item.rateMillionths !== null
  return item.priceCents !== null && item.priceCents > 0 && item.rateMillionths === null
}

export const saveCatalogItem = os.setup.saveCatalogItem.handler(
  write({
    decide({ tx, input, errors }) {
      const { item } = input
      const code = keptText('code', item.code, { maxLength: 20, required: true })
      const taken = allCatalogItems(tx).some(
        other => other.catalogItemId !== item.catalogItemId && same(other.code, code),
      )
      if (taken) throw errors.CODE_TAKEN()
      if (!hasPrice(item)) throw errors.PRICE_MISSING()
      tx.append('catalog.saved', {
        ...item,
        code,
        name: keptText('name', item.name, name80),
        unitLabel: keptText('unitLabel', item.unitLabel, { maxLength: 80 }),
        glAccount: keptText('glAccount', item.glAccount, { maxLength: 40, required: true }),
        referenceLabel:
          item.referenceLabel === null ? null : keptText('referenceLabel', item.referenceLabel, name80),
      })
    },
    answer: () => ({}),
  }),
)

export const tenders = os.setup.tenders.handler(({ context }) =>
  allTenderTypes(context.backend.ledger.reader),
)

export const saveTender = os.setup.saveTender.handler(
  write({
    decide({ tx, input, errors }) {
      const { tender } = input
      // Change is cash, so a till without cash, or with cash that is not counted by piece, cannot balance.
      if (
        tender.tender === 'cash' &&
        (!tender.active || tender.counted !== 'pieces' || !tender.changeAllowed)
      )
        throw errors.CASH_IS_NEEDED()
      if (tender.tender !== 'cash' && tender.counted === 'pieces') throw errors.CASH_IS_NEEDED()
      // Nothing takes the credit off the account yet, so paying with it would make money.
      if (tender.tender === 'credit' && tender.active) throw errors.TENDER_NOT_READY()
      const before = allTenderTypes(tx).find(type => type.tender === tender.tender)
      const asBefore = before?.banked === tender.banked && before.counted === tender.counted
      // How a tender is counted and banked is fixed while money is counted or waits for the bank by it.
      if (!asBefore && tenderWaits(tx, tender.tender)) throw errors.TENDER_IN_USE()
      tx.append('tender.saved', {
        ...tender,
        name: keptText('name', tender.name, name80),
        glAccount: keptText('glAccount', tender.glAccount, { maxLength: 40, required: true }),
      })
    },
    answer: () => ({}),
  }),
)

export const bankAccounts = os.setup.bankAccounts.handler(({ context }) =>
  allBankAccounts(context.backend.ledger.reader),
)

export const saveBankAccount = os.setup.saveBankAccount.handler(
  write({
    decide({ tx, input, errors, settings }) {
      const { bankAccount } = input
      if (!isRoutingNumber(bankAccount.routingNumber)) throw errors.ROUTING_NUMBER_WRONG()
      const name = keptText('name', bankAccount.name, name80)
      const taken = allBankAccounts(tx).some(
        other => other.bankAccountId !== bankAccount.bankAccountId && same(other.name, name),
      )
      if (taken) throw errors.NAME_TAKEN()
      const { bankAccountId } = bankAccount
      if (!bankAccount.active && moneyWaitsFor(tx, bankAccountId))
        throw errors.BANK_ACCOUNT_IN_USE({ data: { by: 'waiting' } })
      if (!bankAccount.active && banksNamed(settings).includes(bankAccountId))
        throw errors.BANK_ACCOUNT_IN_USE({ data: { by: 'rules' } })
      tx.append('bank-account.saved', checkedBankAccount(bankAccount))
    },
    answer: () => ({}),
  }),
)

/** A bank account with the texts in it checked. */
export function checkedBankAccount(given: BankAccount): BankAccount {
  return {
    ...given,
    name: keptText('name', given.name, name80),
    bankName: keptText('bankName', given.bankName, name80),
  }
}

export const settings = os.till.settings.handler(({ context }) => settingsNow(context.backend))

/** Settings with every text in them checked; refuses a time zone that nobody knows, and a policy that is not clear. */
export function checkedSettings(given: Settings): Settings {
  if (!isTimeZone(given.timeZone)) throw new ORPCError('TIME_ZONE_UNKNOWN', { status: 422, defined: true })
  const reason = policyFault(given.drawerControl, given.denominations)
  if (reason !== null)
    throw new ORPCError('POLICY_NOT_VALID', { status: 422, defined: true, data: { reason } })
  const lines = (field: string, list: readonly string[]) =>
    list.map(line => keptText(field, line, { maxLength: 80 })).filter(line => line !== '')
  return {
    ...given,
    utilityName: keptText('utilityName', given.utilityName, name80),
    addressLines: lines('addressLines', given.addressLines),
    phone: keptText('phone', given.phone, { maxLength: 80 }),
    receiptTexts: {
      en: lines('receiptTexts', given.receiptTexts.en),
      es: lines('receiptTexts', given.receiptTexts.es),
    },
    printer: { ...given.printer, queue: keptText('queue', given.printer.queue, { maxLength: 80 }) },
    denominations: given.denominations.map(denomination => ({
      ...denomination,
      label: keptText('label', denomination.label, name80),
    })),
    creditGlAccount: keptText('creditGlAccount', given.creditGlAccount, glAccount),
    overShortGlAccount: keptText('overShortGlAccount', given.overShortGlAccount, glAccount),
    roundingGlAccount: keptText('roundingGlAccount', given.roundingGlAccount, glAccount),
    scanTemplates: given.scanTemplates.map(checkedTemplate),
    drawerControl: checkedControl(given.drawerControl),
  }
}

function checkedControl(given: Settings['drawerControl']): Settings['drawerControl'] {
  return {
    ...given,
    paidCategories: given.paidCategories.map(category => ({
      ...category,
      name: keptText('name', category.name, name80),
      glAccount: keptText('glAccount', category.glAccount, glAccount),
    })),
    bankRules: given.bankRules.map(rule => ({
      ...rule,
      glPrefix: keptText('glPrefix', rule.glPrefix, glAccount),
    })),
  }
}

/** Bank accounts that the city's policy sends money to by name. */
function banksNamed({ drawerControl: { bankRules, defaultBankAccountId } }: Settings): string[] {
  const named = bankRules.map(rule => rule.bankAccountId)
  return defaultBankAccountId === null ? named : [...named, defaultBankAccountId]
}

/** Whether all bank accounts that the policy names are there and in use: money for any other could go nowhere. */
export function knowsItsBanks(settings: Settings, bankAccounts: readonly BankAccount[]): boolean {
  const active = bankAccounts.filter(bank => bank.active).map(bank => bank.bankAccountId)
  return banksNamed(settings).every(bankAccountId => active.includes(bankAccountId))
}

type Template = Settings['scanTemplates'][number]

function checkedTemplate({ name, accountFormat, ...template }: Template): Template {
  const checked = { ...template, name: keptText('name', name, name80) }
  if (accountFormat === undefined) return checked
  return { ...checked, accountFormat: keptText('accountFormat', accountFormat, { maxLength: 40 }) }
}

export const saveSettings = os.till.saveSettings.handler(
  write({
    decide({ tx, input, errors }) {
      const checked = checkedSettings(input.settings)
      if (!knowsItsBanks(checked, allBankAccounts(tx))) throw errors.UNKNOWN_BANK_ACCOUNT()
      tx.append('settings.saved', checked)
    },
    answer: () => ({}),
  }),
)
