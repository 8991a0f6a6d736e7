/** What the Window asks once everything was sent and read: what a person with a pencil would, whatever became of a payment. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { putAccounts } from '../../../central/accounts/changes.ts'
import { accountsSince } from '../../../central/accounts/feeds.ts'
import { takeAckFile } from '../../../central/carrier/ack-file.ts'
import { BUILT_IN_ACK } from '../../../central/carrier/acknowledgement.ts'
import { switchCarrier } from '../../../central/carrier/carrier-state.ts'
import { carryDate } from '../../../central/carrier/payment-file.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import { resolveSuspense } from '../../../central/posting/resolve.ts'
import { accountIdOf } from '../../../db/accounts/named-id.ts'
import { accountsFileIn, ensureAccountsFile } from '../../../db/accounts/open.ts'
import { accountView } from '../../../db/queries/account.ts'
import { pushedRow } from '../../../db/queries/outbox.ts'
import { accountHistory } from '../../../db/queries/receipt/receipt.ts'
import { newId } from '../../../shared/id.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { type Cents, sum, ZERO } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { beginEpoch, copyKnown, type OpenLedger, openLedger, SimCounter } from '../../faults/sync/ledger.ts'
import { ackText, CSV, NOW_MS } from '../../support/central/carrier-shop.ts'
import {
  account,
  accountId,
  accountLine,
  billAccounts,
  CREDIT_GL,
  OTHER_TILL,
  TILL,
  water,
} from '../../support/central/central-shop.ts'
import { addTill, Pen } from '../../support/central/till-journal.ts'
import { START_MS } from '../../support/clock.ts'
import { AccountsLine } from './accounts-line.ts'

const BILLED = 6_500

async function lineWith({ carried = false } = {}): Promise<AccountsLine> {
  const line = await AccountsLine.begin(2)
  onTestFinished(() => line.close())
  const accounts = [1, 2, 3].map(no => account(no))
  await billAccounts(line.db, accounts)
  if (carried) await switchCarrier(line.db, { on: true, timeZone: 'UTC' })
  return line
}

async function settled(line: AccountsLine): Promise<void> {
  await line.pushAll()
  await line.pullAll()
}

const firstReceipt = (line: AccountsLine): string => [...line.counter.known.receipts.keys()][0] ?? ''

const under = (line: ReceiptLine, id: string): ReceiptLine =>
  line.kind === 'account' ? { ...line, accountId: id } : line

it('a payment in suspense that was credited to another account, and voided', async () => {
  const line = await lineWith()
  line.counter.receipt([water(1, 4_500)])
  await settled(line)
  const receiptId = firstReceipt(line)
  const to = { tillId: TILL, receiptId, lineNo: 1, accountNumber: '10-2', timeZone: 'UTC' }
  expect(await resolveSuspense(line.db, to, { nowMs: START_MS })).toEqual({ ok: true })
  await settled(line)
  expect([line.shown(1), line.shown(2)]).toEqual([BILLED, BILLED - 4_500])
  line.counter.void(receiptId)
  await settled(line)
  expect([line.shown(1), line.shown(2)]).toEqual([BILLED, BILLED])
})

it('prepayments that were spent and then voided: owed again, as one item', async () => {
  const line = await lineWith()
  for (const amount of [1_000, 500]) line.counter.receipt([accountLine(1, [[null, amount, CREDIT_GL]])])
  await settled(line)
  const { kysely } = line.db
  await kysely
    .updateTable('account')
    .set({ credit_cents: ZERO })
    .where('account_id', '=', accountId(1))
    .execute()
  for (const receiptId of [...line.counter.known.receipts.keys()]) line.counter.void(receiptId)
  await settled(line)
  expect(line.shown(1)).toBe(BILLED + 1_500)
  const items = line.accounts.itemsOf(accountId(1))
  expect(new Set(items.map(item => item.itemId)).size).toBe(items.length)
})

it('a payment of an account that central does not know keeps no other account from being read', async () => {
  const line = await lineWith()
  await settled(line)
  line.counter.receipt([under(water(1, 4_500), newId())])
  await settled(line)
  for (const no of [1, 2, 3]) {
    line.counter.receipt([water(no, 100)])
    await settled(line)
    expect(line.shown(no)).toBe(BILLED - 100)
  }
})

it('a payment under the id of a number is told to every till', async () => {
  const line = await lineWith()
  await addTill(line.db, OTHER_TILL, 2)
  await settled(line)
  const told = (cursor?: string) =>
    accountsSince(line.db, { tillId: OTHER_TILL, cursor }, { nowMs: START_MS })
  const { cursor } = await told()
  line.counter.receipt([under(water(1, 4_000), accountIdOf('10-1'))])
  await settled(line)
  expect(line.shown(1)).toBe(BILLED - 4_000)
  const news = await told(cursor)
  const owed = news.accounts.map(one => sum(one.items.map(item => item.openCents)) - one.account.creditCents)
  expect(owed).toEqual([BILLED - 4_000])
})

/** Account 1 has another id from now on. */
const renamed = (line: AccountsLine, no: number) =>
  putAccounts(line.db, [renumbered(no, '10-1')], { importId: newId(), no: 1, throughMs: START_MS - 1 })

