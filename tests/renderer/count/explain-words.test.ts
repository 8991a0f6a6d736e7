import { describe, expect, it } from 'vitest'
import { withExplanation } from '../../../renderer/features/session/close/reason.ts'
import { listedCandidates } from '../../../renderer/features/session/explain/candidates.ts'
import { countedBalances, wasOff } from '../../../renderer/features/session/reading/reading.ts'
import { explained, likelihoodOf, MOST_REASON, type Named } from '../../../renderer/text/session/explain.ts'
import type { ExplainedCandidate } from '../../../shared/contract/session.ts'
import type { Reading } from '../../../shared/contract/session-fields.ts'
import { cents } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import type { Cause, CauseKind } from '../../../shared/rules/explain/explain-difference.ts'
import { checkText } from '../../../shared/rules/text/free-text.ts'
import { standardTenders, type Tender, tenderPhrase } from '../../../shared/tenders.ts'

type Explains = { tender: Tender; differenceCents: ReturnType<typeof cents> }[]

const over = (amount: number, tender: Tender = 'cash'): Explains => [
  { tender, differenceCents: cents(amount) },
]
const short = (amount: number, tender: Tender = 'cash'): Explains => over(-amount, tender)

function candidate(cause: Cause, explains: Explains, more: Partial<ExplainedCandidate> = {}) {
  const rest = { score: 0.7, tenders: explains.map(({ tender }) => tender), receiptIds: [], ways: [] }
  return { ...rest, wayCount: 0, ...cause, explains, ...more } as ExplainedCandidate
}

const NAMED: Named = {
  receipts: [
    { number: 'W1-000118', dueCents: null },
    { number: 'W1-000121', dueCents: null },
  ],
  movement: 'W1-M0003',
  denominations: US_DENOMINATIONS,
  phraseOf: tender => tenderPhrase({ tender, kind: tender, name: tender }),
  alike: 1,
}
const CITY = { denominations: US_DENOMINATIONS, types: standardTenders() }
const onReceipts: Named = { ...NAMED, movement: null }

const TWENTY = { kind: 'note', valueCents: cents(2_000) } as const
const TEN = { kind: 'note', valueCents: cents(1_000) } as const
const CHECK = { tender: 'check', cents: cents(6_000), reference: '1187' } as const

