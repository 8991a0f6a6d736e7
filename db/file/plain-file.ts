import { lstatSync, statSync } from 'node:fs'
import { LedgerUnavailable } from './problem.ts'

/** Whether something stands at a path that is no file: a folder, or a pipe, which would be read for ever. */
export function isNoFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && !found.isFile()
}

/** Refuses (LedgerUnavailable) what is no file of this folder alone: a folder, a pipe, a link, or a file with a name elsewhere. */
export function refuseNoFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found && (!found.isFile() || found.nlink > 1)) throw strangerAt(path)
}

/** Refuses (LedgerUnavailable) a folder, which may have anything in it. */
export function refuseFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) throw strangerAt(path)
}

const strangerAt = (path: string): LedgerUnavailable =>
  new LedgerUnavailable('foreign', `${path} is no file of this program. Take it away.`)
