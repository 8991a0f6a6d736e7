/**
 * What may be set up, held against what is there: the same for an administrator at a screen and for what comes from
 * central. Each gives the body of the fact that states it, with its texts tidied, or throws the refusal.
 */
import { ORPCError } from '@orpc/contract'
import { moneyWaitsFor } from '../../db/queries/deposits.ts'
import { allPeople } from '../../db/queries/people.ts'
import { tenderWaits, unclosedSessionOf } from '../../db/queries/sessions.ts'
import { allBankAccounts, allCatalogItems, allTenderTypes } from '../../db/queries/setup.ts'
import type { Reader } from '../../db/reader.ts'
import type { LeftOutCode } from '../../shared/central/city.ts'
import type { BankAccount, BodyOf, CatalogItem, TenderType } from '../../shared/ledger/facts.ts'
import { CASHIERS } from '../../shared/roles.ts'
import { isRoutingNumber } from '../../shared/rules/aba.ts'
import { policyFault } from '../../shared/rules/policy-fault.ts'
import {
  BANK_TEXTS,
  CATALOG_TEXTS,
  CATEGORY_TEXTS,
  hasPrice,
  PERSON_TEXTS,
  RULE_TEXTS,
  TENDER_TEXTS,
  tenderFault,
  tidyTexts,
} from '../../shared/rules/setup-faults.ts'
import type { Settings } from '../../shared/settings.ts'
import { isTimeZone } from '../../shared/time.ts'
import { keptText } from './texts.ts'

const refused = (code: LeftOutCode | 'TIME_ZONE_UNKNOWN', data?: unknown) =>
  new ORPCError(code, { status: 422, data, defined: true })

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const keptTexts = <T extends object>(record: T, limits: Parameters<typeof tidyTexts<T>>[1]): T =>
  tidyTexts(record, limits, (field, reason) => {
    throw refused('TEXT_NOT_ALLOWED', { field, reason })
  })

/** Refuses TEXT_NOT_ALLOWED, CODE_TAKEN, PRICE_MISSING. */
export function catalogItemToSave(reader: Reader, given: CatalogItem): CatalogItem {
  const item = keptTexts(given, CATALOG_TEXTS)
  const { catalogItemId, code } = item
  const taken = allCatalogItems(reader).some(
    other => other.catalogItemId !== catalogItemId && same(other.code, code),
  )
  if (taken) throw refused('CODE_TAKEN')
  if (!hasPrice(item)) throw refused('PRICE_MISSING')
  return item
}

/** Refuses TEXT_NOT_ALLOWED, CASH_IS_NEEDED, TENDER_NOT_READY, TENDER_IN_USE. */
export function tenderToSave(reader: Reader, given: TenderType): TenderType {
  const type = keptTexts(given, TENDER_TEXTS)
  const fault = tenderFault(type)
  if (fault !== null) throw refused(fault)
  const before = allTenderTypes(reader).find(other => other.tender === type.tender)
  const asBefore = before?.banked === type.banked && before.counted === type.counted
  // How a tender is counted and banked is fixed while money is counted or waits for the bank by it.
  if (!asBefore && tenderWaits(reader, type.tender)) throw refused('TENDER_IN_USE')
  return type
}

/** A bank account with the texts in it checked. */
export function checkedBankAccount(given: BankAccount): BankAccount {
  return keptTexts(given, BANK_TEXTS)
}

/** Refuses TEXT_NOT_ALLOWED, ROUTING_NUMBER_WRONG, NAME_TAKEN, BANK_ACCOUNT_IN_USE. */
export function bankAccountToSave(reader: Reader, given: BankAccount, settings: Settings): BankAccount {
  if (!isRoutingNumber(given.routingNumber)) throw refused('ROUTING_NUMBER_WRONG')
  const bank = checkedBankAccount(given)
  const { bankAccountId, name, active } = bank
  const taken = allBankAccounts(reader).some(
    other => other.bankAccountId !== bankAccountId && same(other.name, name),
  )
  if (taken) throw refused('NAME_TAKEN')
  if (!active && moneyWaitsFor(reader, bankAccountId)) throw refused('BANK_ACCOUNT_IN_USE', { by: 'waiting' })
  if (!active && banksNamed(settings).includes(bankAccountId))
    throw refused('BANK_ACCOUNT_IN_USE', { by: 'rules' })
  return bank
}

