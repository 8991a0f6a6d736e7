/** A log belongs to one file: it is written into no other, and the file’s own is never left behind. */
import { once } from 'node:events'
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openTill } from '../../../db/ledger/till.ts'
import type { Writer } from '../../../db/ledger/writer.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { kill, lineOf, startNode } from '../../support/run/child.ts'
import { OPTIONS } from '../file/refused-ledger.ts'
import { nextRound, row, rows } from './some-rows.ts'

/** A till whose log has more of the journal than a start looks at, and its ledger of before, laid aside. */
async function withNewerLog() {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const aside = freshDir()
  const till = openTill(dir, OPTIONS)
  rows(till, 10)
  copyFileSync(path, join(aside, 'older'))
  nextRound(path, till)
  rows(till, 205)
  await new Promise(setImmediate)
  return { dir, path, aside, till }
}

it('an older ledger under a newer log is refused, however much of the journal the log has', async () => {
  const { dir, path, aside, till } = await withNewerLog()
  const { seq } = till.ledger.head
  renameSync(path, join(aside, 'real'))
  copyFileSync(join(aside, 'older'), path)
  till.close()
  const log = readFileSync(`${path}-wal`)
  expect(() => openTill(dir, OPTIONS)).toThrow(/ledger\.sqlite-wal is not of this ledger/)
  expect(readFileSync(`${path}-wal`).equals(log)).toBe(true)
  rmSync(path)
  renameSync(join(aside, 'real'), path)
  const again = openTill(dir, OPTIONS)
  expect(again.ledger.head.seq).toBe(seq)
  again.close()
})

it('and so is one that was copied over the ledger in place', async () => {
  const { dir, path, aside, till } = await withNewerLog()
  // As after a kill: the log and the note lie there, and the ledger is the same file.
  for (const end of ['-wal', '.head']) copyFileSync(path + end, join(aside, `killed${end}`))
  till.close()
  copyFileSync(join(aside, 'older'), path)
  for (const end of ['-wal', '.head']) copyFileSync(join(aside, `killed${end}`), path + end)
  expect(() => openTill(dir, OPTIONS)).toThrow(/ledger\.sqlite-wal is not of this ledger/)
})

it.each<[what: string, put: (older: string, path: string) => void]>([
  ['an older one', copyFileSync],
  ['one that is none', (_older, path) => writeFileSync(path, 'Not a ledger')],
  ['its own bytes once more', (_older, path) => writeFileSync(path, readFileSync(path))],
])(
  'a ledger that is copied over in place while the till runs is written on by nobody: %s',
  async (_, put) => {
    const { dir, path, aside, till } = await withNewerLog()
    const { seq } = till.ledger.head
    const real = readFileSync(path)
    put(join(aside, 'older'), path)
    const there = readFileSync(path)
    const log = readFileSync(`${path}-wal`)
    expect(() => row(till)).toThrow(/was moved, taken away or put back/)
    till.close()
    expect(readFileSync(path).equals(there)).toBe(true)
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true)
    if (!there.equals(real)) expect(() => openTill(dir, OPTIONS)).toThrow(/damaged|not of this ledger/)
    writeFileSync(path, real)
    const again = openTill(dir, OPTIONS)
    expect(again.ledger.head.seq).toBe(seq)
    again.close()
  },
)

it('nothing of a transaction, however long, goes into a log that was put there meanwhile', async () => {
  const { dir, path, till } = await withNewerLog()
  // So that a transaction of some hundred rows is a long one.
  const connection = Reflect.get(till.ledger.reader, 'connection') as Database.Database
  connection.pragma('cache_size = 20')
  const log = readFileSync(`${path}-wal`)
  const others = Buffer.alloc(log.length, 'somebody else’s')
  const work = (tx: Writer): void => {
    writeFileSync(`${path}-wal`, others)
    for (let at = 0; at < 1_000; at += 1) tx.append('person.signed-out', { personId: newId() })
  }
  expect(() => ownCommand({ ledger: till.ledger, clock: () => 2, newId }, 'till', 'note', work)).toThrow(
    /put back/,
  )
  till.close()
  expect(readFileSync(`${path}-wal`).equals(others)).toBe(true)
  writeFileSync(`${path}-wal`, log)
  openTill(dir, OPTIONS).close()
})

it('what the file of another till says is no reason to refuse a command: that it lies there is', async () => {
  const { path, aside, till } = await withNewerLog()
  const command = (work: () => void) =>
    ownCommand({ ledger: till.ledger, clock: () => 2, newId }, 'till', 'note', work)
  const refuse = (): never => {
    throw new Error('There is no such drawer')
  }
  expect(() => command(refuse)).toThrow('There is no such drawer')
  renameSync(path, join(aside, 'real'))
  copyFileSync(join(aside, 'older'), path)
  expect(() => command(refuse)).toThrow(/was moved, taken away or put back/)
  till.close()
})

it('whole folders are put back with their logs, as other files', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 30)
  const { seq } = till.ledger.head
  await new Promise(setImmediate)
  const other = await sampleDir()
  for (const end of ['', '-wal', '.head']) copyFileSync(path + end, join(other, `${LEDGER_FILE}${end}`))
  till.close()
  const copied = openTill(other, OPTIONS)
  expect(copied.ledger.head.seq).toBe(seq)
  copied.close()
})

it('the log of a ledger that is where it was is written into it at the end, whatever became of its name', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  const other = startNode('tests/db/file/reading.ts', [path])
  await lineOf(other, /reads/)
  rows(till, 20)
  const { seq } = till.ledger.head
  rmSync(`${path}-wal`)
  expect(() => row(till)).toThrow(/was moved, taken away or put back/)
  till.close()
  await kill(other)
  const again = openTill(dir, OPTIONS)
  expect(again.ledger.head.seq).toBe(seq)
  again.close()
})

it.each(['as another file', 'in place'])(
  'a ledger that is put back %s while the start migrates it: nothing is taken',
  async how => {
    const dir = await sampleDir()
    const path = join(dir, LEDGER_FILE)
    const long =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000000) SELECT max(i) FROM n'
    const steps = [...ledgerSteps(), long]
    const scanner = startNode('tests/db/file/swapping.ts', [path, `${path}.before-${steps.length}`, how])
    await lineOf(scanner, /waits/)
    const done = once(scanner, 'exit')
    let refusal: unknown
    try {
      openTill(dir, { ...OPTIONS, steps }).close()
    } catch (error) {
      refusal = error
    }
    await done
    expect(refusal).toMatchObject({ problem: 'moved' })
    expect(readFileSync(path).equals(readFileSync(`${path}.put`))).toBe(true)
  },
)

it('a till that may not go on leaves the note of the one that did', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const first = openTill(dir, OPTIONS)
  row(first)
  await new Promise(setImmediate)
  rmSync(join(dir, 'owner.lock'))
  const second = openTill(dir, OPTIONS)
  rows(second, 5)
  await new Promise(setImmediate)
  const noted = (): unknown => JSON.parse(readFileSync(`${path}.head`, 'utf8'))
  const last = noted()
  expect(last).toMatchObject({ seq: second.ledger.head.seq })
  expect(() => row(first)).toThrow(/was moved, taken away or put back/)
  first.close()
  expect(noted()).toEqual(last)
  second.close()
})
