/** What an administrator sets up: drawers, catalog, tenders, bank accounts. */
import { z } from 'zod'
import { bankAccountField, catalogItemField, drawerField, tenderTypeField } from '../ledger/facts.ts'
import { ADMINISTRATORS, EVERYONE } from '../roles.ts'
import { commandField, doneField, read, refusal, write } from './base.ts'
import { keptRefusal, textRefusal } from './person.ts'

export const setup = {
  drawers: read(EVERYONE).output(z.array(drawerField)),
  saveDrawer: write(ADMINISTRATORS)
    .input(commandField.extend({ drawer: drawerField }))
    .output(doneField)
    .errors({ ...textRefusal, NAME_TAKEN: refusal, SESSION_OPEN: refusal }),
  catalog: read(EVERYONE).output(z.array(catalogItemField)),
  saveCatalogItem: write(ADMINISTRATORS)
    .input(commandField.extend({ item: catalogItemField }))
    .output(doneField)
    .errors({ ...textRefusal, ...keptRefusal, CODE_TAKEN: refusal, PRICE_MISSING: refusal }),
  tenders: read(EVERYONE).output(z.array(tenderTypeField)),
  saveTender: write(ADMINISTRATORS)
    .input(commandField.extend({ tender: tenderTypeField }))
    .output(doneField)
    .errors({
      ...textRefusal,
      ...keptRefusal,
      CASH_IS_NEEDED: refusal,
      TENDER_NOT_READY: refusal,
      TENDER_IN_USE: refusal,
    }),
  bankAccounts: read(EVERYONE).output(z.array(bankAccountField)),
  saveBankAccount: write(ADMINISTRATORS)
    .input(commandField.extend({ bankAccount: bankAccountField }))
    .output(doneField)
    .errors({
      ...textRefusal,
      ...keptRefusal,
      NAME_TAKEN: refusal,
      ROUTING_NUMBER_WRONG: refusal,
      /** It is switched off while money waits for it, or the city's rules send money to it. */
      BANK_ACCOUNT_IN_USE: { ...refusal, data: z.object({ by: z.enum(['waiting', 'rules']) }) },
    }),
}
