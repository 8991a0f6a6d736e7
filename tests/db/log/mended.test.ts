/** A ledger that somebody else wrote into: its tables are made anew from the journal, or it is refused. */
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { readHighWaterMark } from '../../../db/file/high-water-mark.ts'
import { logBeside } from '../../../db/file/log-mark.ts'
import { leftAs } from '../../../db/file/still-there.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { journalInsert, lineOf, rowOf } from '../../../db/ledger/journal.ts'
import type { Guard } from '../../../db/ledger/ledger.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { lineHash } from '../../../shared/ledger/chain.ts'
import { sampleDir } from '../../support/data-folder.ts'
import { ledgerOf, OPTIONS } from '../file/refused-ledger.ts'
import { EDIT, edited, flushed, leftBehind, sellSome, sellsNext, soldTill } from './edited-ledger.ts'
import { momentOf, row } from './some-rows.ts'

async function isRefused(work: () => unknown): Promise<boolean> {
  try {
    await work()
    return false
  } catch {
    return true
  }
}

it.each(['and the till stays at work', 'and the till ends', 'and the till is killed before it sees that'])(
  'that was edited while its till ran gives no number twice: %s',
  async how => {
    const till = await soldTill()
    await flushed()
    edited(till.dataDir)
    const left = momentOf(ledgerOf(till.dataDir), '', '-wal', '.head')
    if (how.includes('stays')) await expect(sellSome(till, 1)).rejects.toThrow()
    await till.close()
    await sellsNext(how.includes('killed') ? leftBehind(left) : till.dataDir)
  },
)

it.each<[when: string, guardWith: (guard: Guard, stranger: () => void) => Partial<Guard>]>([
  [
    'before it had begun',
    (guard, stranger) => ({
      mayWrite: () => {
        guard.mayWrite()
        stranger()
      },
    }),
  ],
  [
    'right after its end',
    (guard, stranger) => ({
      wrote: isCommitted => {
        stranger()
        guard.wrote(isCommitted)
      },
    }),
  ],
])(
  'that somebody wrote into while a command waited, %s, takes no more, and gives no number twice',
  async (_, guardWith) => {
    const till = await soldTill()
    const { ledger } = till.backend
    const { guard } = ledger
    let edits = 0
    const stranger = () => {
      edits += 1
      if (edits === 1) edited(till.dataDir)
    }
    ledger.guard = { ...guard, ...guardWith(guard, stranger) }
    const refused = [await isRefused(() => row(till.backend)), await isRefused(() => row(till.backend))]
    expect(refused.at(-1)).toBe(true)
    ledger.guard = guard
    await till.close()
    await sellsNext(till.dataDir)
  },
)

it.each(['its last command', 'its end'])(
  'that somebody wrote into in the very moment of %s, with nothing after it, gives no number twice',
  async moment => {
    const till = await soldTill()
    const { ledger } = till.backend
    const { guard } = ledger
    if (moment === 'its last command') {
      ledger.guard = {
        ...guard,
        wrote: isCommitted => {
          edited(till.dataDir)
          guard.wrote(isCommitted)
        },
      }
      row(till.backend)
      ledger.guard = guard
    } else {
      const { pragma } = Database.prototype
      const spy = vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (
        this: Database.Database,
        source: string,
        options?: Database.PragmaOptions,
      ) {
        if (source === 'wal_checkpoint(TRUNCATE)') {
          spy.mockRestore()
          edited(till.dataDir)
        }
        return pragma.call(this, source, options)
      })
    }
    await till.close()
    const opened = openTill(till.dataDir, OPTIONS)
    expect(opened.mended).toEqual(['till', 'receipt'])
    opened.close()
    await sellsNext(till.dataDir)
  },
)

it('is mended where somebody began a log of their own beside it, and is gone', async () => {
  const till = await soldTill()
  await till.close()
  const path = ledgerOf(till.dataDir)
  // Who may not write and closes last leaves the log where it is.
  const reader = new Database(path, { readonly: true })
  reader.prepare('SELECT count(*) FROM till').get()
  edited(till.dataDir)
  reader.close()
  expect(logBeside(path).owner).toBe('unmarked')
  const foreign = leftBehind(momentOf(path, '', '-wal', '.head'))
  // Of a file that was put there nobody knows what its log is of.
  expect(() => openTill(foreign, OPTIONS)).toThrow(/is not of this ledger/)
  const opened = openTill(till.dataDir, OPTIONS)
  expect(opened.mended).toEqual(['till', 'receipt'])
  opened.close()
  await sellsNext(till.dataDir)
})

it('that is unchanged is refused with a log of another one beside it', async () => {
  const [one, other] = [await soldTill(), await soldTill()]
  await sellSome(other, 40)
  for (const till of [one, other]) await till.close()
  const shell = new Database(ledgerOf(other.dataDir), { readonly: true })
  shell.prepare('SELECT count(*) FROM till').get()
  edited(other.dataDir)
  shell.close()
  copyFileSync(`${ledgerOf(other.dataDir)}-wal`, `${ledgerOf(one.dataDir)}-wal`)
  const before = readFileSync(ledgerOf(one.dataDir))
  expect(logBeside(ledgerOf(one.dataDir)).owner).toBe('unmarked')
  expect(() => openTill(one.dataDir, OPTIONS)).toThrow(expect.objectContaining({ problem: 'damaged' }))
  expect(readFileSync(ledgerOf(one.dataDir)).equals(before)).toBe(true)
})

