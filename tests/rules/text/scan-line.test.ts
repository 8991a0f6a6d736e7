import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import {
  checkDigit,
  composeScanLine,
  readScanLine,
  type ScanTemplate,
  type TemplateFault,
  templateFault,
} from '../../../shared/rules/account/scan-line.ts'
import { scanTemplateField } from '../../../shared/settings/bills.ts'

const CITY: ScanTemplate = {
  name: 'City bill',
  length: 20,
  account: { start: 0, end: 9 },
  amount: { start: 9, end: 19 },
  checkDigit: { position: 19, start: 0, end: 19, method: 'mod10-double-from-left' },
  accountFormat: '###-#####-#',
}
const STUB: ScanTemplate = {
  name: 'Meter stub',
  length: 8,
  account: { start: 1, end: 8 },
  checkDigit: { position: 0, start: 1, end: 8, method: 'mod10-weights', weights: [7, 3, 1] },
}
const OLD: ScanTemplate = {
  name: 'Old stub',
  length: 7,
  account: { start: 0, end: 6 },
  checkDigit: {
    position: 6,
    start: 0,
    end: 6,
    method: 'weighted-remainder',
    weights: [7, 6, 5, 4, 3, 2],
    modulus: 11,
  },
}
const TEMPLATES = [CITY, STUB, OLD]

describe('a check digit', () => {
  it.each<[string, Parameters<typeof checkDigit>[1], number | null]>([
    ['7992739871', { method: 'mod10-weights', weights: [1] }, 8],
    ['283436', { method: 'weighted-remainder', weights: [2, 4, 8, 16, 32, 64] }, 4],
    ['5', { method: 'mod10-double-from-left' }, 9],
    ['000000', { method: 'mod10-double-from-left' }, 0],
    ['100000', { method: 'weighted-remainder', weights: [7, 6, 5, 4, 3, 2], modulus: 11 }, 7],
    ['000005', { method: 'weighted-remainder', weights: [7, 6, 5, 4, 3, 2], modulus: 11 }, null],
  ])('of %s by %j is %s', (digits, rule, expected) => {
    expect(checkDigit(digits, rule)).toBe(expected)
  })

  it('needs weights where the rule weighs', () => {
    expect(() => checkDigit('123', { method: 'mod10-weights' })).toThrow(RangeError)
  })
})

describe('a scanned bill', () => {
  it('gives account and amount', () => {
    const line = composeScanLine(CITY, { account: '003-45678-9', amountCents: cents(7_684) })
    expect(line).toMatch(/^0034567890000007684\d$/)
    expect(readScanLine(` ${line}\r\n`, TEMPLATES)).toEqual({
      kind: 'bill',
      accountNumber: '003-45678-9',
      amountCents: 7_684,
      template: 'City bill',
    })
  })

  it('without an amount gives the account alone, with its leading zeros', () => {
    const line = composeScanLine(STUB, { account: '0012345' })
    expect(readScanLine(line, TEMPLATES)).toEqual({
      kind: 'bill',
      accountNumber: '0012345',
      amountCents: null,
      template: 'Meter stub',
    })
  })

  it('with any one digit misread says so and never guesses', () => {
    const fields = fc.record({ account: fc.integer({ min: 0, max: 999_999_999 }), amount: fc.nat(9_999_999) })
    const change = fc.tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(fields, change, ({ account, amount }, [position, by]) => {
        const line = composeScanLine(CITY, {
          account: String(account).padStart(9, '0'),
          amountCents: cents(amount),
        })
        const misread = Array.from(line, (d, i) => (i === position ? (Number(d) + by) % 10 : d)).join('')
        expect(readScanLine(line, TEMPLATES)).toMatchObject({ kind: 'bill', amountCents: amount })
        expect(readScanLine(misread, TEMPLATES)).toEqual({ kind: 'wrong-check-digit', template: 'City bill' })
      }),
      { seed: 20261120, numRuns: 300 },
    )
  })

  it('whose digits allow no check digit is wrong whatever it carries', () => {
    for (const digit of '0123456789') {
      expect(readScanLine(`000005${digit}`, TEMPLATES)).toEqual({
        kind: 'wrong-check-digit',
        template: 'Old stub',
      })
    }
  })

  it.each(['', 'Main St', '123', '1234567A', '１２３４５６７８', '-1234567'])(
    '"%s" is no scan line',
    text => {
      expect(readScanLine(text, TEMPLATES)).toEqual({ kind: 'not-a-scan-line' })
    },
  )

  it('is taken for none when two templates read different accounts out of it', () => {
    const shifted: ScanTemplate = { ...STUB, name: 'Shifted', account: { start: 0, end: 7 } }
    const line = composeScanLine(STUB, { account: '0012345' })
    expect(readScanLine(line, [STUB, shifted])).toEqual({ kind: 'not-a-scan-line' })
    expect(readScanLine(line, [STUB, { ...STUB, name: 'Twin' }])).toMatchObject({ template: 'Meter stub' })
  })

  it('is taken by the template whose check digit is right', () => {
    const other: ScanTemplate = {
      ...STUB,
      name: 'Other',
      checkDigit: { position: 0, start: 1, end: 8, method: 'mod10-double-from-left' },
    }
    const line = composeScanLine(STUB, { account: '0012345' })
    expect(readScanLine(line, [other, STUB])).toMatchObject({ kind: 'bill', template: 'Meter stub' })
  })
})

