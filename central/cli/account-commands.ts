/** The command line's part about accounts. */
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { inTransaction } from '../../db/central/open.ts'
import { isTimeZone } from '../../shared/time.ts'
import { NoAccountFile, takeAccountFile } from '../accounts/account-file.ts'
import { takenLabels } from '../accounts/labels.ts'
import { isClockTime, lastTimeBefore } from '../accounts/watched-accounts.ts'
import { cityTimeZone } from '../city/time-zone.ts'
import type { Command } from './command.ts'
import { BadUsage, readWords } from './usage.ts'

export const ACCOUNT_USAGE = `central import-accounts FILE         takes accounts over from CSV or JSON lines
    --missing keep|close               accounts that the file does not name (keep)
    --payments-through TIME            payments of central up to then are in the file's figures, later ones are put on
                                       top: 2026-11-20T18:00Z, or 18:00 for the last one before the file was written
                                       (when the file was written)
    --gl-account GL                    of items whose row names none (unassigned)
    --time-zone PLACE                  of the city (the city's own, where it is set)`

const OPTIONS = {
  missing: { type: 'string', default: 'keep' },
  'payments-through': { type: 'string' },
  'gl-account': { type: 'string' },
  'time-zone': { type: 'string' },
} as const

export const ACCOUNT_COMMANDS: Readonly<Record<string, Command>> = {
  'import-accounts': async ({ db, nowMs, say }, words) => {
    const { values, positionals } = readWords(words, { options: OPTIONS, least: 1, most: 1 })
    const [file = ''] = positionals
    const missing = missingOf(values.missing)
    const timeZone = values['time-zone'] ?? (await inTransaction(db, cityTimeZone))
    if (!isTimeZone(timeZone)) throw new BadUsage(`${timeZone} is no place's time zone`)
    const through = values['payments-through']
    const paymentsThroughMs =
      through === undefined ? undefined : await momentOf(through, { file, timeZone, nowMs })
    try {
      const defaultGlAccount = values['gl-account']
      const isExact = through !== undefined && INSTANT.test(through)
      const stated = { paymentsThroughMs, isExact, nowMs }
      const options = { importId: randomUUID(), missing, timeZone, ...stated, defaultGlAccount }
      const taken = await takeAccountFile(db, file, options)
      for (const line of takenLabels(taken)) say(line)
      return taken.badCount === 0 ? 0 : 1
    } catch (error) {
      if (!(error instanceof NoAccountFile)) throw error
      say(error.message)
      return 1
    }
  },
}

function missingOf(word: string): 'keep' | 'close' {
  if (word === 'keep' || word === 'close') return word
  throw new BadUsage('--missing is keep or close')
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

/** Refuses a moment that is still to come: what will be paid by then cannot be in any figures. */
async function momentOf(
  text: string,
  { file, timeZone, nowMs }: { file: string; timeZone: string; nowMs: number },
): Promise<number> {
  const moment = INSTANT.test(text) ? Date.parse(text) : await clockTimeOf(text, { file, timeZone })
  if (Number.isNaN(moment)) throw new BadUsage(`--payments-through ${text} is no moment`)
  if (moment > nowMs) throw new BadUsage(`--payments-through ${text} is still to come`)
  return moment
}

async function clockTimeOf(
  text: string,
  { file, timeZone }: { file: string; timeZone: string },
): Promise<number> {
  if (!isClockTime(text)) return Number.NaN
  const written = await stat(file).catch(() => undefined)
  // That the file is missing is said by its reader.
  return written ? lastTimeBefore(Math.trunc(written.mtimeMs), text, timeZone) : 0
}
