/** What an audit of the counter found: money must follow what was counted, and a void must always give back. */

import { expect, it } from 'vitest'
import { newTender } from '../../../renderer/features/setup/drafts.ts'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents, formatCents, ZERO } from '../../../shared/money.ts'
import type { TenderType } from '../../../shared/tenders.ts'
import {
  accountLine,
  approvalBy,
  CHANGE_FUND,
  card,
  cash,
  check,
  countDrawer,
  countOf,
  madeUpDeposit,
  openDrawer,
  ordinaryAccount,
  owed,
  pay,
  piecesOf,
  receiptInput,
} from '../../support/desk.ts'
import { saveTender } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { samplePerson } from '../../support/template.ts'
import { tenderType } from '../../support/tender-types.ts'
import { openTestTill } from '../../support/till.ts'

const CHECK = cents(3_500)
const FOUND = cents(5_000)

it('a deposit holds the checks that were counted: a missing one stays out, one without a receipt goes in', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  const missing = await pay(client, CHECK, { tenders: [check(CHECK, { reference: '1001' })] })
  await pay(client, CHECK, { tenders: [check(CHECK, { reference: '1002' })] })
  for (const _round of [1, 2]) {
    const full = await countOf(client, CHANGE_FUND)
    const items = full.items.filter(item => item.receiptId !== missing.receiptId)
    const extraItems = [{ tender: 'check' as const, reference: '77', cents: FOUND }]
    await client.session.count({ commandId: newId(), count: { ...full, items, extraItems } })
  }
  await client.session.close({ commandId: newId(), reason: 'As found', approval: approvalBy('lead') })
  const supervisor = await clientOf(till, 'supervisor')
  const [waiting] = await supervisor.deposit.waiting()
  expect(waiting).toMatchObject({ itemsCents: CHECK + FOUND, itemCount: 2, cashCents: 0 })
  const [bank] = await supervisor.setup.bankAccounts()
  const { depositId } = await supervisor.deposit.makeUp({
    commandId: newId(),
    bankAccountId: bank?.bankAccountId ?? '',
    parts: [{ sessionId: waiting?.sessionId ?? '', partNo: 1 }],
    pieces: [],
    bagNumber: 'B-1',
  })
  const { items, totalCents } = await supervisor.deposit.get({ depositId })
  expect(items.map(item => [item.reference, item.cents, item.receiptId === null])).toEqual([
    ['1002', CHECK, false],
    ['77', FOUND, true],
  ])
  expect(totalCents).toBe(CHECK + FOUND)
})

/** Imports a file that leaves the account one open item, and says that it knows of what was taken here. */
async function importBalance(
  client: Awaited<ReturnType<typeof clientOf>>,
  account: { number: string; name: string },
  line: string,
  madeAtMs: number,
): Promise<void> {
  const csv = `Account,Name,Service,Due,Amount\n${account.number},"${account.name}",${line}\n`
  const content = new File([csv], 'accounts.csv', { type: 'text/csv' })
  const { uploadId } = await client.account.previewImport({ fileName: 'accounts.csv', content, madeAtMs })
  const options = {
    mapping: {},
    mode: 'all-or-nothing',
    missingAccounts: 'keep',
    paymentsThroughMs: madeAtMs,
  } as const
  const events = await client.account.runImport({ ...options, uploadId })
  let next = await events.next()
  while (!next.done) next = await events.next()
  expect(next.value).toMatchObject({ imported: true })
}

it('a void after central has counted the payment puts it back on the balance, even where the item is gone', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  const account = await ordinaryAccount()
  const paid = owed(account)
  const { receiptId } = await pay(client, paid, { account, tenders: [cash(paid)] })
  till.clock.advance(60_000)
  const supervisor = await clientOf(till, 'supervisor')
  const madeAtMs = till.clock.now()
  await importBalance(supervisor, account.account, `water,2027-03-01,${formatCents(cents(1_000))}`, madeAtMs)
  const { accountId } = account.account
  expect(await client.account.get({ accountId })).toMatchObject({ balanceCents: 1_000, pendingCents: 0 })
  const approval = approvalBy('supervisor')
  await client.receipt.void({ commandId: newId(), receiptId, reason: 'Other account', approval })
  expect(await client.account.get({ accountId })).toMatchObject({
    balanceCents: 1_000 + paid,
    pendingCents: -paid,
  })
  till.clock.advance(60_000)
  const corrected = formatCents(cents(1_000 + paid)).replace(',', '')
  await importBalance(supervisor, account.account, `water,2027-03-01,${corrected}`, till.clock.now())
  expect(await client.account.get({ accountId })).toMatchObject({
    balanceCents: 1_000 + paid,
    pendingCents: 0,
  })
})

