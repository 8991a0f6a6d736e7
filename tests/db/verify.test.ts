import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import { ledgerSteps } from '../../db/ledger/steps.ts'
import { openTill } from '../../db/ledger/till.ts'
import { Problems } from '../../db/verify/problems.ts'
import { replayJournal } from '../../db/verify/replay.ts'
import { verifyLedger } from '../../db/verify/verify.ts'
import { hashText } from '../../shared/ledger/chain.ts'
import { cents } from '../../shared/money.ts'
import { sampleDir } from '../support/data-folder.ts'
import { liftLimits, openDrawer, sell } from '../support/desk.ts'
import { fullDay } from '../support/full-day.ts'
import { runNode } from '../support/run/child.ts'
import { chanceOf, runSeed } from '../support/run/seed.ts'
import { clientOf } from '../support/screens.ts'
import { openTestTill } from '../support/till.ts'
import {
  changedColumn,
  deletedRow,
  keyValues,
  otherValue,
  placeOf,
  type TableShape,
  Tampering,
  tablesOf,
  triedAll,
  type Value,
  where,
} from './tampering.ts'

/** A ledger is verified some hundred times. */
const MINUTES = 180_000

interface Scene {
  tampering: Tampering
  tables: TableShape[]
}
type Files = Map<string, Buffer>
let filled: Promise<Files> | undefined

/** A full day and an open session after it, so that no table is empty. */
async function fill(): Promise<Files> {
  const till = await openTestTill()
  await fullDay(till)
  const client = await clientOf(till, 'colleague')
  await openDrawer(client, 'Window 2')
  await sell(client, cents(4_321))
  await till.close()
  const names = [LEDGER_FILE, `${LEDGER_FILE}.head`, 'accounts.sqlite']
  return new Map(names.map(name => [name, readFileSync(join(till.dataDir, name))]))
}

async function scene(): Promise<Scene> {
  filled ??= fill()
  const dir = await sampleDir()
  for (const [name, bytes] of await filled) writeFileSync(join(dir, name), bytes)
  return { tampering: new Tampering(dir), tables: tablesOf(dir) }
}

/** The first row in which a column says something, and the first in which it does not. */
const filledAndEmpty = (rows: TableShape['rows'], name: string) =>
  [rows.find(row => row[name] !== null), rows.find(row => row[name] === null)].filter(
    row => row !== undefined,
  )

