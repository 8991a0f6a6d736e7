/** The first run: a city's own till, or the sample city. */
import { tillOf } from '../../../db/queries/setup.ts'
import { DEFAULT_DRAWER_CONTROL } from '../../../shared/drawer-control.ts'
import { commandHash } from '../../../shared/ledger/chain.ts'
import type { CatalogItem, TenderType } from '../../../shared/ledger/facts.ts'
import { ZERO } from '../../../shared/money.ts'
import { isRoutingNumber } from '../../../shared/rules/aba.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/denominations.ts'
import { checkPin } from '../../../shared/rules/pin.ts'
import type { Settings } from '../../../shared/settings.ts'
import { businessDateOf } from '../../../shared/time.ts'
import { TILL_ACTOR } from '../actors.ts'
import type { Backend } from '../backend.ts'
import { eventsOf } from '../events.ts'
import { os } from '../guard.ts'
import { recordImport } from '../imports.ts'
import { makeCredential } from '../pins.ts'
import { sampleCatalog } from '../sample/catalog.ts'
import { sampleCity, samplePeople } from '../sample/city.ts'
import { checkedBankAccount, checkedSettings, knowsItsBanks } from '../setup-checks.ts'
import { keptText } from '../texts.ts'

const tender = (
  type: Pick<TenderType, 'tender' | 'name' | 'counted' | 'sort' | 'glAccount'> & Partial<TenderType>,
): TenderType => ({
  active: true,
  opensDrawer: false,
  changeAllowed: false,
  referenceRequired: false,
  banked: false,
  ...type,
})

/** Tender types as a new till has them; ACH and on-account credit wait to be switched on. */
const DEFAULT_TENDERS: readonly TenderType[] = [
  tender({
    tender: 'cash',
    name: 'Cash',
    counted: 'pieces',
    sort: 1,
    glAccount: '100-1010',
    opensDrawer: true,
    changeAllowed: true,
    banked: true,
  }),
  tender({
    tender: 'check',
    name: 'Check',
    counted: 'items',
    sort: 2,
    glAccount: '100-1010',
    opensDrawer: true,
    referenceRequired: true,
    banked: true,
  }),
  tender({ tender: 'card', name: 'Card', counted: 'slips', sort: 3, glAccount: '100-1030' }),
  tender({
    tender: 'money-order',
    name: 'Money order',
    counted: 'items',
    sort: 4,
    glAccount: '100-1010',
    opensDrawer: true,
    referenceRequired: true,
    banked: true,
  }),
  tender({
    tender: 'ach',
    name: 'ACH transfer',
    counted: 'slips',
    sort: 5,
    glAccount: '100-1040',
    referenceRequired: true,
    active: false,
  }),
  tender({
    tender: 'credit',
    name: 'Credit on account',
    counted: 'slips',
    sort: 6,
    glAccount: '100-2100',
    active: false,
  }),
]

/** Actor of facts that no person states. */

export const setUp = os.till.setUp.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const { administrator, bankAccount } = input
  const allowed = checkPin(administrator.pin)
  if (!allowed.ok) throw errors.PIN_NOT_ALLOWED({ data: { reason: allowed.reason } })
  if (!isRoutingNumber(bankAccount.routingNumber)) throw errors.ROUTING_NUMBER_WRONG()
  const settings = checkedSettings(input.settings)
  const bank = checkedBankAccount(bankAccount)
  if (!knowsItsBanks(settings, [bank])) throw errors.UNKNOWN_BANK_ACCOUNT()
  const name = keptText('name', administrator.name, { maxLength: 80, required: true })
  const drawers = input.drawers.map(drawer => ({
    ...drawer,
    name: keptText('drawer', drawer.name, { maxLength: 80, required: true }),
  }))
  const drawerNames = new Set(drawers.map(drawer => drawer.name.toLowerCase()))
  if (drawerNames.size < drawers.length) throw errors.NAME_TAKEN()
  const credential = await makeCredential(administrator.personId, administrator.pin)
  const hash = commandHash('till.setUp', input)
  const recorded = backend.ledger.recorded(input.commandId)
  if (recorded?.commandHash === hash) return {}
  if (tillOf(backend.ledger.reader)) throw errors.ALREADY_SET_UP()
  const at = backend.clock()
  const businessDate = businessDateOf(at, settings.timeZone)
  backend.ledger.write(
    { commandId: input.commandId, commandHash: hash, actorId: TILL_ACTOR, at, businessDate },
    tx => {
      tx.append('till.set-up', { code: input.code, sample: false })
      tx.append('settings.saved', settings)
      for (const type of DEFAULT_TENDERS) tx.append('tender.saved', type)
      for (const drawer of drawers) tx.append('drawer.saved', drawer)
      tx.append('bank-account.saved', bank)
      tx.append('person.saved', {
        personId: administrator.personId,
        name,
        role: 'administrator',
        active: true,
      })
      tx.setCredential(credential)
    },
  )
  return {}
})

