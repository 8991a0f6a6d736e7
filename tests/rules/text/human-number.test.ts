/** Numbers of papers: none is ever given twice, whichever tills a city has and however often they were restored. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tillCodeField } from '../../../shared/fields.ts'
import { humanNumber } from '../../../shared/rules/text/human-number.ts'

it.each([
  ['W1', 1, 123, '', 'W1-000123'],
  ['W1', 2, 124, '', 'W1B-000124'],
  ['W1', 26, 1, '', 'W1Z-000001'],
  ['W1', 27, 1, '', 'W1AA-000001'],
  ['7', 1, 3, 'S', '7-S0003'],
])('till %s in epoch %i gives %i as %s%s', (code, epoch, no, kind, number) => {
  expect(humanNumber({ code, epoch }, no, kind)).toBe(number)
})

it('two tills never give the same, in whatever epochs they are', () => {
  const code = fc.stringMatching(/^[1BW]{1,3}$/).filter(text => tillCodeField.safeParse(text).success)
  const till = fc.record({ code, epoch: fc.integer({ min: 1, max: 60 }) })
  fc.assert(
    fc.property(till, till, (one, other) => {
      const isSame = one.code === other.code && one.epoch === other.epoch
      expect(humanNumber(one, 1) === humanNumber(other, 1)).toBe(isSame)
    }),
    { seed: 20261129, numRuns: 5_000 },
  )
})
