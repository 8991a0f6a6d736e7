import { describe, expect, it } from 'vitest'
import { sayFinding } from '../../../renderer/text/session/composition.ts'
import type { CompositionTold } from '../../../shared/contract/session-fields.ts'
import { cents } from '../../../shared/money.ts'
import { COMPOSITION_KINDS } from '../../../shared/rules/session/composition.ts'

const taken: CompositionTold = {
  kind: 'missing-check',
  name: 'Check',
  reference: '1187',
  cents: cents(6_000),
  receiptId: 'r1',
  receiptNumber: 'W1-000012',
  found: null,
}
const strange: CompositionTold = { ...taken, kind: 'extra-check', receiptId: null, receiptNumber: null }
const found = { name: 'Check', reference: '3155', cents: cents(6_000) }

describe('papers that are not those of the receipts, in words', () => {
  it.each([
    [taken, 'Check 1187 of 60.00 (receipt W1-000012) is not there.'],
    [strange, 'Check 1187 of 60.00 is there, and no receipt has it.'],
    [
      { ...taken, kind: 'other-check' as const, found },
      'Check 1187 of 60.00 (receipt W1-000012) is not there. In its place lies Check 3155 of the same amount.',
    ],
    [
      { ...taken, kind: 'wrong-amount' as const, found: { ...found, reference: '1187', cents: cents(600) } },
      'Check 1187 of 60.00 (receipt W1-000012) was entered as 6.00 in the count.',
    ],
    [
      { ...taken, kind: 'cash-for-check' as const },
      'Check 1187 of 60.00 (receipt W1-000012) is not there, and there is as much cash too much: cash lies in its place.',
    ],
    [
      { ...strange, kind: 'check-for-cash' as const, reference: '' },
      'Check without a number of 60.00 is there without a receipt, and as much cash is missing: it lies in the place of cash.',
    ],
  ])('%#: %s', (finding, words) => {
    expect(sayFinding(finding)).toBe(words)
  })

  it('say something of every kind', () => {
    for (const kind of COMPOSITION_KINDS) expect(sayFinding({ ...taken, kind, found })).toContain('60.00')
  })
})
