/** Catalog, tenders, banks, policies and people that the city keeps at central, as a till takes them over. */

import { describe, expect, it, vi } from 'vitest'
import type { City } from '../../../shared/central/protocol.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { cityWith } from '../../support/central/city-at-till.ts'
import { enrol, type LineTill, openLineTill } from '../../support/central/line.ts'
import { cash, catalogLine, receiptInput } from '../../support/desk.ts'
import { saveCatalogItem, savePerson, saveSettings } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf, screenOf } from '../../support/screens.ts'
import { samplePerson, type Who } from '../../support/template.ts'
import { endSession, openDrawerOf } from '../../transports/at-the-desk.ts'
import {
  A_WHILE_MS,
  changedCity,
  expectSound,
  headOf,
  hereAt,
  kindsOf,
  later,
  leftAt,
  newcomer,
  personOf,
  publish,
} from './published-city.ts'

describe('What the city keeps at central', () => {
  it('is taken over in one command, and only what is another than here', async () => {
    const line = await openLineTill()
    await line.settle()
    const before = headOf(line)
    const city = changedCity(line)
    await publish(line, city)
    const { version: _, ...wanted } = city
    expect(hereAt(line)).toEqual({ ...wanted, people: expect.arrayContaining(wanted.people) })
    expect(headOf(line)).toBe(before + 5)
    const kinds = kindsOf(line, `city-1-1.${before + 1}`)
    expect(kinds.sort()).toEqual([
      ...['bank-account.saved', 'catalog.saved', 'person.saved', 'settings.saved', 'tender.saved'],
    ])
    const auditor = await clientOf(line.till, 'auditor')
    const { entries: stated } = await auditor.till.journal({ kind: 'catalog.saved' })
    expect(stated[0]).toMatchObject({ actorName: 'central', summary: expect.stringContaining('Named anew') })
    await expectSound(line)
  })

  it('is not stated again while it stays the same, or is published again as it was', async () => {
    const line = await openLineTill()
    const city = changedCity(line)
    await publish(line, city)
    const taken = headOf(line)
    await later(line)
    await publish(line, { ...city, version: 2 })
    await later(line)
    expect(headOf(line)).toBe(taken)
    expect(line.sync().store.city()?.city.version).toBe(2)
  })

  it('leaves what it does not mention as it was', async () => {
    const line = await openLineTill()
    const before = hereAt(line)
    const item = { ...(before?.catalog[0] ?? never()), active: false }
    await publish(line, cityWith({ catalog: [item] }))
    expect(hereAt(line)).toEqual({
      ...before,
      catalog: before?.catalog.map(one => (one.catalogItemId === item.catalogItemId ? item : one)),
    })
  })

  it('is what central has after a restore, under a lower number or the same', async () => {
    const line = await openLineTill()
    await publish(line, cityWith({ version: 5, people: [personOf('colleague', false)] }))
    expect(activeAt(line, 'colleague')).toBe(false)
    await publish(line, cityWith({ version: 3, people: [personOf('colleague')] }))
    expect(activeAt(line, 'colleague')).toBe(true)
    await publish(line, cityWith({ version: 3, people: [personOf('colleague', false)] }))
    expect(activeAt(line, 'colleague')).toBe(false)
    await publish(line, cityWith({ version: 5, people: [personOf('colleague', false)] }))
    await publish(line, cityWith({ version: 5, people: [personOf('colleague')] }))
    expect(activeAt(line, 'colleague')).toBe(true)
    await expectSound(line)
  })

  it('is recorded once where the program ends between the ledger and its own notes', async () => {
    const line = await openLineTill()
    await line.settle()
    const before = headOf(line)
    const keep = vi.spyOn(line.sync().store, 'keepCity').mockImplementationOnce(() => {
      throw new Error('The disk was full')
    })
    await publish(line, changedCity(line))
    expect(keep).toHaveBeenCalledTimes(2)
    expect(headOf(line)).toBe(before + 5)
    line.sync().store.forgetCity()
    await line.till.restart()
    expect(line.sync().store.city()).toBeUndefined()
    await later(line)
    expect(line.sync().store.city()?.isWhole).toBe(true)
    expect(headOf(line)).toBe(before + 5)
    await expectSound(line)
  })

  it('is asked for anew, and free to be changed until then, where the till is enrolled again', async () => {
    const line = await openLineTill()
    await publish(line, cityWith({ people: [personOf('colleague')] }))
    const administrator = await clientOf(line.till, 'administrator')
    const change = () => savePerson(administrator, { ...personOf('colleague', false) })
    await refused(change(), 'KEPT_AT_CENTRAL')
    await enrol(line)
    await change()
    expect(activeAt(line, 'colleague')).toBe(false)
    await later(line)
    expect(activeAt(line, 'colleague')).toBe(true)
  })
})

