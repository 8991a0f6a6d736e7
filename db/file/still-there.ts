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
export function stateOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}` : ''
}

/**
 * In which state a file was left, for the next start. No copy and no backup brings back when its entry was changed, which
 * nobody can set; the device may have another number by then.
 */
export function leftAs(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.ino}:${found.size}:${found.mtimeNs}:${found.ctimeNs}` : ''
}

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
