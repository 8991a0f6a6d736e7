/** What a receipt costs through the router, beside its bare rows, on a young ledger and on an old one. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { LEDGER_FILE } from '../db/ledger/folder.ts'
import { rowsOfCommand } from '../db/ledger/journal.ts'
import { openLedgerReadOnly } from '../db/ledger/till.ts'
import { sampleCatalog } from '../electron/backend/setup/sample/catalog.ts'
import type { LineInput } from '../shared/contract/receipt.ts'
import { newId, newSalt } from '../shared/id.ts'
import type { Fact } from '../shared/ledger/facts.ts'
import { project } from '../shared/ledger/facts.ts'
import { type Cents, cents, sum, ZERO } from '../shared/money.ts'
import { BareLedger, type BareWrite, refuseDifferent } from './bare.ts'
import { type BenchRow, limited, median, percentile } from './measure.ts'
import { Day, ordinaryAccounts, sealed } from './receipts.ts'
import { type OpenTill, openAtWindow } from './sample-till.ts'

const WARM_UP = 300
const MEASURED = 1_500
const MOST_RATIO = 1.5
const MOST_GROWTH = 1.2
const MOST_RECEIPT_BYTES = 4_500
const DAY_SEED = 11
const PAGES_AT_ONCE = 100_000
const COPIES = sampleCatalog().find(item => item.code === 'COPY')

/**
 * Posts the same day to two tills, one with few receipts and one with many, each beside a copy of its ledger
 * that takes the same rows bare; one write of each in turn. The folders are used up. Times in milliseconds.
 */
export async function benchPost(tills: { name: string; dataDir: string }[]): Promise<BenchRow[]> {
  const pairs: Pair[] = []
  for (const { name, dataDir } of tills) pairs.push(await openPair(name, dataDir))
  await postInTurn(pairs, WARM_UP)
  for (const pair of pairs) pair.forget()
  await postInTurn(pairs, MEASURED)
  const bytes = pairs.map(pair => pair.bytesOfReceipt())
  for (const pair of pairs) await pair.close()
  const [young, old] = pairs
  return [
    ...pairs.flatMap(rowsOf),
    ...pairs.map(({ name }, i) =>
      limited({
        name: `ledger.sqlite, each receipt, ${name}`,
        value: bytes[i] ?? 0,
        unit: 'bytes',
        limit: MOST_RECEIPT_BYTES,
        target: 1,
      }),
    ),
    ...(young && old
      ? [
          limited({
            name: `receipt.post, median: growth from ${young.name} to ${old.name}`,
            value: median(old.routerMs),
            unit: 'ms',
            limit: median(young.routerMs),
            target: MOST_GROWTH,
          }),
        ]
      : []),
  ]
}

function rowsOf({ name, routerMs, bareMs }: Pair): BenchRow[] {
  const at = (share: number) => ({ value: percentile(routerMs, share), limit: percentile(bareMs, share) })
  return [
    limited({ name: `receipt.post, median, ${name}`, unit: 'ms', target: MOST_RATIO, ...at(0.5) }),
    limited({ name: `receipt.post, p99, ${name}`, unit: 'ms', target: null, ...at(0.99) }),
  ]
}

async function postInTurn(pairs: readonly Pair[], receipts: number): Promise<void> {
  for (let i = 0; i < receipts; i += 1) for (const pair of pairs) await pair.both(i % 2 === 0)
}

async function openPair(name: string, dataDir: string): Promise<Pair> {
  const till = await openAtWindow(dataDir)
  // Copied once the drawer is open, so that both ledgers begin the day alike.
  const copyDir = join(dataDir, 'bare')
  mkdirSync(copyDir)
  const ledger = openLedgerReadOnly(dataDir)
  await ledger.backup(join(copyDir, LEDGER_FILE), { progress: () => PAGES_AT_ONCE })
  ledger.close()
  return new Pair(name, till, new BareLedger(copyDir), { dataDir, copyDir })
}

/** A till that is posted to, and a copy of its ledger that takes the same rows bare. */
class Pair {
  readonly name: string
  readonly routerMs: number[] = []
  readonly bareMs: number[] = []
  readonly #till: OpenTill
  /** Taken once, as a screen does; each look into a router's client makes a new one. */
  readonly #post: OpenTill['client']['receipt']['post']
  readonly #bare: BareLedger
  readonly #dirs: { dataDir: string; copyDir: string }
  readonly #day: Day
  readonly #paid = new Set<number>()
  #facts: readonly Fact[] = []
  /** Rows of the last receipt, which the bare ledger has not taken yet. */
  #waiting: BareWrite | undefined

