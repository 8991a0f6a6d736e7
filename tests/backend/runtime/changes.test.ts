/** What changes on one screen is asked again on every other: whatever a command changed in an answer, its noun is told. */

import type Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { openLedgerReadOnly } from '../../../db/ledger/till.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { REPORT_NAMES } from '../../../shared/contract/report.ts'
import { cents } from '../../../shared/money.ts'
import { check, pay } from '../../support/desk.ts'
import { saveBankAccount, saveDrawer, savePerson, saveSettings, saveTender } from '../../support/office.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'
import { depositOf, openDrawerOf } from '../../transports/at-the-desk.ts'
import { operations, scenarioOf } from '../../transports/operations.ts'
import { reportOf } from '../report/report-tables.ts'

const TODAY = '2026-11-20' as Parameters<TillClient['report']['overShort']>[0]['toDate']

/** What there is to ask about. */
interface Things {
  accounts: string[]
  deposits: string[]
  movements: string[]
  receipts: string[]
  sessions: string[]
}
type Reads = (client: TillClient, things: Things) => Promise<unknown>[]

/** Every question of the contract, by its name; a few are asked of all that there is. */
const READS: Readonly<Record<string, Reads>> = {
  'account.find': client => [client.account.find({ text: 'smith' })],
  'account.get': (client, { accounts }) => accounts.map(accountId => client.account.get({ accountId })),
  'account.history': (client, { accounts }) =>
    accounts.map(accountId => client.account.history({ accountId })),
  'basket.suspended': client => [client.basket.suspended()],
  'deposit.get': (client, { deposits }) => deposits.map(depositId => client.deposit.get({ depositId })),
  'deposit.list': client => [client.deposit.list()],
  'deposit.waiting': client => [client.deposit.waiting()],
  'movement.get': (client, { movements }) => movements.map(movementId => client.movement.get({ movementId })),
  'movement.list': client => [client.movement.list({})],
  'movement.sheet': client => [client.movement.sheet()],
  'person.approvers': client => [client.person.approvers()],
  'person.list': client => [client.person.list()],
  'person.names': client => [client.person.names()],
  'receipt.find': client => [client.receipt.find({ limit: 100 })],
  'receipt.get': (client, { receipts }) => receipts.map(receiptId => client.receipt.get({ receiptId })),
  'report.overShort': client => [client.report.overShort({ toDate: TODAY })],
  'report.run': client => REPORT_NAMES.map(report => client.report.run(reportOf(report))),
  'safe.content': client => [client.safe.content()],
  'session.board': client => [client.session.board()],
  'session.changeAdvice': client => [client.session.changeAdvice({ receiptId: null })],
  'session.countSheet': client => [client.session.countSheet()],
  'session.difference': client => [client.session.difference()],
  'session.explain': (client, { sessions }) =>
    sessions.map(sessionId => client.session.explain({ sessionId })),
  'session.list': client => [client.session.list({})],
  'session.openings': client => [client.session.openings()],
  'session.readZ': (client, { sessions }) => sessions.map(sessionId => client.session.readZ({ sessionId })),
  'session.surpriseSheet': (client, { sessions }) =>
    sessions.map(sessionId => client.session.surpriseSheet({ sessionId })),
  'session.takers': client => [client.session.takers()],
  'setup.bankAccounts': client => [client.setup.bankAccounts()],
  'setup.catalog': client => [client.setup.catalog()],
  'setup.drawers': client => [client.setup.drawers()],
  'setup.settings': client => [client.setup.settings()],
  'setup.tenders': client => [client.setup.tenders()],
  'sync.status': client => [client.sync.status()],
  'till.journal': client => [client.till.journal({})],
  'till.state': client => [client.till.state()],
}

/** What is not held against what is told, and why. */
const NOT_ASKED: Readonly<Record<string, string>> = {
  'basket.current': 'a tab has its own basket in hand, and saves it with every key',
  'sync.checks': 'comes from central',
  'sync.exceptions': 'comes from central',
  'sync.session': 'comes from central',
  'till.changes': 'is what tells',
  'till.factKinds': 'never changes',
}

const nounOf = (read: string): string => read.split('.')[0] ?? ''

function thingsAt(till: OpenTill): Things {
  const { connection } = till.backend.accounts
  const ids = (from: Database.Database, sql: string) => from.prepare<[], string>(sql).pluck().all()
  const ledger = openLedgerReadOnly(till.dataDir)
  const newest = (table: string, id: string) =>
    ids(ledger, `SELECT ${id} FROM ${table} ORDER BY ${id} DESC LIMIT 2`)
  try {
    return {
      accounts: ids(connection, 'SELECT account_id FROM account ORDER BY seq LIMIT 1'),
      deposits: newest('deposit', 'deposit_id'),
      movements: newest('movement', 'movement_id'),
      receipts: newest('receipt', 'receipt_id'),
      sessions: newest('drawer_session', 'session_id'),
    }
  } finally {
    ledger.close()
  }
}

/** Every answer, by question. What this person may not ask is left out. */
async function answers(clients: readonly TillClient[], things: Things): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const [name, reads] of Object.entries(READS)) {
    // All see the same reports, and each of them takes its time.
    const asked = nounOf(name) === 'report' ? clients.slice(-1) : clients
    const settled = await Promise.allSettled(asked.flatMap(client => reads(client, things)))
    found.set(name, JSON.stringify(settled.map(one => (one.status === 'fulfilled' ? one.value : null))))
  }
  return found
}

/** The questions that have another answer and whose noun was not told. */
function untold(before: Map<string, string>, after: Map<string, string>, told: Set<string>): string[] {
  const changed = [...after].filter(([name, answer]) => before.get(name) !== answer).map(([name]) => name)
  return changed.filter(name => !told.has(nounOf(name)))
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
      const screens = [client, ...(await readers(till))]
      const things = thingsAt(till)
      const before = await answers(screens, things)
      const told = await toldBy(till, () => operation.call(client, input as never))
      expect(untold(before, await answers(screens, things), told)).toEqual([])
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
      const things = thingsAt(till)
      const before = await answers(screens, things)
      const told = await toldBy(till, () => rename(administrator))
      const after = await answers(screens, things)
      expect(untold(before, after, new Set())).not.toEqual([])
      expect(untold(before, after, told)).toEqual([])
    },
  )

  it('is seen by this test at all', async () => {
    const till = await openTestTill()
    const screens = await readers(till)
    const administrator = await clientOf(till, 'administrator')
    const things = thingsAt(till)
    const before = await answers(screens, things)
    const settings = await administrator.setup.settings()
    await saveSettings(administrator, { ...settings, idleLockMinutes: 9 })
    expect(untold(before, await answers(screens, things), new Set())).toContain('setup.settings')
  })

  it('is looked for in every question of the contract', () => {
    const questions = operations.filter(({ meta }) => meta.kind === 'read').map(({ name }) => name)
    expect([...Object.keys(READS), ...Object.keys(NOT_ASKED)].toSorted()).toEqual(questions.toSorted())
  })
})
