export type PinReason = 'too-short' | 'too-long' | 'not-digits' | 'trivial'

export type CheckedPin = { ok: true } | { ok: false; reason: PinReason }

/** After so many wrong PINs in a row only a supervisor can release the person, for as many more. */
export const LOCKOUT_FAILURES = 10
/** After so many nobody can: a supervisor alone could else guess on and on. */
export const MOST_FAILURES = 2 * LOCKOUT_FAILURES

const FIRST_DELAY_MS = 1_000
export const LONGEST_DELAY_MS = 60_000

const KEYPAD_PATTERNS = '0852 1379 1470 2580 3690 7410 8520 9630 9731 02580 147258 159357 159753 258369'
const LONG_PATTERNS = '147369 789456 147258369 741852963 789456123'
const FAVOURITES = '0007 1004 1122 1357 2211 2468 5683 7531 8642 12321 13579 24680 112233 123321 1234554321'
const COMMON = new Set(`${KEYPAD_PATTERNS} ${LONG_PATTERNS} ${FAVOURITES}`.split(' '))

/** Whether every digit follows the one before by the same step, going round from 9 to 0: 1111, 6789, 7890, 4321. */
function isRun(pin: string): boolean {
  const digits = Array.from(pin, Number)
  return [0, 1, 9].some(step => digits.every((d, i) => i === 0 || d === ((digits[i - 1] ?? 0) + step) % 10))
}

/** Whether the PIN is one part said again: 1212, 123123. */
function isRepetition(pin: string): boolean {
  return /^(\d+)\1+$/.test(pin)
}

function isYear(pin: string): boolean {
  return /^(19|20)\d\d$/.test(pin)
}

function isTrivial(pin: string): boolean {
  return isRun(pin) || isRepetition(pin) || isYear(pin) || COMMON.has(pin)
}

/**
 * Whether a person may choose this PIN: 4 to 10 ASCII digits that are no run, no repetition, no year of
 * four digits and no common favourite. The reasons are tried in the order of `PinReason`.
 */
export function checkPin(pin: string): CheckedPin {
  if (pin.length < 4) return { ok: false, reason: 'too-short' }
  if (pin.length > 10) return { ok: false, reason: 'too-long' }
  if (!/^\d+$/.test(pin)) return { ok: false, reason: 'not-digits' }
  return isTrivial(pin) ? { ok: false, reason: 'trivial' } : { ok: true }
}

/**
 * How long to wait, in milliseconds, before the next try after so many wrong ones in a row: a slip of the
 * finger costs nothing, then 1 s, 2 s, 4 s and so on, at most a minute.
 */
export function delayAfterFailures(failures: number): number {
  if (failures < 2) return 0
  return Math.min(FIRST_DELAY_MS * 2 ** (failures - 2), LONGEST_DELAY_MS)
}
