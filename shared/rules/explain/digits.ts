import type { Cents } from '../../money.ts'

export interface DigitSlip {
  form: 'swapped' | 'shifted'
  /** The chance that a slip of the fingers in the meant amount is this one. */
  chance: number
}

/** Where two texts of one length part, and where they meet again. */
function changedSpan(a: string, b: string): [first: number, last: number] {
  let first = 0
  while (first < a.length && a[first] === b[first]) first += 1
  let last = a.length - 1
  while (last > first && a[last] === b[last]) last -= 1
  return [first, last]
}

/** Neighbouring digits that changed places (58.00 as 85.00), or neighbouring pairs (12.34 as 34.12). */
function swapped(meant: string, keyed: string): DigitSlip | null {
  const [first, last] = changedSpan(meant, keyed)
  const places = meant.length - 1
  if (last === first + 1 && meant[first] === keyed[last] && meant[last] === keyed[first]) {
    return { form: 'swapped', chance: 0.55 / places }
  }
  for (let start = Math.max(0, last - 3); start <= Math.min(first, meant.length - 4); start += 1) {
    const turned = meant.slice(start + 2, start + 4) + meant.slice(start, start + 2)
    if (meant.slice(0, start) + turned + meant.slice(start + 4) === keyed) {
      return { form: 'swapped', chance: 0.05 / places }
    }
  }
  return null
}

/** The decimal point one or two places off, or the last digit not keyed or keyed by two fingers. */
function shifted(meant: number, keyed: number): DigitSlip | null {
  const [less, more] = meant < keyed ? [meant, keyed] : [keyed, meant]
  if (less * 10 === more || less * 100 === more) return { form: 'shifted', chance: 0.3 / 4 }
  // Of the digits that are lost on the way right there is no trace; those that come in on the way left are any.
  if (Math.trunc(more / 10) === less) return { form: 'shifted', chance: meant > keyed ? 0.3 / 4 : 0.03 / 10 }
  if (Math.trunc(meant / 100) === keyed) return { form: 'shifted', chance: 0.3 / 8 }
  return null
}

/**
 * Whether an amount may have been keyed instead of another by a slip of the fingers: digits swapped (the
 * amounts then differ by a multiple of 9) or the decimal point moved. Null for equal amounts, amounts of
 * nothing, and any other difference. 30.00 as 03.00 is both, and called shifted.
 */
export function digitSlip(meant: Cents, keyed: Cents): DigitSlip | null {
  if (meant <= 0 || keyed <= 0 || meant === keyed) return null
  const slid = shifted(meant, keyed)
  if (slid !== null || (meant - keyed) % 9 !== 0) return slid
  const length = Math.max(String(meant).length, String(keyed).length)
  return swapped(String(meant).padStart(length, '0'), String(keyed).padStart(length, '0'))
}
