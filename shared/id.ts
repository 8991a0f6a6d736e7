import { v7 } from 'uuid'

/** A new UUIDv7: unique everywhere without asking anybody, and sorted by the time it was made (UTC milliseconds). */
export function newId(nowMs?: number): string {
  return nowMs === undefined ? v7() : v7({ msecs: nowMs })
}
