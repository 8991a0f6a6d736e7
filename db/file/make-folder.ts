import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { LedgerUnavailable, ledgerProblemOf } from './problem.ts'

/**
 * Makes a folder of its owner alone, and those that it lies in, one by one: asked for all at once, Node tries for ever where
 * a system keeps no folders, as in /proc. Refuses (LedgerUnavailable) one that cannot be made.
 */
export function makeFolder(dir: string): void {
  if (existsSync(dir)) return
  const parent = dirname(dir)
  if (parent !== dir) makeFolder(parent)
  try {
    mkdirSync(dir, { mode: 0o700 })
  } catch (error) {
    if (existsSync(dir)) return
    // A link to a disk that is not there says no more than that there is none.
    throw new LedgerUnavailable(ledgerProblemOf(error) ?? 'no-permission', `${dir} cannot be made`, {
      cause: error,
    })
  }
}