it('a payment over a balance that another cashier has changed is refused, with the new balance', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  const account = await ordinaryAccount()
  const balanceCents = owed(account)
  await pay(client, cents(500), { account })
  const line = { ...accountLine(account, balanceCents), balanceCents }
  const posting = client.receipt.post(receiptInput([line], [cash(balanceCents)]))
  expect(await refused(posting, 'BALANCE_CHANGED')).toEqual({
    number: account.account.number,
    balanceCents: balanceCents - 500,
  })
})

it('how a tender is banked is fixed while one waits for the bank, and free again after the deposit', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const administrator = await clientOf(till, 'administrator')
  const draft = newTender('card', await administrator.setup.tenders())
  const named = { tender: 'voucher', name: 'Voucher', glAccount: '100-1030' }
  const vouchers: TenderType = { ...draft, ...named, counted: 'items', banked: true }
  await saveTender(administrator, vouchers)
  const change = () => saveTender(administrator, { ...vouchers, banked: false })
  const { sessionId } = await openDrawer(client)
  await pay(client, CHECK, { tenders: [{ ...card(CHECK), tender: vouchers.tender }] })
  await refused(change(), 'TENDER_IN_USE')
  await countDrawer(client, CHANGE_FUND)
  await refused(change(), 'TENDER_IN_USE')
  await madeUpDeposit(await clientOf(till, 'supervisor'), { sessionId, cashCents: ZERO })
  expect(await change()).toEqual({})
})

it('what goes to the bank itself is counted one by one: of slips nothing would be in a deposit', async () => {
  const till = await openTestTill()
  const administrator = await clientOf(till, 'administrator')
  for (const type of await administrator.setup.tenders())
    if (type.counted !== 'pieces')
      await refused(
        saveTender(administrator, { ...type, counted: 'slips', banked: true }),
        'TENDER_BANKED_BY_ITEM',
      )
})

it.each(['check', 'money-order'])(
  'a %s goes to the bank: it would leave the drawer for nowhere',
  async key => {
    const till = await openTestTill()
    const administrator = await clientOf(till, 'administrator')
    const type = (await administrator.setup.tenders()).find(({ tender }) => tender === key)
    if (!type) throw new Error(`No ${key} here`)
    await refused(saveTender(administrator, { ...type, banked: false }), 'TENDER_BANKED_BY_ITEM')
  },
)

it('the account that checks are booked to is fixed until the bank has credited them', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const administrator = await clientOf(till, 'administrator')
  const type = (await administrator.setup.tenders()).find(({ tender }) => tender === 'check')
  if (!type) throw new Error('No checks here')
  const change = () => saveTender(administrator, { ...type, glAccount: '100-1099' })
  const { sessionId } = await openDrawer(client)
  await pay(client, CHECK, { tenders: [check(CHECK)] })
  await countDrawer(client, CHANGE_FUND)
  await madeUpDeposit(await clientOf(till, 'supervisor'), { sessionId, cashCents: ZERO })
  await refused(change(), 'TENDER_IN_USE')
})

it('the account that cash is booked to is fixed while the safe holds any by its book', async () => {
  const till = await openTestTill()
  const lead = await clientOf(till, 'lead')
  const administrator = await clientOf(till, 'administrator')
  const change = () => saveTender(administrator, tenderType('cash', { glAccount: '100-1999' }))
  const count = (found: Cents) =>
    lead.safe.count({
      commandId: newId(),
      pieces: piecesOf(found),
      reason: 'Counted',
      ownPin: samplePerson('lead').pin,
      approval: approvalBy('supervisor'),
    })
  await count(cents(500))
  await refused(change(), 'TENDER_IN_USE')
  await count(ZERO)
  expect(await change()).toEqual({})
})
