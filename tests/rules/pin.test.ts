import { describe, expect, it } from 'vitest'
import { checkPin, delayAfterFailures, LOCKOUT_FAILURES } from '../../shared/rules/person/pin.ts'

describe('a PIN', () => {
  it.each(['4826', '70415', '9182736450', '0592', '1887', '2194', '1223'])('%s may be chosen', pin => {
    expect(checkPin(pin)).toEqual({ ok: true })
  })

  it.each<[string, string]>([
    ['', 'too-short'],
    ['482', 'too-short'],
    ['ab', 'too-short'],
    ['48261739502', 'too-long'],
    ['48a6', 'not-digits'],
    ['48 6', 'not-digits'],
    ['４８２６', 'not-digits'],
    ['-482', 'not-digits'],
    ['0000', 'trivial'],
    ['7777777', 'trivial'],
    ['1234', 'trivial'],
    ['0123456789', 'trivial'],
    ['7890', 'trivial'],
    ['4321', 'trivial'],
    ['9876543210', 'trivial'],
    ['3210', 'trivial'],
    ['1212', 'trivial'],
    ['838383', 'trivial'],
    ['123123', 'trivial'],
    ['48264826', 'trivial'],
    ['2580', 'trivial'],
    ['1122', 'trivial'],
    ['1987', 'trivial'],
    ['2026', 'trivial'],
  ])('"%s" is refused as %s', (pin, reason) => {
    expect(checkPin(pin)).toEqual({ ok: false, reason })
  })

  it('leaves at least nineteen in twenty four-digit numbers to choose from', () => {
    const all = Array.from({ length: 10_000 }, (_, n) => String(n).padStart(4, '0'))
    expect(all.filter(pin => checkPin(pin).ok).length).toBeGreaterThan(9_500)
  })
})

describe('after wrong PINs', () => {
  it('the wait doubles from the second one on, up to a minute', () => {
    const waits = Array.from({ length: LOCKOUT_FAILURES + 1 }, (_, failures) => delayAfterFailures(failures))
    expect(waits).toEqual([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60].map(s => s * 1_000))
    expect(delayAfterFailures(5_000)).toBe(60_000)
  })
})
