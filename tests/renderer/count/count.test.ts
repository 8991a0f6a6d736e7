import { describe, expect, it } from 'vitest'
import {
  countWhileTyping,
  isEmptyCount,
  readCell,
  rowCents,
  rowOf,
  totalOf,
  withRow,
} from '../../../renderer/ui/money/count.ts'
import { cents } from '../../../shared/money.ts'
import { type Denomination, US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'

function named(label: string): Denomination {
  const found = US_DENOMINATIONS.find(d => d.label === label)
  if (found === undefined) throw new Error(`no denomination ${label}`)
  return found
}

const TWENTY = named('$20')

describe('the cells of a count', () => {
  it('a whole number is pieces', () => {
    expect(readCell('31', TWENTY.valueCents, TWENTY.label)).toEqual({ kind: 'count', count: 31 })
  })

  it('an amount with a point becomes pieces', () => {
    expect(readCell('340.', TWENTY.valueCents, TWENTY.label)).toEqual({ kind: 'count', count: 17 })
  })

  it('an amount that is no whole number of pieces is refused by name', () => {
    const reading = readCell('50.', TWENTY.valueCents, TWENTY.label)
    expect(reading).toEqual({ kind: 'wrong', problem: '50.00 is not a whole number of $20. Count again.' })
  })

  it.each(['-3', 'x', '1e3', '99999999'])('%s is refused', text => {
    expect(readCell(text, TWENTY.valueCents, TWENTY.label).kind).toBe('wrong')
  })

  it('an amount that is still being typed counts nothing until it can be read', () => {
    const typing = ['34.', '340.', '340.5', 'x'].map(text => countWhileTyping(text, TWENTY.valueCents))
    expect(typing).toEqual([0, 17, 0, 0])
  })

  it('rows of nothing are an empty count, one penny is none', () => {
    expect(isEmptyCount([])).toBe(true)
    expect(isEmptyCount([rowOf([], TWENTY)])).toBe(true)
    expect(isEmptyCount([{ ...rowOf([], named('Pennies')), pieces: 1 }])).toBe(false)
  })

  it('straps and loose pieces of one denomination add up', () => {
    const row = { ...rowOf([], TWENTY), pieces: 3, bundles: 1 }
    expect(rowCents(row, TWENTY)).toBe(206_000)
  })

  it('a dollar coin and a dollar note are counted apart', () => {
    const note = { ...rowOf([], named('$1')), pieces: 2 }
    const coin = { ...rowOf([], named('$1 coin')), pieces: 5 }
    const count = withRow(withRow([], note), coin)
    expect(count).toHaveLength(2)
    expect(totalOf(count, US_DENOMINATIONS)).toBe(cents(700))
  })

  it('a row that is emptied again leaves the count', () => {
    const counted = withRow([], { ...rowOf([], TWENTY), pieces: 2 })
    expect(withRow(counted, rowOf([], TWENTY))).toEqual([])
  })
})
