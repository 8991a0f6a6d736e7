import { chmodSync, copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { type AccountsProblem, AccountsUnavailable } from '../../../db/accounts/errors.ts'
import {
  accountsFileIn,
  ensureAccountsFile,
  openAccountsReader,
  openAccountsWriter,
} from '../../../db/accounts/open.ts'
import { emptyDataDir, sampleDataDir } from '../../support/accounts-file.ts'
import { fixturePath, isFixtureMissing } from '../../support/run/fixtures.ts'

function problemOf(open: () => { close(): void }): AccountsProblem | 'opened' {
  try {
    open().close()
    return 'opened'
  } catch (error) {
    if (error instanceof AccountsUnavailable) return error.problem
    throw error
  }
}

/** Tries to read and to write, and checks that the file was not touched by either. */
function refusal(dataDir: string): AccountsProblem | 'opened' {
  const before = readFileSync(accountsFileIn(dataDir))
  const reading = problemOf(() => openAccountsReader(dataDir))
  const writing = problemOf(() => openAccountsWriter(dataDir))
  expect(writing).toBe(reading)
  expect(readFileSync(accountsFileIn(dataDir)).equals(before)).toBe(true)
  return reading
}

describe('opening the accounts file', () => {
  it('says that there is none where there is none', () => {
    expect(problemOf(() => openAccountsReader(emptyDataDir()))).toBe('missing')
  })

  it('makes an empty file that can be read, and leaves a filled one alone', async () => {
    const dataDir = await sampleDataDir(30)
    ensureAccountsFile(dataDir)
    const reader = openAccountsReader(dataDir)
    expect(reader.accountCount()).toBe(30)
    reader.close()
    const empty = emptyDataDir()
    ensureAccountsFile(empty)
    expect(problemOf(() => openAccountsReader(empty))).toBe('opened')
  })

  it('flushes every commit on both kinds of handle, also after the first write', () => {
    const dataDir = emptyDataDir()
    const writer = openAccountsWriter(dataDir)
    writer.begin()
    writer.connection.exec("INSERT INTO account_find (account_find) VALUES ('flush')")
    writer.commit()
    const reader = openAccountsReader(dataDir)
    for (const handle of [writer, reader]) {
      expect(handle.connection.pragma('synchronous', { simple: true })).toBe(2)
      expect(handle.connection.pragma('journal_mode', { simple: true })).toBe('wal')
      handle.close()
    }
  })

  it('cannot write through a reading handle', async () => {
    const reader = openAccountsReader(await sampleDataDir(5))
    expect(() => reader.connection.exec('DELETE FROM account_item')).toThrow('readonly')
    reader.close()
  })

  it('refuses a second import while one is under way', () => {
    const dataDir = emptyDataDir()
    const first = openAccountsWriter(dataDir)
    first.begin()
    const second = openAccountsWriter(dataDir)
    expect(problemOf(() => ({ close: () => second.begin() }))).toBe('in-use')
    first.rollback()
    second.begin()
    second.rollback()
    first.close()
    second.close()
  })

  it('refuses a file of a newer program', async () => {
    const dataDir = await sampleDataDir(5)
    const file = new Database(accountsFileIn(dataDir))
    file.pragma('user_version = 99')
    file.pragma('journal_mode = DELETE')
    file.close()
    expect(refusal(dataDir)).toBe('newer')
  })

  it('refuses somebody else’s database, text, and an empty or zeroed file', () => {
    const dataDir = emptyDataDir()
    const foreign = new Database(accountsFileIn(dataDir))
    foreign.exec('CREATE TABLE account (x) STRICT'.replace('(x)', '(x TEXT)'))
    foreign.close()
    expect(refusal(dataDir)).toBe('foreign')
    writeFileSync(accountsFileIn(dataDir), 'name,number\nGarcia,1\n')
    expect(refusal(dataDir)).toBe('damaged')
    writeFileSync(accountsFileIn(dataDir), '')
    expect(refusal(dataDir)).toBe('damaged')
    writeFileSync(accountsFileIn(dataDir), Buffer.alloc(8_192))
    expect(refusal(dataDir)).toBe('damaged')
  })

  it('refuses a file whose tail was cut or that lost a table', async () => {
    const dataDir = await sampleDataDir(50)
    truncateSync(accountsFileIn(dataDir), 16_384)
    expect(refusal(dataDir)).toBe('damaged')
    const other = await sampleDataDir(5)
    const file = new Database(accountsFileIn(other))
    file.exec('DROP INDEX account_by_id')
    file.close()
    expect(refusal(other)).toBe('damaged')
  })

  const isRoot = process.getuid?.() === 0
  if (isRoot) console.warn('NOT TESTED: permission on the accounts file, because root may read everything')
  it.skipIf(isRoot)('says that it may not read', async () => {
    const dataDir = await sampleDataDir(5)
    chmodSync(accountsFileIn(dataDir), 0)
    expect(problemOf(() => openAccountsReader(dataDir))).toBe('no-permission')
  })

  it.skipIf(isFixtureMissing('sqlite-corrupt'))(
    'overwrites none of the damaged databases of SQLite’s own tests',
    () => {
      const files = ['integrity-fails', 'open-error', 'seed'].flatMap(folder =>
        readdirSync(fixturePath(`sqlite-corrupt/${folder}`)).map(name => join(folder, name)),
      )
      expect(files.length).toBeGreaterThan(10)
      for (const file of files) {
        const dataDir = emptyDataDir()
        copyFileSync(fixturePath(`sqlite-corrupt/${file}`), accountsFileIn(dataDir))
        chmodSync(accountsFileIn(dataDir), 0o600)
        expect(['foreign', 'damaged'], file).toContain(refusal(dataDir))
      }
    },
  )
})