it('of an older schema is mended too, before its steps: as many tables as it has', async () => {
  const [all = ''] = ledgerSteps()
  const begins = all.indexOf('CREATE TABLE safe_piece (')
  const table = all.slice(begins, all.indexOf(';', begins) + 1)
  const till = await soldTill()
  await till.close()
  const ledger = new Database(ledgerOf(till.dataDir))
  ledger.exec(`DROP TABLE safe_piece; ${EDIT}`)
  ledger.close()
  const steps = [all.replace(table, ''), table]
  const opened = openTill(till.dataDir, { ...OPTIONS, steps })
  expect(opened.mended).toEqual(['till', 'receipt'])
  opened.close()
  const again = openTill(till.dataDir, { ...OPTIONS, steps })
  expect(again.mended).toEqual([])
  again.close()
})

it('that cannot be mended now is refused in words', async () => {
  const till = await soldTill()
  await till.close()
  edited(till.dataDir)
  const writer = new Database(ledgerOf(till.dataDir))
  writer.exec('BEGIN IMMEDIATE')
  for (const steps of [ledgerSteps(), [...ledgerSteps(), 'SELECT 1']])
    expect(() => openTill(till.dataDir, { ...OPTIONS, steps })).toThrow(
      expect.objectContaining({ problem: 'in-use' }),
    )
  writer.exec('ROLLBACK')
  writer.close()
  await sellsNext(till.dataDir)
}, 60_000)

it('is as it was noted after each command, refused ones too: a kill then makes no start slow', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  const command = { ledger: till.ledger, clock: () => 2, newId }
  const doubted: number[] = []
  let moves = 0
  for (let at = 0; moves < 3; at += 1) {
    const before = leftAs(path)
    row(till)
    for (let undone = 0; undone < 3; undone += 1)
      expect(() =>
        ownCommand(command, 'till', 'note', () => {
          throw new Error('refused')
        }),
      ).toThrow('refused')
    await flushed()
    await flushed()
    if (leftAs(path) === before) continue
    moves += 1
    const noted = readHighWaterMark(path)
    if (noted?.file !== leftAs(path) || noted.log !== logBeside(path).end) doubted.push(at)
  }
  till.close()
  expect(doubted).toEqual([])
})

it('is mended again where the till was killed as soon as it had mended it, and the log is gone', async () => {
  const till = await soldTill()
  await till.close()
  edited(till.dataDir)
  const opened = openTill(till.dataDir, OPTIONS)
  expect(opened.mended).toEqual(['till', 'receipt'])
  await flushed()
  const dir = leftBehind(momentOf(ledgerOf(till.dataDir), '', '.head'))
  opened.close()
  await sellsNext(dir)
})

it('is mended where its tables wait for a rebuild, and where the next step would refuse them', async () => {
  const till = await soldTill()
  await till.close()
  const waiting = [...ledgerSteps(), "INSERT INTO rebuild_wanted (table_name) VALUES ('receipt'), ('till')"]
  openTill(till.dataDir, { ...OPTIONS, steps: waiting }).close()
  edited(till.dataDir)
  const opened = openTill(till.dataDir, { ...OPTIONS, steps: [...waiting, 'SELECT 1'] })
  expect(opened.wanted).toEqual([])
  opened.close()
  const { problems } = await verifyLedger(till.dataDir, () => undefined)
  // Of a later program.
  expect(problems.map(({ place }) => place)).toEqual(['schema user_version'])
})

it('is refused where its journal cannot be replayed either', async () => {
  const till = await soldTill()
  await till.close()
  const ledger = new Database(ledgerOf(till.dataDir))
  const last = ledger
    .prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1')
    .get()
  if (!last) throw new Error('The journal is empty')
  const next = { seq: last.seq + 1, prevHash: last.hash, kind: 'person.greeted', body: '{}', texts: '' }
  const line = { ...lineOf(last), ...next, commandId: newId() }
  journalInsert(ledger)(rowOf(line, { hash: lineHash(line), text: null }))
  ledger.close()
  expect(() => openTill(till.dataDir, OPTIONS)).toThrow(/its journal cannot be replayed/)
})

it('is checked whole once, and then believed until somebody else writes into it again', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  openTill(dir, OPTIONS).close()
  const spoil = () => {
    const shell = new Database(path)
    shell.exec("UPDATE person SET name = name || ' the second'")
    shell.close()
  }
  spoil()
  const opened = openTill(dir, OPTIONS)
  expect(opened.mended).toEqual(['person'])
  opened.close()
  const again = openTill(dir, OPTIONS)
  expect(again.mended).toEqual([])
  again.close()
  expect(await verifyLedger(dir, () => undefined)).toMatchObject({ ok: true })
})
