/** Changing one's own PIN: what is typed, and what is wrong with it. */
import { checkPin } from '../../../shared/rules/person/pin.ts'
import { changePinText } from '../../text/setup/change-pin.ts'

export interface PinChange {
  pin: string
  newPin: string
  newPinAgain: string
}

export const NO_PINS: PinChange = { pin: '', newPin: '', newPinAgain: '' }

/** The first thing wrong, by field; null when it can be sent. Whether the current PIN is right, the till says. */
export function pinChangeProblem(change: PinChange): { field: keyof PinChange; message: string } | null {
  const { problems } = changePinText
  if (change.pin === '') return { field: 'pin', message: problems.pin }
  const allowed = checkPin(change.newPin)
  if (!allowed.ok) return { field: 'newPin', message: problems[allowed.reason] }
  if (change.newPin === change.pin) return { field: 'newPin', message: problems.same }
  return change.newPin === change.newPinAgain ? null : { field: 'newPinAgain', message: problems.newPinAgain }
}
