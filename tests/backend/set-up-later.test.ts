/** What a city sets up later changes nothing of what was stated before: papers, reports and readings name what held then. */
import { expect, it } from 'vitest'
import { canonical } from '../../shared/ledger/canonical.ts'
import { cents } from '../../shared/money.ts'
import {
  CHANGE_FUND,
  cash,
  catalogLine,
  closedSession,
  countDrawer,
  creditDeposit,
  madeUpDeposit,
  openDrawer,
  receiptInput,
} from '../support/desk.ts'
import { changeSettings, saveBankAccount } from '../support/office.ts'
import { clientOf } from '../support/screens.ts'
import { openTestTill } from '../support/till.ts'
import { reportOf } from './report/report-tables.ts'

const ROUNDING = '449-0001'
const OTHER_ROUNDING = '449-0002'

it('cash rounding stays in the GL account that it was taken into', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  const auditor = await clientOf(till, 'auditor')
  const administrator = await clientOf(till, 'administrator')
  const { sessionId } = await openDrawer(client)
  const takes = async () => {
    const line = await catalogLine(client, 'MISC', { priceCents: cents(303) })
    await client.receipt.post(receiptInput([line], [cash(cents(305))], cents(303)))
  }
  await changeSettings(administrator, { rounding: 'nearest-five', roundingGlAccount: ROUNDING })
  await takes()
  await changeSettings(administrator, { roundingGlAccount: OTHER_ROUNDING })
  const collected = async () => canonical(await auditor.report.run(reportOf('collections')))
  expect(await collected()).toContain(ROUNDING)
  expect(await collected()).not.toContain(OTHER_ROUNDING)
  await takes()
  await takes()
  await countDrawer(client, cents(CHANGE_FUND + 3 * 305))
  const { byGlAccount, totalCents } = await client.session.readZ({ sessionId })
  const inAccount = (glAccount: string) => byGlAccount.find(row => row.glAccount === glAccount)?.cents
  expect([inAccount(ROUNDING), inAccount(OTHER_ROUNDING)]).toEqual([2, 4])
  expect(totalCents).toBe(3 * 303)
  expect(byGlAccount.reduce((all, row) => all + row.cents, 0)).toBe(3 * 305)
})

it('a deposit goes to the bank account that its slip named when it was made up', async () => {
  const till = await openTestTill()
  const { sessionId } = await closedSession(await clientOf(till, 'cashier'), cents(5_000))
  const lead = await clientOf(till, 'lead')
  const administrator = await clientOf(till, 'administrator')
  const [bank] = await administrator.setup.bankAccounts()
  if (!bank) throw new Error('No bank account here')
  const { depositId } = await madeUpDeposit(lead, { sessionId, cashCents: cents(5_000) })
  await creditDeposit(lead, depositId, cents(5_000))
  const seen = async () => ({
    view: (await lead.deposit.get({ depositId })).bankAccount,
    listed: (await lead.deposit.list()).map(one => one.bankAccountName),
    slip: await (await lead.deposit.document({ depositId, paper: 'slip' })).bytes(),
  })
  const before = await seen()
  const changed = {
    name: 'Other',
    bankName: 'Other Bank',
    routingNumber: '021000021',
    accountNumber: '99990000',
  }
  await saveBankAccount(administrator, { ...bank, ...changed })
  expect(await seen()).toEqual(before)
  expect(before.view.accountNumber).toBe(bank.accountNumber)
  expect(before.listed).toEqual([bank.name])
})