describe('verify', () => {
  it('finds nothing wrong with a ledger that nobody touched, and prints its figures', async () => {
    const { tampering, tables } = await scene()
    const report = await verifyLedger(tampering.dir, () => undefined)
    expect(report.problems).toEqual([])
    expect(report.receipts).toBe(5)
    expect(report.sessions).toBe(3)
    expect(tables.filter(shape => shape.rows.length === 0)).toEqual([])
  })

  it(
    'finds a change of any one column of any table, and names table, row and column',
    async () => {
      const { tampering, tables } = await scene()
      const harms = tables.flatMap(shape =>
        shape.columns.flatMap(column =>
          filledAndEmpty(shape.rows, column.name).map(row => changedColumn(shape, column, row)),
        ),
      )
      await triedAll(tampering, harms)
      expect(harms.length).toBeGreaterThan(300)
    },
    MINUTES,
  )

  it('finds words of a payer that were taken out of journal and tables alike, and names a row', async () => {
    const places = await (await scene()).tampering.placesAfter(file =>
      file.exec(
        `UPDATE journal SET text_line = NULL; UPDATE receipt_line SET name = '', address = '', reference = ''`,
      ),
    )
    expect(places[0]).toMatch(/^journal 1\//)
  })

  it(
    'finds any deleted row of any table, and names it',
    async () => {
      const { tampering, tables } = await scene()
      const isTried = ({ table, rows }: TableShape, index: number): boolean =>
        table !== 'journal' || index % 7 === 0 || index === rows.length - 1
      await triedAll(
        tampering,
        tables.flatMap(shape =>
          shape.rows.flatMap((row, index) => (isTried(shape, index) ? [deletedRow(shape, row)] : [])),
        ),
      )
    },
    MINUTES,
  )

  it(
    'finds a made-up row in any table, and names it',
    async () => {
      const { tampering, tables } = await scene()
      for (const shape of tables) {
        const [model] = shape.rows
        if (!model) throw new Error(`${shape.table} is empty`)
        const row = Object.fromEntries(
          shape.columns.map(({ name, type }) => [name, otherValue(model[name] ?? null, type)]),
        )
        const places = await tampering.placesAfter(file =>
          file
            .prepare(`INSERT INTO "${shape.table}" VALUES (${shape.columns.map(() => '?').join(', ')})`)
            .run(...Object.values(row)),
        )
        expect(places, shape.table).toContain(placeOf(shape, row))
      }
    },
    MINUTES,
  )

  it(
    'finds the cut tail of any table: its last row, its last half, all of it',
    async () => {
      const { tampering, tables } = await scene()
      for (const shape of tables)
        for (const kept of [shape.rows.length - 1, Math.floor(shape.rows.length / 2), 0]) {
          const places = await tampering.placesAfter(file => {
            const remove = file.prepare(`DELETE FROM "${shape.table}" WHERE ${where(shape)}`)
            for (const row of shape.rows.slice(kept)) remove.run(...keyValues(shape, row))
          })
          expect(places[0]?.split(' ')[0], `${shape.table} cut to ${kept}`).toBe(shape.table)
        }
    },
    MINUTES,
  )

  it(
    'finds a trigger or an index that was dropped or changed, a table that was added, and a lowered version',
    async () => {
      const { tampering } = await scene()
      const file = new Database(join(tampering.dir, LEDGER_FILE), { readonly: true })
      const objects = file
        .prepare<[], { type: string; name: string; of: string }>(
          "SELECT type, name, tbl_name AS of FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL",
        )
        .all()
      file.close()
      expect(objects.length).toBeGreaterThan(12)
      const placesOf = (sql: string): Promise<string[]> =>
        tampering.placesAfterFile(path => {
          const opened = new Database(path)
          opened.exec(sql)
          opened.close()
        })
      for (const { type, name, of } of objects)
        expect(await placesOf(`DROP ${type} "${name}"`), name).toContain(`schema ${type} ${name} of ${of}`)
      const silenced = `DROP TRIGGER journal_is_never_deleted;
      CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal BEGIN SELECT 1; END`
      expect(await placesOf(silenced)).toContain('schema trigger journal_is_never_deleted of journal')
      expect(await placesOf('CREATE TABLE hidden (a INTEGER) STRICT')).toContain('schema table hidden')
      // Only SQLite's own objects begin so; a name that merely looks like theirs is a stranger's.
      expect(await placesOf('CREATE TABLE sqliteX (a INTEGER) STRICT')).toContain('schema table sqliteX')
      expect(await placesOf('PRAGMA user_version = 0')).toContain('schema user_version')
      expect(await placesOf('PRAGMA application_id = 0')).toContain('schema application_id')
    },
    MINUTES,
  )

  it('finds a trigger under the name of an index, or of SQLite’s own, and a till does not open with one', async () => {
    const { tampering } = await scene()
    const body = "BEFORE INSERT ON receipt BEGIN SELECT RAISE(ABORT, 'no'); END"
    const index = 'one_open_session_per_drawer'
    const hidden: ((file: Database.Database) => void)[] = [
      file => {
        const made = file.prepare<[string], string>('SELECT sql FROM sqlite_master WHERE name = ?').pluck()
        const sql = made.get(index) ?? ''
        file.exec(`DROP INDEX ${index}; CREATE TRIGGER ${index} ${body}; ${sql}`)
      },
      file => {
        file.unsafeMode()
        file.exec(`CREATE TRIGGER mine ${body}; PRAGMA writable_schema = ON`)
        file.exec(
          "UPDATE sqlite_master SET name = 'sqlite_own', sql = replace(sql, 'mine', 'sqlite_own') WHERE name = 'mine'",
        )
      },
    ]
    for (const hide of hidden) {
      const places = await tampering.placesAfterFile(path => {
        const file = new Database(path)
        hide(file)
        file.close()
      })
      expect(places.join()).toContain('schema trigger')
      expect(() => openTill(tampering.dir, { nowMs: 1, newTillId: '' })).toThrow('does not belong')
    }
  })

  it(
    'finds any byte of the file that was flipped, unless it holds nothing',
    async () => {
      const { tampering } = await scene()
      const whole = JSON.stringify(tablesOf(tampering.dir))
      const below = chanceOf(runSeed())
      let found = 0
      const FLIPS = 150
      for (let flip = 0; flip < FLIPS; flip++) {
        const at = below(tampering.whole.length)
        const bit = 1 << below(8)
        const bytes = Buffer.from(tampering.whole)
        bytes[at] = (bytes[at] ?? 0) ^ bit
        const places = await tampering
          .placesAfterFile(path => writeFileSync(path, bytes))
          .catch((error: unknown) => [String(error)])
        if (places.length > 0) found += 1
        else expect(JSON.stringify(tablesOf(tampering.dir)), `bit ${bit} at ${at}`).toBe(whole)
      }
      expect(found).toBeGreaterThan(FLIPS / 6)
    },
    MINUTES,
  )
})

describe('what each protection is there for', () => {
  it('a hash over the body alone would miss a change of any other column of the journal', async () => {
    const { tables } = await scene()
    const journal = tables.find(shape => shape.table === 'journal')
    if (!journal) throw new Error('no journal')
    const chainOf = (rows: readonly Record<string, Value>[]): string =>
      rows.reduce((before, row) => hashText(`${before}${row.body}`), '')
    const missed = journal.columns.filter(({ name, type }) => {
      const rows = journal.rows.map((row, index) =>
        index === 5 ? { ...row, [name]: otherValue(row[name] ?? null, type) } : row,
      )
      return chainOf(rows) === chainOf(journal.rows)
    })
    expect(missed.map(column => column.name)).not.toContain('body')
    expect(missed).toHaveLength(14)
  })

  it('a sound chain alone would miss every change of a table that is derived from it', async () => {
    const { tampering, tables } = await scene()
    const places = await tampering.placesAfter(file =>
      file.exec("UPDATE receipt SET void_reason = 'never mind' WHERE state = 'voided'"),
    )
    expect(places).toHaveLength(1)
    const problems = new Problems()
    const ledger = new Database(join(tampering.dir, LEDGER_FILE), { readonly: true })
    const replay = new Database('')
    for (const step of ledgerSteps()) replay.exec(step)
    const journal = tables.find(shape => shape.table === 'journal')
    expect(replayJournal(ledger, replay, problems, () => undefined).facts).toBe(journal?.rows.length)
    expect(problems.list).toEqual([])
    ledger.close()
    replay.close()
  })

  it('a look at pages alone would miss every change of a value, and tables alone a damaged index', async () => {
    const { tampering } = await scene()
    const places = await tampering.placesAfter(file =>
      file.exec('UPDATE receipt SET total_cents = total_cents + 1, tendered_cents = tendered_cents + 1'),
    )
    expect(places.length).toBeGreaterThan(0)
    expect(places).not.toContain('file')
    const bent = await tampering.placesAfterFile(path => {
      const file = new Database(path)
      file.unsafeMode()
      file.pragma('writable_schema = ON')
      file.exec(
        "UPDATE sqlite_master SET sql = replace(sql, 'total_cents', 'change_cents') WHERE name = 'receipt_by_amount'",
      )
      file.close()
    })
    expect(bent).toContain('file')
  })
})

/** Figures and findings as `npm run ledger -- verify` prints them. */
const verifyCommand = (dir: string, ...more: string[]) =>
  runNode('electron/cli.ts', ['verify', '--data', dir, ...more])

describe('npm run ledger -- verify', () => {
  it('prints figures and ends with 0 for a clean ledger, with 1 and the first bad place for any other', async () => {
    const { tampering } = await scene()
    const clean = await verifyCommand(tampering.dir)
    expect(clean).toMatchObject({ code: 0, stderr: '' })
    expect(clean.stdout).toMatch(/receipts +5, /)
    const [place] = await tampering.placesAfter(file =>
      file.exec(
        'UPDATE receipt SET cashier_id = approved_by FROM drawer_session WHERE receipt_no = 2 AND approved_by IS NOT NULL',
      ),
    )
    expect(place).toMatch(/^receipt .* cashier_id$/)
    const bad = await verifyCommand(tampering.dir)
    expect(bad.code).toBe(1)
    expect(bad.stdout).toContain(`First bad place: ${place}`)
  })

  it('ends with 1 and words, not with a stack, for a file that cannot be read at all', async () => {
    const { tampering } = await scene()
    writeFileSync(join(tampering.dir, LEDGER_FILE), 'This is the ledger, honestly.'.repeat(500))
    const damaged = await verifyCommand(tampering.dir)
    expect(damaged.code).toBe(1)
    expect(damaged.stdout + damaged.stderr).toMatch(/not a database/)
    expect(damaged.stderr).not.toContain('    at ')
    const missing = await verifyCommand(join(tampering.dir, 'nowhere'))
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('There is no ledger')
    expect(missing.stderr).not.toContain('    at ')
  })

  it('says which fact a code on paper stands for, however it is typed, and what is no code', async () => {
    const till = await openTestTill()
    const { sessionId, receiptIds } = await fullDay(till)
    const auditor = await clientOf(till, 'auditor')
    const z = await auditor.session.readZ({ sessionId })
    const receipt = await auditor.receipt.get({ receiptId: receiptIds[0] ?? '' })
    const first = await verifyCommand(till.dataDir, '--code', receipt.verificationCode)
    expect(first.code).toBe(0)
    expect(first.stdout).toContain(`Receipt posted ${receipt.number}`)
    const typed = (z.verificationCode ?? '').toLowerCase().replaceAll('-', ' ')
    const second = await verifyCommand(till.dataDir, '--code', typed)
    expect(second.code).toBe(0)
    expect(second.stdout).toContain(`Session closed ${z.zNumber}`)
    expect(await verifyCommand(till.dataDir, '--code', '1234')).toMatchObject({ code: 1 })
  })

  it('finds a day that was cut off journal and tables alike, by the code on its Z report', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'colleague')
    await openDrawer(client, 'Window 2')
    await sell(client, cents(1_500))
    const early = join(till.dataDir, 'early.sqlite')
    const file = new Database(join(till.dataDir, LEDGER_FILE))
    file.prepare('VACUUM INTO ?').run(early)
    file.close()
    const { sessionId } = await fullDay(till)
    const auditor = await clientOf(till, 'auditor')
    const z = await auditor.session.readZ({ sessionId })
    await till.close()
    copyFileSync(early, join(till.dataDir, LEDGER_FILE))
    // With the note beside the ledger it is found at once; whoever cuts the one can cut the other.
    expect((await verifyLedger(till.dataDir, () => undefined)).problems[0]?.place).toBe('journal')
    writeFileSync(join(till.dataDir, `${LEDGER_FILE}.head`), '')
    expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
    const missed = await verifyCommand(till.dataDir, '--code', z.verificationCode ?? '')
    expect(missed.code).toBe(1)
    expect(missed.stdout).toContain('NOT FOUND')
  })

  it('sees what was committed and nothing else while the till goes on posting', async () => {
    const till = await openTestTill()
    // A slow machine verifies for longer than a drawer takes to fill.
    await liftLimits(await clientOf(till, 'administrator'))
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    let running = true
    const verified = verifyCommand(till.dataDir).finally(() => {
      running = false
    })
    let receipts = 0
    while (running) {
      await sell(client, cents(100))
      receipts += 1
      await new Promise(done => setImmediate(done))
    }
    expect(await verified).toMatchObject({ code: 0 })
    expect(receipts).toBeGreaterThan(10)
  })
})
