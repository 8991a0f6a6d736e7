/** The billing system's accounts from a watched folder, as it exports them. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inTransaction } from '../../db/central/open.ts'
import { businessDateOf, daysLater, instantOf } from '../../shared/time.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import { type FolderDeps, type FolderWatch, type WatchedFile, watchFolder } from '../watched-folder.ts'
import type { FileOptions } from './account-entries.ts'
import { type FileTaken, NoAccountFile, takeAccountFile } from './account-file.ts'
import { takenLabels } from './labels.ts'

export interface WatchedAccounts
  extends Omit<FolderDeps, 'folder' | 'take'>,
    Pick<FileOptions, 'missing' | 'defaultGlAccount'> {
  /** `18:00` by the clocks of the city: when the billing system takes payments in for the last time before it exports. */
  paymentsThrough?: string | undefined
  /** Of the city; its own setting, or this machine's, when left out. */
  timeZone?: string | undefined
}

/** Watches the folder; see `watchFolder`. */
export function watchAccounts({
  paymentsThrough,
  timeZone,
  missing,
  defaultGlAccount,
  ...parts
}: WatchedAccounts): FolderWatch {
  // Nobody else may read it: customers' rows lie there while a file is read.
  const stagingDir = join(parts.dir, '.reading')
  const take = async (file: WatchedFile, signal: AbortSignal) => {
    const zone = timeZone ?? (await inTransaction(parts.db, cityTimeZone))
    const paymentsThroughMs =
      paymentsThrough === undefined ? undefined : lastTimeBefore(file.writtenAtMs, paymentsThrough, zone)
    mkdirSync(stagingDir, { recursive: true, mode: 0o700 })
    const options = {
      missing,
      defaultGlAccount,
      timeZone: zone,
      stagingDir,
      signal,
      paymentsThroughMs,
      nowMs: parts.clock(),
    }
    const taken = await takeAccountFile(parts.db, file.path, { ...options, importId: randomUUID() }).catch(
      refused,
    )
    return typeof taken === 'string'
      ? { ok: false as const, why: taken }
      : { ok: true as const, result: resultOf(taken) }
  }
  return watchFolder({ ...parts, folder: 'accounts', take })
}

function refused(error: unknown): string {
  if (error instanceof NoAccountFile) return error.message
  throw error
}

const resultOf = (taken: FileTaken): string => takenLabels(taken).join('\n')

const CLOCK_TIME = /^([01]\d|2[0-3]):([0-5]\d)$/

/** Whether a text is a time of day, `00:00` to `23:59`. */
export const isClockTime = (text: string): boolean => CLOCK_TIME.test(text)

/** The last moment (UTC milliseconds) before another at which the clocks of a place showed a time, `HH:MM`. Throws RangeError for what is no such time. */
export function lastTimeBefore(atMs: number, clockTime: string, timeZone: string): number {
  const [, hours, minutes] = CLOCK_TIME.exec(clockTime) ?? []
  if (hours === undefined || minutes === undefined) throw new RangeError(`${clockTime} is no time of day`)
  const afterMidnight = Number.parseInt(hours, 10) * 60 + Number.parseInt(minutes, 10)
  const today = businessDateOf(atMs, timeZone)
  const onToday = instantOf(today, afterMidnight, timeZone)
  return onToday <= atMs ? onToday : instantOf(daysLater(today, -1), afterMidnight, timeZone)
}
