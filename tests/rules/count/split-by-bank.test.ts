import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import {
  type BankedReceipt,
  type BankRule,
  splitByBank,
} from '../../../shared/rules/deposit/split-by-bank.ts'

type Tenders = [tender: 'cash' | 'check' | 'card', cents: number][]

let made = 0

function receipt(credits: [gl: string, cents: number][], tenders: Tenders, change = 0): BankedReceipt {
  made += 1
  return {
    receiptId: `r${made}`,
    credits: credits.map(([glAccount, c]) => ({ glAccount, cents: cents(c) })),
    tenders: tenders.map(([tender, c], i) => ({
      tenderNo: i + 1,
      tender,
      cents: cents(c),
      item: tender === 'check',
    })),
    changeCents: cents(change),
  }
}

const RULES: BankRule[] = [
  { glPrefix: '510', bankAccountId: 'water' },
  { glPrefix: '5107', bankAccountId: 'bonds' },
  { glPrefix: '620', bankAccountId: 'trash' },
]

function split(receipts: BankedReceipt[], cash: number, rules = RULES) {
  return splitByBank({
    rules,
    defaultBankAccountId: 'general',
    receipts,
    cashToDepositCents: cents(cash),
  })
}

/** Bank: cash + papers of entitled, due. */
function inBrief(shares: ReturnType<typeof split>): string[] {
  return shares.map(s => {
    const due = s.dueCents === 0 ? '' : `, due ${s.dueCents}`
    return `${s.bankAccountId}: ${s.cashCents} + ${s.itemsCents} of ${s.entitledCents}${due}`
  })
}

