/** The list of all facts: what it says of each, to whom, and what it does with one that this program does not know. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { journalInsert, lineOf, rowOf } from '../../../db/ledger/journal.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { lineHash } from '../../../shared/ledger/chain.ts'
import { cents } from '../../../shared/money.ts'
import { approvalBy, CHANGE_FUND, countDrawer, openDrawer, pay } from '../../support/desk.ts'
import { saveSettings } from '../../support/office.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { openTestTill } from '../../support/till.ts'

it('tells nothing of a drawer to whoever counts it blind, nor to who may not read it, until it is closed', async () => {
  const till = await openTestTill()
  const lead = await clientOf(till, 'lead')
  const { sessionId } = await openDrawer(lead)
  await pay(lead, cents(4_321))
  const { receiptId } = await pay(lead, cents(1_111))
  const approval = approvalBy('supervisor')
  await lead.receipt.void({ commandId: newId(), receiptId, reason: 'Keyed twice', approval })
  const saidTo = async (who: 'lead' | 'administrator' | 'supervisor') => {
    const { entries: rows } = await (await clientOf(till, who)).till.journal({})
    return rows.map(({ summary }) => summary).join('\n')
  }
  for (const who of ['lead', 'administrator'] as const) {
    const said = await saidTo(who)
    for (const figure of ['43.21', '11.11']) expect(said, who).not.toContain(figure)
    expect(said).toContain('Told once the drawer is closed.')
  }
  expect(await saidTo('supervisor')).toContain('43.21')
  await countDrawer(lead, cents(CHANGE_FUND + 4_321))
  expect(await saidTo('lead')).toContain('43.21')
  const { entries: rows } = await lead.till.journal({ kind: 'session.closed' })
  expect(rows[0]?.about).toMatchObject({ what: 'session', id: sessionId })
})

it('has a row for a fact of a later program, with what every row has, and goes on', async () => {
  const till = await openTestTill()
  const auditor = await clientOf(till, 'auditor')
  const file = new Database(join(till.dataDir, LEDGER_FILE))
  const last = file.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY seq DESC LIMIT 1').get()
  if (!last) throw new Error('The journal is empty')
  const line = {
    ...lineOf(last),
    seq: last.seq + 1,
    prevHash: last.hash,
    kind: 'note.added',
    body: '{}',
    texts: '',
  }
  journalInsert(file)(rowOf(line, { hash: lineHash(line), text: null }))
  file.close()
  const { entries: rows } = await auditor.till.journal({})
  const found = rows.find(({ kind }) => kind === 'note.added')
  expect(found).toMatchObject({ label: 'Of a later program', about: null, seq: last.seq + 1 })
  expect(rows.length).toBeGreaterThan(10)
})

it('says settings in the words of their screen', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const settings = await administrator.setup.settings()
  await saveSettings(administrator, {
    ...settings,
    utilityName: 'Alder Creek',
    differenceToleranceCents: cents(250),
    paidCategories: [],
  })
  const {
    entries: [row],
  } = await administrator.till.journal({ kind: 'settings.saved' })
  expect(row?.summary).toContain('Name of the utility: Alder Creek')
  expect(row?.summary).toContain('2.50')
  expect(row?.summary).toContain('Paid-in and paid-out: none')
  expect(row?.summary).not.toMatch(/[{}[\]"]/)
})

it('pieces that lie in a drawer or in the safe keep their denomination', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const cashier = await clientOf(till, 'cashier')
  const settings = await administrator.setup.settings()
  const denominations = settings.denominations.filter(({ label }) => label !== '$100')
  const save = (without: typeof denominations) =>
    saveSettings(administrator, { ...settings, denominations: without, wantedPieces: [], lowPieces: [] })
  await openDrawer(cashier)
  const refusal = { code: 'POLICY_NOT_VALID', data: { reason: 'denomination-in-use' } }
  await expect(save(denominations)).rejects.toMatchObject(refusal)
  await countDrawer(cashier, CHANGE_FUND)
  // The change fund stays in the drawer, in hundreds.
  await expect(save(denominations)).rejects.toMatchObject(refusal)
  await save(settings.denominations.filter(({ label }) => label !== '$2'))
})

it('two categories that look the same are one, however their letters were typed', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const settings = await administrator.setup.settings()
  const category = (name: string) => ({ direction: 'out' as const, name, glAccount: '100-1' })
  const paidCategories = ['Caf\u00e9', 'Cafe\u0301'].map(category)
  await expect(saveSettings(administrator, { ...settings, paidCategories })).rejects.toMatchObject({
    code: 'POLICY_NOT_VALID',
  })
})

it('tells of each page whether there is anything older, also where the last one is full', async () => {
  const till = await openTestTill()
  const auditor = await clientOf(till, 'auditor')
  const failed = { personId: samplePerson('cashier').personId, failedCount: 1, lockedOut: false }
  for (let no = 0; no < 100; no += 1)
    ownCommand(till.backend, failed.personId, 'person.pin-failed', tx =>
      tx.append('person.pin-failed', failed),
    )
  const kind = 'person.pin-failed' as const
  const full = await auditor.till.journal({ kind })
  expect([full.entries.length, full.hasOlder]).toEqual([100, false])
  const first = await auditor.till.journal({})
  expect(first.hasOlder).toBe(true)
  const before = first.entries.at(-1)
  const second = await auditor.till.journal({ before: { epoch: before?.epoch ?? 0, seq: before?.seq ?? 0 } })
  expect([second.entries.length > 0, second.hasOlder]).toEqual([true, false])
})
