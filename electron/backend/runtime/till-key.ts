/** The key with which this till hashes what is never stored: another one would find no check again that was taken before. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isNoFile } from '../../../db/file/plain-file.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { writeWhole } from '../../../db/file/whole-file.ts'
import { checkKeyDigests, tillOf } from '../../../db/queries/till.ts'
import { NOWHERE } from '../../../shared/ledger/journal-position.ts'
import type { Backend } from '../backend.ts'
import { TILL_ACTOR } from '../request/actors.ts'
import { ownCommand } from '../request/pins.ts'

export const TILL_KEY_FILE = 'till.key'
const KEY_BYTES = 32

/** What the journal states of the key, so that another one in its place is known. */
export const checkKeyDigest = (key: Uint8Array): string => createHash('sha256').update(key).digest('hex')

/**
 * The key that was kept, or a new one where there is none. `stated` are the digests that the journal knows. Refuses
 * (LedgerUnavailable) a key that is none of them.
 */
export function loadTillKey(dataDir: string, stated: readonly string[]): Buffer {
  const path = join(dataDir, TILL_KEY_FILE)
  if (isNoFile(path)) throw new LedgerUnavailable('damaged', `${path} is no file`)
  if (existsSync(path)) {
    const key = statSync(path).size === KEY_BYTES ? readFileSync(path) : Buffer.alloc(0)
    if (key.length !== KEY_BYTES || (stated.length > 0 && !stated.includes(checkKeyDigest(key))))
      throw new LedgerUnavailable(
        'damaged',
        `${path} is not the key that this till made: put it back from a copy`,
      )
    return key
  }
  const key = randomBytes(KEY_BYTES)
  writeWhole(path, key, { isFlushed: true })
  return key
}

/** States which key is in force, where that is another than before: it was lost and made anew, or was put back. */
export function stateTillKey({ ledger, tillKey, clock, newId, sync, log }: Backend): void {
  const digest = checkKeyDigest(tillKey)
  const stated = checkKeyDigests(ledger.reader)
  if (!tillOf(ledger.reader) || stated[0] === digest) return
  ownCommand({ ledger, clock, newId }, TILL_ACTOR, 'till.key', tx =>
    tx.append('till.check-key-made', { digest }),
  )
  if (stated.includes(digest)) {
    sync.store.clear(['check-key-lost'], clock())
    return
  }
  log.error({ file: TILL_KEY_FILE }, 'the key for check numbers was missing, and another one was made')
  sync.store.raise({ ...NOWHERE, kind: 'check-key-lost', detail: TILL_KEY_FILE }, clock())
}
