import { checkPin, type PinReason } from '../../../shared/rules/person/pin.ts'
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

interface PinChoiceErrors {
  PIN_NOT_ALLOWED(options: { data: { reason: PinReason } }): Error
}

/** Throws what the contract says of a PIN that nobody may choose. */
export function throwUnlessAllowed(newPin: string, errors: PinChoiceErrors): void {
  const allowed = checkPin(newPin)
  if (!allowed.ok) throw errors.PIN_NOT_ALLOWED({ data: { reason: allowed.reason } })
}
