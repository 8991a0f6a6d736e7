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
 * The state in which a file is: which one, how large, and when it was written last. A log belongs to one state, since only
 * writing the log into the file makes another; one that was copied over it in place is the same file in another.
 */
export function stateOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}` : ''
}
