import { expect, it } from 'vitest'
import { ScanBurst } from '../../../renderer/ui/keys/scan-burst.ts'

const LINE = '0010100370000132608'

/** What becomes of each Enter, with so many milliseconds between the keys. */
function enters(keys: readonly string[], gapMs: number, inField: boolean): boolean[] {
  const burst = new ScanBurst()
  let nowMs = 0
  return keys.flatMap(key => {
    nowMs += gapMs
    const refuses = burst.refuses(key, inField, nowMs)
    return key === 'Enter' ? [refuses] : []
  })
}

it.each([0, 1, 10, 30, 50])('a scanner’s Enter presses no button, at %i ms a key', gapMs => {
  expect(enters([...LINE, 'Enter'], gapMs, false)).toEqual([true])
  expect(enters([...LINE, 'Enter', 'Enter'], gapMs, true)).toEqual([false, true])
})

it('a person’s Enter does what it says', () => {
  expect(enters([...LINE, 'Enter'], 90, false)).toEqual([false])
  expect(enters(['1', '2', '0', '0', '0', 'Enter', 'Enter'], 5, true)).toEqual([false, false])
  // From field to field, faster than anybody.
  expect(enters([...'111000025', 'Enter', ...'123454406', 'Enter', 'Enter'], 1, false)).toEqual([
    false,
    false,
    false,
  ])
  const burst = new ScanBurst()
  for (const [at, key] of [...LINE].entries()) burst.refuses(key, true, at)
  expect(burst.refuses('Enter', true, 30)).toBe(false)
  expect(burst.refuses('Enter', false, 400)).toBe(false)
})
