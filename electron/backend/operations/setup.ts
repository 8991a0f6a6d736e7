/** What an administrator sets up: drawers, catalog, tenders, bank accounts, the city itself. */
import { unclosedSessionAt } from '../../../db/queries/sessions.ts'
import {
  allBankAccounts,
  allCatalogItems,
  allDrawers,
  allTenderTypes,
  settingsNow,
} from '../../../db/queries/setup.ts'
import { canonical } from '../../../shared/ledger/canonical.ts'
import { write } from '../commands.ts'
import { os } from '../guard.ts'
import { bankAccountToSave, catalogItemToSave, settingsToSave, tenderToSave } from '../setup-checks.ts'
import { keptText } from '../texts.ts'

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

export const drawers = os.setup.drawers.handler(({ context }) => allDrawers(context.backend.ledger.reader))

export const saveDrawer = os.setup.saveDrawer.handler(
  write({
    decide({ tx, input, errors }) {
      const { drawer } = input
      const name = keptText('name', drawer.name, { maxLength: 80, required: true })
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

export const saveCatalogItem = os.setup.saveCatalogItem.handler(
  write({
    decide({ tx, input: { item }, errors, backend }) {
      if (backend.keptAtCentral('catalog', item.catalogItemId)) throw errors.KEPT_AT_CENTRAL()
      tx.append('catalog.saved', catalogItemToSave(tx, item))
    },
    answer: () => ({}),
  }),
)

export const tenders = os.setup.tenders.handler(({ context }) =>
  allTenderTypes(context.backend.ledger.reader),
)

export const saveTender = os.setup.saveTender.handler(
  write({
    decide({ tx, input: { tender }, errors, backend }) {
      if (backend.keptAtCentral('tenders', tender.tender)) throw errors.KEPT_AT_CENTRAL()
      tx.append('tender.saved', tenderToSave(tx, tender))
    },
    answer: () => ({}),
  }),
)

export const bankAccounts = os.setup.bankAccounts.handler(({ context }) =>
  allBankAccounts(context.backend.ledger.reader),
)

export const saveBankAccount = os.setup.saveBankAccount.handler(
  write({
    decide({ tx, input: { bankAccount }, errors, settings, backend }) {
      if (backend.keptAtCentral('bankAccounts', bankAccount.bankAccountId)) throw errors.KEPT_AT_CENTRAL()
      tx.append('bank-account.saved', bankAccountToSave(tx, bankAccount, settings))
    },
    answer: () => ({}),
  }),
)

export const settings = os.till.settings.handler(({ context }) => settingsNow(context.backend.ledger.reader))

export const saveSettings = os.till.saveSettings.handler(
  write({
    decide({ tx, input, errors, settings: before, backend }) {
      const checked = settingsToSave(tx, input.settings)
      const isOtherPolicy = canonical(checked.drawerControl) !== canonical(before.drawerControl)
      if (isOtherPolicy && backend.keptAtCentral('drawerControl', '')) throw errors.KEPT_AT_CENTRAL()
      tx.append('settings.saved', checked)
    },
    answer: () => ({}),
  }),
)
