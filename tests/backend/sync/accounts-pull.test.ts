/** Central's accounts on the till: whatever order pages, pushes and payments come in, nobody is asked to pay twice. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { takeRange } from '../../../central/posting/receive.ts'
import { namedId } from '../../../db/accounts/named-id.ts'
import { accountsFileIn, ensureAccountsFile, openAccountsWriter } from '../../../db/accounts/open.ts'
import { verifyAccounts } from '../../../db/accounts/verify.ts'
import { importAccounts } from '../../../electron/backend/account/import/accounts.ts'
import { AccountsPages } from '../../../electron/backend/sync/accounts/accounts-page.ts'
import { newId } from '../../../shared/id.ts'
import { sum } from '../../../shared/money.ts'
import { emptyDataDir, noJournal } from '../../support/accounts-file.ts'
import { CENTRAL, pageOf } from '../../support/central/accounts-page.ts'
import {
  account,
  accountId,
  billAccounts,
  Counter,
  OTHER_TILL,
  water,
} from '../../support/central/central-shop.ts'
import { addTill, Pen } from '../../support/central/till-journal.ts'
import { START_MS } from '../../support/clock.ts'
import { runSeed } from '../../support/run/seed.ts'
import { AccountsLine } from './accounts-line.ts'

const BILLED = 6_500

async function lineWith(accounts: number, pageAccounts = 2): Promise<AccountsLine> {
  const line = await AccountsLine.begin(pageAccounts)
  onTestFinished(() => line.close())
  await billAccounts(
    line.db,
    Array.from({ length: accounts }, (_, at) => account(at + 1)),
  )
  return line
}

/** Somebody writes into the till's file of accounts, with a hash of their own. */
function tamper(line: AccountsLine, no: number): void {
  const file = new Database(accountsFileIn(line.dataDir))
  file.function('find_terms', () => null)
  const change = file.prepare(
    "UPDATE account SET credit_cents = 90000, row_hash = 'made up' WHERE number = ?",
  )
  expect(change.run(account(no).account.number).changes).toBe(1)
  file.close()
}

/** What stands of the payments for an account. */
function paidFor(line: AccountsLine, no: number): number {
  const lines = [...line.counter.known.receipts.values()]
    .filter(one => !one.isVoided)
    .flatMap(one => one.lines)
  return sum(
    lines.filter(one => one.kind === 'account' && one.accountId === accountId(no)).map(one => one.cents),
  )
}

type Step = (line: AccountsLine) => unknown

let changes = 0

async function tellAnew({ db }: AccountsLine, no: number): Promise<void> {
  changes += 1
  const dirty = { source: `change/${changes}`, source_no: 1, account_id: accountId(no) }
  await db.kysely.insertInto('account_dirty').values(dirty).execute()
}

async function changeAccount(
  line: AccountsLine,
  no: number,
  change: { name?: string; status?: 'open' | 'closed' },
): Promise<void> {
  await line.db.kysely.updateTable('account').set(change).where('account_id', '=', accountId(no)).execute()
  await tellAnew(line, no)
}

/** The billing system says the same of what is owed, by items of its own that nobody has paid. */
async function billAnew(line: AccountsLine, no: number): Promise<void> {
  const { kysely } = line.db
  const items = await kysely
    .selectFrom('account_item')
    .selectAll()
    .where('account_id', '=', accountId(no))
    .execute()
  for (const { item_id } of items)
    await kysely
      .updateTable('account_item')
      .set({ item_id: namedId('item', `${item_id} again`) })
      .where('item_id', '=', item_id)
      .execute()
  await tellAnew(line, no)
}

const ACCOUNTS = 3
const stepArbitrary = fc.oneof(
  fc
    // Often more than the item still owes: what does not fit waits in suspense.
    .record({ no: fc.integer({ min: 1, max: ACCOUNTS }), amount: fc.integer({ min: 1, max: 4_500 }) })
    .map(({ no, amount }): [string, Step] => [
      `pay ${amount} for ${no}`,
      line => line.counter.receipt([water(no, amount)]),
    ]),
  fc.nat(30).map((at): [string, Step] => [
    `void ${at}`,
    line => {
      const ids = [...line.counter.known.receipts.keys()]
      line.counter.void(ids[at % Math.max(1, ids.length)] ?? '')
    },
  ]),
  fc.constant<[string, Step]>(['push', line => line.push()]),
  fc.constant<[string, Step]>([
    'all',
    async line => {
      await line.pushAll()
      await line.pullAll()
    },
  ]),
  fc.constant<[string, Step]>(['page', line => line.pull()]),
  fc.constant<[string, Step]>(['restart', line => line.restart()]),
  fc
    .record({ no: fc.integer({ min: 1, max: ACCOUNTS }), status: fc.constantFrom('open', 'closed') })
    .map(({ no, status }): [string, Step] => [
      `${no} is ${status}`,
      line => changeAccount(line, no, { status }),
    ]),
  fc
    .integer({ min: 1, max: ACCOUNTS })
    .map((no): [string, Step] => [`${no} is billed anew under other ids`, line => billAnew(line, no)]),
  fc
    .integer({ min: 1, max: ACCOUNTS })
    .map((no): [string, Step] => [
      `renamed ${no}`,
      line => changeAccount(line, no, { name: `Renamed ${no}` }),
    ]),
)

