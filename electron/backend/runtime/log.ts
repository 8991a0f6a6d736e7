/** The program's own log: rotated by size, and told nothing that it must not keep. */
import { existsSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { makeFolder } from '../../../db/file/make-folder.ts'
import { refuseNoFile } from '../../../db/file/plain-file.ts'
import { LOGS_FOLDER } from '../../../db/ledger/folder.ts'

export type Log = pino.Logger

const MOST_BYTES = 5_000_000
const REDACTED = [
  'pin',
  'newPin',
  '*.pin',
  '*.newPin',
  'approval.pin',
  'token',
  '*.token',
  'signInToken',
  'accountNumber',
]

/** Writes to `tillproof.log` in the folder's `logs`, keeping one older file. */
export function openLog(dataDir: string): Log {
  const dir = join(dataDir, LOGS_FOLDER)
  const path = join(dir, 'tillproof.log')
  makeFolder(dir)
  // Another program's, or a pipe, in which it would wait for ever.
  refuseNoFile(path)
  if (existsSync(path) && statSync(path).size > MOST_BYTES) renameSync(path, `${path}.1`)
  const destination = pino.destination({ dest: path, sync: true, mode: 0o600 })
  // A full disk takes no line of log either; the refusal that should have been logged must still be answered.
  destination.on('error', () => undefined)
  return pino({ redact: REDACTED, base: null }, destination)
}

/** A log that keeps nothing, for tests and for a folder that cannot be written. */
export function silentLog(): Log {
  return pino({ level: 'silent' })
}
