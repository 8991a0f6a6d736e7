/** A tender that a city adds to those that every till has: from its first payment to the bank. */

import { expect, it } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { catchUpTenders, withFreeName } from '../../../electron/backend/setup/tenders.ts'
import { fieldsOf } from '../../../renderer/features/receipt/payment/tender-form.ts'
import { newTender } from '../../../renderer/features/setup/drafts.ts'
import { newId } from '../../../shared/id.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import { tenderKeyFor } from '../../../shared/rules/setup/tender-key.ts'
import { standardTenders, type TenderType, tenderLabels } from '../../../shared/tenders.ts'
import {
  approvalBy,
  CHANGE_FUND,
  card,
  catalogLine,
  check,
  closedSession,
  countOf,
  creditDeposit,
  madeUpDeposit,
  openDrawer,
  pay,
  piecesOf,
  receiptInput,
} from '../../support/desk.ts'
import { saveTender } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { tenderType } from '../../support/tender-types.ts'
import { openTestTill } from '../../support/till.ts'

const DUE = cents(4_250)

/** As the administrator types it on the screen. */
function typed(name: string, kind: string, types: readonly TenderType[]): TenderType {
  return { ...newTender(kind, types), name, tender: tenderKeyFor(name, types), glAccount: '100-1025' }
}

it('a second card terminal is taken from the next drawer on, counted by its own slips, and in every report', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const client = await clientOf(till, 'cashier')
  await openDrawer(client, 'Window 1')
  const types = await administrator.setup.tenders()
  const tender = typed('Card, drive-up', 'card', types)
  expect(tender.tender).toBe('card-drive-up')
  await saveTender(administrator, tender)
  const paid = { ...card(DUE), tender: tender.tender }
  await refused(pay(client, DUE, { tenders: [paid] }), 'TENDER_FROM_NEXT_SESSION')
  // And the Window does not offer it.
  expect((await client.till.state()).session?.tenders).not.toContain(paid.tender)
  await client.session.count({ commandId: newId(), count: await countOf(client, CHANGE_FUND) })
  const { sessionId } = await openDrawer(client, 'Window 1')
  const { receiptId } = await pay(client, DUE, { tenders: [paid] })
  const { tenders } = await client.receipt.get({ receiptId })
  expect(tenders).toMatchObject([{ kind: 'card', labels: { en: 'Card, drive-up', es: 'Card, drive-up' } }])
  expect((await client.receipt.find({ tender: tender.tender, limit: 5 })).map(one => one.receiptId)).toEqual([
    receiptId,
  ])
  const slips = [{ tender: tender.tender, cents: DUE }]
  const count = await countOf(client, CHANGE_FUND, slips)
  expect((await client.session.count({ commandId: newId(), count })).outcome).toBe('closed')
  const z = await client.session.readZ({ sessionId })
  expect(z.balances.find(balance => balance.tender === tender.tender)).toMatchObject({
    name: 'Card, drive-up',
    expectedCents: DUE,
    countedCents: DUE,
    overShortCents: 0,
  })
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})

it('change of a check that was noted in pieces is no difference in the ledger', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const cashier = await clientOf(till, 'cashier')
  await saveTender(administrator, tenderType('check', { changeAllowed: true }))
  await openDrawer(cashier)
  const line = await catalogLine(cashier, 'MISC', { priceCents: cents(4_000) })
  const ten = { valueCents: cents(1_000), kind: 'note' as const, taken: 0, given: 1 }
  const receipt = receiptInput([line], [check(cents(5_000))], cents(4_000))
  expect((await cashier.receipt.post({ ...receipt, pieces: [ten] })).changeCents).toBe(1_000)
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})

it('the account of cash stays until the bank has credited what was taken', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const cashier = await clientOf(till, 'cashier')
  const lead = await clientOf(till, 'lead')
  const rename = () => saveTender(administrator, tenderType('cash', { glAccount: '100-1999' }))
  const session = await closedSession(cashier)
  await refused(rename(), 'TENDER_IN_USE')
  const { depositId } = await madeUpDeposit(lead, session)
  await refused(rename(), 'TENDER_IN_USE')
  await creditDeposit(lead, depositId, session.cashCents)
  await rename()
  expect((await administrator.setup.tenders()).find(({ tender }) => tender === 'cash')?.glAccount).toBe(
    '100-1999',
  )
})

