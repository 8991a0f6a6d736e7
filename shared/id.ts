import { v7, validate, version } from 'uuid'

/** A new UUIDv7: unique everywhere without asking anybody, and sorted by the time it was made (UTC milliseconds). */
export function newId(nowMs?: number): string {
  return nowMs === undefined ? v7() : v7({ msecs: nowMs })
}

/** Whether the text is a UUIDv7 in lower case. One spelling only, because ids are compared as text. */
export function isId(text: string): boolean {
  return text === text.toLowerCase() && validate(text) && version(text) === 7
}