/** Each kind once, with its title and its arithmetic. */
const SAID: { [K in CauseKind]: [Extract<Cause, { kind: K }>, Explains, string, string] } = {
  'item-missing': [
    { kind: 'item-missing', facts: CHECK },
    short(6_000, 'check'),
    'Receipt W1-000118: is its check 1187 of 60.00 there?',
    'The receipt has it and the count does not: checks are short by 60.00.',
  ],
  'item-extra': [
    { kind: 'item-extra', facts: CHECK },
    over(6_000, 'check'),
    'Check 1187 of 60.00: was its receipt never entered?',
    'The count has it and no receipt does: checks are over by 60.00.',
  ],
  'item-differs': [
    {
      kind: 'item-differs',
      facts: { tender: 'check', keyedCents: cents(6_000), foundCents: cents(600), reference: '1187' },
    },
    short(5_400, 'check'),
    'Receipt W1-000118: 60.00 entered, 6.00 on its check 1187?',
    '60.00 − 6.00 = 54.00: checks are short by 54.00.',
  ],
  'not-keyed': [
    { kind: 'not-keyed', facts: { tender: 'cash', cents: cents(2_700) } },
    over(2_700),
    'Was a payment of 27.00 in cash never entered?',
    'Taken without a receipt it leaves just this: cash is over by 27.00.',
  ],
  'not-received': [
    { kind: 'not-received', facts: { tender: 'cash', cents: cents(2_700) } },
    short(2_700),
    'Receipt W1-000118: did its 27.00 in cash come in?',
    'It counts 27.00 in cash, and cash is short by 27.00.',
  ],
  'void-kept': [
    { kind: 'void-kept', facts: { tender: 'cash', cents: cents(2_700) } },
    over(2_700),
    'Receipt W1-000118 was voided: were its 27.00 given back?',
    'Not given back, 27.00 in cash stay here, and cash is over by 27.00.',
  ],
  'entered-twice': [
    { kind: 'entered-twice', facts: { cents: cents(8_500), apartMs: 240_000 } },
    short(8_500),
    'Receipts W1-000118 and W1-000121: one payment entered twice?',
    'Both are of 85.00 for the same payer, 4 minutes apart: cash is short by 85.00.',
  ],
  'change-not-given': [
    { kind: 'change-not-given', facts: { changeCents: cents(533) } },
    over(533),
    'Receipt W1-000118: was its change of 5.33 given?',
    'Not given, 5.33 stay in the drawer, and cash is over by 5.33.',
  ],
  'change-given-twice': [
    { kind: 'change-given-twice', facts: { changeCents: cents(533) } },
    short(533),
    'Receipt W1-000118: was its change of 5.33 given twice?',
    '10.66 given, 5.33 on the receipt: cash is short by 5.33.',
  ],
  'two-receipts': [
    {
      kind: 'two-receipts',
      facts: { tender: 'cash', form: 'not-received', cents: [cents(2_700), cents(3_100)] },
    },
    short(5_800),
    'Receipts W1-000118 and W1-000121: did the money of both come in?',
    '27.00 + 31.00 = 58.00: cash is short by 58.00.',
  ],
  'digit-slip': [
    {
      kind: 'digit-slip',
      facts: { tender: 'cash', form: 'swapped', keyedCents: cents(5_800), meantCents: cents(8_500) },
    },
    over(2_700),
    'Receipt W1-000118 of 58.00: was it 85.00?',
    '85.00 − 58.00 = 27.00: cash is over by 27.00 (58.00 ↔ 85.00, two digits changed places).',
  ],
  'tender-swapped': [
    { kind: 'tender-swapped', facts: { keyed: 'cash', taken: 'check', cents: cents(8_500) } },
    [...short(8_500), ...over(8_500, 'check')],
    'Receipt W1-000118: entered as paid in cash, paid by check?',
    '85.00 by check in place of 85.00 in cash: cash is short by 85.00 and checks are over by 85.00.',
  ],
  'wrong-sign': [
    { kind: 'wrong-sign', facts: { entry: 'receipt', cents: cents(2_000) } },
    short(4_000),
    'Receipt W1-000118 of 20.00: was it a refund?',
    'Twice 20.00 is 40.00: cash is short by 40.00.',
  ],
  'movement-not-made': [
    { kind: 'movement-not-made', facts: { movement: 'turn-in', cents: cents(50_000) } },
    over(50_000),
    'Turn-in W1-M0003: was the money moved?',
    'Recorded and not moved, 500.00 are in the wrong place, and cash is over by 500.00.',
  ],
  'movement-not-recorded': [
    { kind: 'movement-not-recorded', facts: { movement: 'paid-out', cents: cents(2_000) } },
    short(2_000),
    'Was a paid-out of 20.00 not recorded?',
    'Moved without a slip, it leaves just this: cash is short by 20.00.',
  ],
  'counted-as-neighbour': [
    {
      kind: 'counted-as-neighbour',
      facts: { form: 'pieces', actual: TWENTY, countedAs: TEN, pieces: 3, bundles: 0 },
    },
    short(3_000),
    'Were 3 × $20 counted as $10?',
    'They are worth 60.00 and counted 30.00: cash is short by 30.00.',
  ],
  'change-fund-miscounted': [
    {
      kind: 'change-fund-miscounted',
      facts: { countedCents: cents(20_000), likelyCents: cents(22_000), against: 'left-before' },
    },
    over(2_000),
    'Was the change fund 220.00 and not 200.00?',
    '220.00 − 200.00 = 20.00: cash is over by 20.00. The close before left 220.00.',
  ],
}

const onMovement = new Set<CauseKind>(['movement-not-made'])
const namedFor = (kind: CauseKind): Named => (onMovement.has(kind) ? NAMED : onReceipts)

