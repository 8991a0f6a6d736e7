/**
 * A day without the billing system, by keyboard alone, against the real central on a real PostgreSQL: the till is
 * connected, central is killed, the day goes on to its Z report, central comes back, and in the end both hold the same.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { add, cents, formatCents } from '../../shared/money.ts'
import {
  freshDatabase,
  hasPostgres,
  itOnPostgres as it,
  startCluster,
  stopCluster,
} from '../support/central/postgres.ts'
import { type Bill, bills } from './desk/bills.ts'
import { figuresAtCentral, figuresAtTill } from './desk/both-ends.ts'
import { CentralProgram } from './desk/central-program.ts'
import { type Desk, FIND } from './desk/desk.ts'
import { ALVAREZ, CHEN, KOWALSKI } from './desk/people.ts'
import { shopOfFile } from './desk/shop.ts'

const CHANGE_FUND = cents(20_000)
const HANDED = cents(20_000)

const shop = shopOfFile({ accounts: 200 })
/** What is to be given back, however far the beginning got. */
const endings: (() => Promise<void>)[] = []
let folder: string
let central: CentralProgram
let books: pg.Client
let desk: Desk
let first: Bill
let unknown: Bill
let byCheck: Bill
let voided: Bill

/** The billing system's file of these accounts. */
function fileOf(name: string, list: readonly Bill[]): string {
  const path = join(folder, name)
  writeFileSync(path, list.map(({ account, items }) => `${JSON.stringify({ account, items })}\n`).join(''))
  return path
}

beforeAll(async () => {
  if (!hasPostgres) return
  folder = mkdtempSync(join(tmpdir(), 'tillproof-sync-day-'))
  endings.push(async () => rmSync(folder, { recursive: true, force: true }))
  const cluster = await startCluster()
  endings.push(() => stopCluster(cluster))
  const url = await freshDatabase(cluster)
  central = new CentralProgram(url, join(folder, 'central'))
  endings.push(() => central.kill())
  await central.start()
  const customers = bills(shop.dataDir, 4)
  const [a, b, c, d] = customers
  if (!a || !b || !c || !d) throw new Error('Four customers are wanted')
  ;[first, unknown, byCheck, voided] = [a, b, c, d]
  await central.admin('import-accounts', fileOf('accounts.jsonl', customers))
  books = new pg.Client({ connectionString: url })
  await books.connect()
  endings.push(() => books.end())
  desk = await shop.openDesk()
})
afterAll(async () => {
  for (const end of endings.reverse()) await end()
})

async function payInCash(bill: Bill): Promise<void> {
  await desk.scan(bill)
  await desk.giveCash(String(HANDED))
  await desk.press('Enter')
  await desk.isAt(FIND)
}

/** Looks a receipt up by the account that it paid. */
async function lookUp({ account }: Bill): Promise<void> {
  await desk.goTo('r')
  // The list has the cursor where a receipt was looked up just before.
  await desk.press('F2', 'Control+a')
  await desk.enter('Number, account or name', account.number)
  await desk.sees(new RegExp(`${account.number} ${account.name}`))
}

async function tryNow(): Promise<void> {
  await desk.goTo('y')
  await desk.press('F2')
}

