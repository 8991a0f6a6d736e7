/** What was found on another screen and is to be paid at the Window. */
import type { Found } from '../../../shared/contract/account.ts'
import type { LineInput } from '../../../shared/contract/receipt.ts'

export type HandedOver = Found | { kind: 'lines'; lines: readonly LineInput[] }

let waiting: HandedOver | null = null

/** Lays it down for the Window. */
export function handOver(found: HandedOver): void {
  waiting = found
}

/** Takes it up, once. */
export function takeOver(): HandedOver | null {
  const found = waiting
  waiting = null
  return found
}
