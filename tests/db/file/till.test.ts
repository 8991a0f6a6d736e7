import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { APPLICATION_ID } from '../../../db/ledger/schema.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { fileKeyStore, ownSigner } from '../../../electron/backend/runtime/signing-key.ts'
import { newId } from '../../../shared/id.ts'
import { PROJECTED_TABLES } from '../../../shared/ledger/facts.ts'
import { SET_UP } from '../../support/central/central-shop.ts'
import { START_MS } from '../../support/clock.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { fullDay } from '../../support/full-day.ts'
import { kill, lineOf, startNode } from '../../support/run/child.ts'
import { fixturePath, isFixtureMissing, readFixture } from '../../support/run/fixtures.ts'
import { clientOf } from '../../support/screens.ts'
import { type OpenTill, openTestTill, openTillIn } from '../../support/till.ts'

import { ledgerOf, OPTIONS, refusal, refusedUnchanged } from './refused-ledger.ts'

function pragmaOf(till: OpenTill, name: string): unknown {
  const query = { compile: () => ({ sql: `SELECT ${name} AS value FROM pragma_${name}`, parameters: [] }) }
  return till.backend.ledger.reader.first<{ value: unknown }>(query as never)?.value
}

describe('the ledger file', () => {
  it('is flushed in full on every commit, also after the first write of a new file', async () => {
    const dir = freshDir()
    const till = openTillIn(dir)
    till.backend.ledger.write(
      {
        commandId: newId(),
        commandHash: '0'.repeat(64),
        actorId: 'till',
        at: 1,
        businessDate: '2026-11-20' as never,
      },
      tx => tx.append('till.set-up', SET_UP),
    )
    expect(pragmaOf(till, 'synchronous')).toBe(2)
    expect(pragmaOf(till, 'foreign_keys')).toBe(1)
    expect(pragmaOf(till, 'journal_mode')).toBe('wal')
    await till.close()
    const again = openTillIn(dir)
    expect(pragmaOf(again, 'synchronous')).toBe(2)
    await again.close()
  })

  it('would be flushed less often if nobody asked: the library answers FULL and falls to NORMAL at the first write', () => {
    const file = new Database(join(freshDir(), 'control.sqlite'))
    file.pragma('journal_mode = WAL')
    file.exec('CREATE TABLE t (a INTEGER)')
    expect(file.pragma('synchronous', { simple: true })).toBe(1)
    file.close()
  })

  it('has only STRICT tables and not one column that rounds', async () => {
    const file = new Database(ledgerOf(await sampleDir()), { readonly: true })
    const tables = file
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
      )
      .all()
    expect(tables.length).toBeGreaterThan(PROJECTED_TABLES.length)
    expect(tables.filter(table => table.strict !== 1)).toEqual([])
    const types = tables.flatMap(({ name }) =>
      file.prepare<[string], string>('SELECT type FROM pragma_table_info(?)').pluck().all(name),
    )
    expect([...new Set(types)].sort()).toEqual(['INTEGER', 'TEXT'])
    file.close()
  })

  it('keeps every receipt through closing and opening again', async () => {
    const till = await openTestTill()
    const { receiptIds } = await fullDay(till)
    await till.close()
    const again = openTillIn(till.dataDir)
    const cashier = await clientOf(again, 'cashier')
    for (const receiptId of receiptIds)
      expect((await cashier.receipt.get({ receiptId })).receiptId).toBe(receiptId)
    await again.close()
  })

  it.skipIf(process.platform === 'win32')(
    'is refused in words where the machine has no open file left',
    async () => {
      const script = fileURLToPath(new URL('./no-files-left.ts', import.meta.url))
      const limited = 'ulimit -n 100; exec "$0" "$@"'
      const said = execFileSync('bash', ['-c', limited, process.execPath, script, await sampleDir()])
      expect(said.toString()).toBe('overloaded')
    },
  )
})

