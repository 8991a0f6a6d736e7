import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { headNotePath } from '../../db/head-note.ts'
import { LedgerUnavailable } from '../../db/ledger-errors.ts'
import { migrations } from '../../db/migrate.ts'
import { APPLICATION_ID } from '../../db/schema.ts'
import { LEDGER_FILE, openTill } from '../../db/till.ts'
import { verifyLedger } from '../../db/verify.ts'
import { kill, lineOf, startNode } from '../support/child.ts'
import { fixturePath, isFixtureMissing, readFixture } from '../support/fixtures.ts'
import { fullDay, openDrawer, postCash } from '../support/ledger-day.ts'
import {
  CASHIER,
  freshDir,
  type LedgerTill,
  openLedgerTill,
  START_MS,
  sampleTill,
  sampleTillDir,
} from '../support/ledger-till.ts'

const OPTIONS = { nowMs: START_MS, newTillId: '019aa000-0000-7000-8000-0000000000ff' }

function refusal(dir: string): LedgerUnavailable {
  try {
    openTill(dir, OPTIONS).close()
  } catch (error) {
    if (error instanceof LedgerUnavailable) return error
    throw error
  }
  throw new Error('It was opened')
}

function pragmaOf(till: LedgerTill, name: string): unknown {
  const query = { compile: () => ({ sql: `SELECT ${name} AS value FROM pragma_${name}`, parameters: [] }) }
  return till.backend.ledger.reader.first<{ value: unknown }>(query as never)?.value
}

const ledgerOf = (dir: string): string => join(dir, LEDGER_FILE)

describe('the ledger file', () => {
  it('is flushed in full on every commit, also after the first write of a new file', async () => {
    const dir = freshDir()
    const till = await openLedgerTill(dir)
    till.backend.ledger.write(
      {
        commandId: till.newId(),
        commandHash: '0'.repeat(64),
        actorId: 'till',
        at: 1,
        businessDate: '2026-11-20' as never,
      },
      tx => tx.append('till.set-up', { code: 'W1', sample: false }),
    )
    expect(pragmaOf(till, 'synchronous')).toBe(2)
    expect(pragmaOf(till, 'foreign_keys')).toBe(1)
    expect(pragmaOf(till, 'journal_mode')).toBe('wal')
    await till.close()
    const again = await openLedgerTill(dir)
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
    const file = new Database(ledgerOf(await sampleTillDir()), { readonly: true })
    const tables = file
      .prepare<[], { name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
      )
      .all()
    expect(tables.length).toBe(35)
    expect(tables.filter(table => table.strict !== 1)).toEqual([])
    const types = tables.flatMap(({ name }) =>
      file.prepare<[string], string>('SELECT type FROM pragma_table_info(?)').pluck().all(name),
    )
    expect([...new Set(types)].sort()).toEqual(['INTEGER', 'TEXT'])
    file.close()
  })

  it('keeps every receipt through closing and opening again', async () => {
    const till = await sampleTill()
    const { receiptIds } = await fullDay(till)
    await till.close()
    const again = await openLedgerTill(till.dir, { ids: 9_000 })
    for (const receiptId of receiptIds)
      expect((await again.as(CASHIER).receipt.get({ receiptId })).receiptId).toBe(receiptId)
    await again.close()
  })
})

describe('a second program on the same data', () => {
  it('is refused, and told which process holds it and since when', async () => {
    const dir = await sampleTillDir()
    const holder = startNode('tests/support/holder.ts', [dir, String(START_MS)])
    await lineOf(holder, /held/)
    const error = refusal(dir)
    expect(error.problem).toBe('in-use')
    expect(error.holder).toEqual({ processId: holder.pid, sinceMs: START_MS })
    await kill(holder)
    openTill(dir, OPTIONS).close()
  })

  it('is refused within the same process too', async () => {
    const till = await sampleTill()
    expect(refusal(till.dir).holder?.processId).toBe(process.pid)
  })

  it('is not kept out for ever by a lock file that was overwritten, nor let in by one', async () => {
    const dir = await sampleTillDir()
    writeFileSync(
      join(dir, 'owner.lock'),
      'not a lock at all, and long enough to look like a page of something',
    )
    const till = openTill(dir, OPTIONS)
    expect(refusal(dir).problem).toBe('in-use')
    till.close()
  })

  it('is let in after a start that failed', async () => {
    const dir = await sampleTillDir()
    const good = readFileSync(ledgerOf(dir))
    writeFileSync(ledgerOf(dir), Buffer.alloc(good.length))
    expect(refusal(dir).problem).toBe('damaged')
    writeFileSync(ledgerOf(dir), good)
    openTill(dir, OPTIONS).close()
  })
})