describe('a day without the billing system', () => {
  it('the administrator connects the till with a code that central made', async () => {
    const [code = ''] = (await central.admin('enrol', 'Window', '1')).split(' ')
    await desk.signIn(KOWALSKI.letters, KOWALSKI.pin)
    await desk.goTo('y')
    await desk.sees('This till is not connected to a billing system.')
    await desk.press('F3')
    await desk.enter('Address of the billing system', central.address)
    await desk.enter('Code', code)
    await desk.approve(CHEN)
    await desk.sees(/^Connected to the billing system of/)
    await desk.sees('Billing is up to date')
  })

  it('central is gone, and receipts are taken all the same', async () => {
    await central.kill()
    // As when billing was restored from a backup that was made before this account was opened.
    await books.query('DELETE FROM account_item WHERE account_id = $1', [unknown.account.accountId])
    await books.query('DELETE FROM account WHERE account_id = $1', [unknown.account.accountId])
    await desk.changePerson(ALVAREZ)
    await desk.goTo('w')
    await desk.openDrawer()
    await payInCash(first)
    await payInCash(unknown)
    await desk.scan(byCheck)
    await desk.takeCheck('1187')
    await desk.isAt(FIND)
    await payInCash(voided)
    await desk.sees('Offline · 4 held')
  })

  it('one of them is voided', async () => {
    await lookUp(voided)
    await desk.press('F8')
    await desk.isAt('Reason for the void')
    await desk.type('Wrong account')
    await desk.press('Tab')
    await desk.approve(CHEN)
    await desk.sees(/is void\. Give back/)
  })

  it('the drawer is counted and closed, and says what has not been sent', async () => {
    await desk.goTo('c')
    await desk.sees(
      '4 receipts not sent yet. The drawer can be closed all the same; what waits goes when the billing system answers.',
    )
    await desk.countCash(add(CHANGE_FUND, first.owedCents, unknown.owedCents))
    await desk.press('F3', 'Space', 'F4')
    await desk.isAt(/Card slips/)
    await desk.type('0')
    await desk.press('F10')
    await desk.sees('Closed. Z report W1-Z0001')
    await desk.sees(
      '4 receipts not sent yet. All is safe here; what waits goes when the billing system answers.',
    )
    await desk.press('Enter')
    await desk.changePerson(CHEN)
    await desk.goTo('o')
    await desk.sees(/W1-Z0001 .* 4 not sent yet, billing does not answer/)
  })

  it('central is back, and what it could not post is said with what to do', async () => {
    await central.start()
    await tryNow()
    await desk.sees('Billing is up to date · 1 exception')
    await desk.sees('The billing system has no such account.')
    await desk.sees(/^Billing looks for the account that was meant/)
    await desk.sees('Its own sums agree with this till’s: 1 closed drawer or deposit.')
    await lookUp(unknown)
    await desk.sees('The billing system has no such account.')
    await lookUp(first)
    await desk.sees(/^Billing’s number/)
    await lookUp(voided)
    await desk.sees('Undone at billing')
  })

  it('billing opens the account and posts the receipt, and the till shows it posted', async () => {
    const opened = fileOf('opened.jsonl', [unknown])
    // Made before any of the day's payments.
    await central.admin('import-accounts', opened, '--payments-through', '2026-01-01T00:00:00Z')
    const [tillId = '', receiptId = '', line = ''] = (await central.admin('suspense')).split(/\s+/)
    await central.admin('resolve', tillId, receiptId, line)
    await tryNow()
    await desk.sees('Billing is up to date')
    await desk.seesNot(/1 exception/)
    await lookUp(unknown)
    await desk.sees(/^Billing’s number/)
    expect(await central.admin('suspense')).toBe('')
  })

  it('in the end both hold the same, to the cent; and it would show if central had lost anything', async () => {
    // What central told last is a fact of the till's, and goes there too.
    await expect
      .poll(async () => isDeepStrictEqual(await figuresAtCentral(books), await figuresAtTill(shop.dataDir)), {
        timeout: 20_000,
      })
      .toBe(true)
    const till = await figuresAtTill(shop.dataDir)
    expect(await figuresAtCentral(books)).toEqual(till)
    expect(till.receipts.map(({ state, count }) => [state, count])).toEqual([
      ['posted', 3],
      ['voided', 1],
    ])
    expect(formatCents(cents(till.paid[unknown.account.number] ?? 0))).toBe(formatCents(unknown.owedCents))
    const losses = [
      'DELETE FROM posting_entry WHERE receipt_id = (SELECT min(receipt_id::text) FROM posting_entry)',
      "DELETE FROM receipt WHERE state = 'posted'",
      'ALTER TABLE journal DISABLE TRIGGER USER; DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)',
    ]
    for (const loss of losses) {
      await books.query('BEGIN')
      await books.query(loss)
      expect(await figuresAtCentral(books), loss).not.toEqual(till)
      await books.query('ROLLBACK')
    }
  })
})
