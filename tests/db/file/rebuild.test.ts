/** Tables made anew from the journal: the same as before, whatever comes between, and never in the place of a ledger that they do not agree with. */

import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import { holdFile } from '../../../db/file/owner-lock.ts'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import {
  beforePath,
  forgetBefore,
  rebuildBeside,
  rebuildPath,
  takeRebuilt,
} from '../../../db/ledger/rebuild.ts'
import { openLedgerReadOnly, openTill } from '../../../db/ledger/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import type { RowChange } from '../../../shared/ledger/rows/table.ts'
import { cents } from '../../../shared/money.ts'
import { CHANGE_FUND, countDrawer, openDrawer, sell } from '../../support/desk.ts'
import { runNode } from '../../support/run/child.ts'
import { clientOf } from '../../support/screens.ts'
import { openTillIn } from '../../support/till.ts'
import { liveTill, openAgain, tablesOf } from './rebuilt-till.ts'

const misread = vi.hoisted(() => ({ table: '' }))
vi.mock(import('../../../shared/ledger/facts.ts'), async original => {
  const facts = await original()
  const misbooked = (change: RowChange): RowChange => {
    if (change.op !== 'insert' || change.table !== misread.table) return change
    return { ...change, row: { ...change.row, cents: 0 } }
  }
  return { ...facts, project: fact => facts.project(fact).map(misbooked) }
})

it('come to the same, are taken at the next start with what was posted meanwhile, and are proved', async () => {
  const { till, path } = await liveTill()
  expect(rebuildBeside(path)).toMatchObject({ continuedAfter: null })
  // The till has been running all the while.
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  await sell(client, cents(1_234))
  await till.close()
  const before = tablesOf(path)
  const opened = openAgain(till.dataDir)
  expect(opened.rebuilt).toBe('taken')
  expect(tablesOf(path)).toEqual(before)
  expect(tablesOf(beforePath(path))).toEqual(before)
  expect(existsSync(rebuildPath(path))).toBe(false)
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})

it('go on after a crash where they were, and begin anew where another program began them', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const half = (): void => {
    let commits = 0
    expect(() =>
      rebuildBeside(path, {
        factsPerCommit: 20,
        onProgress: () => {
          commits += 1
          if (commits === 2) throw new Error('the machine is gone')
        },
      }),
    ).toThrow('the machine is gone')
  }
  half()
  expect(rebuildBeside(path).continuedAfter).toEqual({ epoch: 1, seq: 40 })
  const other = new Database(rebuildPath(path))
  other.exec("UPDATE rebuild_note SET version = 'of last year'")
  other.close()
  expect(rebuildBeside(path).continuedAfter).toBeNull()
  expect(takeRebuilt(path)).toBe('taken')
})

it('that come to another sum are put aside, and the ledger stays as it is', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const bytes = readFileSync(path)
  misread.table = 'receipt_line'
  onTestFinished(() => {
    misread.table = ''
  })
  rebuildBeside(path)
  expect(takeRebuilt(path)).toBe('differs')
  expect(readFileSync(path).equals(bytes)).toBe(true)
  expect(existsSync(rebuildPath(path))).toBe(false)
  expect(existsSync(`${rebuildPath(path)}-differs`)).toBe(true)
  expect(openAgain(till.dataDir).rebuilt).toBe('none')
})

it.each([
  ['a role', "UPDATE person SET role = 'administrator' WHERE role = 'cashier'"],
  ['a fact', 'UPDATE journal SET at = at + 1 WHERE seq = 9'],
])('into which somebody wrote %s are put aside', async (_what, sql) => {
  const { till, path } = await liveTill()
  await till.close()
  rebuildBeside(path)
  const file = new Database(rebuildPath(path))
  const triggers = file
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all()
  for (const { name } of triggers) file.exec(`DROP TRIGGER "${name}"`)
  expect(file.prepare(sql).run().changes).toBeGreaterThan(0)
  for (const trigger of triggers) file.exec(trigger.sql)
  file.close()
  expect(takeRebuilt(path)).toBe('differs')
})

it('leave the ledger of before beside them until a drawer is closed', async () => {
  const { till, path } = await liveTill()
  await till.close()
  expect((await runNode('electron/cli.ts', ['rebuild', '--data', till.dataDir])).code).toBe(0)
  const again = openTillIn(till.dataDir)
  expect(existsSync(beforePath(path))).toBe(true)
  const cashier = await clientOf(again, 'cashier')
  await openDrawer(cashier)
  await countDrawer(cashier, CHANGE_FUND)
  expect(existsSync(beforePath(path))).toBe(false)
})

