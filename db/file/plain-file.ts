import { statSync } from 'node:fs'

/** Whether something stands at a path that is no file: a folder, or a pipe, which would be read for ever. */
export function isNoFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false })
  return found !== undefined && !found.isFile()
}
