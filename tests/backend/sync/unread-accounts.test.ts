/** Accounts of central that no till has room for, and receipts that no record has: the others go on. */
import { expect, it, onTestFinished } from 'vitest'
import { putAccounts } from '../../../central/accounts/changes.ts'
import { ensureAccountsFile, openAccountsReader } from '../../../db/accounts/open.ts'
import { openMemory } from '../../../db/central/open.ts'
import { ACCOUNT_LIMITS, type AccountWithItems } from '../../../shared/account.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { cents } from '../../../shared/money.ts'
import { emptyDataDir } from '../../support/accounts-file.ts'
import { pageOf, putPage } from '../../support/central/accounts-page.ts'
import { openBothEnds } from '../../support/central/both-ends.ts'
import { account, accountId, id } from '../../support/central/central-shop.ts'
import { settleLine } from '../../support/central/line.ts'
import { START_MS } from '../../support/clock.ts'
import { card, openDrawer, receiptInput } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { GOOD_ROWS, resultOf } from '../../transports/scenarios/account.ts'

const MOST = ACCOUNT_LIMITS.items

/** An account with so many items of 1.00 each. */
function withItems(no: number, count: number): AccountWithItems {
  const { account: own } = account(no)
  const items = Array.from({ length: count }, (_, at) => ({
    itemId: id('17e1', no * 1_000 + at),
    accountId: own.accountId,
    service: `water ${at}`,
    serviceOrder: 1,
    isPenalty: false,
    dueDate: account(no).items[0]?.dueDate ?? never(),
    openCents: cents(100),
    glAccount: '400-1000',
  }))
  return { account: own, items }
}

function never(): never {
  throw new Error('An account has items')
}

async function bothEnds() {
  const db = await openMemory()
  onTestFinished(() => db.close())
  const ends = await openBothEnds(db)
  let no = 0
  const billed = async (...accounts: AccountWithItems[]) => {
    no += 1
    await putAccounts(db, accounts, { importId: id('1111', no), no })
  }
  return { ...ends, billed }
}

type BothEnds = Awaited<ReturnType<typeof bothEnds>>

async function enrolled({ enrol, settle }: BothEnds) {
  await enrol()
  await settle()
}

/** Five minutes later: accounts are read on. */
async function later({ till, scheduler }: BothEnds) {
  scheduler.advance(600_000)
  await settleLine(till.backend.sync, scheduler)
}

async function alarmsOf({ till }: BothEnds) {
  const { details } = await (await clientOf(till, 'administrator')).sync.status()
  return details?.alarms.map(({ kind, detail }) => `${kind} ${detail}`)
}

it('one that has outgrown the till is named in an alarm, stays as it was, and keeps no other from being read', async () => {
  const ends = await bothEnds()
  const client = await clientOf(ends.till, 'supervisor')
  const at = async (no: number) => client.account.get({ accountId: accountId(no) })
  const [sample] = (await client.account.find({ text: 'smith' })).filter(one => one.kind === 'account')
  await ends.billed(account(1), account(2))
  await enrolled(ends)
  await ends.billed(withItems(1, MOST + 1), withItems(2, 1))
  await later(ends)
  expect((await at(1)).items).toHaveLength(2)
  expect((await at(2)).items).toHaveLength(1)
  expect(await alarmsOf(ends)).toEqual(['account-not-read 10-1'])
  // What is not at central is closed all the same.
  expect((await client.account.get({ accountId: sample?.accountId ?? '' })).status).toBe('closed')
  await ends.billed(withItems(1, MOST))
  await later(ends)
  expect((await at(1)).items).toHaveLength(MOST)
  expect(await alarmsOf(ends)).toEqual([])
})

it('one that the till had from a file is not closed while it cannot be read, and all others that central lacks are', async () => {
  const ends = await bothEnds()
  const client = await clientOf(ends.till, 'supervisor')
  const content = new File(['number,name,balance\n10-1,Ann,1.00\n10-3,Cy,2.00\n'], 'accounts.csv')
  const { uploadId } = await client.account.previewImport({ fileName: 'x.csv', content, madeAtMs: START_MS })
  await resultOf(await client.account.runImport({ ...GOOD_ROWS, uploadId }))
  await ends.billed(withItems(1, MOST + 1), account(2))
  await enrolled(ends)
  const isClosed = async (number: string) => {
    const found = await client.account.find({ text: number })
    return found.flatMap(one => (one.kind === 'account' && one.number === number ? one.closed : []))
  }
  expect([await isClosed('10-1'), await isClosed('10-2'), await isClosed('10-3')]).toEqual([
    [false],
    [false],
    [true],
  ])
})

it('many that fill the first page alone are kept open and named all the same', async () => {
  const dataDir = emptyDataDir()
  ensureAccountsFile(dataDir)
  putPage(dataDir, pageOf([account(1), account(2), account(3)]))
  const named = (no: number) => ({ accountId: accountId(no), number: `10-${no}` })
  const reading = { fromStart: true, done: false, cursor: 'a' }
  putPage(dataDir, { ...pageOf([]), ...reading, unread: [named(1)] }, '3.0123456789abcdef')
  putPage(dataDir, { ...pageOf([]), ...reading, fromStart: false, cursor: 'b', unread: [named(2)] }, 'a')
  putPage(dataDir, { ...pageOf([account(4)]), fromStart: false, cursor: 'c' }, 'b')
  const reader = openAccountsReader(dataDir)
  onTestFinished(() => reader.close())
  const statuses = reader.connection.prepare('SELECT status FROM account ORDER BY number').pluck().all()
  expect([statuses, reader.unreadNumbers()]).toEqual([
    ['open', 'open', 'closed', 'open'],
    ['10-1', '10-2'],
  ])
})

it('the alarm is what is so now: of many, after another enrolment, under another number', async () => {
  const ends = await bothEnds()
  const numbers = Array.from({ length: 23 }, (_, no) => no + 1)
  await ends.billed(...numbers.map(no => withItems(no, MOST + 1)))
  await enrolled(ends)
  expect(await alarmsOf(ends)).toEqual([expect.stringMatching(/^account-not-read 10-1, .*, and 3 more$/)])
  await ends.billed(...numbers.slice(0, 22).map(no => withItems(no, 1)))
  await later(ends)
  expect(await alarmsOf(ends)).toEqual(['account-not-read 10-23'])
  await enrolled(ends)
  await later(ends)
  expect(await alarmsOf(ends)).toEqual(['account-not-read 10-23'])
  const renumbered = withItems(23, 1)
  await ends.billed({ ...renumbered, account: { ...renumbered.account, number: '10-77' } })
  await later(ends)
  expect(await alarmsOf(ends)).toEqual([])
})

it('a receipt that no record could hold is refused in words, and a shorter one is taken', async () => {
  const till = await openTestTill()
  const accounts = Array.from({ length: 60 }, (_, no) => withItems(no + 1, MOST))
  putPage(till.dataDir, pageOf(accounts))
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  const paying = (count: number): Parameters<TillClient['receipt']['post']>[0] => {
    const lines = accounts.slice(0, count).map((_, no) => ({
      kind: 'account' as const,
      accountId: accountId(no + 1),
      cents: cents(MOST * 100),
      overrides: [],
    }))
    const total = cents(count * MOST * 100)
    return receiptInput(lines, [card(total)], total)
  }
  await refused(client.receipt.post(paying(60)), 'RECORD_TOO_LONG')
  expect(await client.receipt.find({ limit: 5 })).toEqual([])
  expect(await client.receipt.post(paying(10))).toMatchObject({ number: 'W1-000001' })
})
