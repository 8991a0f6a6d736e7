/** What is set up: the till at its first run, and what an administrator changes later. */

import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { idField, nameField, tillCodeField } from '../fields.ts'
import { bankAccountField, catalogItemField, drawerField } from '../ledger/setup.ts'
import { ADMINISTRATORS, EVERYONE } from '../roles.ts'
import { POLICY_FAULTS } from '../rules/setup/policy-fault.ts'
import { settingsField } from '../settings/index.ts'
import { tenderTypeField } from '../tenders.ts'
import { commandField, doneField, effect, pinField, progressField, read, refusal, write } from './base.ts'
import { keptRefusal, pinChoiceRefusals, staleRefusal, textRefusal } from './person.ts'

/** Of the drawers' policy: something in it could mean two things, or nothing. */
const policyRefusal = {
  POLICY_NOT_VALID: { ...refusal, data: z.object({ reason: z.enum(POLICY_FAULTS) }) },
} as const

/** The key with which this till signs cannot be made or read. */
export const keyRefusal = {
  KEY_NOT_USABLE: {
    ...refusal,
    data: z.object({ problem: z.enum(['loose-rights', 'not-readable']), place: z.string() }),
  },
} as const

/** What is set up and saved whole says what it was before: null where it is new. */
export const setup = {
  setUp: effect('anyone')
    .input(
      commandField.extend({
        code: tillCodeField,
        settings: settingsField,
        bankAccount: bankAccountField,
        drawers: z.array(drawerField).min(1).max(20),
        administrator: z.object({ personId: idField, name: nameField, pin: pinField }),
      }),
    )
    .output(doneField)
    .errors({
      ...pinChoiceRefusals,
      ...textRefusal,
      ALREADY_SET_UP: refusal,
      UNKNOWN_BANK_ACCOUNT: refusal,
      NAME_TAKEN: refusal,
      ROUTING_NUMBER_WRONG: refusal,
      TIME_ZONE_UNKNOWN: refusal,
      ...policyRefusal,
      ...keyRefusal,
    }),
  openSample: effect('anyone')
    .input(z.object({ accounts: z.int().min(1).max(2_000_000) }))
    .output(eventIterator(progressField))
    .errors({ ALREADY_SET_UP: refusal, ...keyRefusal }),
  settings: read(EVERYONE).output(settingsField),
  saveSettings: write(ADMINISTRATORS)
    /** What differs from `before` is saved, and only that. */
    .input(commandField.extend({ before: settingsField, settings: settingsField }))
    .output(doneField)
    .errors({
      ...staleRefusal,
      ...textRefusal,
      ...keptRefusal,
      TIME_ZONE_UNKNOWN: refusal,
      ...policyRefusal,
      UNKNOWN_BANK_ACCOUNT: refusal,
    }),
  drawers: read(EVERYONE).output(z.array(drawerField)),
  saveDrawer: write(ADMINISTRATORS)
    .input(commandField.extend({ before: drawerField.nullable(), drawer: drawerField }))
    .output(doneField)
    .errors({ ...staleRefusal, ...textRefusal, NAME_TAKEN: refusal, SESSION_OPEN: refusal }),
  catalog: read(EVERYONE).output(z.array(catalogItemField)),
  saveCatalogItem: write(ADMINISTRATORS)
    .input(commandField.extend({ before: catalogItemField.nullable(), item: catalogItemField }))
    .output(doneField)
    .errors({ ...staleRefusal, ...textRefusal, ...keptRefusal, CODE_TAKEN: refusal, PRICE_MISSING: refusal }),
  tenders: read(EVERYONE).output(z.array(tenderTypeField)),
  saveTender: write(ADMINISTRATORS)
    .input(commandField.extend({ before: tenderTypeField.nullable(), tender: tenderTypeField }))
    .output(doneField)
    .errors({
      ...staleRefusal,
      ...textRefusal,
      ...keptRefusal,
      CASH_IS_NEEDED: refusal,
      NAME_TAKEN: refusal,
      TENDER_BANKED_BY_ITEM: refusal,
      TENDER_NOT_READY: refusal,
      /** Its kind was given when it was added. */
      TENDER_KIND_FIXED: refusal,
      TENDER_IN_USE: refusal,
    }),
  bankAccounts: read(EVERYONE).output(z.array(bankAccountField)),
  saveBankAccount: write(ADMINISTRATORS)
    .input(commandField.extend({ before: bankAccountField.nullable(), bankAccount: bankAccountField }))
    .output(doneField)
    .errors({
      ...staleRefusal,
      ...textRefusal,
      ...keptRefusal,
      NAME_TAKEN: refusal,
      ROUTING_NUMBER_WRONG: refusal,
      /** It is switched off while money waits for it, or the city's rules send money to it. */
      BANK_ACCOUNT_IN_USE: { ...refusal, data: z.object({ by: z.enum(['waiting', 'rules']) }) },
    }),
}