describe('What cannot be taken over now', () => {
  it('stays as it was with its reason on the Sync screen, and is tried again; the rest is taken', async () => {
    const line = await openLineTill()
    const { client } = await openDrawerOf(line.till, 'cashier')
    const before = headOf(line)
    const people = [personOf('cashier', false), personOf('colleague', false)]
    await publish(line, cityWith({ people }))
    expect([activeAt(line, 'cashier'), activeAt(line, 'colleague')]).toEqual([true, false])
    const left = [{ noun: 'people', name: samplePerson('cashier').name, code: 'SESSION_OPEN' }]
    expect(leftAt(line)).toEqual(left)
    await later(line)
    expect(headOf(line)).toBe(before + 1)
    const administrator = await clientOf(line.till, 'administrator')
    const { details } = await administrator.sync.status()
    expect(details?.alarms).toMatchObject([{ kind: 'city-not-taken', detail: JSON.stringify(left) }])
    await endSession(client, 'cashier')
    await later(line)
    expect(activeAt(line, 'cashier')).toBe(false)
    expect(leftAt(line)).toEqual([])
    await expectSound(line)
  })

  it('leaves the streams of changes to the screens open, though nothing could be stated', async () => {
    const line = await openLineTill()
    await openDrawerOf(line.till, 'cashier')
    const told = vi.spyOn(line.till.backend.changes, 'tell')
    await publish(line, cityWith({ people: [personOf('cashier', false)] }))
    expect(leftAt(line)).toHaveLength(1)
    expect(told.mock.calls.filter(([nouns]) => nouns.length === 0)).toEqual([])
  })

  it('is held against the checks of its own screen', async () => {
    const line = await openLineTill()
    await openDrawerOf(line.till, 'cashier')
    const here = hereAt(line) ?? never()
    const [item = never()] = here.catalog
    const [bank = never()] = here.bankAccounts
    const slips = here.tenders.find(type => type.tender === 'card') ?? never()
    const unknownBank = { ...here.policies, defaultBankAccountId: newId() }
    await publish(line, {
      version: 1,
      catalog: [{ ...item, catalogItemId: newId() }],
      tenders: [{ ...slips, counted: 'items' }],
      bankAccounts: [{ ...bank, bankAccountId: newId() }],
      policies: unknownBank as City['policies'],
      people: [newcomer(samplePerson('lead').name)],
    })
    expect(leftAt(line)).toEqual([
      { noun: 'bankAccounts', name: bank.name, code: 'NAME_TAKEN' },
      { noun: 'policies', name: '', code: 'UNKNOWN_BANK_ACCOUNT' },
      { noun: 'tenders', name: slips.name, code: 'TENDER_IN_USE' },
      { noun: 'catalog', name: item.code, code: 'CODE_TAKEN' },
      { noun: 'people', name: samplePerson('lead').name, code: 'NAME_TAKEN' },
    ])
    expect(hereAt(line)).toEqual(here)
  })

  it('may become possible by something else of the same version', async () => {
    const line = await openLineTill()
    const here = hereAt(line) ?? never()
    const [first = never(), second = never()] = here.bankAccounts
    const naming = (bankAccountId: string): City['policies'] =>
      here.policies && { ...here.policies, defaultBankAccountId: bankAccountId }
    await publish(line, cityWith({ policies: naming(first.bankAccountId) }))
    await line.settle()
    const before = headOf(line)
    const bankAccounts = [{ ...first, active: false }, second]
    await publish(line, cityWith({ version: 2, bankAccounts, policies: naming(second.bankAccountId) }))
    expect(leftAt(line)).toEqual([])
    expect(kindsOf(line, `city-2-1.${before + 1}`)).toEqual(['settings.saved', 'bank-account.saved'])
    expect(hereAt(line)?.bankAccounts.find(bank => bank.bankAccountId === first.bankAccountId)?.active).toBe(
      false,
    )
  })
})

