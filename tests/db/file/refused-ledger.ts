/** Opening a ledger that has to be refused. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { START_MS } from '../../support/clock.ts'

export const ledgerOf = (dir: string): string => join(dir, LEDGER_FILE)

export const OPTIONS = { nowMs: START_MS, newTillId: '019aa000-0000-7000-8000-0000000000ff' }

export function refusal(dir: string): LedgerUnavailable {
  try {
    openTill(dir, OPTIONS).close()
  } catch (error) {
    if (error instanceof LedgerUnavailable) return error
    throw error
  }
  throw new Error('It was opened')
}

/** The same, and not a byte of it was changed. */
export function refusedUnchanged(dir: string): LedgerUnavailable {
  const before = readFileSync(ledgerOf(dir))
  const error = refusal(dir)
  expect(readFileSync(ledgerOf(dir)).equals(before)).toBe(true)
  return error
}
