import { describe, expect, it } from 'vitest'
import { isRoutingNumber } from '../../shared/rules/deposit/aba.ts'
import { isFixtureMissing, readFixture } from '../support/run/fixtures.ts'

const ABA = 'routing-micr/aba-vectors.json'
const MICR = 'routing-micr/micr-vectors.json'

interface AbaVectors {
  valid: [string, string][]
  invalid: [string, string][]
  derived_single_digit_errors_and_transpositions: { cases: [string, boolean][] }
}

describe('routing numbers of other projects', () => {
  it.skipIf(isFixtureMissing(ABA))('valid ones pass and invalid ones do not', () => {
    const { valid, invalid } = readFixture<AbaVectors>(ABA)
    expect([valid.length, invalid.length].every(n => n >= 3)).toBe(true)
    expect(valid.filter(([number]) => !isRoutingNumber(number))).toEqual([])
    expect(invalid.filter(([number]) => isRoutingNumber(number))).toEqual([])
  })

  it.skipIf(isFixtureMissing(ABA))('single wrong digits and swaps are caught where the checksum can', () => {
    const { cases } = readFixture<AbaVectors>(ABA).derived_single_digit_errors_and_transpositions
    expect(cases.length).toBeGreaterThan(500)
    expect(cases.filter(([number, passes]) => isRoutingNumber(number) !== passes)).toEqual([])
  })

  it.skipIf(isFixtureMissing(MICR))('those read from check lines pass or fail as stated', () => {
    const lines = readFixture<{ expected: { routing: string }; aba_checksum_ok: boolean }[]>(MICR)
    expect(lines.length).toBeGreaterThanOrEqual(6)
    expect(lines.filter(line => isRoutingNumber(line.expected.routing) !== line.aba_checksum_ok)).toEqual([])
  })
})
