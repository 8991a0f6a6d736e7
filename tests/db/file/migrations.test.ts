import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { versionOf } from '../../../db/file/sqlite-file.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openTill, type Till } from '../../../db/ledger/till.ts'
import { START_MS } from '../../support/clock.ts'
import { fullDay } from '../../support/full-day.ts'
import { openTestTill, openTillIn } from '../../support/till.ts'

const TO = ledgerSteps().length + 1
const GOOD = 'ALTER TABLE drawer ADD COLUMN colour TEXT; CREATE INDEX person_by_role ON person (role);'
const BAD = 'CREATE TABLE extra (a INTEGER) STRICT; INSERT INTO extra VALUES (1); UPDATE nowhere SET a = 1;'
const STRAY = "DELETE FROM person WHERE role = 'cashier';"

function open(dir: string, ...more: string[]): Till {
  const newTillId = '019aa000-0000-7000-8000-0000000000ff'
  return openTill(dir, { nowMs: START_MS, newTillId, steps: [...ledgerSteps(), ...more] })
}

function refusal(dir: string, ...more: string[]): LedgerUnavailable {
  try {
    open(dir, ...more).close()
  } catch (error) {
    if (error instanceof LedgerUnavailable) return error
    throw error
  }
  throw new Error('It was opened')
}

/** A till with a day in it, closed. */
async function filledDir(): Promise<{ dir: string; path: string; copy: string; dump: string }> {
  const till = await openTestTill()
  await fullDay(till)
  await till.close()
  const path = join(till.dataDir, LEDGER_FILE)
  return { dir: till.dataDir, path, copy: `${path}.before-${TO}`, dump: dumpOf(path) }
}

/** Everything that a ledger file holds, as text. */
function dumpOf(path: string): string {
  const file = new Database(path, { readonly: true })
  const objects = file
    .prepare<[], { type: string; name: string; sql: string }>(
      'SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name',
    )
    .all()
  const rows = objects
    .filter(object => object.type === 'table')
    .map(({ name }) => file.prepare(`SELECT * FROM "${name}"`).all())
  const version = versionOf(file)
  file.close()
  return JSON.stringify({ version, objects, rows })
}

describe('a newer program on an older ledger', () => {
  it('takes the step, keeps every row, and leaves a copy that opens and is whole', async () => {
    const { dir, path, copy, dump } = await filledDir()
    const till = open(dir, GOOD)
    till.close()
    expect(dumpOf(copy)).toBe(dump)
    const file = new Database(path, { readonly: true })
    expect(versionOf(file)).toBe(TO)
    expect(file.prepare('SELECT colour FROM drawer').all()).toHaveLength(3)
    expect(file.prepare('SELECT count(*) FROM receipt').pluck().get()).toBe(4)
    file.close()
  })

  it('makes the copy that an older program can still open', async () => {
    const { dir, path, copy } = await filledDir()
    open(dir, GOOD).close()
    expect(refusal(dir).problem).toBe('newer')
    writeFileSync(path, readFileSync(copy))
    const till = openTillIn(dir)
    expect(till.backend.ledger.head.seq).toBeGreaterThan(70)
    await till.close()
  })

  it('leaves the ledger as it was when a step fails, and says so; mended, it goes on', async () => {
    for (const step of [BAD, STRAY]) {
      const { dir, path, copy, dump } = await filledDir()
      const error = refusal(dir, step)
      expect(error.problem).toBe('damaged')
      expect(error.detail).toContain('is as it was')
      expect(dumpOf(path)).toBe(dump)
      expect(dumpOf(copy)).toBe(dump)
      open(dir, GOOD).close()
      expect(dumpOf(copy)).toBe(dump)
    }
  })

  it('does not mistake a copy that was cut short for one: it is made again, whole', async () => {
    const { dir, copy, dump } = await filledDir()
    writeFileSync(copy, 'the first half of a copy')
    writeFileSync(`${copy}.new`, 'another half')
    open(dir, GOOD).close()
    expect(dumpOf(copy)).toBe(dump)
    expect(existsSync(`${copy}.new`)).toBe(false)
  })

  it('takes no step and no copy where there is nothing to do', async () => {
    const { dir, copy } = await filledDir()
    open(dir).close()
    expect(existsSync(copy)).toBe(false)
  })
})

describe('an older program on a newer ledger', () => {
  it('refuses it and changes nothing', async () => {
    const { dir, path } = await filledDir()
    open(dir, GOOD).close()
    const before = readFileSync(path)
    const error = refusal(dir)
    expect(error.problem).toBe('newer')
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})