it('are not taken while another process is at making some: the ledger keeps its name', async () => {
  const { till, path } = await liveTill()
  await till.close()
  rebuildBeside(path)
  const release = holdFile(`${rebuildPath(path)}.lock`)
  expect(takeRebuilt(path)).toBe('waits')
  release()
  expect(takeRebuilt(path)).toBe('taken')
})

it.each<[string, (lock: string) => void, (lock: string) => unknown]>([
  ['a text', lock => writeFileSync(lock, 'mine'), lock => readFileSync(lock, 'utf8')],
  ['a link', lock => symlinkSync('/nowhere/at-all', lock), () => existsSync('/nowhere')],
  ['a folder', lock => mkdirSync(lock), lock => readdirSync(lock)],
])('are not made through %s under the name of their lock, and that is said', async (_what, make, look) => {
  const { till, path } = await liveTill()
  await till.close()
  const lock = `${rebuildPath(path)}.lock`
  make(lock)
  const before = look(lock)
  expect(() => rebuildBeside(path)).toThrow(LedgerUnavailable)
  expect(look(lock)).toEqual(before)
})

it('are made by one process at a time', async () => {
  const { till, path } = await liveTill()
  let isFirst = true
  rebuildBeside(path, {
    factsPerCommit: 20,
    onProgress: () => {
      if (isFirst) expect(() => rebuildBeside(path)).toThrow('made anew already')
      isFirst = false
    },
  })
  await till.close()
  expect(openAgain(till.dataDir).rebuilt).toBe('taken')
})

/** An index that has none of its rows, under the text of one that has. */
function emptyIndex(path: string, name: string): void {
  const inSchema = (work: (file: Database.Database) => void): void => {
    const file = new Database(path)
    file.unsafeMode()
    file.pragma('writable_schema = ON')
    work(file)
    file.close()
  }
  const setText = (sql: string) => (file: Database.Database) =>
    void file.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(sql, name)
  let text = ''
  inSchema(file => {
    text = String(file.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(name))
    setText(`${text} WHERE 0`)(file)
  })
  inSchema(file => file.exec(`REINDEX ${name}`))
  inSchema(setText(text))
}

it.each<[string, (file: Database.Database) => unknown, string]>([
  ['a row fewer', file => file.exec('DELETE FROM session_tender'), 'unusable'],
  [
    'a trigger more',
    file => file.exec("CREATE TRIGGER mine AFTER INSERT ON receipt BEGIN SELECT 'hello'; END"),
    'unusable',
  ],
  ['a column more', file => file.exec('ALTER TABLE receipt ADD COLUMN mine TEXT'), 'unusable'],
  ['an index that lacks rows', file => emptyIndex(file.name, 'journal_command'), 'unusable'],
])('with %s are put aside, and the till opens as it was', async (_what, spoil, outcome) => {
  const { till, path } = await liveTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  rebuildBeside(path)
  await sell(client, cents(1_234))
  await countDrawer(client, cents(CHANGE_FUND + 1_234))
  await till.close()
  const file = new Database(rebuildPath(path))
  file.pragma('foreign_keys = OFF')
  spoil(file)
  file.close()
  const opened = openAgain(till.dataDir)
  expect([opened.rebuilt, existsSync(`${rebuildPath(path)}-${outcome}`)]).toEqual([outcome, true])
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})

it('leave nothing behind where a fact cannot be replayed', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const file = new Database(path)
  file.exec('DROP TRIGGER journal_is_never_updated')
  file.exec("UPDATE journal SET body = '{}' WHERE kind = 'session.closed'")
  file.close()
  expect(() => rebuildBeside(path)).toThrow()
  expect(existsSync(rebuildPath(path))).toBe(false)
})

it('are not made from a stranger’s file or a later program’s', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const file = new Database(path)
  for (const pragma of ['user_version = 99', 'application_id = 7']) {
    file.pragma(pragma)
    expect(() => rebuildBeside(path)).toThrow(LedgerUnavailable)
    expect(() => openLedgerReadOnly(till.dataDir)).toThrow(LedgerUnavailable)
  }
  file.close()
  expect(existsSync(rebuildPath(path))).toBe(false)
})

it('are not needed for an answer: what comes after a commit may fail, and the drawer is closed', async () => {
  const { till } = await liveTill()
  const told: unknown[] = []
  till.backend.ledger.onCommit(() => {
    throw new Error('The file of before cannot be removed')
  })
  till.backend.ledger.onCommit(facts => told.push(facts.length))
  const faults: unknown[] = []
  till.backend.ledger.onFault = error => faults.push(error)
  await openDrawer(await clientOf(till, 'cashier'))
  expect(told.length).toBeGreaterThan(0)
  expect(faults).toHaveLength(told.length)
})