describe('the layout of a bill', () => {
  const { checkDigit: rule } = CITY

  it.each<[TemplateFault, ScanTemplate]>([
    ['account', { ...CITY, account: { start: 12, end: 21 } }],
    ['account', { ...CITY, account: { start: 9, end: 9 } }],
    ['format', { ...CITY, accountFormat: '###-####' }],
    ['amount', { ...CITY, amount: { start: 9, end: 21 } }],
    ['position', { ...CITY, checkDigit: { ...rule, position: 20 } }],
    ['digits', { ...CITY, checkDigit: { ...rule, end: 20 } }],
    ['digits', { ...CITY, checkDigit: { ...rule, end: 21 } }],
    ['weights', { ...CITY, checkDigit: { ...rule, method: 'mod10-weights' } }],
    ['weights', { ...CITY, checkDigit: { ...rule, method: 'weighted-remainder', weights: [0] } }],
  ])('that could read no line is not kept: %s', (fault, template) => {
    expect(templateFault(template)).toBe(fault)
    expect(scanTemplateField.safeParse(template).success).toBe(false)
  })

  it.each([CITY, STUB, OLD])('$name can be kept', template => {
    expect(templateFault(template)).toBeNull()
    expect(scanTemplateField.safeParse(template).success).toBe(true)
  })
})

describe('a sample bill', () => {
  it.each([
    ['an account that is too long', CITY, '1234567890'],
    ['letters in the account', CITY, '12345678A'],
    ['an account without a check digit', OLD, '000005'],
  ])('is not made of %s', (_what, template, account) => {
    expect(() => composeScanLine(template, { account })).toThrow(RangeError)
  })

  it('is not made for an amount that is too large or negative', () => {
    expect(() => composeScanLine(CITY, { account: '1', amountCents: cents(99_999_999_999) })).toThrow(
      RangeError,
    )
    expect(() => composeScanLine(CITY, { account: '1', amountCents: cents(-1) })).toThrow(RangeError)
  })

  it('refuses a template whose written form does not fit its account', () => {
    const line = composeScanLine(STUB, { account: '1' })
    expect(() => readScanLine(line, [{ ...STUB, accountFormat: '##-##' }])).toThrow(RangeError)
    expect(() => readScanLine(line, [{ ...STUB, accountFormat: '####-####' }])).toThrow(RangeError)
  })
})
