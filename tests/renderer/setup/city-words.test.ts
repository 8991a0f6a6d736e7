import { expect, it } from 'vitest'
import { leftOutLabels } from '../../../renderer/text/setup/city.ts'
import { CITY_NOUNS, LEFT_OUT_CODES, leftOutDetail, leftOutOf } from '../../../shared/central/city.ts'

it('what could not be taken over is named, with its reason and no code of the program', () => {
  for (const noun of CITY_NOUNS)
    for (const code of LEFT_OUT_CODES) {
      const words = leftOutLabels({ noun, name: 'Westgate', code })
      expect(words).toMatch(/^[A-Z][a-z ]+ Westgate: [a-z].*\.$/)
      expect(words).not.toContain(code)
    }
  expect(leftOutLabels({ noun: 'policies', name: '', code: 'POLICY_NOT_VALID' })).toMatch(/^Policies: /)
})

it('is read back from the note, and a note of another version of the program breaks no screen', () => {
  const left = [{ noun: 'tenders', name: 'Card', code: 'TENDER_IN_USE' }] as const
  expect(leftOutOf(leftOutDetail(left))).toEqual(left)
  for (const detail of ['', 'no JSON', '{}', '[{"noun":"weather"}]']) expect(leftOutOf(detail)).toEqual([])
})