describe('the money of a session goes to the banks of its GL accounts', () => {
  it.each<[string, BankedReceipt[], number, string[]]>([
    [
      'cash for two funds, the longest prefix wins',
      [
        receipt(
          [
            ['510-1', 3_000],
            ['5107', 1_000],
            ['999', 500],
          ],
          [['cash', 5_000]],
          500,
        ),
      ],
      4_500,
      ['general: 500 + 0 of 500', 'water: 3000 + 0 of 3000', 'bonds: 1000 + 0 of 1000'],
    ],
    ['nothing taken', [], 0, ['general: 0 + 0 of 0']],
    [
      'a check goes whole where most of its receipt belongs, and cash makes up for it',
      [
        receipt(
          [
            ['510', 6_000],
            ['620', 4_000],
          ],
          [['check', 10_000]],
        ),
        receipt([['510', 9_000]], [['cash', 9_000]]),
      ],
      9_000,
      ['general: 0 + 0 of 0', 'water: 5000 + 10000 of 15000', 'trash: 4000 + 0 of 4000'],
    ],
    [
      'without enough cash the banks owe each other',
      [
        receipt(
          [
            ['510', 6_000],
            ['620', 4_000],
          ],
          [['check', 10_000]],
        ),
      ],
      0,
      ['general: 0 + 0 of 0', 'water: 0 + 10000 of 6000, due -4000', 'trash: 0 + 0 of 4000, due 4000'],
    ],
    [
      'whoever lacks most is filled up first',
      [
        receipt(
          [
            ['999', 9_000],
            ['510', 2_000],
            ['620', 3_000],
          ],
          [['check', 14_000]],
        ),
        receipt([['999', 100]], [['cash', 100]]),
      ],
      3_500,
      [
        'general: 0 + 14000 of 9100, due -4900',
        'water: 500 + 0 of 2000, due 1500',
        'trash: 3000 + 0 of 3000',
      ],
    ],
    [
      'card money is not banked, and is spread over the lines of its receipt',
      [
        receipt(
          [
            ['510', 5_000],
            ['620', 5_001],
          ],
          [
            ['card', 3_333],
            ['cash', 6_668],
          ],
        ),
      ],
      6_668,
      ['general: 0 + 0 of 0', 'water: 3333 + 0 of 3333', 'trash: 3335 + 0 of 3335'],
    ],
    [
      'a receipt by card brings nothing',
      [receipt([['510', 5_000]], [['card', 5_000]])],
      0,
      ['general: 0 + 0 of 0'],
    ],
    [
      'an over is the default bank’s',
      [receipt([['510', 5_000]], [['cash', 5_000]])],
      5_050,
      ['general: 50 + 0 of 0, due -50', 'water: 5000 + 0 of 5000'],
    ],
    [
      'a short is its own too, as long as it has cash',
      [
        receipt(
          [
            ['510', 5_000],
            ['999', 100],
          ],
          [['cash', 5_100]],
        ),
      ],
      5_030,
      ['general: 30 + 0 of 100, due 70', 'water: 5000 + 0 of 5000'],
    ],
    [
      'a short beyond that is left with the bank that lacks it, and no cash is negative',
      [
        receipt(
          [
            ['510', 5_000],
            ['620', 3_000],
          ],
          [['cash', 8_000]],
        ),
      ],
      7_900,
      ['general: 0 + 0 of 0', 'water: 5000 + 0 of 5000', 'trash: 2900 + 0 of 3000, due 100'],
    ],
    [
      'rounding down is a credit against its own account',
      [
        receipt(
          [
            ['510', 7_682],
            ['999', -2],
          ],
          [['cash', 7_680]],
        ),
      ],
      7_680,
      ['general: 0 + 0 of -2, due -2', 'water: 7680 + 0 of 7682, due 2'],
    ],
    [
      'a credit against the receipt takes no part of the card money',
      [
        receipt(
          [
            ['510', 100],
            ['999', -20],
          ],
          [
            ['card', 40],
            ['cash', 40],
          ],
        ),
      ],
      40,
      ['general: 0 + 0 of -20, due -20', 'water: 40 + 0 of 60, due 20'],
    ],
    [
      'cash back on a check',
      [receipt([['510', 5_000]], [['check', 6_000]], 1_000), receipt([['999', 2_000]], [['cash', 2_000]])],
      1_000,
      ['general: 1000 + 0 of 2000, due 1000', 'water: 0 + 6000 of 5000, due -1000'],
    ],
  ])('%s', (_what, receipts, cash, expected) => {
    expect(inBrief(split(receipts, cash))).toEqual(expected)
  })

  it.each<[string, [string, number][], string]>([
    [
      'the default bank first',
      [
        ['510', 500],
        ['999', 500],
      ],
      'general',
    ],
    [
      'then the order of the rules',
      [
        ['620', 500],
        ['5107', 500],
      ],
      'bonds',
    ],
    [
      'and small credits of one bank count together',
      [
        ['620', 500],
        ['510-1', 300],
        ['510-2', 300],
      ],
      'water',
    ],
  ])('of equal shares a paper goes to %s', (_what, credits, bank) => {
    const total = credits.reduce((all, [, c]) => all + c, 0)
    const shares = split([receipt(credits, [['check', total]])], 0)
    expect(shares.filter(share => share.items.length > 0).map(share => share.bankAccountId)).toEqual([bank])
  })

  it('of one prefix named twice the first rule counts', () => {
    const rules = [
      { glPrefix: '51', bankAccountId: 'first' },
      { glPrefix: '51', bankAccountId: 'second' },
    ]
    const shares = split([receipt([['510', 100]], [['cash', 100]])], 100, rules)
    expect(inBrief(shares)).toEqual(['general: 0 + 0 of 0', 'first: 100 + 0 of 100'])
  })

  it('refuses negative cash', () => {
    expect(() => split([], -1)).toThrow(RangeError)
  })
})

