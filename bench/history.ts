/** A past for a ledger: closed sessions full of receipts, through the real journal and projection. */

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { namedId } from '../db/accounts/named-id.ts'
import { openAccountsReader } from '../db/accounts/open.ts'
import type { AccountsReader } from '../db/accounts/reader.ts'
import { type AccountRow, type ItemRow, itemOf } from '../db/accounts/rows.ts'
import { Applier } from '../db/ledger/apply.ts'
import { credentialSave } from '../db/ledger/credential.ts'
import { LEDGER_FILE } from '../db/ledger/folder.ts'
import { journalInsert, lastJournalRow } from '../db/ledger/journal.ts'
import { KeptRows, Reader } from '../db/ledger/reader.ts'
import { type Command, type Head, Writer, type WriterDeps } from '../db/ledger/writer.ts'
import { tillOf } from '../db/queries/till.ts'
import { sampleCatalog } from '../electron/backend/setup/sample/catalog.ts'
import { sampleCity, samplePeople } from '../electron/backend/setup/sample/city.ts'
import type { AccountItem } from '../shared/account.ts'
import { newId, newSalt } from '../shared/id.ts'
import type { BodyOf } from '../shared/ledger/facts.ts'
import { partLines, type ReceiptLine } from '../shared/ledger/receipt.ts'
import type { TenderBalance } from '../shared/ledger/session.ts'
import { add, type Cents, cents, subtract, sum, ZERO } from '../shared/money.ts'
import { humanNumber } from '../shared/rules/text/human-number.ts'
import type { Tender } from '../shared/tenders.ts'
import { type BusinessDate, businessDateOf } from '../shared/time.ts'
import { Day, ordinaryAccounts } from './receipts.ts'

const RECEIPTS_PER_SESSION = 2_000
const RECEIPTS_PER_COMMIT = 500
const CHANGE_FUND: Cents = cents(20_000)
const TENDERS: readonly Tender[] = ['cash', 'check', 'card', 'money-order', 'ach', 'credit']
const DAY_MS = 86_400_000
const SECOND_MS = 1_000
const HISTORY_SEED = 7

/**
 * Adds `receipts` posted receipts to the ledger of a closed sample till, in closed sessions of 2,000, a day
 * each, up to yesterday. The chain and the sums are as valid as if they had been taken at the window; only the
 * flush to disk is left out while filling. The accounts are those of the till, the items those of older bills.
 */
export function writeHistory(dataDir: string, receipts: number): void {
  const connection = new Database(join(dataDir, LEDGER_FILE))
  const accounts = openAccountsReader(dataDir)
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = OFF')
    connection.pragma('foreign_keys = ON')
    connection.pragma('cache_size = -1048576')
    connection.pragma('wal_autocheckpoint = 20000')
    withoutIndexes(connection, () => new History(connection, accounts, receipts).write())
    connection.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    accounts.close()
    connection.close()
  }
}

const PLAIN_INDEXES = `SELECT name, sql FROM sqlite_schema
WHERE type = 'index' AND sql LIKE 'CREATE INDEX%' ORDER BY name`

/** Takes away the indexes that refuse nothing and makes them anew at the end: sorting once is faster than a million places. */
function withoutIndexes(connection: Database.Database, work: () => void): void {
  const indexes = connection.prepare<[], { name: string; sql: string }>(PLAIN_INDEXES).all()
  for (const { name } of indexes) connection.exec(`DROP INDEX "${name}"`)
  work()
  for (const { sql } of indexes) connection.exec(sql)
}

interface PastAccount {
  row: AccountRow
  items: AccountItem[]
}

class History {
  readonly #connection: Database.Database
  readonly #parts: WriterDeps
  readonly #receipts: number
  readonly #day: Day
  readonly #accountBySeq: Database.Statement<[number], AccountRow>
  readonly #itemsBySeq: Database.Statement<[number], ItemRow>
  readonly #till: { code: string; epoch: number }
  #head: Head
  #receiptNo: number
  #sessionNo: number

