import { expect, it } from 'vitest'
import { type PinChange, pinChangeProblem } from '../../../renderer/features/person/change-pin.ts'

const change: PinChange = { pin: '4719', newPin: '90471', newPinAgain: '90471' }

it.each<[keyof PinChange, Partial<PinChange>]>([
  ['pin', { pin: '' }],
  ['newPin', { newPin: '12' }],
  ['newPin', { newPin: '1111', newPinAgain: '1111' }],
  ['newPin', { newPin: '47x9', newPinAgain: '47x9' }],
  ['newPin', { newPin: '4719', newPinAgain: '4719' }],
  ['newPinAgain', { newPinAgain: '90472' }],
])('a PIN is not changed while %s is wrong: %o', (field, patch) => {
  expect(pinChangeProblem(change)).toBeNull()
  expect(pinChangeProblem({ ...change, ...patch })?.field).toBe(field)
})
