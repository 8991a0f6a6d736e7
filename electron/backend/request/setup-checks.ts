/**
 * What may be set up, held against what is there: the same for an administrator at a screen and for what comes from
 * central. Each gives the body of the fact that states it, with its texts tidied, or throws the refusal.
 */

import type { Reader } from '../../../db/ledger/reader.ts'
import { moneyWaitsFor } from '../../../db/queries/deposit.ts'
import { unclosedSessions } from '../../../db/queries/report/reports.ts'
import { safeCents, safePieces, worthOf } from '../../../db/queries/safe.ts'
import { hasUnknownPieces, piecesInDrawers } from '../../../db/queries/session/left-pieces.ts'
import { tenderWaits } from '../../../db/queries/session/session.ts'
import { allBankAccounts, allCatalogItems, allTenderTypes, settingsOf } from '../../../db/queries/setup.ts'
import type { BankAccount, CatalogItem } from '../../../shared/ledger/setup.ts'
import { ZERO } from '../../../shared/money.ts'
import { denominationKey } from '../../../shared/rules/cash/denominations.ts'
import { isRoutingNumber } from '../../../shared/rules/deposit/aba.ts'
import { policyFault } from '../../../shared/rules/setup/policy-fault.ts'
import { hasPrice, tenderFault } from '../../../shared/rules/setup/setup-faults.ts'
import { BANK_TEXTS, CATALOG_TEXTS, TENDER_TEXTS } from '../../../shared/rules/setup/setup-texts.ts'
import { type Settings, tidySettings } from '../../../shared/settings/index.ts'
import { CASH, type TenderType } from '../../../shared/tenders.ts'
import { isTimeZone } from '../../../shared/time.ts'
import { isTaken } from './alike.ts'
import { normalizedTexts, refused } from './saving.ts'
import { normalizedText } from './texts.ts'

/** Refuses TEXT_NOT_ALLOWED, CODE_TAKEN, PRICE_MISSING. */
export function catalogItemToSave(reader: Reader, given: CatalogItem): CatalogItem {
  const item = normalizedTexts(given, CATALOG_TEXTS)
  const { catalogItemId, code } = item
  const isOwn = (other: CatalogItem) => other.catalogItemId === catalogItemId
  if (isTaken(code, allCatalogItems(reader), { isOwn, nameOf: other => other.code }))
    throw refused('CODE_TAKEN')
  if (!hasPrice(item)) throw refused('PRICE_MISSING')
  return item
}

/** Refuses TEXT_NOT_ALLOWED, CASH_IS_NEEDED, TENDER_BANKED_BY_ITEM, TENDER_NOT_READY, TENDER_KIND_FIXED, TENDER_IN_USE, NAME_TAKEN. */
export function tenderToSave(reader: Reader, given: TenderType): TenderType {
  const type = normalizedTexts(given, TENDER_TEXTS)
  const fault = tenderFault(type)
  if (fault !== null) throw refused(fault)
  const known = allTenderTypes(reader)
  const before = known.find(other => other.tender === type.tender)
  const isOwn = (other: TenderType) => other.tender === type.tender
  if (isTaken(type.name, known, { isOwn, nameOf: other => other.name })) throw refused('NAME_TAKEN')
  // Receipts have what the kind asked for, and are read by it.
  if (before && before.kind !== type.kind) throw refused('TENDER_KIND_FIXED')
  const asBefore = before?.banked === type.banked && before.counted === type.counted
  // How a tender is counted and banked is fixed while money is counted or waits for the bank by it.
  if (before && !asBefore && tenderWaits(reader, type.tender, 'deposit')) throw refused('TENDER_IN_USE')
  // The bank's credit, and what the safe is over or short, are booked against the account that the money was booked to.
  const isInSafe = type.tender === CASH && safeCents(reader) !== ZERO
  if (
    before &&
    before.glAccount !== type.glAccount &&
    (isInSafe || tenderWaits(reader, type.tender, 'credit'))
  )
    throw refused('TENDER_IN_USE')
  return type
}

/** A bank account with the texts in it checked. */
export function checkedBankAccount(given: BankAccount): BankAccount {
  return normalizedTexts(given, BANK_TEXTS)
}

/** Refuses TEXT_NOT_ALLOWED, ROUTING_NUMBER_WRONG, NAME_TAKEN, BANK_ACCOUNT_IN_USE. */
export function bankAccountToSave(reader: Reader, given: BankAccount, settings: Settings): BankAccount {
  if (!isRoutingNumber(given.routingNumber)) throw refused('ROUTING_NUMBER_WRONG')
  const bank = checkedBankAccount(given)
  const { bankAccountId, name, active } = bank
  const isOwn = (other: BankAccount) => other.bankAccountId === bankAccountId
  if (isTaken(name, allBankAccounts(reader), { isOwn, nameOf: other => other.name }))
    throw refused('NAME_TAKEN')
  if (!active && moneyWaitsFor(reader, bankAccountId)) throw refused('BANK_ACCOUNT_IN_USE', { by: 'waiting' })
  if (!active && banksNamed(settings).includes(bankAccountId))
    throw refused('BANK_ACCOUNT_IN_USE', { by: 'rules' })
  return bank
}

/** Refuses what `checkedSettings` refuses, and UNKNOWN_BANK_ACCOUNT. */
export function settingsToSave(reader: Reader, given: Settings): Settings {
  const checked = checkedSettings(given)
  if (!knowsItsBanks(checked, allBankAccounts(reader))) throw refused('UNKNOWN_BANK_ACCOUNT')
  if (dropsCountedMoney(reader, checked)) throw refused('POLICY_NOT_VALID', { reason: 'denomination-in-use' })
  return checked
}

/** Whether pieces that lie in a drawer or in the safe could not be counted any more. */
function dropsCountedMoney(reader: Reader, { denominations }: Settings): boolean {
  const stays = new Set(denominations.map(denominationKey))
  const dropped = settingsOf(reader)?.denominations.filter(of => !stays.has(denominationKey(of))) ?? []
  if (dropped.length === 0) return false
  const keys = new Set(dropped.map(denominationKey))
  const sorted = safePieces(reader)
  // Cash whose pieces nobody knows may be any of them.
  if (safeCents(reader) !== worthOf(sorted) || hasUnknownPieces(reader)) return true
  const lies = [...sorted, ...piecesInDrawers(reader)]
  return unclosedSessions(reader).length > 0 || lies.some(of => keys.has(denominationKey(of)))
}

/** Settings with every text in them checked; refuses a time zone that nobody knows, and a policy that is not clear. */
export function checkedSettings(given: Settings): Settings {
  if (!isTimeZone(given.timeZone)) throw refused('TIME_ZONE_UNKNOWN')
  // Tidied first: two names that were typed in two ways may be one.
  const tidied = tidySettings(given, normalizedText)
  const reason = policyFault(tidied, tidied.denominations)
  if (reason !== null) throw refused('POLICY_NOT_VALID', { reason })
  return tidied
}

/** Bank accounts that the city's policy sends money to by name. */
function banksNamed({ bankRules, defaultBankAccountId }: Settings): string[] {
  const named = bankRules.map(rule => rule.bankAccountId)
  return defaultBankAccountId === null ? named : [...named, defaultBankAccountId]
}

/** Whether all bank accounts that the policy names are there and in use: money for any other could go nowhere. */
export function knowsItsBanks(settings: Settings, bankAccounts: readonly BankAccount[]): boolean {
  const active = bankAccounts.filter(bank => bank.active).map(bank => bank.bankAccountId)
  return banksNamed(settings).every(bankAccountId => active.includes(bankAccountId))
}
