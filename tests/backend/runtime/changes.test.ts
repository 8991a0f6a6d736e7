/** What changes on one screen is asked again on every other: whatever a command changed in an answer, its noun is told. */

import { describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { REPORT_NAMES } from '../../../shared/contract/report.ts'
import { cents } from '../../../shared/money.ts'
import type { Noun } from '../../../shared/nouns.ts'
import { check, pay } from '../../support/desk.ts'
import { saveBankAccount, saveDrawer, savePerson, saveSettings, saveTender } from '../../support/office.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'
import { depositOf, openDrawerOf } from '../../transports/at-the-desk.ts'
import { operations, scenarioOf } from '../../transports/operations.ts'
import { reportOf } from '../report/report-tables.ts'

const TODAY = '2026-11-20' as Parameters<TillClient['report']['overShort']>[0]['toDate']

/** Everything that screens ask without saying more than a day, by noun. */
const READS: Readonly<Record<Noun, (client: TillClient) => Promise<unknown>[]>> = {
  account: client => [client.account.find({ text: 'smith' })],
  basket: client => [client.basket.suspended()],
  deposit: client => [client.deposit.list(), client.deposit.waiting()],
  movement: client => [client.movement.list({})],
  person: client => [client.person.list(), client.person.names(), client.person.approvers()],
  receipt: client => [client.receipt.find({ limit: 100 })],
  report: client => [
    client.report.overShort({ toDate: TODAY }),
    ...REPORT_NAMES.map(report => client.report.run(reportOf(report))),
  ],
  safe: client => [client.safe.content()],
  session: client => [client.session.board(), client.session.list({}), client.session.openings()],
  setup: client => [
    client.setup.bankAccounts(),
    client.setup.catalog(),
    client.setup.drawers(),
    client.setup.settings(),
    client.setup.tenders(),
  ],
  sync: client => [client.sync.status()],
  till: client => [client.till.state(), client.till.journal({})],
}

/** Every answer, by noun. What this person may not ask is left out. */
async function answers(clients: readonly TillClient[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const [noun, reads] of Object.entries(READS)) {
    // All see the same reports, and each of them takes its time.
    const asked = noun === 'report' ? clients.slice(0, 1) : clients
    const settled = await Promise.allSettled(asked.flatMap(client => reads(client)))
    found.set(noun, JSON.stringify(settled.map(one => (one.status === 'fulfilled' ? one.value : null))))
  }
  return found
}

/** The nouns that are told while something is done. */
async function toldBy(till: OpenTill, work: () => Promise<unknown>): Promise<Set<string>> {
  const told = new Set<string>()
  const stream = till.backend.changes.stream(undefined)
  await stream.next()
  await work()
  till.backend.changes.tell(['till'])
  for (;;) {
    const { value } = await stream.next()
    for (const noun of value?.nouns ?? []) told.add(noun)
    if (told.has('till')) break
  }
  await stream.return()
  return told
}

const readers = (till: TestTill) =>
  Promise.all((['supervisor', 'administrator', 'lead'] as const).map(who => clientOf(till, who)))

const writes = operations.filter(
  operation => operation.meta.kind === 'write' && !scenarioOf(operation).firstRun,
)

describe('a change on one screen', () => {
  it.each(writes.map(operation => [operation.name, operation] as const))(
    '%s has every answer that it changed asked again',
    { timeout: 60_000 },
    async (_name, operation) => {
      const till = await openTestTill()
      const { ready } = scenarioOf(operation)
      const { client, input } = await ready(till)
      const screens = await readers(till)
      const before = await answers(screens)
      const told = await toldBy(till, () => operation.call(client, input as never))
      const after = await answers(screens)
      const changed = [...after].filter(([noun, answer]) => before.get(noun) !== answer).map(([noun]) => noun)
      expect(changed.filter(noun => !told.has(noun))).toEqual([])
    },
  )

  it.each<[string, (administrator: TillClient) => Promise<unknown>]>([
    [
      'a person',
      async client => {
        const { personId, role } = samplePerson('cashier')
        return savePerson(client, { personId, role, name: 'M. Alvarez-Reyes', active: true })
      },
    ],
    [
      'a drawer',
      async client => {
        const [drawer] = await client.setup.drawers()
        if (!drawer) throw new Error('The sample city has drawers')
        return saveDrawer(client, { ...drawer, name: 'Front window' })
      },
    ],
    [
      'a tender',
      async client => {
        const check = (await client.setup.tenders()).find(({ tender }) => tender === 'check')
        if (!check) throw new Error('The sample city takes checks')
        return saveTender(client, { ...check, name: 'Cheque' })
      },
    ],
    [
      'a bank account',
      async client => {
        const [bankAccount] = await client.setup.bankAccounts()
        if (!bankAccount) throw new Error('The sample city has a bank')
        return saveBankAccount(client, { ...bankAccount, name: 'Main' })
      },
    ],
  ])(
    'of the name of %s reaches every screen on which it stands',
    { timeout: 60_000 },
    async (_what, rename) => {
      const till = await openTestTill()
      await depositOf(till)
      const { client } = await openDrawerOf(till, 'cashier')
      await pay(client, cents(2_500), { tenders: [check(cents(2_500))] })
      const administrator = await clientOf(till, 'administrator')
      const screens = await readers(till)
      const before = await answers(screens)
      const told = await toldBy(till, () => rename(administrator))
      const after = await answers(screens)
      const changed = [...after].filter(([noun, answer]) => before.get(noun) !== answer).map(([noun]) => noun)
      expect(changed).not.toEqual([])
      expect(changed.filter(noun => !told.has(noun))).toEqual([])
    },
  )

  it('is seen by this test at all', async () => {
    const till = await openTestTill()
    const screens = await readers(till)
    const administrator = await clientOf(till, 'administrator')
    const before = await answers(screens)
    const settings = await administrator.setup.settings()
    await saveSettings(administrator, { ...settings, idleLockMinutes: 9 })
    expect((await answers(screens)).get('setup')).not.toBe(before.get('setup'))
  })
})
