import { describe, expect, it } from 'vitest'
import { editAmount, readAmount, shownAmount } from '../../../renderer/ui/money/amount.ts'

/** Types characters one by one into an amount field, as a person does. */
function type(keys: string, typed = ''): string {
  return [...keys].reduce((before, key) => {
    const shown = shownAmount(before)
    return key === '<'
      ? editAmount({ typed: before, shown: shown.slice(0, -1), inserted: null, deleted: true })
      : editAmount({ typed: before, shown: shown + key, inserted: key, deleted: false })
  }, typed)
}

describe('an amount typed like on an adding machine', () => {
  it.each([
    ['10000', '100.00'],
    ['5', '0.05'],
    ['123456789', '1,234,567.89'],
    ['100.', '100.'],
    ['1234.5', '1,234.5'],
    ['12345<', '12.34'],
    ['12<<', ''],
    ['.5', '.5'],
  ])('%s shows %s', (keys, shown) => {
    expect(shownAmount(type(keys))).toBe(shown)
  })

  it('typing over a selected amount replaces it', () => {
    expect(editAmount({ typed: '184.37', shown: '5', inserted: '5', deleted: false })).toBe('5')
  })

  it('a pasted amount with dollar sign and commas is taken as it stands', () => {
    const pasted = editAmount({ typed: '', shown: '$1,234.50', inserted: null, deleted: false })
    expect(readAmount(pasted)).toEqual({ cents: 123450, problem: null })
  })

  it.each(['abc', '1e5', '1.005', '-5', '12345678901234'])('%s is answered in words', text => {
    const { cents, problem } = readAmount(text)
    expect(cents).toBeNull()
    expect(problem).toMatch(/\.$/)
  })

  it('an empty field is no mistake yet', () => {
    expect(readAmount('')).toEqual({ cents: null, problem: null })
  })
})
