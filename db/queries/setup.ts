/** What the city has set up: settings, drawers, catalog, tenders, bank accounts. */

import type {
  BankAccount,
  BankAccountRow,
  CatalogItem,
  CatalogItemRow,
  Drawer,
  DrawerRow,
  SettingRow,
  TenderTypeRow,
} from '../../shared/ledger/setup.ts'
import { type Settings, settingsFrom } from '../../shared/settings/index.ts'
import type { Tender, TenderType } from '../../shared/tenders.ts'
import type { Reader } from '../ledger/reader.ts'
import { build, statement } from '../ledger/statement.ts'

const settingRows = statement<object>()(() => build.selectFrom('setting').selectAll())
// Checking them takes longer than the rest of a receipt, so what kept rows came to is kept with them.
const read = new WeakMap<readonly SettingRow[], Settings>()

/** The city's settings; undefined before the first run. */
export function settingsOf(reader: Reader): Settings | undefined {
  const rows = reader.kept(settingRows)
  if (rows.length === 0) return undefined
  const known = read.get(rows)
  if (known) return known
  const settings = settingsFrom(rows)
  read.set(rows, settings)
  return settings
}

/** The settings of a till that is set up. */
export function settingsNow(reader: Reader): Settings {
  const settings = settingsOf(reader)
  if (!settings) throw new Error('No settings: the till is not set up')
  return settings
}

function drawerFrom(row: DrawerRow): Drawer {
  return {
    drawerId: row.drawer_id,
    name: row.name,
    active: row.active === 1,
    changeFundCents: row.change_fund_cents,
    limitCents: row.limit_cents,
  }
}
const drawerRow = statement<{ drawerId: string }>()(parameter =>
  build.selectFrom('drawer').selectAll().where('drawer_id', '=', parameter('drawerId')),
)

export function drawerById(reader: Reader, drawerId: string): Drawer | undefined {
  const row = reader.one(drawerRow, { drawerId })
  return row && drawerFrom(row)
}

export function allDrawers(reader: Reader): Drawer[] {
  return reader.all(build.selectFrom('drawer').selectAll().orderBy('name')).map(drawerFrom)
}

function catalogItemFrom(row: CatalogItemRow): CatalogItem {
  return {
    catalogItemId: row.catalog_item_id,
    code: row.code,
    name: row.name,
    pricing: row.pricing,
    priceCents: row.price_cents,
    rateMillionths: row.rate_millionths,
    unitLabel: row.unit_label,
    glAccount: row.gl_account,
    referenceLabel: row.reference_label,
    isDeposit: row.is_deposit === 1,
    active: row.active === 1,
  }
}
const catalogItemRows = statement<object>()(() =>
  build.selectFrom('catalog_item').selectAll().orderBy('code'),
)

export function catalogItemById(reader: Reader, catalogItemId: string): CatalogItem | undefined {
  const row = reader.kept(catalogItemRows).find(one => one.catalog_item_id === catalogItemId)
  return row && catalogItemFrom(row)
}

export function allCatalogItems(reader: Reader): CatalogItem[] {
  return reader.kept(catalogItemRows).map(catalogItemFrom)
}

/** Catalog items whose code begins, or whose name has a word that begins, with each word typed. */
export function findCatalogItems(reader: Reader, text: string, limit: number): CatalogItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const fits = (item: CatalogItem): boolean => {
    const hay = `${item.code} ${item.name}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)
    return words.every(
      word => item.code.toLowerCase().startsWith(word) || hay.some(part => part.startsWith(word)),
    )
  }
  return allCatalogItems(reader)
    .filter(item => item.active && fits(item))
    .slice(0, limit)
}

function tenderTypeFrom(row: TenderTypeRow): TenderType {
  return {
    tender: row.tender,
    kind: row.kind,
    name: row.name,
    nameEs: row.name_es,
    active: row.active === 1,
    opensDrawer: row.opens_drawer === 1,
    changeAllowed: row.change_allowed === 1,
    referenceRequired: row.reference_required === 1,
    counted: row.counted,
    banked: row.banked === 1,
    glAccount: row.gl_account,
    sort: row.sort,
  }
}
const tenderTypeRows = statement<object>()(() => build.selectFrom('tender_type').selectAll().orderBy('sort'))

export function allTenderTypes(reader: Reader): TenderType[] {
  return reader.kept(tenderTypeRows).map(tenderTypeFrom)
}

/** Of these tenders, those that are counted instrument by instrument. */
export function instrumentsAmong(types: readonly TenderType[]): Tender[] {
  return types.filter(type => type.counted === 'items').map(type => type.tender)
}

/** Tenders that are counted instrument by instrument. */
export function instrumentTenders(reader: Reader): Tender[] {
  return instrumentsAmong(allTenderTypes(reader))
}

/** Tenders whose instrument itself goes to the bank. */
export function bankedInstrumentTenders(reader: Reader): Tender[] {
  return instrumentsAmong(allTenderTypes(reader).filter(type => type.banked))
}

/** What a tender is called at this city. */
export function tenderNames(reader: Reader): (tender: Tender) => string {
  const names = new Map(reader.kept(tenderTypeRows).map(row => [row.tender, row.name]))
  return tender => names.get(tender) ?? tender
}

function bankAccountFrom(row: BankAccountRow): BankAccount {
  return {
    bankAccountId: row.bank_account_id,
    name: row.name,
    bankName: row.bank_name,
    routingNumber: row.routing_number,
    accountNumber: row.account_number,
    active: row.active === 1,
  }
}

export function allBankAccounts(reader: Reader): BankAccount[] {
  return reader.all(build.selectFrom('bank_account').selectAll().orderBy('name')).map(bankAccountFrom)
}

export function bankAccountById(reader: Reader, bankAccountId: string): BankAccount | undefined {
  return allBankAccounts(reader).find(account => account.bankAccountId === bankAccountId)
}
