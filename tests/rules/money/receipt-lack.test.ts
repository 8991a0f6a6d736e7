/** Which figures a receipt cannot have. */
import { expect, it } from 'vitest'
import { MOST_AMOUNT } from '../../../shared/fields.ts'
import { cents } from '../../../shared/money.ts'
import { receiptLack } from '../../../shared/rules/receipt/receipt-lack.ts'

const line = (amount: number, ...parts: number[]) => ({
  cents: cents(amount),
  ...(parts.length > 0 && { allocations: parts.map(one => ({ cents: cents(one) })) }),
})

const SOUND = {
  totalCents: 1_003,
  tenderedCents: 1_100,
  changeCents: 95,
  roundingCents: 2 as number | null,
  lines: [line(800, 500, 300, 0), line(203)],
  tenders: [600, 500],
}

const lackOf = (changed: Partial<typeof SOUND>) => {
  const { roundingCents, ...figures } = { ...SOUND, ...changed }
  return receiptLack({
    totalCents: cents(figures.totalCents),
    tenderedCents: cents(figures.tenderedCents),
    changeCents: cents(figures.changeCents),
    rounding: roundingCents === null ? null : { cents: cents(roundingCents) },
    lines: figures.lines,
    tenders: figures.tenders.map(amount => ({ cents: cents(amount) })),
  })
}

it.each<[string, Partial<typeof SOUND>]>([
  ['as it should be', {}],
  ['without rounding', { roundingCents: null, changeCents: 97 }],
  [
    'as large as any',
    {
      totalCents: MOST_AMOUNT,
      lines: [line(MOST_AMOUNT, MOST_AMOUNT)],
      tenders: [MOST_AMOUNT],
      tenderedCents: MOST_AMOUNT,
      changeCents: 0,
      roundingCents: null,
    },
  ],
])('none: %s', (_, changed) => {
  expect(lackOf(changed)).toBeNull()
})

const ADDS = 'does not add up'
const PART = 'pays a part that is below zero, or larger than any receipt'

it.each<[string, Partial<typeof SOUND>, string]>([
  ['lines that are not the total', { lines: [line(800, 800)] }, ADDS],
  ['tenders that are not what was handed over', { tenders: [600] }, ADDS],
  ['change that is a cent off', { changeCents: 96 }, ADDS],
  ['rounding that is a cent off', { roundingCents: 3 }, ADDS],
  ['rounding that is left out', { roundingCents: null }, ADDS],
  ['a line that is not its parts', { lines: [line(800, 500, 299), line(203)] }, ADDS],
  ['only its second line not its parts', { lines: [line(800), line(203, 202)] }, ADDS],
  ['parts below zero that come out', { lines: [line(800, 900, -100), line(203)] }, PART],
  ['parts above all that come out', { lines: [line(800, MOST_AMOUNT + 1), line(203)] }, PART],
])('%s', (_, changed, lack) => {
  expect(lackOf(changed)).toBe(lack)
})
