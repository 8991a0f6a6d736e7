import { chmodSync, lstatSync, renameSync, writeFileSync } from 'node:fs'
import { moveFlushed } from './flush.ts'
import { refuseFolder } from './plain-file.ts'
import { asideOf } from './set-aside.ts'

/**
 * Writes a small file of its owner alone, whole or not at all, and never through a link: under another name first, then
 * moved. What lies under that name is set aside. `isFlushed` where it must be there after a power cut. Refuses (LedgerUnavailable) a folder in its way.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  { isFlushed = false }: { isFlushed?: boolean } = {},
): void {
  const draft = `${path}.new`
  refuseFolder(draft)
  const left = lstatSync(draft, { throwIfNoEntry: false })
  if (left) renameSync(draft, asideOf(draft, Math.floor(left.mtimeMs)))
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx' })
  chmodSync(draft, 0o600)
  if (isFlushed) moveFlushed(draft, path)
  else renameSync(draft, path)
}