/** Refuses what `checkedSettings` refuses, and UNKNOWN_BANK_ACCOUNT. */
export function settingsToSave(reader: Reader, given: Settings): Settings {
  const checked = checkedSettings(given)
  if (!knowsItsBanks(checked, allBankAccounts(reader))) throw refused('UNKNOWN_BANK_ACCOUNT')
  return checked
}

/**
 * Whoever has no PIN can not sign in, and counts for nobody: somebody who can must stay administrator. Refuses
 * TEXT_NOT_ALLOWED, NAME_TAKEN, LAST_ADMINISTRATOR, SESSION_OPEN.
 */
export function personToSave(reader: Reader, given: BodyOf<'person.saved'>): BodyOf<'person.saved'> {
  const person = keptTexts(given, PERSON_TEXTS)
  const { personId, name, role, active } = person
  const people = allPeople(reader)
  const known = people.find(other => other.personId === personId)
  const others = people.filter(other => other.personId !== personId)
  if (others.some(other => same(other.name, name))) throw refused('NAME_TAKEN')
  const stays = active && role === 'administrator'
  const isAnother = others.some(({ role, active, hasPin }) => active && hasPin && role === 'administrator')
  if (known?.role === 'administrator' && !stays && !isAnother) throw refused('LAST_ADMINISTRATOR')
  if (known && (!active || !CASHIERS.includes(role)) && unclosedSessionOf(reader, personId))
    throw refused('SESSION_OPEN')
  return person
}

const NAME = { maxLength: 80, required: true }
const GL_ACCOUNT = { maxLength: 40, required: true }

/** Settings with every text in them checked; refuses a time zone that nobody knows, and a policy that is not clear. */
export function checkedSettings(given: Settings): Settings {
  if (!isTimeZone(given.timeZone)) throw refused('TIME_ZONE_UNKNOWN')
  const reason = policyFault(given.drawerControl, given.denominations)
  if (reason !== null) throw refused('POLICY_NOT_VALID', { reason })
  const lines = (field: string, list: readonly string[]) =>
    list.map(line => keptText(field, line, { maxLength: 80 })).filter(line => line !== '')
  return {
    ...given,
    utilityName: keptText('utilityName', given.utilityName, NAME),
    addressLines: lines('addressLines', given.addressLines),
    phone: keptText('phone', given.phone, { maxLength: 80 }),
    receiptTexts: {
      en: lines('receiptTexts', given.receiptTexts.en),
      es: lines('receiptTexts', given.receiptTexts.es),
    },
    printer: { ...given.printer, queue: keptText('queue', given.printer.queue, { maxLength: 80 }) },
    denominations: given.denominations.map(denomination => ({
      ...denomination,
      label: keptText('label', denomination.label, NAME),
    })),
    creditGlAccount: keptText('creditGlAccount', given.creditGlAccount, GL_ACCOUNT),
    overShortGlAccount: keptText('overShortGlAccount', given.overShortGlAccount, GL_ACCOUNT),
    roundingGlAccount: keptText('roundingGlAccount', given.roundingGlAccount, GL_ACCOUNT),
    scanTemplates: given.scanTemplates.map(checkedTemplate),
    drawerControl: checkedControl(given.drawerControl),
  }
}

function checkedControl(given: Settings['drawerControl']): Settings['drawerControl'] {
  return {
    ...given,
    paidCategories: given.paidCategories.map(category => keptTexts(category, CATEGORY_TEXTS)),
    bankRules: given.bankRules.map(rule => keptTexts(rule, RULE_TEXTS)),
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
  const checked = { ...template, name: keptText('name', name, NAME) }
  if (accountFormat === undefined) return checked
  return { ...checked, accountFormat: keptText('accountFormat', accountFormat, { maxLength: 40 }) }
}
