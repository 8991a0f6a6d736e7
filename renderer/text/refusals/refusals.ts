/** Words for everything that can go wrong. The map is exhaustive by type over the contract's refusals. */
import { ORPCError } from '@orpc/client'
import type { RefusalCode, RefusalData, RefusalTexts } from './refusal-types.ts'
import { commonRefusals } from './refusals-common.ts'
import { moneyRefusals } from './refusals-money.ts'
import { syncRefusals } from './refusals-sync.ts'

export const refusals: RefusalTexts = { ...commonRefusals, ...moneyRefusals, ...syncRefusals }

const NOT_ANSWERING =
  'The till program is not answering. What you typed is kept. Wait a moment, then try again.'
const OTHER_LAUNCH = 'The till program was started again. Open the address that it shows now.'
const UNEXPECTED = 'Not saved, for a reason that has no words yet. Try again, or tell your administrator.'

function isCode(code: string): code is RefusalCode {
  return Object.hasOwn(refusals, code)
}

function wordsFor(code: RefusalCode, data: unknown): string {
  // The till checked the data against the contract before it sent it, so it fits the code.
  const say = refusals[code] as (data: unknown) => string
  return say(data)
}

/** The code of a refusal; null for every other error. */
export function refusalCode(error: unknown): RefusalCode | null {
  return error instanceof ORPCError && error.defined && isCode(error.code) ? error.code : null
}

/** Which balance has changed; null for every other error. */
export function changedBalance(error: unknown): RefusalData<'BALANCE_CHANGED'> | null {
  // The till checked the data against the contract before it sent it, so it fits the code.
  return error instanceof ORPCError && refusalCode(error) === 'BALANCE_CHANGED' ? error.data : null
}

/** What to tell the person at the screen, in words that say what to do next. */
export function sayError(error: unknown): string {
  if (!(error instanceof ORPCError)) return NOT_ANSWERING
  if (error.defined && isCode(error.code)) return wordsFor(error.code, error.data)
  return error.status === 401 ? OTHER_LAUNCH : UNEXPECTED
}