describe('an explanation in words', () => {
  for (const [cause, explains, title, sum] of Object.values(SAID))
    it(`${cause.kind}: ${title}`, () => {
      expect(explained(candidate(cause, explains), namedFor(cause.kind))).toMatchObject({ title, sum })
    })

  it('every one says what to look at, asks rather than blames, and does so without jargon', () => {
    for (const [cause, explains] of Object.values(SAID)) {
      const words = explained(candidate(cause, explains), namedFor(cause.kind))
      expect(words.title).toMatch(/\?$/)
      expect(words.look).toMatch(/\.$/)
      const all = Object.values(words).join(' ')
      expect(all).not.toMatch(/fault|mistake|stole|theft|guilty|transposition|probab|%|undefined|NaN/i)
    }
  })

  it('every one makes a reason that the close accepts, however long a check number is', () => {
    const long = { ...CHECK, reference: 'A'.repeat(40), cents: cents(99_999_999) }
    const causes = [
      ...Object.values(SAID),
      [{ kind: 'item-missing', facts: long }, over(1, 'check')],
    ] as const
    for (const [cause, explains] of causes) {
      const { reason } = explained(candidate(cause, [...explains]), namedFor(cause.kind))
      expect(reason).toMatch(/^Likely: /)
      expect(checkText(reason, { maxLength: MOST_REASON, required: true })).toEqual({
        ok: true,
        text: reason,
      })
    }
  })

  it('the debt is told where it is one of the two amounts, and only there', () => {
    const [cause, explains] = SAID['digit-slip']
    const owing = (due: number) => {
      const receipts = [{ number: 'W1-000118', dueCents: cents(due) }]
      return explained(candidate(cause, explains), { ...onReceipts, receipts }).sum
    }
    expect(owing(8_500)).toMatch(/ The account owed 85\.00\.$/)
    expect(owing(5_800)).toMatch(/ The account owed 58\.00, as entered\.$/)
    expect(owing(9_900)).not.toMatch(/owed/)
  })

  it('a slip of the fingers in a movement names its slip', () => {
    const [cause, explains] = SAID['digit-slip']
    const { title, reason } = explained(candidate(cause, explains), { ...NAMED, receipts: [] })
    expect(title).toBe('Slip W1-M0003 of 58.00: was it 85.00?')
    expect(reason).toBe('Likely: W1-M0003: 58.00 entered, 85.00 meant')
  })

  it('straps, rolls and whole lines are said as what they are', () => {
    const words = (facts: Extract<Cause, { kind: 'counted-as-neighbour' }>['facts']) =>
      explained(candidate({ kind: 'counted-as-neighbour', facts }, short(100_000)), onReceipts)
    const strap = words({ form: 'bundles', actual: TWENTY, countedAs: TEN, pieces: 0, bundles: 1 })
    expect(strap.title).toBe('Were 1 strap of $20 counted as $10?')
    expect(strap.sum).toContain('worth 2,000.00 and counted 1,000.00')
    const quarters = { kind: 'coin', valueCents: cents(25) } as const
    const dimes = { kind: 'coin', valueCents: cents(10) } as const
    const line = words({ form: 'row', actual: quarters, countedAs: dimes, pieces: 3, bundles: 2 })
    expect(line.title).toBe('Were 2 rolls of Quarters and 3 loose counted on the line of Dimes?')
  })

  it('how likely it is stands in words', () => {
    expect([0.97, 0.5, 0.49, 0.1, 0.02].map(likelihoodOf)).toEqual([
      'likely',
      'likely',
      'possible',
      'possible',
      'fits',
    ])
  })
})

