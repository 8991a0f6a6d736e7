/** What a till is set up with: settings, drawers, catalog, tender types and bank accounts. */
import { z } from 'zod'
import { amountField, glAccountField, idField, nameField, shortTextField } from '../fields.ts'
import { type Cents, formatCents } from '../money.ts'
import { WHERE_NAMES_STAND } from '../nouns.ts'
import { saidSetting } from '../settings/index.ts'
import { settingValueField } from '../settings/setting.ts'
import { type TenderType, tenderKind, tenderTypeField } from '../tenders.ts'
import { body, type FactOf, kind } from './kind.ts'
import { type RowChange, table, tables } from './rows/table.ts'

export const drawerField = z.strictObject({
  drawerId: idField,
  name: nameField,
  active: z.boolean(),
  /** What it should begin and end its day with. */
  changeFundCents: amountField,
  limitCents: amountField,
})
export type Drawer = z.infer<typeof drawerField>

export const catalogItemField = z.strictObject({
  catalogItemId: idField,
  code: z.string().min(1).max(20),
  name: nameField,
  pricing: z.enum(['fixed', 'per-unit', 'percent', 'open']),
  priceCents: amountField.nullable(),
  /** Millionths of the base amount: 1.5 % is 15,000. */
  rateMillionths: z.int().min(0).max(10_000_000).nullable(),
  unitLabel: shortTextField,
  glAccount: glAccountField,
  /** What to ask for, for example "Permit no."; null asks for nothing. */
  referenceLabel: shortTextField.nullable(),
  isDeposit: z.boolean(),
  active: z.boolean(),
})
export type CatalogItem = z.infer<typeof catalogItemField>

export const bankAccountField = z.strictObject({
  bankAccountId: idField,
  name: nameField,
  bankName: nameField,
  routingNumber: z.string().regex(/^\d{9}$/),
  /** The city's own, printed on deposit slips: digits, with spaces or dashes between. */
  accountNumber: z.string().regex(/^\d[\d -]{2,18}\d$/),
  active: z.boolean(),
})
export type BankAccount = z.infer<typeof bankAccountField>

/** A bank account as a paper names it: as it was when the paper was made, whatever becomes of it later. */
export const namedBankField = bankAccountField.omit({ active: true })

export interface SettingRow {
  name: string
  value: string
}

export interface DrawerRow {
  drawer_id: string
  name: string
  active: number
  change_fund_cents: Cents
  limit_cents: Cents
}

export interface CatalogItemRow {
  catalog_item_id: string
  code: string
  name: string
  pricing: CatalogItem['pricing']
  price_cents: Cents | null
  rate_millionths: number | null
  unit_label: string
  gl_account: string
  reference_label: string | null
  is_deposit: number
  active: number
}

export interface TenderTypeRow {
  tender: string
  kind: string
  name: string
  name_es: string
  active: number
  opens_drawer: number
  change_allowed: number
  reference_required: number
  counted: TenderType['counted']
  banked: number
  gl_account: string
  sort: number
}

export interface BankAccountRow {
  bank_account_id: string
  name: string
  bank_name: string
  routing_number: string
  account_number: string
  active: number
}

export const setupTables = tables({
  setting: table<SettingRow>(['name']),
  drawer: table<DrawerRow>(['drawer_id']),
  catalog_item: table<CatalogItemRow>(['catalog_item_id']),
  tender_type: table<TenderTypeRow>(['tender']),
  bank_account: table<BankAccountRow>(['bank_account_id']),
})
const { setting, drawer, catalog_item, tender_type, bank_account } = setupTables

export const flag = (value: boolean): number => (value ? 1 : 0)

const itemSaved = ({ body }: FactOf<CatalogItem>): RowChange[] => [
  catalog_item.save({
    catalog_item_id: body.catalogItemId,
    code: body.code,
    name: body.name,
    pricing: body.pricing,
    price_cents: body.priceCents,
    rate_millionths: body.rateMillionths,
    unit_label: body.unitLabel,
    gl_account: body.glAccount,
    reference_label: body.referenceLabel,
    is_deposit: flag(body.isDeposit),
    active: flag(body.active),
  }),
]

const tenderSaved = ({ body }: FactOf<TenderType>): RowChange[] => [
  tender_type.save({
    tender: body.tender,
    kind: body.kind,
    name: body.name,
    name_es: body.nameEs,
    active: flag(body.active),
    opens_drawer: flag(body.opensDrawer),
    change_allowed: flag(body.changeAllowed),
    reference_required: flag(body.referenceRequired),
    counted: body.counted,
    banked: flag(body.banked),
    gl_account: body.glAccount,
    sort: body.sort,
  }),
]