  constructor(connection: Database.Database, accounts: AccountsReader, receipts: number) {
    this.#connection = connection
    this.#receipts = receipts
    this.#parts = {
      connection,
      applier: new Applier(connection),
      insert: journalInsert(connection),
      saveCredential: credentialSave(connection),
      kept: new KeptRows(),
    }
    this.#day = new Day(HISTORY_SEED, ordinaryAccounts(accounts))
    this.#accountBySeq = accounts.connection.prepare('SELECT * FROM account WHERE seq = ?')
    this.#itemsBySeq = accounts.connection.prepare(
      'SELECT * FROM account_item WHERE account_seq = ? ORDER BY item_no',
    )
    const reader = new Reader(connection)
    const last = reader.one(lastJournalRow, {})
    const till = tillOf(reader)
    if (!last || !till) throw new Error('A past can be given to a sample till only')
    this.#till = till
    this.#head = { tillId: last.till_id, epoch: last.epoch, seq: last.seq, hash: last.hash }
    this.#receiptNo = till.last_receipt_no
    this.#sessionNo = till.last_session_no
  }

  write(): void {
    const sessions = Math.ceil(this.#receipts / RECEIPTS_PER_SESSION)
    const firstDayMs = Date.now() - (sessions + 1) * DAY_MS
    for (let left = this.#receipts, day = 0; left > 0; left -= RECEIPTS_PER_SESSION, day += 1)
      this.#session(Math.min(left, RECEIPTS_PER_SESSION), firstDayMs + day * DAY_MS)
  }

  #session(receipts: number, openedAtMs: number): void {
    const session = new Session(newId(openedAtMs), openedAtMs)
    this.#sessionNo += 1
    this.#connection.exec('BEGIN')
    this.#append(session, writer =>
      writer.append('session.opened', opening(session, this.#sessionNo, this.#till)),
    )
    for (let i = 1; i <= receipts; i += 1) {
      session.atMs += SECOND_MS
      this.#receipt(session)
      if (i % RECEIPTS_PER_COMMIT === 0) this.#connection.exec('COMMIT; BEGIN')
    }
    session.atMs += SECOND_MS
    this.#append(session, writer => writer.append('session.counted', counted(session)))
    session.atMs += SECOND_MS
    this.#append(session, writer =>
      writer.append('session.closed', closed(session, this.#sessionNo, tillNow(this.#connection))),
    )
    this.#connection.exec('COMMIT')
  }

  #append(session: Session, append: (writer: Writer) => void, commandId = newId(session.atMs)): void {
    const command: Command = {
      commandId,
      commandHash: this.#head.hash,
      actorId: CASHIER,
      at: session.atMs,
      businessDate: session.businessDate,
    }
    const writer = new Writer(this.#parts, command, this.#head)
    append(writer)
    this.#head = writer.head
  }

  #receipt(session: Session): void {
    const whole = this.#lines(session)
    const { lines, texts } = partLines(whole)
    const totalCents = sum(whole.map(line => line.cents))
    const tenders = this.#day.tenders(totalCents)
    const tenderedCents = sum(tenders.map(tender => tender.cents))
    const changeCents = subtract(tenderedCents, totalCents)
    this.#receiptNo += 1
    const receiptId = newId(session.atMs)
    const body = {
      receiptId,
      receiptNo: this.#receiptNo,
      number: humanNumber(this.#till, this.#receiptNo),
      sessionId: session.sessionId,
      totalCents,
      tenderedCents,
      rounding: null,
      changeCents,
      lines,
      tenders,
      pieces: [],
    }
    for (const tender of tenders) session.take(tender.tender, tender.cents)
    session.take('cash', cents(-changeCents))
    this.#append(
      session,
      writer => writer.append('receipt.posted', body, { words: { texts, salt: newSalt() } }),
      receiptId,
    )
  }

  #lines(session: Session): ReceiptLine[] {
    const wanted = this.#day.lineCount()
    return Array.from({ length: wanted }, (_, index) =>
      index > 0 && this.#day.isCatalogLine() ? COPIES : pastLine(this.#account(), session),
    )
  }

  #account(): PastAccount {
    const row = this.#accountBySeq.get(this.#day.accountSeq())
    if (!row) throw new Error('The accounts have changed')
    return { row, items: this.#itemsBySeq.all(row.seq).map(item => itemOf(item, row.account_id)) }
  }
}

/** What a session has taken so far. */
class Session {
  readonly sessionId: string
  readonly countId: string
  readonly businessDate: BusinessDate
  atMs: number
  readonly #takenCents = new Map<Tender, Cents>()

  constructor(sessionId: string, openedAtMs: number) {
    this.sessionId = sessionId
    this.countId = newId(openedAtMs)
    this.businessDate = businessDateOf(openedAtMs, CITY.timeZone)
    this.atMs = openedAtMs
  }

  take(tender: Tender, amount: Cents): void {
    this.#takenCents.set(tender, add(this.#takenCents.get(tender) ?? ZERO, amount))
  }