it('put a folder aside that somebody made under the name of the ledger of before', async () => {
  const { till, path } = await liveTill()
  await till.close()
  mkdirSync(join(beforePath(path), 'theirs'), { recursive: true })
  rebuildBeside(path)
  expect(takeRebuilt(path)).toBe('taken')
  expect(statSync(beforePath(path)).isFile()).toBe(true)
  expect(existsSync(join(`${beforePath(path)}-unusable`, 'theirs'))).toBe(true)
  // One that is made later keeps no drawer from closing.
  rmSync(beforePath(path))
  mkdirSync(beforePath(path))
  forgetBefore(path)
  expect(existsSync(beforePath(path))).toBe(true)
})

it.each(['in a transaction', 'idle'])('wait while another program has the ledger open, %s', async how => {
  const { till, path } = await liveTill()
  rebuildBeside(path)
  const reader = openLedgerReadOnly(till.dataDir)
  if (how === 'in a transaction') reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM journal').get()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  await sell(client, cents(1_234))
  const { hash } = till.backend.ledger.head
  await till.close()
  const waiting = openTill(till.dataDir, { nowMs: 2, newTillId: '' })
  expect(waiting.rebuilt).toBe('waits')
  expect(waiting.ledger.head.hash).toBe(hash)
  waiting.close()
  reader.close()
  const opened = openAgain(till.dataDir)
  expect(opened.rebuilt).toBe('taken')
  expect(opened.ledger.head.hash).toBe(hash)
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})

it('wait while the program that makes them is still at it', async () => {
  const { till, path } = await liveTill()
  await till.close()
  rebuildBeside(path)
  const maker = new Database(rebuildPath(path))
  maker.prepare('SELECT count(*) FROM journal').get()
  expect(takeRebuilt(path)).toBe('waits')
  maker.close()
  expect(takeRebuilt(path)).toBe('taken')
})

it.each([
  ['damaged', (file: Database.Database) => file.pragma('wal_checkpoint(TRUNCATE)')],
  ['without a note, as after a crash at the very end', file => file.exec('DROP TABLE rebuild_note')],
] satisfies [string, (file: Database.Database) => unknown][])(
  'that are %s are put aside, and the till opens',
  async (how, spoil) => {
    const { till, path } = await liveTill()
    const { hash } = till.backend.ledger.head
    await till.close()
    rebuildBeside(path)
    const file = new Database(rebuildPath(path))
    const page = file
      .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'receipt'")
      .pluck()
      .get()
    spoil(file)
    file.close()
    if (how === 'damaged') writeAt(rebuildPath(path), ((page ?? 1) - 1) * 4_096, Buffer.alloc(4_096, 0xab))
    const opened = openAgain(till.dataDir)
    expect(opened.rebuilt).toBe('unusable')
    expect(opened.ledger.head.hash).toBe(hash)
    expect(existsSync(rebuildPath(path))).toBe(false)
    expect(existsSync(`${rebuildPath(path)}-unusable`)).toBe(true)
  },
)

it('are not made in the place of a stranger’s file: it lies aside as it was', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const stranger = new Database(rebuildPath(path))
  stranger.exec('CREATE TABLE recipe (words TEXT)')
  stranger.close()
  const bytes = readFileSync(rebuildPath(path))
  expect(takeRebuilt(path)).toBe('unusable')
  expect(readFileSync(`${rebuildPath(path)}-unusable`).equals(bytes)).toBe(true)
  renameSync(`${rebuildPath(path)}-unusable`, rebuildPath(path))
  rebuildBeside(path)
  expect(readFileSync(`${rebuildPath(path)}-unusable`).equals(bytes)).toBe(true)
  expect(takeRebuilt(path)).toBe('taken')
  writeFileSync(rebuildPath(path), 'a diary')
  expect(takeRebuilt(path)).toBe('unusable')
  expect(readFileSync(`${rebuildPath(path)}-unusable`).equals(bytes)).toBe(true)
  expect(readFileSync(`${rebuildPath(path)}-unusable+`, 'utf8')).toBe('a diary')
})

it('made twice leave what was before the first', async () => {
  const { till, path } = await liveTill()
  await till.close()
  rebuildBeside(path)
  expect(takeRebuilt(path)).toBe('taken')
  const before = statSync(beforePath(path)).ino
  rebuildBeside(path)
  expect(takeRebuilt(path)).toBe('taken')
  expect(statSync(beforePath(path)).ino).toBe(before)
})

function writeAt(path: string, at: number, bytes: Buffer): void {
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, bytes.length, at)
  closeSync(file)
}