describe('accounts read from central', () => {
  it('never undo a payment of this till, and never take one off twice', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { minLength: 5, maxLength: 40 }), async steps => {
        const line = await AccountsLine.begin()
        try {
          await billAccounts(
            line.db,
            Array.from({ length: ACCOUNTS }, (_, at) => account(at + 1)),
          )
          for (const [, step] of steps) {
            await step(line)
            for (let no = 1; no <= ACCOUNTS; no += 1) {
              const shown = line.shown(no)
              if (shown !== undefined) expect(shown, `account ${no}`).toBe(BILLED - paidFor(line, no))
            }
          }
        } finally {
          await line.close()
        }
      }),
      { numRuns: 40, seed: runSeed() },
    )
  })

  it('count a payment in suspense, and give it back once when it is voided', async () => {
    const line = await lineWith(3)
    line.counter.receipt([water(1, 2_600)])
    line.counter.receipt([water(1, 2_600)])
    await line.pushAll()
    await line.pullAll()
    const states = await line.db.kysely.selectFrom('posting').select('state').orderBy('state').execute()
    expect(states.map(({ state }) => state)).toEqual(['posted', 'suspense'])
    expect(line.shown(1)).toBe(BILLED - 5_200)
    const [, second = ''] = [...line.counter.known.receipts.keys()]
    line.counter.void(second)
    expect(line.shown(1)).toBe(BILLED - 2_600)
    await line.pullAll()
    expect(line.shown(1)).toBe(BILLED - 2_600)
    await line.pushAll()
    await line.pullAll()
    expect(line.shown(1)).toBe(BILLED - 2_600)
  })

  it('count what two tills took without knowing of each other', async () => {
    const line = await lineWith(3)
    const other = new Counter(new Pen(OTHER_TILL))
    await addTill(line.db, OTHER_TILL, 2)
    other.open()
    other.receipt([water(1, 1_000)])
    await takeRange(line.db, other.pen.take(), { nowMs: START_MS })
    line.counter.receipt([water(1, 4_000)])
    await line.pushAll()
    await line.pullAll()
    const states = await line.db.kysely.selectFrom('posting').select('state').orderBy('state').execute()
    expect(states.map(({ state }) => state)).toEqual(['posted', 'suspense'])
    expect(line.shown(1)).toBe(BILLED - 5_000)
  })

  it('count a payment again that a restored central has lost, until it has it back', async () => {
    const line = await lineWith(3)
    const copy = line.copyOfCentral()
    line.counter.receipt([water(1, 500)])
    await line.pushAll()
    await line.pullAll()
    expect(line.shown(1)).toBe(BILLED - 500)
    await line.restoreCentral(copy)
    await line.pullAll()
    expect(line.shown(1)).toBe(BILLED - 500)
    await line.pushAll()
    await line.pullAll()
    expect(line.shown(1)).toBe(BILLED - 500)
  })

  it('go on where the program was ended, and are proved when all of them are here', async () => {
    const line = await lineWith(7)
    await line.pull()
    await line.pull()
    expect(line.accounts.pullState()).toMatchObject({ taken: 4, isRead: false })
    const verdict = verifyAccounts(line.accounts, () => null)
    expect(verdict.badPlaces).toEqual([expect.objectContaining({ table: 'account' })])
    line.restart()
    await line.pullAll()
    expect(line.accounts.pullState()).toMatchObject({ taken: 7, isRead: true, indexedTo: null })
    expect(line.marks).toHaveLength(1)
    expect(verifyAccounts(line.accounts, () => line.marks[0]?.root ?? null).badPlaces).toEqual([])
    expect(line.accounts.findAccounts('customer')).toHaveLength(7)
  })

  it('are stated under another id each time, where they could not be written once they were stated', async () => {
    const line = await lineWith(7)
    const ids = () => line.marks.map(({ importId }) => importId)
    for (let tries = 0; tries < 3; tries += 1) {
      line.fault = 'full'
      await line.pullAll()
      expect(line.accounts.importMark()?.importId).toBe(undefined)
    }
    line.fault = undefined
    await line.pullAll()
    expect(line.accounts.importMark()?.importId).toBe(ids().at(-1))
    expect([ids().length, new Set(ids()).size]).toEqual([4, 4])
    // News of more than one page is stated with every page of it.
    await billAccounts(
      line.db,
      [1, 2, 3, 4, 5].map(no => account(no, 'closed')),
      2,
    )
    line.fault = 'full'
    await line.pull()
    line.fault = undefined
    await line.pullAll()
    expect(new Set(ids()).size).toBe(ids().length)
    expect(line.marks.slice(-3).map(({ changedCount }) => changedCount)).toEqual([2, 2, 1])
    expect(verifyAccounts(line.accounts, () => line.marks.at(-1)?.root ?? null).badPlaces).toEqual([])
  })

  it('are whole for a file that comes next, where central has none any more in the middle of a reading', async () => {
    const line = await AccountsLine.begin()
    onTestFinished(() => line.close())
    const empty = line.copyOfCentral()
    await billAccounts(
      line.db,
      [1, 2, 3].map(no => account(no)),
    )
    await line.pull()
    await line.restoreCentral(empty)
    line.restart()
    await line.pullAll()
    const file = join(line.dataDir, 'accounts.csv')
    writeFileSync(file, 'number,balance\n9-1,5.00\n')
    const order = { file, dataDir: line.dataDir, importId: newId(), atMs: START_MS, state: noJournal }
    expect(await importAccounts({ ...order, mode: 'all-or-nothing' })).toMatchObject({ outcome: 'imported' })
  })

  it('that somebody changed here, and that central does not bring any more, are taken away', async () => {
    const line = await lineWith(7)
    await line.pullAll()
    tamper(line, 2)
    await line.db.kysely.deleteFrom('account_item').where('account_id', '=', accountId(2)).execute()
    await line.db.kysely.deleteFrom('account').where('account_id', '=', accountId(2)).execute()
    await billAccounts(line.db, [account(3, 'closed')], 2)
    await line.pullAll()
    expect(line.accounts.accountById(accountId(2))).toBeNull()
    expect(line.accounts.importMark()).toMatchObject({ accountCount: 6 })
  })

  it('are read anew where somebody changed them between two pages of news', async () => {
    const line = await lineWith(7)
    await line.pullAll()
    await billAccounts(
      line.db,
      [3, 4, 5, 6].map(no => account(no, 'closed')),
      2,
    )
    await line.pull()
    tamper(line, 2)
    await line.pullAll()
    expect(line.accounts.accountById(accountId(2))?.creditCents).toBe(0)
    expect(verifyAccounts(line.accounts, () => line.marks.at(-1)?.root ?? null).badPlaces).toEqual([])
  })

  it('are read anew where somebody changed them here, and what that was is never stated', async () => {
    const line = await lineWith(7)
    await line.pullAll()
    tamper(line, 2)
    await billAccounts(line.db, [account(3, 'closed')], 2)
    await line.pullAll()
    expect(line.accounts.accountById(accountId(2))?.creditCents).toBe(0)
    expect(line.marks).toHaveLength(2)
    expect(line.marks[1]).toMatchObject({ changedCount: 7, accountCount: 7 })
    expect(verifyAccounts(line.accounts, () => line.marks[1]?.root ?? null).badPlaces).toEqual([])
  })

  it('state nothing while central has nothing new, and only what changed when it has', async () => {
    const line = await lineWith(7)
    await line.pullAll()
    await line.pullAll()
    expect(line.marks).toHaveLength(1)
    await billAccounts(line.db, [account(3, 'closed')], 2)
    await line.pullAll()
    expect(line.marks[1]).toMatchObject({ source: 'central', changedCount: 1, accountCount: 7 })
    expect(line.accounts.accountById(accountId(3))?.status).toBe('closed')
  })

  it('refuse bytes that are no page, and wait while an import holds the file', () => {
    const dataDir = emptyDataDir()
    ensureAccountsFile(dataDir)
    const pages = new AccountsPages()
    for (const text of ['', '<html>', '{}', JSON.stringify({ ...pageOf([]), done: 'yes' })])
      expect(pages.read(new TextEncoder().encode(text)), text).toBeUndefined()
    expect(pages.read(new Uint8Array([0xff, 0xfe, 0x00]))).toBeUndefined()
    // An item of another account is one account's fault, and not the page's.
    expect(pages.read(new TextEncoder().encode(STRAY_ITEM))).toMatchObject({ accounts: 0 })
    const holder = openAccountsWriter(dataDir)
    onTestFinished(() => holder.close())
    holder.begin()
    pages.read(new TextEncoder().encode(JSON.stringify(pageOf([account(1)]))))
    const take = { dataDir, address: CENTRAL, from: '', atMs: START_MS, newId: newId() }
    expect(pages.take(take, noJournal)).toEqual({ ok: false, why: 'in-use' })
  })
})

const STRAY_ITEM = JSON.stringify(pageOf([{ ...account(1), items: account(2).items }]))