  constructor(name: string, till: OpenTill, bare: BareLedger, dirs: { dataDir: string; copyDir: string }) {
    this.name = name
    this.#till = till
    this.#post = till.client.receipt.post
    this.#bare = bare
    this.#dirs = dirs
    this.#day = new Day(DAY_SEED, ordinaryAccounts(till.backend.accounts))
    till.backend.ledger.onCommit(facts => {
      this.#facts = facts
    })
  }

  /**
   * A receipt through the router and the one before it bare, back to back, so that both find the machine in the same
   * state; whoever goes second finds it a little warmer, so they take turns. Only the two writes are timed.
   */
  async both(routerFirst: boolean): Promise<void> {
    const input = await this.#nextReceipt()
    if (!routerFirst) this.#writeBare()
    const began = performance.now()
    await this.#post(input)
    this.routerMs.push(performance.now() - began)
    if (routerFirst) this.#writeBare()
    this.#waiting = this.#rowsOf(input.commandId)
  }

  #writeBare(): void {
    if (!this.#waiting) return
    const began = performance.now()
    this.#bare.write(this.#waiting)
    this.bareMs.push(performance.now() - began)
    this.#waiting = undefined
  }

  #rowsOf(commandId: string): BareWrite {
    const [row] = this.#till.backend.ledger.reader.many(rowsOfCommand, { commandId })
    if (!row) throw new Error('The router posted nothing')
    return this.#bare.prepare(row, this.#facts.flatMap(project))
  }

  /**
   * The pages of the ledger that hold something, its indexes and the answers to commands among them, for each receipt.
   * Of the whole ledger: one that was filled in bulk has full pages, and the first receipts after it split many of them.
   */
  bytesOfReceipt(): number {
    const ledger = openLedgerReadOnly(this.#dirs.dataDir)
    try {
      const [pages, free, size] = ['page_count', 'freelist_count', 'page_size'].map(name =>
        Number(ledger.pragma(name, { simple: true })),
      )
      const receipts = ledger.prepare<[], number>('SELECT count(*) FROM receipt').pluck().get() ?? 0
      return (((pages ?? 0) - (free ?? 0)) * (size ?? 0)) / receipts
    } finally {
      ledger.close()
    }
  }

  forget(): void {
    this.routerMs.length = 0
    this.bareMs.length = 0
  }

  async close(): Promise<void> {
    this.#writeBare()
    this.#bare.close()
    await this.#till.backend.close()
    refuseDifferent(this.#dirs.dataDir, this.#dirs.copyDir)
  }

  async #nextReceipt() {
    const lines: LineInput[] = []
    const owed = []
    for (let wanted = this.#day.lineCount(); wanted > 0; wanted -= 1) {
      const made = lines.length > 0 && this.#day.isCatalogLine() ? copies() : await this.#accountLine()
      lines.push(made.line)
      owed.push(made.dueCents)
    }
    const totalCents = sum(owed)
    return { commandId: newId(), salt: newSalt(), lines, tenders: this.#tenders(totalCents), totalCents }
  }

  #tenders(totalCents: Cents) {
    return sealed(this.#day.tenders(totalCents), this.#till.backend.tillKey)
  }

  /** The Window shows an account before it is paid, so it is looked at here, outside the time. */
  async #accountLine() {
    const { client, backend } = this.#till
    while (this.#paid.size < this.#day.accounts) {
      let seq = this.#day.accountSeq()
      while (this.#paid.has(seq)) seq = this.#day.accountSeq()
      this.#paid.add(seq)
      const id = backend.accounts.connection
        .prepare<[number], string>('SELECT account_id FROM account WHERE seq = ?')
        .pluck()
        .get(seq)
      const { accountId, balanceCents } = await client.account.get({ accountId: id ?? '' })
      const line: LineInput = { kind: 'account', accountId, cents: balanceCents, overrides: [] }
      // A till with a past has taken what some of them owed.
      if (balanceCents > 0) return { line, dueCents: balanceCents }
    }
    throw new Error('Nobody is left who owes anything')
  }
}

function copies(): { line: LineInput; dueCents: ReturnType<typeof cents> } {
  if (!COPIES) throw new Error('The sample city sells no copies')
  const line: LineInput = {
    kind: 'catalog',
    catalogItemId: COPIES.catalogItemId,
    quantity: 12,
    priceCents: null,
    baseCents: null,
    reference: '',
  }
  return { line, dueCents: cents((COPIES.priceCents ?? ZERO) * 12) }
}
