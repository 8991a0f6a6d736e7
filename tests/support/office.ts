/** What an administrator saves at a screen: each thing with what it was before, as the screen has it. */
import type { TillClient } from '../../shared/contract/index.ts'
import { newId } from '../../shared/id.ts'
import type { BankAccount, CatalogItem, Drawer } from '../../shared/ledger/setup.ts'
import type { Settings } from '../../shared/settings/index.ts'
import type { TenderType } from '../../shared/tenders.ts'
import { samplePerson } from './template.ts'

type PersonInput = Parameters<TillClient['person']['save']>[0]

const orNull = <T>(found: T | undefined): T | null => found ?? null

export async function saveSettings(client: TillClient, settings: Settings) {
  const before = await client.setup.settings()
  return client.setup.saveSettings({ commandId: newId(), before, settings })
}

export async function changeSettings(client: TillClient, changes: Partial<Settings>) {
  return saveSettings(client, { ...(await client.setup.settings()), ...changes })
}

export async function saveTender(client: TillClient, tender: TenderType) {
  const before = orNull((await client.setup.tenders()).find(one => one.tender === tender.tender))
  return client.setup.saveTender({ commandId: newId(), before, tender })
}

export async function saveDrawer(client: TillClient, drawer: Drawer) {
  const before = orNull((await client.setup.drawers()).find(one => one.drawerId === drawer.drawerId))
  return client.setup.saveDrawer({ commandId: newId(), before, drawer })
}

export async function changeDrawer(client: TillClient, change: Partial<Drawer>, name = 'Window 1') {
  const drawer = (await client.setup.drawers()).find(one => one.name === name)
  if (!drawer) throw new Error(`No drawer ${name}`)
  return saveDrawer(client, { ...drawer, ...change })
}

export async function saveCatalogItem(client: TillClient, item: CatalogItem) {
  const catalog = await client.setup.catalog()
  const before = orNull(catalog.find(one => one.catalogItemId === item.catalogItemId))
  return client.setup.saveCatalogItem({ commandId: newId(), before, item })
}

export async function saveBankAccount(client: TillClient, bankAccount: BankAccount) {
  const banks = await client.setup.bankAccounts()
  const before = orNull(banks.find(one => one.bankAccountId === bankAccount.bankAccountId))
  return client.setup.saveBankAccount({ commandId: newId(), before, bankAccount })
}

/** The record of a person as it is saved, without what is only known of them. */
export async function personNow(client: TillClient, personId: string): Promise<PersonInput['before']> {
  const found = (await client.person.list()).find(one => one.personId === personId)
  return found ? { personId, name: found.name, role: found.role, active: found.active } : null
}

/** Whoever gets a PIN, or becomes an approver or is one no more, is approved: by the supervisor, whose own by the lead. */
export function approvedPin({
  personId,
}: {
  personId?: string
} = {}): Required<Pick<PersonInput, 'approval'>> {
  const isSupervisor = personId === samplePerson('supervisor').personId
  const { personId: approver, pin } = samplePerson(isSupervisor ? 'lead' : 'supervisor')
  return { approval: { personId: approver, pin } }
}

export async function savePerson(
  client: TillClient,
  person: Omit<PersonInput, 'before' | 'commandId'> & { commandId?: string },
) {
  const before = await personNow(client, person.personId)
  return client.person.save({ commandId: newId(), before, ...approvedPin(person), ...person })
}
