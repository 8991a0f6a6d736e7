/** Whether a name still leads to the file that it led to: what is written to one that was moved away is gone with the program. */
import { statSync } from 'node:fs'

/** Which file or folder a name leads to, in letters that are the same for the same one; undefined where it leads to none. */
export function placeOf(path: string): string | undefined {
  // In full: on Windows such a number is longer than a double can tell.
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found && `${found.dev}:${found.ino}`
}

/** Tells whether files are still under their names. One that comes to be later is looked at from then on. */
export function stillThere(paths: readonly string[]): () => boolean {
  const before = paths.map(placeOf)
  return () =>
    paths.every((path, at) => {
      const now = placeOf(path)
      before[at] ??= now
      return now === before[at]
    })
}

/**
 * The state in which a file is: which one, how large, and when it was written last; one that was copied over it in place is
 * the same file in another. Empty where there is none.
 */
export const stateOf = (path: string): string => bothOf(path).now

/**
 * In which state a file was left, for the next start. No copy and no backup brings back when its entry was changed, which
 * nobody can set; the device may have another number by then. Empty where that says nothing: a file system that keeps whole
 * seconds has the same one for whatever else was written within one.
 */
export const leftAs = (path: string): string => bothOf(path).left

/** Both, of one look. */
export interface State {
  now: string
  left: string
}

const NOWHERE: State = { now: '', left: '' }

export function bothOf(path: string): State {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  if (!found) return NOWHERE
  const { dev, ino, size, mtimeNs, ctimeNs } = found
  const left = ctimeNs % SECOND_NS === 0n ? '' : `${ino}:${size}:${mtimeNs}:${ctimeNs}`
  return { now: `${dev}:${ino}:${size}:${mtimeNs}`, left }
}

const SECOND_NS = 1_000_000_000n

/** How long it is, in milliseconds, until a later change of a file has another time: a clock moves on by its ticks. */
export function untilTold(left: string): number {
  const changedMs = Number.parseInt(left.split(':')[3]?.slice(0, -NS_DIGITS) ?? '0', 10)
  return Math.min(TICK_MS, Math.max(0, changedMs + TICK_MS - Date.now()))
}

/** Of a time in nanoseconds, those behind the milliseconds. */
const NS_DIGITS = 6
/** The longest of Linux (HZ=100). */
const TICK_MS = 11

const partsOf = (state: string): string[] => state.split(':')

/** Whether two states are of one file. */
export const isSameFile = (one: string, other: string): boolean =>
  partsOf(one).slice(0, 2).join() === partsOf(other).slice(0, 2).join()

/** Whether one is the other, grown or as it was. */
export const isGrownOf = (now: string, before: string): boolean =>
  isSameFile(now, before) && sizeIn(now) >= sizeIn(before)

const sizeIn = (state: string): bigint => BigInt(partsOf(state)[2] ?? 0)

/** Whether there was a file, and something in it. */
export const isFilled = (state: string): boolean => state !== '' && partsOf(state)[2] !== '0'
