/** What was found on another screen and is to be paid at the Window. */
import type { Found } from '../../../shared/contract/account.ts'

let waiting: Found | null = null

/** Lays it down for the Window. */
export function handOver(found: Found): void {
  waiting = found
}

/** Takes it up, once. */
export function takeOver(): Found | null {
  const found = waiting
  waiting = null
  return found
}