  balances(): TenderBalance[] {
    return TENDERS.map(tender => {
      const taken = this.#takenCents.get(tender) ?? ZERO
      const expectedCents = tender === 'cash' ? add(CHANGE_FUND, taken) : taken
      return { tender, expectedCents, countedCents: expectedCents, overShortCents: ZERO }
    })
  }
}

const CITY = sampleCity()
const DRAWER = namedId('drawer', 'Window 1')
const CASHIER = samplePeople()[0]?.personId ?? ''
const COPIES = copies()

function copies(): ReceiptLine {
  const item = sampleCatalog().find(candidate => candidate.code === 'COPY')
  if (!item) throw new Error('The sample city sells no copies')
  const { catalogItemId, code, name, glAccount } = item
  const priceCents = item.priceCents ?? ZERO
  const line = { catalogItemId, code, name, glAccount, quantity: 12, unitPriceCents: priceCents }
  return {
    kind: 'catalog',
    ...line,
    baseCents: null,
    rateMillionths: null,
    reference: '',
    cents: cents(priceCents * 12),
  }
}

function pastLine({ row, items }: PastAccount, { businessDate }: Session): ReceiptLine {
  const owed = sum(items.map(item => item.openCents))
  return {
    kind: 'account',
    accountId: row.account_id,
    accountNumber: row.number,
    name: row.name,
    address: row.address,
    cents: owed,
    balanceBeforeCents: owed,
    asOfMs: row.as_of_ms,
    allocations: items.map(item => ({
      itemId: namedId('item', `${item.itemId} of ${businessDate}`),
      service: item.service,
      dueDate: businessDate,
      cents: item.openCents,
      glAccount: item.glAccount,
    })),
  }
}

type Till = { code: string; epoch: number }

function opening(session: Session, sessionNo: number, till: Till): BodyOf<'session.opened'> {
  return {
    sessionId: session.sessionId,
    sessionNo,
    number: humanNumber(till, sessionNo, 'S'),
    drawerId: DRAWER,
    cashierId: CASHIER,
    countId: newId(session.atMs),
    changeFundWantedCents: CHANGE_FUND,
    openingCents: CHANGE_FUND,
    pieces: [{ valueCents: cents(2_000), kind: 'note', pieces: 10, bundles: 0, cents: CHANGE_FUND }],
    changeFundCents: CHANGE_FUND,
    handedFrom: null,
    difference: null,
    tenders: [...TENDERS],
  }
}

function counted(session: Session): BodyOf<'session.counted'> {
  const balances = session.balances()
  return {
    sessionId: session.sessionId,
    countId: session.countId,
    round: 1,
    secondCounterId: null,
    handToId: null,
    pieces: balances.flatMap(({ tender, countedCents }) =>
      tender === 'cash' ? inOnesAndPennies(countedCents) : [],
    ),
    items: [],
    totals: balances.map(({ tender, countedCents }) => ({ tender, cents: countedCents })),
    balances,
  }
}

function inOnesAndPennies(amount: Cents): BodyOf<'session.counted'>['pieces'] {
  const pennies = amount % 100
  const ones = (amount - pennies) / 100
  return [
    { valueCents: cents(100), kind: 'note', pieces: ones, bundles: 0, cents: cents(ones * 100) },
    { valueCents: cents(1), kind: 'coin', pieces: pennies, bundles: 0, cents: cents(pennies) },
  ]
}

function cashOf(session: Session): Cents {
  return session.balances().find(balance => balance.tender === 'cash')?.countedCents ?? ZERO
}

function tillNow(connection: Database.Database): NonNullable<ReturnType<typeof tillOf>> {
  const till = tillOf(new Reader(connection))
  if (!till) throw new Error('A past can be given to a sample till only')
  return till
}

function closed(session: Session, zNo: number, till: ReturnType<typeof tillNow>): BodyOf<'session.closed'> {
  return {
    sessionId: session.sessionId,
    drawerId: DRAWER,
    countId: session.countId,
    zNo,
    zNumber: humanNumber(till, zNo, 'Z'),
    openingCents: CHANGE_FUND,
    till: {
      receipts: till.total_receipts,
      postedCents: till.total_posted_cents,
      voidedCents: till.total_voided_cents,
    },
    balances: session.balances(),
    reason: '',
    approvedBy: null,
    overShortGlAccount: '100-4990',
    leftCents: CHANGE_FUND,
    leftPieces: [],
    leavingPieces: [],
    handToId: null,
    banks: [
      {
        bankAccountId: null,
        cashCents: subtract(cashOf(session), CHANGE_FUND),
        items: [],
        dueCents: ZERO,
      },
    ],
  }
}