function renumbered(no: number, number: string) {
  const { account: own, items } = account(no)
  return { account: { ...own, number, name: 'Customer 1' }, items }
}

it('a payment and a void that central has not heard of stay with their customer, whatever ids come after', async () => {
  const line = await lineWith()
  await settled(line)
  line.counter.receipt([water(1, 1_000)])
  await line.pushAll()
  line.counter.receipt([water(1, 2_000)])
  for (const [at, no] of [51, 61].entries()) {
    await renamed(line, no)
    await line.pullAll()
    expect(line.shown(no)).toBe(BILLED - 3_000)
    if (at === 0) expect(line.accounts.keptAccount(accountId(no))?.ids).toContain(accountId(1))
  }
  line.counter.void(firstReceipt(line))
  expect(line.shown(61)).toBe(BILLED - 2_000)
  await settled(line)
  expect(line.shown(61)).toBe(BILLED - 2_000)
  const sources = line.accounts.keptAccount(accountId(61))?.ids ?? []
  const { reader } = line.open.ledger
  expect(accountHistory(reader, sources, { hiddenIds: [] }).map(one => one.cents)).toEqual([2_000, 1_000])
})

it('a till that reads all accounts anew knows whose the ids of before were', async () => {
  const line = await lineWith()
  await settled(line)
  line.counter.receipt([water(1, 1_000)])
  await renamed(line, 51)
  line.counter.receipt([water(2, 500)])
  rmSync(accountsFileIn(line.dataDir))
  ensureAccountsFile(line.dataDir)
  line.restart()
  await line.pullAll()
  expect([line.shown(51), line.shown(2)]).toEqual([BILLED - 1_000, BILLED - 500])
})

it('what was paid under the id of a number is its customer’s, also after somebody else has got the number', async () => {
  const line = await lineWith()
  await settled(line)
  const named = accountIdOf('10-1')
  const other = (no: number, number: string) =>
    putAccounts(line.db, [renumbered(1, '10-9'), { ...renumbered(no, number) }], {
      ...{ importId: newId(), no: 1, throughMs: START_MS - 1 },
    })
  line.counter.receipt([under(water(1, 1_000), named)])
  await line.pushAll()
  line.counter.receipt([under(water(1, 2_000), named)])
  await line.pullAll()
  expect(line.shown(1)).toBe(BILLED - 3_000)
  await other(7, '10-1')
  await line.pullAll()
  expect([line.shown(1), line.shown(7)]).toEqual([BILLED - 3_000, BILLED])
  line.counter.void(firstReceipt(line))
  expect([line.shown(1), line.shown(7)]).toEqual([BILLED - 2_000, BILLED])
  await settled(line)
  expect([line.shown(1), line.shown(7)]).toEqual([BILLED - 2_000, BILLED])
  line.counter.receipt([under(water(1, 100), named)])
  expect(line.shown(1)).toBe(BILLED - 2_100)
  await settled(line)
  expect([line.shown(1), line.shown(7)]).toEqual([BILLED - 2_100, BILLED])
})

/** A till that came back from a copy of its ledger, in an epoch of its own. */
class Restored {
  readonly open: OpenLedger
  readonly counter: SimCounter
  readonly #line: AccountsLine
  #sent = 0

  constructor(line: AccountsLine, copy: { ledger: Buffer; known: SimCounter['known'] }) {
    this.#line = line
    this.open = openLedger(copy.ledger, TILL)
    onTestFinished(() => void this.open.connection.close())
    beginEpoch(this.open, 2, START_MS)
    const now = () => START_MS
    this.counter = new SimCounter(this.open, copy.known, now, () => false)
  }

