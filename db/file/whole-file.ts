import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { moveFlushed } from './flush.ts'
import { refuseFolder } from './plain-file.ts'

/**
 * Writes a small file of its owner alone, whole or not at all, and never through a link: under another name first, then
 * moved. `isFlushed` where it must be there after a power cut. Refuses (LedgerUnavailable) a folder in its way.
 */
export function writeWhole(
  path: string,
  content: string | Uint8Array,
  { isFlushed = false }: { isFlushed?: boolean } = {},
): void {
  const draft = `${path}.new`
  refuseFolder(draft)
  rmSync(draft, { force: true })
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx' })
  chmodSync(draft, 0o600)
  if (isFlushed) moveFlushed(draft, path)
  else renameSync(draft, path)
}
