import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verifyLedger } from '../../db/verify.ts'
import type { LineInput, TenderInput } from '../../shared/contract/receipt.ts'
import { cents } from '../../shared/money.ts'
import {
  accountLine,
  approvalBy,
  countOf,
  depositSessions,
  fullDay,
  liftLimits,
  miscLine,
  openDrawer,
  tenderOf,
} from '../support/ledger-day.ts'
import { CASHIER, type LedgerTill, sampleTill } from '../support/ledger-till.ts'
import { runSeed } from '../support/seed.ts'

const seed = runSeed()
const RUNS = 12
const HOUR_MS = 3_600_000

type Act =
  | { do: 'post'; lines: number[]; account: number; by: TenderInput['tender'][]; extra: number }
  | { do: 'void'; which: number }
  | { do: 'print'; which: number }
  | { do: 'again'; which: number }

const amount = fc.integer({ min: 1, max: 90_000 })
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('post' as const),
      lines: fc.array(amount, { minLength: 1, maxLength: 4 }),
      account: fc.nat(39),
      by: fc.array(fc.constantFrom('check' as const, 'card' as const, 'money-order' as const), {
        maxLength: 2,
      }),
      extra: fc.nat(5_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('print' as const), which: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('again' as const), which: fc.nat(40) }) },
)
const day = fc.record({
  acts: fc.array(act, { minLength: 3, maxLength: 25 }),
  /** By how much the first and the second count are off. */
  off: fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })),
  deposit: fc.boolean(),
})
type Day = typeof day extends fc.Arbitrary<infer T> ? T : never

interface Posted {
  order: Parameters<ReturnType<LedgerTill['as']>['receipt']['post']>[0]
  reply: Awaited<ReturnType<ReturnType<LedgerTill['as']>['receipt']['post']>>
  cash: number
  card: number
  voided: boolean
}

/** What the drawer holds by the test's own reckoning, which knows nothing of the ledger's tables. */
class Till {
  readonly posted: Posted[] = []
  readonly till: LedgerTill
  readonly #client: ReturnType<LedgerTill['as']>
  cash = 20_000
  card = 0

  constructor(till: LedgerTill) {
    this.till = till
    this.#client = till.as(CASHIER)
  }

  async take(one: Act): Promise<void> {
    if (one.do === 'post') return this.#post(one)
    const chosen = this.posted[one.which % Math.max(1, this.posted.length)]
    if (!chosen) return
    const { receiptId } = chosen.reply
    if (one.do === 'print') await this.#client.receipt.print({ receiptId })
    if (one.do === 'again') expect(await this.#client.receipt.post(chosen.order)).toEqual(chosen.reply)
    // What is no longer in the drawer cannot be given back; the rule for that has a test of its own.
    if (one.do !== 'void' || chosen.voided || chosen.cash > this.cash) return
    const approval = approvalBy(this.till)
    await this.#client.receipt.void({
      commandId: this.till.newId(),
      receiptId,
      reason: 'Keyed twice',
      approval,
    })
    chosen.voided = true
    this.cash -= chosen.cash
    this.card -= chosen.card
  }

  async #post({ lines, account, by, extra }: Extract<Act, { do: 'post' }>): Promise<void> {
    const total = lines.reduce((sum, line) => sum + line, 0)
    const order = {
      commandId: this.till.newId(),
      lines: lines.map((line, index) => this.#line(line, index, account)),
      tenders: [] as TenderInput[],
      totalCents: cents(total),
    }
    let due = total
    for (const tender of by) {
      const part = Math.floor(due / 2)
      if (part === 0) break
      order.tenders.push(tenderOf(tender, part))
      due -= part
    }
    const change = Math.min(extra, this.cash)
    order.tenders.push(tenderOf('cash', due + change))
    const reply = await this.#client.receipt.post(order)
    expect(reply.changeCents).toBe(change)
    const card = order.tenders.reduce((sum, one) => sum + (one.tender === 'card' ? one.cents : 0), 0)
    this.posted.push({ order, reply, cash: due, card, voided: false })
    this.cash += due
    this.card += card
  }

  #line(line: number, index: number, account: number): LineInput {
    if (index !== 0) return miscLine(line)
    const found = this.till.backend.accounts.findAccounts('0', 40)[account]
    if (found?.status === 'open' && !found.cashOnly) return accountLine(found.accountId, line)
    return miscLine(line)
  }

  async close([first, second]: [number, number]): Promise<void> {
    const count = async (off: number) =>
      this.#client.drawer.count({
        commandId: this.till.newId(),
        count: await countOf(this.#client, { cash: Math.max(0, this.cash + off), card: this.card }),
      })
    if ((await count(first)).outcome === 'closed') return expect(Math.max(-this.cash, first)).toBe(0)
    const { outcome, balances } = await count(second)
    const cash = balances.find(balance => balance.tender === 'cash')
    expect(cash?.expectedCents).toBe(this.cash)
    expect(balances.filter(one => one.tender !== 'cash').map(one => one.overShortCents)).toEqual(
      balances.filter(one => one.tender !== 'cash').map(() => 0),
    )
    if (outcome === 'closed') return expect(second).toBe(0)
    const approval = approvalBy(this.till)
    await this.#client.drawer.close({ commandId: this.till.newId(), reason: 'Not found', approval })
  }
}

async function liveThrough(till: LedgerTill, { acts, off, deposit }: Day, dayNo: number): Promise<void> {
  till.clock.nowMs += 24 * HOUR_MS
  const sessionId = await openDrawer(till, CASHIER)
  const drawer = new Till(till)
  for (const one of acts) {
    till.clock.nowMs += 60_000
    await drawer.take(one)
  }
  await drawer.close(off)
  if (deposit) await depositSessions(till, [sessionId], `BAG ${dayNo}`)
}

describe('replaying the journal', () => {
  it('gives the tables as they are, whatever a cashier does in a day, and the sums hold', async () => {
    let dayNo = 0
    let facts = 0
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 2 }), async days => {
        const till = await sampleTill()
        await liftLimits(till)
        try {
          for (const one of days) {
            dayNo += 1
            await liveThrough(till, one, dayNo)
          }
          const report = await verifyLedger(till.dir, () => undefined)
          expect(report.problems).toEqual([])
          facts += report.facts
        } finally {
          await till.close()
        }
      }),
      { seed, numRuns: RUNS },
    )
    // Setting up takes some sixty facts a run; what cashiers did must be more than nothing.
    expect(facts).toBeGreaterThan(RUNS * 60)
  }, 60_000)

  it('covers every table that facts write: a full day leaves none of them empty', async () => {
    const till = await sampleTill()
    await fullDay(till)
    const { PROJECTED_TABLES } = await import('../../shared/ledger/change.ts')
    const rows = PROJECTED_TABLES.map(table => {
      const query = { compile: () => ({ sql: `SELECT count(*) AS n FROM "${table}"`, parameters: [] }) }
      return [table, till.backend.ledger.reader.first<{ n: number }>(query as never)?.n ?? 0] as const
    })
    expect(rows.filter(([, count]) => count === 0)).toEqual([])
    expect((await verifyLedger(till.dir, () => undefined)).problems).toEqual([])
  })
})