/** Whatever of a record an auditor may ask for: each change of it changes the words. */
const saysOf = (what: string, parts: readonly (string | false | null)[]): string =>
  `${what} saved: ${parts.filter(part => part !== false && part !== null && part !== '').join(', ')}`

const usedOr = (active: boolean): string => (active ? 'in use' : 'not in use')

const PRICING_LABELS = {
  fixed: 'fixed price',
  'per-unit': 'price by unit',
  percent: 'percentage',
  open: 'any amount',
} as const satisfies Record<CatalogItem['pricing'], string>

function priceLabel({ pricing, priceCents, rateMillionths }: CatalogItem): string {
  const label = PRICING_LABELS[pricing]
  if (priceCents !== null) return `${label} ${formatCents(priceCents)}`
  return rateMillionths === null ? label : `${label} ${rateMillionths / 10_000} %`
}

const saysItem = (item: CatalogItem): string =>
  saysOf(`Catalog item ${item.code} ${item.name}`, [
    priceLabel(item),
    item.unitLabel !== '' && `per ${item.unitLabel}`,
    `GL ${item.glAccount}`,
    item.referenceLabel !== null && `asks for ${item.referenceLabel}`,
    item.isDeposit && 'a deposit',
    usedOr(item.active),
  ])

const COUNTED_LABELS = {
  pieces: 'counted by piece',
  items: 'counted one by one',
  slips: 'counted as a total',
} as const satisfies Record<TenderType['counted'], string>

const saysTender = (type: TenderType): string =>
  saysOf(`Tender type ${type.name}`, [
    `recorded as ${type.tender}`,
    `handled as ${tenderKind(type).name.en.toLowerCase()}`,
    type.nameEs !== '' && `in Spanish ${type.nameEs}`,
    `GL ${type.glAccount}`,
    COUNTED_LABELS[type.counted],
    type.banked && 'to the bank',
    type.opensDrawer && 'opens the drawer',
    type.changeAllowed && 'gives change',
    type.referenceRequired && 'asks for a number',
    `place ${type.sort}`,
    usedOr(type.active),
  ])

const saysDrawer = (of: Drawer): string =>
  saysOf(`Drawer ${of.name}`, [
    `change fund ${formatCents(of.changeFundCents)}`,
    `cash limit ${formatCents(of.limitCents)}`,
    usedOr(of.active),
  ])

const saysBank = (of: BankAccount): string =>
  saysOf(`Bank account ${of.name}`, [
    of.bankName,
    `routing number ${of.routingNumber}`,
    `account number ${of.accountNumber}`,
    usedOr(of.active),
  ])

export const setupKinds = {
  'settings.saved': kind({
    body: body(z.strictObject({ values: z.array(settingValueField).min(1).max(200) })),
    label: 'Settings saved',
    shows: ['setup', 'movement', 'session', 'deposit', 'safe'],
    posts: true,
    says: ({ body }, nameOf) =>
      `Settings saved: ${body.values.map(value => saidSetting(value, nameOf)).join('; ')}`,
    project: ({ body }) => body.values.map(({ name, value }) => setting.save({ name, value })),
  }),
  'drawer.saved': kind({
    body: body(drawerField),
    label: 'Drawer saved',
    shows: ['setup', ...WHERE_NAMES_STAND],
    posts: false,
    says: ({ body }) => saysDrawer(body),
    project: ({ body }) => [
      drawer.save({
        drawer_id: body.drawerId,
        name: body.name,
        active: flag(body.active),
        change_fund_cents: body.changeFundCents,
        limit_cents: body.limitCents,
      }),
    ],
  }),
  'catalog.saved': kind({
    body: body(catalogItemField),
    label: 'Catalog item saved',
    shows: ['setup', 'account', 'basket'],
    posts: false,
    says: ({ body }) => saysItem(body),
    project: itemSaved,
  }),
  'tender.saved': kind({
    body: body(tenderTypeField),
    label: 'Tender type saved',
    shows: ['setup', ...WHERE_NAMES_STAND],
    posts: true,
    says: ({ body }) => saysTender(body),
    project: tenderSaved,
  }),
  'bank-account.saved': kind({
    body: body(bankAccountField),
    label: 'Bank account saved',
    shows: ['setup', 'deposit', 'session'],
    posts: false,
    says: ({ body }) => saysBank(body),
    project: ({ body }) => [
      bank_account.save({
        bank_account_id: body.bankAccountId,
        name: body.name,
        bank_name: body.bankName,
        routing_number: body.routingNumber,
        account_number: body.accountNumber,
        active: flag(body.active),
      }),
    ],
  }),
}