  async settle(): Promise<void> {
    const rows = this.open.connection
      .prepare<[number], Parameters<typeof pushedRow>[0] & { seq: number }>(
        'SELECT * FROM journal WHERE epoch = 2 AND seq > ? ORDER BY seq',
      )
      .all(this.#sent)
    this.#sent = rows.at(-1)?.seq ?? this.#sent
    await takeRange(this.#line.db, new Pen(TILL).range(rows.map(pushedRow)), { nowMs: START_MS })
    await this.#line.pullAll()
  }

  shown(no: number): Cents | undefined {
    const sources = { ledger: this.open.ledger.reader, accounts: this.#line.accounts }
    return accountView(sources, accountId(no), '2026-11-20' as BusinessDate)?.balanceCents
  }
}

const copyOf = (line: AccountsLine) => ({
  ledger: line.open.connection.serialize(),
  known: copyKnown(line.counter.known),
})

it('a void that a restored till lost, and did again', async () => {
  const line = await lineWith()
  line.counter.receipt([water(1, 4_000)])
  await settled(line)
  const copy = copyOf(line)
  line.counter.void(firstReceipt(line))
  await settled(line)
  const restored = new Restored(line, copy)
  await restored.settle()
  restored.counter.void(firstReceipt(line))
  await restored.settle()
  expect(restored.shown(1)).toBe(BILLED)
})

it('a receipt that a restored till lost, and posted again under its id', async () => {
  const line = await lineWith()
  const copy = copyOf(line)
  line.counter.receipt([water(1, 4_000)])
  await settled(line)
  const restored = new Restored(line, copy)
  await restored.settle()
  restored.counter.receipt([water(1, 4_000)], firstReceipt(line))
  await restored.settle()
  expect(restored.shown(1)).toBe(BILLED - 4_000)
})

it('a void that could not be booked, and that a restored till did again', async () => {
  const line = await lineWith()
  line.counter.receipt([water(1, 4_000)])
  await settled(line)
  await billedAnew(line)
  const copy = copyOf(line)
  line.counter.void(firstReceipt(line))
  await settled(line)
  const owed = line.shown(1)
  const restored = new Restored(line, copy)
  await restored.settle()
  restored.counter.void(firstReceipt(line))
  await restored.settle()
  expect(restored.shown(1)).toBe(owed)
  const states = await line.db.kysely.selectFrom('posting').select('state').execute()
  expect(states).toEqual([{ state: 'not-reversed' }])
})

it('a receipt of other content under an id that central holds: what was paid here stays paid', async () => {
  const line = await lineWith()
  const copy = copyOf(line)
  line.counter.receipt([water(1, 4_000)])
  await settled(line)
  const restored = new Restored(line, copy)
  await restored.settle()
  restored.counter.receipt([water(2, 3_000)], firstReceipt(line))
  expect(restored.shown(2)).toBe(BILLED - 3_000)
  await restored.settle()
  expect(restored.shown(2)).toBe(BILLED - 3_000)
})

async function carry({ db }: AccountsLine): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'carried-'))
  const days = await db.kysely.selectFrom('payment_detail').select('business_date').distinct().execute()
  for (const { business_date: businessDate } of days)
    await carryDate(db, { businessDate, template: CSV, folder, nowMs: NOW_MS })
}

async function answered({ db }: AccountsLine, row: string): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'answers-')), 'answer.csv')
  writeFileSync(file, ackText([row]))
  await takeAckFile(db, file, { template: BUILT_IN_ACK, nowMs: NOW_MS + 1_000 })
}

/** The account as the billing system says it anew: its water under an id that nobody has paid. */
async function billedAnew({ db }: AccountsLine): Promise<void> {
  const { account: plain, items } = account(1)
  const [first, ...others] = items
  if (!first) throw new Error('An account without an item')
  const again = { account: plain, items: [{ ...first, itemId: newId() }, ...others] }
  await putAccounts(db, [again], { importId: 'anew', no: 1, throughMs: NOW_MS + 500 })
}

it('a payment that the billing system rejected after it had billed anew, and its void', async () => {
  const line = await lineWith({ carried: true })
  line.counter.receipt([water(1, 4_000)])
  await settled(line)
  await carry(line)
  await billedAnew(line)
  await settled(line)
  expect(line.shown(1)).toBe(BILLED - 4_000)
  await answered(line, '1,W1-1,1,rejected,,')
  await settled(line)
  expect(line.shown(1)).toBe(BILLED - 4_000)
  line.counter.void(firstReceipt(line))
  await settled(line)
  expect(line.shown(1)).toBe(BILLED)
})

it('a payment that was billed anew, voided, and only then rejected', async () => {
  const line = await lineWith({ carried: true })
  line.counter.receipt([water(1, 4_000)])
  await settled(line)
  await carry(line)
  await billedAnew(line)
  line.counter.void(firstReceipt(line))
  await settled(line)
  expect(line.shown(1)).toBe(BILLED)
  await answered(line, '1,W1-1,1,rejected,,')
  await settled(line)
  expect(line.shown(1)).toBe(BILLED)
})

it('a void that the billing system rejected after the account was paid once more', async () => {
  const line = await lineWith({ carried: true })
  line.counter.receipt([water(1, 4_000)])
  await settled(line)
  await carry(line)
  await answered(line, '1,W1-1,1,accepted,B-1,')
  line.counter.void(firstReceipt(line))
  line.counter.receipt([water(1, 3_000)])
  await settled(line)
  expect(line.shown(1)).toBe(BILLED - 3_000)
  await carry(line)
  await answered(line, '2,W1-1,1,rejected,,')
  await settled(line)
  expect(line.shown(1)).toBe(BILLED - 3_000)
})