const SAMPLE_SEED = 20_261_121

export const openSample = os.till.openSample.handler(({ input, context, errors, signal }) => {
  const { backend } = context
  if (tillOf(backend.ledger.reader)) throw errors.ALREADY_SET_UP()
  return eventsOf(onProgress => makeSampleTill(backend, input.accounts, { onProgress, signal }))
})

/** The sample city whole: accounts first, so that a cancelled start leaves a first run, then everything else at once. */
export async function makeSampleTill(
  backend: Backend,
  accounts: number,
  options: Parameters<Backend['jobs']['runLong']>[2],
): Promise<void> {
  const city = sampleCity()
  const at = backend.clock()
  const today = businessDateOf(at, city.timeZone)
  const importId = backend.newId()
  const { dataDir } = backend
  const { mark } = await backend.jobs.runLong(
    'sample-accounts',
    { importId, accounts, seed: SAMPLE_SEED, today, dataDir, atMs: at },
    options,
  )
  const people = await Promise.all(
    samplePeople().map(async person => ({
      person,
      credential: await makeCredential(person.personId, person.pin),
    })),
  )
  if (tillOf(backend.ledger.reader)) return
  const commandId = backend.newId()
  const hash = commandHash('till.openSample', { accounts })
  backend.ledger.write({ commandId, commandHash: hash, actorId: TILL_ACTOR, at, businessDate: today }, tx => {
    tx.append('till.set-up', { code: city.tillCode, sample: true })
    tx.append('settings.saved', checkedSettings(sampleSettings()))
    for (const type of DEFAULT_TENDERS) tx.append('tender.saved', type)
    for (const drawer of city.drawers) tx.append('drawer.saved', drawer)
    for (const bankAccount of city.bankAccounts) tx.append('bank-account.saved', bankAccount)
    for (const item of sampleCatalog()) tx.append('catalog.saved', catalogItem(item))
    for (const { person, credential } of people) {
      const { personId, name, role } = person
      tx.append('person.saved', { personId, name, role, active: true })
      tx.setCredential(credential)
    }
  })
  if (mark) recordImport(backend, mark, TILL_ACTOR)
}

function catalogItem(item: ReturnType<typeof sampleCatalog>[number]): CatalogItem {
  return { ...item, active: true }
}

/** Settings of the sample city, and what a new city starts from. */
export function sampleSettings(): Settings {
  const city = sampleCity()
  return {
    utilityName: city.utilityName,
    addressLines: city.addressLines,
    phone: city.phone,
    timeZone: city.timeZone,
    receiptTexts: city.receiptTexts,
    receiptPaper: '80mm',
    printer: { mode: 'folder', queue: '' },
    denominations: US_DENOMINATIONS.map(denomination => ({ ...denomination })),
    overpay: 'credit',
    creditGlAccount: '500-2110',
    overShortGlAccount: '100-4990',
    roundingGlAccount: '100-4991',
    rounding: 'off',
    differenceToleranceCents: ZERO,
    idleLockMinutes: 10,
    maxSessionHours: 24,
    scanTemplates: city.scanTemplates.map(mutableTemplate),
    drawerControl: DEFAULT_DRAWER_CONTROL,
  }
}

function mutableTemplate(
  template: ReturnType<typeof sampleCity>['scanTemplates'][number],
): Settings['scanTemplates'][number] {
  const { weights, ...checkDigit } = template.checkDigit
  return { ...template, checkDigit: { ...checkDigit, ...(weights ? { weights: [...weights] } : {}) } }
}
