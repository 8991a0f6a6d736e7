/** What is asked of the set-up. */
import { bankAccounts, saveBankAccount } from './bank-accounts.ts'
import { catalog, saveCatalogItem } from './catalog.ts'
import { drawers, saveDrawer } from './drawers.ts'
import { openSample, setUp } from './first-run.ts'
import { saveSettings, settings } from './settings.ts'
import { saveTender, tenders } from './tenders.ts'

export const setup = {
  bankAccounts,
  saveBankAccount,
  catalog,
  saveCatalogItem,
  drawers,
  saveDrawer,
  openSample,
  setUp,
  saveSettings,
  settings,
  saveTender,
  tenders,
}