describe('People whom central makes known', () => {
  it('cannot sign in before an administrator of the till has given them a PIN', async () => {
    const line = await openLineTill()
    const person = newcomer('N. Newman', 'lead')
    await publish(line, cityWith({ people: [person] }))
    const { client } = line.till.screen()
    const { personId } = person
    const isNamed = async () => (await client.person.names()).some(one => one.personId === personId)
    expect(await isNamed()).toBe(false)
    for (const pin of ['', '0', '2580']) {
      const call = client.person.signIn({ personId, pin })
      await expect(call).rejects.toThrow()
    }
    line.till.clock.advance(A_WHILE_MS)
    const administrator = await clientOf(line.till, 'administrator')
    await refused(savePerson(administrator, { ...person }), 'PIN_MISSING')
    await savePerson(administrator, { ...person, newPin: '5836' })
    expect(await isNamed()).toBe(true)
    const signIn = { personId, pin: '5836', newPin: '719285' }
    expect((await client.person.signIn(signIn)).person.name).toBe('N. Newman')
  })

  it('never lock the last administrator with a PIN out, from central or from a screen', async () => {
    const line = await openLineTill()
    const next = newcomer('N. Newman', 'administrator')
    await publish(line, cityWith({ people: [next, personOf('administrator', false)] }))
    expect(activeAt(line, 'administrator')).toBe(true)
    expect(leftAt(line)).toMatchObject([{ code: 'LAST_ADMINISTRATOR' }])
    const administrator = await clientOf(line.till, 'administrator')
    line.sync().store.forgetCity()
    const leave = { commandId: newId(), ...personOf('administrator', false) }
    await refused(savePerson(administrator, leave), 'LAST_ADMINISTRATOR')
    await savePerson(administrator, { ...next, newPin: '5836' })
    await later(line)
    expect(activeAt(line, 'administrator')).toBe(false)
    expect(leftAt(line)).toEqual([])
  })

  it('are signed out where they are not active any more', async () => {
    const line = await openLineTill()
    const { client } = await screenOf(line.till, 'colleague')
    await publish(line, cityWith({ people: [personOf('colleague', false)] }))
    await refused(client.setup.drawers(), 'NOT_SIGNED_IN')
    await publish(line, cityWith({ version: 2, people: [personOf('colleague')] }))
    await refused(client.setup.drawers(), 'NOT_SIGNED_IN')
  })
})

describe('At a till that has taken a version over', () => {
  it('what central keeps is changed there, and the rest here; a till that is revoked is on its own again', async () => {
    const line = await openLineTill()
    const {
      catalog: [item = never(), other = never()],
    } = hereAt(line) ?? never()
    await publish(line, cityWith({ catalog: [item] }))
    const administrator = await clientOf(line.till, 'administrator')
    const renamed = { ...item, name: 'Named here' }
    const save = (changed: typeof item) => saveCatalogItem(administrator, changed)
    await refused(save(renamed), 'KEPT_AT_CENTRAL')
    await save({ ...other, name: 'Named here' })
    line.central.revoked = true
    await later(line)
    expect(line.sync().connection).toBe('halted')
    await save(renamed)
  })

  it('other settings than the policies are saved as before', async () => {
    const line = await openLineTill()
    const policies = hereAt(line)?.policies ?? never()
    await publish(line, cityWith({ policies }))
    const administrator = await clientOf(line.till, 'administrator')
    const settings = await administrator.setup.settings()
    await saveSettings(administrator, { ...settings, idleLockMinutes: 3 })
    expect((await administrator.setup.settings()).idleLockMinutes).toBe(3)
  })

  it('a basket with an item that costs something else by now is not posted at the old price', async () => {
    const line = await openLineTill()
    const { client } = await openDrawerOf(line.till, 'cashier')
    const item = hereAt(line)?.catalog.find(one => one.pricing === 'fixed') ?? never()
    const dearer = { ...item, priceCents: cents((item.priceCents ?? 0) + 100) }
    const lines = [await catalogLine(client, item.code)]
    const paid = receiptInput(lines, [cash(item.priceCents ?? never())], item.priceCents ?? never())
    await publish(line, cityWith({ catalog: [dearer] }))
    await refused(client.receipt.post(paid), 'TOTAL_CHANGED')
  })
})

function activeAt(line: LineTill, who: Who): boolean | undefined {
  const { personId } = samplePerson(who)
  return hereAt(line)?.people.find(person => person.personId === personId)?.active
}

/** In the place of what the sample city always has. */
function never(): never {
  throw new Error('The sample city has none')
}