it('a kind that this program adds finds a name, whatever names the city has taken', () => {
  const [type, ...known] = standardTenders()
  if (!type) throw new Error('There are standard types')
  const taken = [type.name, `${type.name} (${type.kind})`, `${type.name} (${type.kind} 2)`]
  const named = known.map((other, at) => ({ ...other, name: taken[at] ?? other.name }))
  expect(withFreeName(type, named).name).toBe(`${type.name} (${type.kind} 3)`)
  expect(withFreeName(type, []).name).toBe(type.name)
})

it('a sheet that was taken before a type was switched off still closes the drawer where it says none of it', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const client = await clientOf(till, 'cashier')
  await openDrawer(client, 'Window 1')
  const count = await countOf(client, CHANGE_FUND, [{ tender: 'card', cents: ZERO }])
  await saveTender(administrator, tenderType('card', { active: false }))
  const more = { ...count, slips: [{ tender: 'card', cents: DUE }] }
  await refused(client.session.count({ commandId: newId(), count: more }), 'COUNT_NOT_VALID')
  expect((await client.session.count({ commandId: newId(), count })).outcome).toBe('closed')
})

it('a card that is counted slip by slip is explained slip by slip', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  const itemized = tenderType('card', { counted: 'items', referenceRequired: true })
  await saveTender(administrator, itemized)
  const client = await clientOf(till, 'cashier')
  const { sessionId } = await openDrawer(client, 'Window 1')
  const slip = { ...card(DUE), reference: 'A-17' }
  await pay(client, DUE, { tenders: [slip] })
  await pay(client, DUE)
  const { items } = await client.session.countSheet()
  expect(items).toMatchObject([
    { reference: 'A-17', shown: [expect.stringContaining('4242'), expect.anything()] },
  ])
  // Nobody finds the slip of 42.50.
  const count = { pieces: piecesOf(cents(CHANGE_FUND + DUE)), items: [], extraItems: [], slips: [] }
  for (let round = 1; round <= 2; round += 1) await client.session.count({ commandId: newId(), count })
  const { candidates } = await client.session.explain({ sessionId })
  expect(candidates[0]).toMatchObject({
    kind: 'item-missing',
    facts: { tender: 'card', cents: DUE, reference: 'A-17' },
  })
  await client.session.close({ commandId: newId(), reason: 'Lost slip', approval: approvalBy('supervisor') })
})

it('a kind that a later program brings leaves the city’s own type of that name and key alone', async () => {
  const till = await openTestTill()
  const { backend } = till
  const known = await (await clientOf(till, 'administrator')).setup.tenders()
  const own = known.find(({ kind }) => kind === 'ach')
  if (!own) throw new Error('There is no ACH')
  // As in a ledger of before there was such a kind: the city called a card so.
  ownCommand(backend, 'till', 'test.before-the-kind', tx =>
    tx.append('tender.saved', { ...own, kind: 'card', active: true, glAccount: '100-7777' }),
  )
  catchUpTenders(backend)
  const types = await (await clientOf(till, 'administrator')).setup.tenders()
  expect(types.find(({ tender }) => tender === own.tender)).toMatchObject({
    kind: 'card',
    active: true,
    glAccount: '100-7777',
  })
  const added = types.filter(({ kind }) => kind === 'ach')
  expect(added).toHaveLength(1)
  expect(added[0]).toMatchObject({ active: false })
  expect(new Set(types.map(({ name }) => name.toLowerCase())).size).toBe(types.length)
})

it('has a key of its own for good, whatever it is called', () => {
  const types = standardTenders()
  expect(tenderKeyFor('Card', types)).toBe('card-2')
  expect(tenderKeyFor('Chèque n° 2', types)).toBe('cheque-n-2')
  expect(tenderKeyFor('2nd terminal', types)).toBe('nd-terminal')
  expect(tenderKeyFor('現金', types)).toBe('tender')
  expect(tenderKeyFor('x'.repeat(80), types)).toHaveLength(24)
  // Its account is asked for: a voucher that is booked as cash in bank would be nowhere.
  expect(newTender('check', types)).toMatchObject({
    glAccount: '',
    referenceRequired: true,
    counted: 'items',
    sort: types.length + 1,
  })
})

it('is asked for and printed as the city calls it, and the standard ones as their kind', () => {
  const voucher = typed('Housing voucher', 'money-order', standardTenders())
  expect(fieldsOf(voucher).map(({ label }) => label)).toEqual(['Housing voucher', 'Housing voucher number'])
  expect(tenderLabels(voucher)).toEqual({ en: 'Housing voucher', es: 'Housing voucher' })
  expect(fieldsOf(tenderType('money-order')).map(({ label }) => label)).toContain('Money order number')
  expect(tenderLabels(tenderType('check'))).toEqual({ en: 'Check', es: 'Cheque' })
})
