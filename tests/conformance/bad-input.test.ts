import { describe, expect, it } from 'vitest'
import { parseAmount, parseImportedAmount, parseTenKey } from '../../shared/money.ts'
import { readScanLine, type ScanTemplate } from '../../shared/rules/account/scan-line.ts'
import { isRoutingNumber } from '../../shared/rules/deposit/aba.ts'
import { checkPin } from '../../shared/rules/person/pin.ts'
import { checkText } from '../../shared/rules/text/free-text.ts'
import { isTimeZone, parseBusinessDate } from '../../shared/time.ts'
import { isFixtureMissing, readFixture } from '../support/run/fixtures.ts'

const NAUGHTY = 'bad-input/naughty-strings.json'
const FORMULAS = 'bad-input/csv-injection.json'
const missing = isFixtureMissing(NAUGHTY) || isFixtureMissing(FORMULAS)

function naughtyStrings(): string[] {
  const { strings } = readFixture<{ strings: string[] }>(NAUGHTY)
  expect(strings.length).toBeGreaterThan(200)
  return strings
}

const TEMPLATE: ScanTemplate = {
  name: 'Bill',
  length: 20,
  account: { start: 0, end: 10 },
  checkDigit: { position: 19, start: 0, end: 19, method: 'mod10-double-from-left' },
}

describe('strings that break other programs', () => {
  it.skipIf(missing)('are amounts only where a person would read one', () => {
    const accepted = naughtyStrings().filter(text => parseAmount(text).ok)
    expect(accepted).toEqual(['1', '0.00', '1,000.00', '01000', '09'])
    const tenKey = naughtyStrings().filter(text => parseTenKey(text).ok)
    expect(tenKey).toEqual(['1', '0.00', '1,000.00', '01000', '09'])
    const imported = naughtyStrings().filter(text => parseImportedAmount(text).ok)
    expect(imported).toEqual(['1', '$1.00', '-1.00', '-0', '0.00', '1,000.00', '01000', '09'])
  })

  it.skipIf(missing)('are no routing number, date, time zone or bill', () => {
    const taken = naughtyStrings().filter(
      text =>
        isRoutingNumber(text) ||
        parseBusinessDate(text) !== null ||
        isTimeZone(text) ||
        readScanLine(text, [TEMPLATE]).kind !== 'not-a-scan-line',
    )
    expect(taken).toEqual([])
  })

  it.skipIf(missing)('are no PIN unless they are digits', () => {
    expect(naughtyStrings().filter(text => checkPin(text).ok && !/^\d{4,10}$/.test(text))).toEqual([])
  })

  it.skipIf(missing)('are kept as text when they are text, and refused by name when they are not', () => {
    const answers = naughtyStrings().map(text => ({ text, answer: checkText(text, { maxLength: 500 }) }))
    const commanding = /\p{Cc}|\p{Cs}|[\u2028-\u202e\u2066-\u2069]/u
    for (const { text, answer } of answers) {
      if (answer.ok) expect(commanding.test(answer.text)).toBe(false)
      else if (answer.reason === 'control-characters') expect(commanding.test(text)).toBe(true)
    }
    const kept = answers.filter(({ answer }) => answer.ok).length
    expect(kept).toBeGreaterThan(answers.length * 0.8)
    expect(kept).toBeLessThan(answers.length)
  })

  it.skipIf(missing)('spreadsheet formulas are text like any other; the export makes them harmless', () => {
    const { payloads } = readFixture<{ payloads: string[] }>(FORMULAS)
    expect(payloads.length).toBeGreaterThanOrEqual(6)
    for (const payload of payloads) {
      expect(checkText(payload, { maxLength: 500 })).toEqual({
        ok: true,
        text: payload.trim().normalize('NFC'),
      })
      expect(parseImportedAmount(payload).ok).toBe(false)
    }
  })
})