describe('a second program on the same data', () => {
  it('is refused, and told which process holds it and since when', async () => {
    const dir = await sampleDir()
    const holder = startNode('tests/db/file/holder.ts', [dir, String(START_MS)])
    await lineOf(holder, /held/)
    const error = refusal(dir)
    expect(error.problem).toBe('in-use')
    expect(error.holder).toEqual({ processId: holder.pid, sinceMs: START_MS })
    await kill(holder)
    openTill(dir, OPTIONS).close()
  })

  it('is refused within the same process too', async () => {
    const till = await openTestTill()
    expect(refusal(till.dataDir).holder?.processId).toBe(process.pid)
  })

  it('is not kept out for ever by a lock file that was overwritten, nor let in by one', async () => {
    const dir = await sampleDir()
    writeFileSync(
      join(dir, 'owner.lock'),
      'not a lock at all, and long enough to look like a page of something',
    )
    const till = openTill(dir, OPTIONS)
    expect(refusal(dir).problem).toBe('in-use')
    till.close()
  })

  it.each(['owner.lock', 'owner.json', 'ledger.sqlite.head', 'ledger.sqlite'])(
    'refuses a folder, a link or a pipe named %s in words, and waits for none',
    async name => {
      for (const make of [
        (path: string) => mkdirSync(path),
        (path: string) => execFileSync('mkfifo', [path]),
      ]) {
        const dir = await sampleDir()
        rmSync(join(dir, name), { force: true })
        make(join(dir, name))
        expect(refusal(dir).message).toContain(name)
      }
    },
  )

  it('writes through no link that somebody put in its place', async () => {
    const dir = await sampleDir()
    const precious = join(freshDir(), 'precious.txt')
    writeFileSync(precious, 'precious '.repeat(300))
    for (const name of ['owner.json.new', 'signing.key.new', 'till.key.new'])
      symlinkSync(precious, join(dir, name))
    for (const name of ['till.key', 'signing.key']) rmSync(join(dir, name), { force: true })
    const till = openTillIn(dir)
    await ownSigner(fileKeyStore(dir))
    await till.close()
    rmSync(join(dir, 'owner.lock'))
    symlinkSync(precious, join(dir, 'owner.lock'))
    expect(refusal(dir).problem).toBe('foreign')
    expect(readFileSync(precious, 'utf8')).toBe('precious '.repeat(300))
  })

  it('is let in after a start that failed', async () => {
    const dir = await sampleDir()
    const good = readFileSync(ledgerOf(dir))
    writeFileSync(ledgerOf(dir), Buffer.alloc(good.length))
    expect(refusal(dir).problem).toBe('damaged')
    writeFileSync(ledgerOf(dir), good)
    openTill(dir, OPTIONS).close()
  })
})

/** A ledger of a folder made unusable, refused, and unchanged afterwards. */

