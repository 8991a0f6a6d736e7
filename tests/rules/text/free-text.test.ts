import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containsCardNumber } from '../../../shared/rules/text/card-number.ts'
import { checkText } from '../../../shared/rules/text/free-text.ts'

const RUN = { seed: 20261120, numRuns: 300 }

/** Completes digits by Luhn, worked out with a table apart from the code under test. */
function withLuhnDigit(digits: readonly number[]): string {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
  const fromRight = digits.toReversed()
  const sum = fromRight.reduce((all, d, i) => all + (i % 2 === 0 ? (doubled[d] ?? 0) : d), 0)
  return `${digits.join('')}${(10 - (sum % 10)) % 10}`
}

const cardNumber = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 18 })
  .map(withLuhnDigit)

describe('a card number in free text', () => {
  it.each([
    '4111111111111111',
    '4111 1111 1111 1111',
    '4111-1111-1111-1111',
    '4111.1111.1111.1111',
    '4111 - 1111 - 1111 - 1111',
    '3782 822463 10005',
    '4222222222222',
    '6304000000000000000',
    '4111/1111/1111/1111',
    '4111 -- 1111 -- 1111 -- 1111',
    '4111, 1111, 1111, 1111',
    '4_1_1_1_1_1_1_1_1_1_1_1_1_1_1_1',
    '4111/1111-1111|1111',
    '4111; 1111 1111 / 1111',
    '3782*822463 10005',
    '4 1,1 1/1 1 1_1 1 1+1 1 1 1:1 1',
    'card 4111 1111 1111 1111 exp 12/28',
    'ref 994111111111111111',
    '４１１１１１１１１１１１１１１１',
    '④①①① ①①①① ①①①① ①①①①',
    '٤١١١١١١١١١١١١١١١',
    '4111\u00a01111\u00a01111\u00a01111',
    '4111\u20131111\u20131111\u20131111',
    '4111\u200b1111\u200b1111\u200b1111',
  ])('is found in "%s"', text => {
    expect(containsCardNumber(text)).toBe(true)
  })

  it.each([
    '',
    'Main Street 12',
    '4111 1111 2345 0111',
    '411111111111',
    '4111 1111 1111 ending, see 1111',
    'acct 003-45678-901 and meter 20261120',
    'call 555-0100 or 555-0199',
    '(841) 459-8089, (316) 826-7611',
    '7753 Hwy 149 #191, 42415-1214',
    'Payment plan 2025-12-24 / 2024-05-24',
    '120.50, 88.10, 1,204.99, 310.00',
    'checks #1041, #1042, #1043, #1044',
    '12-7682-74, 12-9013-27',
    '2026/11/20, 2026/12/24, 2027/01/04',
    'meters 4111, 2203, 5180, 12',
  ])('is not seen in "%s"', text => {
    expect(containsCardNumber(text)).toBe(false)
  })

  it('is found wherever it stands, however it is grouped', () => {
    const words = fc.string({ unit: fc.constantFrom(...'abc xyz,') })
    const separator = fc.constantFrom('', ' ', '-', '.', ' - ')
    fc.assert(
      fc.property(cardNumber, separator, words, words, (number, between, before, after) => {
        const grouped = number.replace(/(\d{4})(?=\d)/g, `$1${between}`)
        expect(containsCardNumber(`${before}${grouped}${after}`)).toBe(true)
      }),
      RUN,
    )
  })

  it('is not seen in any run of twelve digits or fewer', () => {
    const short = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 12 })
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(containsCardNumber(`${a}, ${b}`)).toBe(false)
      }),
      RUN,
    )
  })
})

describe('free text', () => {
  it.each([
    ['  Paid for her mother  ', 'Paid for her mother'],
    ['Zoe\u0301', 'Zo\u00e9'],
    ['李小龍 🚰 Ñandú مرحبا', '李小龍 🚰 Ñandú مرحبا'],
    ['=1+1', '=1+1'],
    ["O'Brien <b> %s", "O'Brien <b> %s"],
    ['👩‍👧', '👩‍👧'],
    ['', ''],
  ])('"%s" is kept as "%s"', (text, kept) => {
    expect(checkText(text, { maxLength: 60 })).toEqual({ ok: true, text: kept })
  })

  it.each<[string, string, string]>([
    ['nothing', '', 'empty'],
    ['only spaces', ' \t\n ', 'empty'],
    ['only invisible marks', '\u200b\u2060', 'empty'],
    ['more than fits', 'x'.repeat(21), 'too-long'],
    ['too long before anything else is said of it', '4111111111111111\u0000xxxxx', 'too-long'],
    ['a NUL', 'a\u0000b', 'control-characters'],
    ['an escape', 'a\u001b[2J', 'control-characters'],
    ['a tab', 'a\tb', 'control-characters'],
    ['a line break', 'a\nb', 'control-characters'],
    ['a delete', 'a\u007fb', 'control-characters'],
    ['a C1 control', 'a\u0085b', 'control-characters'],
    ['a line separator', 'a\u2028b', 'control-characters'],
    ['a paragraph separator', 'a\u2029b', 'control-characters'],
    ['a right-to-left override', 'a\u202eb', 'control-characters'],
    ['an isolate', 'a\u2067b', 'control-characters'],
    ['half a surrogate pair', 'a\ud83d', 'control-characters'],
    ['a card number', '4111 1111 1111 1111', 'card-number'],
  ])('%s is refused', (_what, text, reason) => {
    expect(checkText(text, { maxLength: 20, required: true })).toEqual({ ok: false, reason })
  })

  it('counts characters, not their storage units', () => {
    expect(checkText('🚰'.repeat(20), { maxLength: 20 }).ok).toBe(true)
    expect(checkText('🚰'.repeat(21), { maxLength: 20 }).ok).toBe(false)
  })

  it('once accepted is accepted again unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        const first = checkText(text, { maxLength: 80 })
        if (first.ok) expect(checkText(first.text, { maxLength: 80 })).toEqual(first)
      }),
      RUN,
    )
  })
})