describe('whatever was taken', () => {
  const RUN = { seed: 20261121, numRuns: 400 }
  const credit = fc.tuple(
    fc.constantFrom('510', '5107', '620', '700', ''),
    fc.integer({ min: 1, max: 9_999 }),
  )
  const rules = fc.array(
    fc.record({
      glPrefix: fc.constantFrom('5', '510', '5107', '62', '7', ''),
      bankAccountId: fc.constantFrom('general', 'water', 'bonds', 'trash'),
    }),
    { maxLength: 5 },
  )

  /** A receipt that balances: papers and cards for some of it, cash with change for the rest. */
  const balanced = fc
    .record({
      credits: fc.array(credit, { minLength: 1, maxLength: 4 }),
      card: fc.nat(100),
      checks: fc.array(fc.nat(50), { maxLength: 2 }),
      change: fc.nat(2_000),
    })
    .map(({ credits, card, checks, change }) => {
      const total = credits.reduce((all, [, c]) => all + c, 0)
      const byCard = Math.trunc((total * card) / 100)
      const papers = checks.map(percent => Math.trunc(((total - byCard) * percent) / 100)).filter(c => c > 0)
      const left = total - byCard - papers.reduce((all, c) => all + c, 0)
      const tenders: Tenders = papers.map(c => ['check', c])
      if (byCard > 0) tenders.push(['card', byCard])
      if (left > 0) tenders.push(['cash', left + change])
      return receipt(credits, tenders, left > 0 ? change : 0)
    })
  const session = fc.record({
    rules,
    receipts: fc.array(balanced, { maxLength: 12 }),
    overShort: fc.integer({ min: -500, max: 500 }),
  })

  function cashTaken(receipts: readonly BankedReceipt[]): number {
    const each = receipts.map(r => {
      const cash = r.tenders.filter(t => t.tender === 'cash').reduce((all, t) => all + t.cents, 0)
      return cash - r.changeCents
    })
    return each.reduce((all, c) => all + c, 0)
  }

  function total(list: readonly number[]): number {
    return list.reduce((all, n) => all + n, 0)
  }

  it('the cash adds up, no bank has less than none, and the dues come to the short less the over', () => {
    fc.assert(
      fc.property(session, given => {
        const taken = cashTaken(given.receipts)
        const cash = Math.max(taken + given.overShort, 0)
        const shares = split(given.receipts, cash, given.rules)
        expect(total(shares.map(s => s.cashCents))).toBe(cash)
        expect(Math.min(...shares.map(s => s.cashCents))).toBeGreaterThanOrEqual(0)
        expect(Math.min(...shares.map(s => s.entitledCents))).toBeGreaterThanOrEqual(0)
        for (const s of shares) expect(s.dueCents).toBe(s.entitledCents - s.cashCents - s.itemsCents)
        expect(total(shares.map(s => s.dueCents))).toBe(taken - cash)
        const ids = shares.map(s => s.bankAccountId)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      RUN,
    )
  })

  it('each paper is with one bank, and only papers', () => {
    fc.assert(
      fc.property(session, given => {
        const shares = split(given.receipts, 0, given.rules)
        const name = (receiptId: string, tenderNo: number) => `${receiptId}#${tenderNo}`
        const there = given.receipts.flatMap(r => {
          return r.tenders
            .filter(t => t.item)
            .map(t => ({ name: name(r.receiptId, t.tenderNo), cents: t.cents }))
        })
        const given2 = shares.flatMap(s => s.items.map(i => name(i.receiptId, i.tenderNo)))
        expect(given2.toSorted()).toEqual(there.map(t => t.name).toSorted())
        for (const s of shares) {
          const own = new Set(s.items.map(i => name(i.receiptId, i.tenderNo)))
          expect(s.itemsCents).toBe(total(there.filter(t => own.has(t.name)).map(t => t.cents)))
        }
      }),
      RUN,
    )
  })

  it('no bank has more cash than it lacks, except the default', () => {
    fc.assert(
      fc.property(session, given => {
        const cash = Math.max(cashTaken(given.receipts) + given.overShort, 0)
        for (const share of split(given.receipts, cash, given.rules)) {
          if (share.bankAccountId === 'general') continue
          const lacks = Math.max(share.entitledCents - share.itemsCents, 0)
          expect(share.cashCents).toBeLessThanOrEqual(lacks)
        }
      }),
      RUN,
    )
  })

  it('everything is the default bank’s where there are no rules', () => {
    fc.assert(
      fc.property(session, given => {
        const cash = Math.max(cashTaken(given.receipts) + given.overShort, 0)
        const papers = given.receipts.flatMap(r => r.tenders.filter(t => t.item).map(t => t.cents))
        const [only, ...others] = split(given.receipts, cash, [])
        expect(others).toEqual([])
        expect(only).toMatchObject({ bankAccountId: 'general', cashCents: cash, itemsCents: total(papers) })
      }),
      RUN,
    )
  })
})
