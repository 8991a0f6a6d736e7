import { describe, expect, it } from 'vitest'
import { cents } from '../../shared/money.ts'
import { composeScanLine, readScanLine, type ScanTemplate } from '../../shared/rules/account/scan-line.ts'
import { isFixtureMissing, readFixture } from '../support/run/fixtures.ts'

const VECTORS = 'utility/scanline-vectors.json'

interface Vector {
  scanline?: string
  number?: string
  check_digit?: string
  valid: boolean
  fields?: { account: string; net_cents: number; check_digit: string }
}

/** Account 11, date 6, rate code 4, gross 10, net 10, check digit. */
const LOCKBOX: ScanTemplate = {
  name: 'Lockbox bill',
  length: 42,
  account: { start: 0, end: 11 },
  amount: { start: 31, end: 41 },
  checkDigit: { position: 41, start: 0, end: 41, method: 'mod10-double-from-left' },
}
const STATE: ScanTemplate = {
  name: 'State number',
  length: 7,
  account: { start: 0, end: 6 },
  checkDigit: {
    position: 6,
    start: 0,
    end: 6,
    method: 'weighted-remainder',
    weights: [2, 4, 8, 16, 32, 64],
    modulus: 10,
  },
}
const TEMPLATES = [LOCKBOX, STATE]

function lineOf(vector: Vector): string {
  return vector.scanline ?? `${vector.number}${vector.check_digit}`
}

describe('published scan lines', () => {
  it.skipIf(isFixtureMissing(VECTORS))('are read, or called wrong, as published', () => {
    const { scanlines } = readFixture<{ scanlines: Vector[] }>(VECTORS)
    expect(scanlines.length).toBeGreaterThanOrEqual(2)
    for (const vector of scanlines) {
      const reading = readScanLine(lineOf(vector), TEMPLATES)
      expect(reading.kind).toBe(vector.valid ? 'bill' : 'wrong-check-digit')
      if (reading.kind !== 'bill') continue
      expect(reading.accountNumber).toBe(vector.fields?.account ?? vector.number)
      expect(reading.amountCents).toBe(vector.fields?.net_cents ?? null)
    }
  })

  it.skipIf(isFixtureMissing(VECTORS))('with any other check digit are called wrong', () => {
    for (const vector of readFixture<{ scanlines: Vector[] }>(VECTORS).scanlines) {
      const line = lineOf(vector)
      const readings = Array.from('0123456789', digit => readScanLine(line.slice(0, -1) + digit, TEMPLATES))
      expect(readings.filter(reading => reading.kind === 'bill')).toHaveLength(1)
      expect(readings.filter(reading => reading.kind === 'wrong-check-digit')).toHaveLength(9)
    }
  })

  it.skipIf(isFixtureMissing(VECTORS))(
    'are made again from their account where no other field is set',
    () => {
      const state = readFixture<{ scanlines: Vector[] }>(VECTORS).scanlines.find(v => v.number !== undefined)
      expect(composeScanLine(STATE, { account: state?.number ?? '' })).toBe(state && lineOf(state))
      const made = composeScanLine(LOCKBOX, { account: '00345678901', amountCents: cents(1_000) })
      expect(readScanLine(made, TEMPLATES)).toMatchObject({
        accountNumber: '00345678901',
        amountCents: 1_000,
      })
    },
  )
})
