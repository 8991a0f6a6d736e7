/** The key with which this till hashes what is never stored: another one would find no check again that was taken before. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isNoFile } from '../../../db/file/plain-file.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { writeWhole } from '../../../db/file/whole-file.ts'

export const TILL_KEY_FILE = 'till.key'
const KEY_BYTES = 32

/** The key that was kept, or a new one. Refuses (LedgerUnavailable) what is not such a key. */
export function loadTillKey(dataDir: string): Buffer {
  const path = join(dataDir, TILL_KEY_FILE)
  if (isNoFile(path)) throw new LedgerUnavailable('damaged', `${path} is no file`)
  if (existsSync(path)) {
    if (statSync(path).size !== KEY_BYTES)
      throw new LedgerUnavailable(
        'damaged',
        `${path} is not the key that this till made: put it back from a copy`,
      )
    return readFileSync(path)
  }
  const key = randomBytes(KEY_BYTES)
  writeWhole(path, key, { isFlushed: true })
  return key
}
