/** Words on the command line that cannot be meant. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** `message` says what is expected instead. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage'
}

/** Reads a command's words by its options. Throws `BadUsage` for options that it does not have, and for too few or too many words. */
export function readWords<const T extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  { options, least, most }: { options: T; least: number; most: number },
) {
  const read = parsed(words, options)
  const count = read.positionals.length
  if (count < least) throw new BadUsage('Something is missing')
  if (count > most) throw new BadUsage(`'${read.positionals[most]}' is too much`)
  return read
}

function parsed<const T extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
  } catch (error) {
    if (error instanceof TypeError) throw new BadUsage(error.message)
    throw error
  }
}

const DIGITS = /^[1-9]\d{0,8}$/

/** A number that counts something, from 1. */
export function readCount(word: string | undefined, what: string): number {
  if (word === undefined || !DIGITS.test(word)) throw new BadUsage(`${what} is a number`)
  return Number.parseInt(word, 10)
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An id as tills, receipts and accounts have it. */
export function readId(word: string | undefined, what: string): string {
  const id = (word ?? '').toLowerCase()
  if (!ID.test(id)) throw new BadUsage(`${what} is an id, like 019aa1b2-0000-7000-8000-000000000001`)
  return id
}

const MINUTE_MS = 60_000
const HOURS_UP_TO = 120
const DAYS_FROM = 2 * 24 * 60

/** How long something took or is ago: `5 minutes`, `7 hours`, `12 days`. */
export function durationLabels(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS))
  if (minutes < HOURS_UP_TO) return minutes === 1 ? '1 minute' : `${minutes} minutes`
  return minutes < DAYS_FROM ? `${Math.floor(minutes / 60)} hours` : `${Math.floor(minutes / (24 * 60))} days`
}