describe('the list of explanations', () => {
  const receipts = ['a', 'b', 'c', 'd'].map((receiptId, i) => ({
    receiptId,
    number: `W1-00000${i + 1}`,
    postedAtMs: i,
    totalCents: cents(100),
    dueCents: null,
  }))

  it('receipts of equal amounts are listed under one explanation, and all of them can be opened', () => {
    const cause: Cause = { kind: 'not-received', facts: { tender: 'cash', cents: cents(100) } }
    const ways = [['a'], ['b'], ['c']]
    const one = candidate(cause, short(100), { receiptIds: ['a'], ways, wayCount: 5 })
    const [listed] = listedCandidates({ candidates: [one], receipts, movements: [] }, CITY)
    expect(listed).toMatchObject({
      no: 1,
      receiptIds: ['a', 'b', 'c'],
      ways: 'These 5 fit alike: W1-000001, W1-000002, W1-000003 and 2 more.',
    })
    expect(listed?.labels.reason).toBe(
      'Likely (one of 5 alike): W1-000001: its 1.00 in cash not in the drawer',
    )
  })

  it('one way needs no list, and pairs are told as pairs', () => {
    const facts = { tender: 'cash', form: 'not-received', cents: [cents(100), cents(100)] } as const
    const cause: Cause = { kind: 'two-receipts', facts: { ...facts, cents: [cents(100), cents(100)] } }
    const listed = (ways: string[][]) => {
      const one = candidate(cause, short(200), { receiptIds: ['a', 'b'], ways, wayCount: ways.length })
      return listedCandidates({ candidates: [one], receipts, movements: [] }, CITY)[0]
    }
    expect(listed([['a', 'b']])?.ways).toBeNull()
    expect(
      listed([
        ['a', 'b'],
        ['c', 'd'],
      ])?.ways,
    ).toContain('W1-000001 with W1-000002, W1-000003 with W1-000004')
  })

  it('no more are listed than there are number keys', () => {
    const cause: Cause = { kind: 'not-keyed', facts: { tender: 'cash', cents: cents(100) } }
    const candidates = Array.from({ length: 10 }, () => candidate(cause, over(100)))
    const listed = listedCandidates({ candidates, receipts, movements: [] }, CITY)
    expect(listed.map(({ no }) => no)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})

describe('an explanation taken as the reason', () => {
  it('fills an empty field, and makes way for another one', () => {
    expect(withExplanation({ typed: ' ', taken: null }, 'Likely: A')).toBe('Likely: A')
    expect(withExplanation({ typed: 'Likely: A', taken: 'Likely: A' }, 'Likely: B')).toBe('Likely: B')
  })

  it('comes after what the cashier wrote, none of which is lost', () => {
    const reasonAfter = (typed: string) => withExplanation({ typed, taken: null }, 'Likely: A')
    expect(reasonAfter('Counted by two.')).toBe('Counted by two. Likely: A')
    expect(reasonAfter('Counted by two ')).toBe('Counted by two; Likely: A')
    const typed = 'x'.repeat(75)
    const both = reasonAfter(typed)
    expect(both.startsWith(typed)).toBe(true)
    expect(Array.from(both).length).toBe(MOST_REASON)
  })
})

describe('a Z report that may be explained', () => {
  const balance = { tender: 'cash', name: 'Cash', expectedCents: cents(100), countedCents: cents(90) }
  const reading = (overShort: number, more: Partial<Reading> = {}) =>
    ({
      kind: 'z',
      balances: [{ ...balance, overShortCents: cents(overShort) }],
      counts: [],
      reason: '',
      ...more,
    }) as unknown as Reading
  const recounted = { counts: [{ purpose: 'recount' }] } as unknown as Partial<Reading>

  it('is one of a session that was off, by money or by its papers', () => {
    expect(wasOff(reading(-10))).toBe(true)
    expect(wasOff(reading(0, { ...recounted, reason: 'Checks exchanged' }))).toBe(true)
    expect(wasOff(reading(0, recounted))).toBe(false)
    expect(wasOff(reading(0, { reason: 'Went home ill' }))).toBe(false)
    expect(wasOff(reading(-10, { kind: 'x' }))).toBe(false)
  })

  it('shows what was counted, tender by tender', () => {
    expect(countedBalances(reading(-10))).toEqual([{ ...balance, overShortCents: -10 }])
    const notCounted = { balances: [{ ...balance, countedCents: null, overShortCents: null }] }
    expect(countedBalances(notCounted as unknown as Reading)).toEqual([])
  })
})
