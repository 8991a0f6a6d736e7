import type { PinCheck } from '../request/pins.ts'

interface PinErrors {
  PIN_WRONG(options: { data: { retryAfterMs: number } }): Error
  LOCKED_OUT(): Error
}

/** Throws what the contract says of a PIN that is not right. */
export function throwUnlessRight(
  check: PinCheck,
  errors: PinErrors,
): asserts check is Extract<PinCheck, { ok: true }> {
  if (check.ok) return
  if (check.reason === 'locked-out') throw errors.LOCKED_OUT()
  throw errors.PIN_WRONG({ data: { retryAfterMs: check.retryAfterMs } })
}