describe('a ledger that cannot be trusted', () => {
  const noFixtures = isFixtureMissing('sqlite-corrupt/manifest.json')

  it.skipIf(noFixtures)('is refused without changing a byte: files that SQLite itself is tested with', () => {
    const names = Object.keys(readFixture<Record<string, unknown>>('sqlite-corrupt/manifest.json'))
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) {
      const dir = freshDir()
      writeFileSync(ledgerOf(dir), readFileSync(fixturePath(`sqlite-corrupt/${name}`)))
      expect(['damaged', 'foreign'], name).toContain(refusedUnchanged(dir).problem)
    }
  })

  it.skipIf(noFixtures)('is refused as damaged even where such a file carries our mark and version', () => {
    const names = Object.keys(readFixture<Record<string, unknown>>('sqlite-corrupt/manifest.json'))
    for (const name of names) {
      const dir = freshDir()
      const bytes = Buffer.from(readFileSync(fixturePath(`sqlite-corrupt/${name}`)))
      bytes.writeUInt32BE(APPLICATION_ID, 68)
      bytes.writeUInt32BE(ledgerSteps().length, 60)
      writeFileSync(ledgerOf(dir), bytes)
      const { problem } = refusal(dir)
      expect(['damaged', 'read-only'], name).toContain(problem)
    }
  })

  it.each([
    ['nothing in it', Buffer.alloc(0)],
    ['zeroes', Buffer.alloc(8_192)],
    ['text', Buffer.from('This is the ledger, honestly.'.repeat(50))],
    ['half a header', Buffer.from('SQLite format 3\0')],
  ])('is refused and left alone when the file has %s', async (_, bytes) => {
    const dir = await sampleDir()
    writeFileSync(ledgerOf(dir), bytes)
    expect(refusedUnchanged(dir).problem).toBe('damaged')
  })

  it('is refused as somebody else’s when another program made it', () => {
    const dir = freshDir()
    const file = new Database(ledgerOf(dir))
    file.exec('CREATE TABLE notes (text TEXT)')
    file.close()
    expect(refusedUnchanged(dir).problem).toBe('foreign')
  })

  it('is refused when it lacks a table, an index or a trigger', async () => {
    for (const drop of ['TABLE setting', 'INDEX receipt_by_date', 'TRIGGER journal_is_never_updated']) {
      const dir = await sampleDir()
      const file = new Database(ledgerOf(dir))
      file.exec(`DROP ${drop}`)
      file.close()
      const error = refusedUnchanged(dir)
      expect(error.problem).toBe('damaged')
      expect(error.detail).toContain(drop.split(' ')[1])
    }
  })

  it.each([
    ['lacks a column', 'ALTER TABLE journal DROP COLUMN texts', 'journal'],
    ['has a column more', 'ALTER TABLE receipt ADD COLUMN mine TEXT', 'receipt'],
    [
      'has an index more',
      'CREATE UNIQUE INDEX one_of_a_kind ON journal (kind) WHERE seq > 400',
      'one_of_a_kind',
    ],
    [
      'has a trigger that protects nothing',
      `DROP TRIGGER journal_is_never_updated;
       CREATE TRIGGER journal_is_never_updated BEFORE UPDATE ON journal WHEN 0 BEGIN SELECT 1; END`,
      'journal_is_never_updated',
    ],
  ])('is refused in words when it %s', async (_, change, named) => {
    const dir = await sampleDir()
    const file = new Database(ledgerOf(dir))
    file.exec(change)
    file.close()
    const error = refusedUnchanged(dir)
    expect(error.problem).toBe('damaged')
    expect(error.detail).toContain(named)
  })

  it('is the same whatever ends the lines of the steps that made it', async () => {
    const dir = await sampleDir()
    const file = new Database(ledgerOf(dir))
    file.unsafeMode()
    file.pragma('writable_schema = ON')
    file.exec('UPDATE sqlite_schema SET sql = replace(sql, char(10), char(13, 10))')
    file.close()
    openTill(dir, OPTIONS).close()
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
  })

  it('is refused when its schema version was set back', async () => {
    const dir = await sampleDir()
    const file = new Database(ledgerOf(dir))
    file.pragma('user_version = 0')
    file.close()
    expect(refusedUnchanged(dir).problem).toBe('damaged')
  })

  it('is refused when the last row of the journal was changed', async () => {
    const dir = await sampleDir()
    const file = new Database(ledgerOf(dir))
    const trigger = file
      .prepare<[], string>("SELECT sql FROM sqlite_master WHERE name = 'journal_is_never_updated'")
      .pluck()
      .get()
    file.exec('DROP TRIGGER journal_is_never_updated')
    file.exec("UPDATE journal SET actor_id = 'somebody' WHERE seq = (SELECT max(seq) FROM journal)")
    file.exec(trigger ?? '')
    file.close()
    const error = refusedUnchanged(dir)
    expect(error.problem).toBe('damaged')
    expect(error.detail).toContain('does not chain')
  })
})