/** A ledger of a folder made unusable, refused, and unchanged afterwards. */
function refusedUnchanged(dir: string): LedgerUnavailable {
  const before = readFileSync(ledgerOf(dir))
  const error = refusal(dir)
  expect(readFileSync(ledgerOf(dir)).equals(before)).toBe(true)
  return error
}

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
      bytes.writeUInt32BE(migrations().length, 60)
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
    const dir = await sampleTillDir()
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
      const dir = await sampleTillDir()
      const file = new Database(ledgerOf(dir))
      file.exec(`DROP ${drop}`)
      file.close()
      const error = refusedUnchanged(dir)
      expect(error.problem).toBe('damaged')
      expect(error.detail).toContain(drop.split(' ')[1])
    }
  })

  it('is refused when its schema version was set back', async () => {
    const dir = await sampleTillDir()
    const file = new Database(ledgerOf(dir))
    file.pragma('user_version = 0')
    file.close()
    expect(refusedUnchanged(dir).problem).toBe('damaged')
  })

  it('is refused when the last row of the journal was changed', async () => {
    const dir = await sampleTillDir()
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

/** A killed till: receipts on record, some of them only in the write-ahead log. */
async function abandonedTill(receipts: number): Promise<{ dir: string; seq: number }> {
  const till = await sampleTill()
  await openDrawer(till, CASHIER)
  const client = till.as(CASHIER)
  for (let i = 0; i < receipts; i++) await postCash(till, client, 1_000 + i)
  // The note follows each answer; requests that come over a door leave it the time.
  await new Promise(setImmediate)
  const dir = freshDir()
  for (const name of readdirSync(till.dir))
    if (!name.endsWith('-shm') && !name.startsWith('owner') && name.includes('.'))
      copyFileSync(join(till.dir, name), join(dir, name))
  return { dir, seq: till.backend.ledger.head.seq }
}

describe('a ledger that lost something', () => {
  it('comes back whole after a kill, from its write-ahead log', async () => {
    const { dir, seq } = await abandonedTill(20)
    expect(existsSync(`${ledgerOf(dir)}-wal`)).toBe(true)
    const till = openTill(dir, OPTIONS)
    expect(till.ledger.head.seq).toBe(seq)
    till.close()
  })

  it('is refused without its write-ahead log: what was in it had been acknowledged', async () => {
    const { dir } = await abandonedTill(20)
    rmSync(`${ledgerOf(dir)}-wal`)
    const error = refusedUnchanged(dir)
    expect(error.problem).toBe('damaged')
    expect(error.detail).toContain('was on record')
    expect((await verifyLedger(dir, () => undefined)).problems[0]?.place).toBe('journal')
  })

  it('would be opened without it if there were no note beside it, which is why there is one', async () => {
    const { dir, seq } = await abandonedTill(20)
    rmSync(`${ledgerOf(dir)}-wal`)
    rmSync(headNotePath(ledgerOf(dir)))
    const till = openTill(dir, OPTIONS)
    expect(till.ledger.head.seq).toBeLessThan(seq)
    till.close()
  })

  it('is refused when an older copy was put in its place', async () => {
    const till = await sampleTill()
    await openDrawer(till, CASHIER)
    await till.close()
    const old = readFileSync(ledgerOf(till.dir))
    const again = await openLedgerTill(till.dir, { ids: 9_000 })
    await postCash(again, again.as(CASHIER), 2_000)
    await again.close()
    writeFileSync(ledgerOf(till.dir), old)
    expect(refusedUnchanged(till.dir).detail).toContain('was on record')
  })

  it('is never started afresh: not with its log left behind, not with its note', async () => {
    const { dir } = await abandonedTill(3)
    rmSync(ledgerOf(dir))
    expect(refusal(dir).detail).toContain('write-ahead log')
    rmSync(`${ledgerOf(dir)}-wal`)
    expect(refusal(dir).detail).toContain('on record')
    expect(existsSync(ledgerOf(dir))).toBe(false)
  })

  it('is refused or found wherever its file was cut, at a page’s border or within one', async () => {
    const till = await sampleTill()
    await fullDay(till)
    await till.close()
    const whole = readFileSync(ledgerOf(till.dir))
    const pages = whole.length / 4_096
    expect(pages).toBeGreaterThan(40)
    const cuts = Array.from({ length: pages }, (_, page) => [
      page * 4_096,
      page * 4_096 + 1,
      page * 4_096 + 3_000,
    ])
    for (const cut of cuts.flat()) {
      writeFileSync(ledgerOf(till.dir), whole)
      truncateSync(ledgerOf(till.dir), cut)
      expect(refusedUnchanged(till.dir).problem, `cut at ${cut}`).toBe('damaged')
    }
  })

  it('is made whole or not at all when the program ends while making it', () => {
    const dir = freshDir()
    writeFileSync(join(dir, `${LEDGER_FILE}.new`), 'half of a first try')
    openTill(dir, OPTIONS).close()
    expect(existsSync(join(dir, `${LEDGER_FILE}.new`))).toBe(false)
    openTill(dir, OPTIONS).close()
  })
})
