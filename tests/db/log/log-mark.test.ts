/** Which log is of which file is told by what is in them: what a file system says of them comes back with a backup. */
import { copyFileSync, cpSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { logBeside } from '../../../db/file/log-mark.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { createLedger } from '../../../db/ledger/ledger-file.ts'
import { APPLICATION_ID } from '../../../db/ledger/schema.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { cents } from '../../../shared/money.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { openDrawer, sell } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { ledgerOf, OPTIONS } from '../file/refused-ledger.ts'
import { momentOf, nextRound, putBack, row, rows } from './some-rows.ts'

const NOT_OF_THIS = /ledger\.sqlite-wal is not of this ledger/
const A_TIME = new Date(1_763_650_000_000)

it('a closed folder that is put back with its times, and over a killed till’s files, has none of the killed one’s log', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const night = openTill(dir, OPTIONS)
  rows(night, 10)
  night.close()
  utimesSync(path, A_TIME, A_TIME)
  const backup = momentOf(path, '', '.head')
  const till = openTill(dir, OPTIONS)
  nextRound(path, till)
  rows(till, 205)
  await new Promise(setImmediate)
  const killed = readFileSync(`${path}-wal`)
  till.close()
  writeFileSync(`${path}-wal`, killed)
  putBack(path, backup)
  utimesSync(path, A_TIME, A_TIME)
  expect(() => openTill(dir, OPTIONS)).toThrow(NOT_OF_THIS)
  rmSync(`${path}-wal`)
  openTill(dir, OPTIONS).close()
})

it('a ledger that lacks one receipt of before its log is told, though pages and journal are sound', async () => {
  const till = await openTestTill()
  await openDrawer(await clientOf(till, 'cashier'))
  const sellSome = async (receipts: number) => {
    const client = await clientOf(till, 'cashier')
    for (let i = 0; i < receipts; i += 1) await sell(client, cents(1_000 + i))
  }
  await sellSome(3)
  const older = join(freshDir(), 'older')
  await till.restart(dataDir => copyFileSync(ledgerOf(dataDir), older))
  await sellSome(1)
  await till.restart()
  rows(till.backend, 3)
  await new Promise(setImmediate)
  const dir = freshDir()
  cpSync(till.dataDir, dir, { recursive: true, filter: name => !/-shm$|owner/.test(name) })
  writeFileSync(ledgerOf(dir), readFileSync(older))
  expect(() => openTill(dir, OPTIONS)).toThrow(NOT_OF_THIS)
})

it.each<[what: string, harm: (log: string, older: Buffer) => void]>([
  ['emptied', log => truncateSync(log)],
  ['written over by an older one', (log, older) => writeFileSync(log, older)],
])('a log that is %s while the till runs takes no more rows, and goes into no file', async (_, harm) => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 20)
  const older = readFileSync(`${path}-wal`)
  rows(till, 20)
  await new Promise(setImmediate)
  const [file, log] = ['', '-wal'].map(end => readFileSync(path + end))
  harm(`${path}-wal`, older)
  expect(() => row(till)).toThrow(/was moved, taken away or put back/)
  const { seq } = till.ledger.head
  till.close()
  expect(readFileSync(path).equals(file ?? older)).toBe(true)
  expect(() => openTill(dir, OPTIONS)).toThrow(/on record/)
  writeFileSync(`${path}-wal`, log ?? older)
  const again = openTill(dir, OPTIONS)
  expect(again.ledger.head.seq).toBe(seq)
  again.close()
})

it('a log that is older than its file is told, whole as both are together', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 5)
  await new Promise(setImmediate)
  const older = momentOf(path, '-wal', '.head')
  for (let round = 0; round < 3; round += 1) nextRound(path, till)
  till.close()
  const file = readFileSync(path)
  const note = readFileSync(`${path}.head`)
  for (const withNote of [true, false]) {
    putBack(path, older)
    if (!withNote) rmSync(`${path}.head`)
    expect(() => openTill(dir, OPTIONS)).toThrow(NOT_OF_THIS)
    expect(readFileSync(path).equals(file)).toBe(true)
  }
  rmSync(`${path}-wal`)
  writeFileSync(`${path}.head`, note)
  openTill(dir, OPTIONS).close()
})

it('and so is one of which a part was moved, copied while somebody read, beside the file that has all of it', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 5)
  const reader = new Database(path, { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM journal').get()
  // Long enough for some tries to move it.
  rows(till, 600)
  await new Promise(setImmediate)
  const older = momentOf(path, '-wal', '.head')
  rows(till, 300)
  reader.close()
  till.close()
  putBack(path, older)
  expect(() => openTill(dir, OPTIONS)).toThrow(NOT_OF_THIS)
})

it('and so is an earlier log beside a file into which a part was moved, while somebody read', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 5)
  await new Promise(setImmediate)
  const older = momentOf(path, '-wal', '.head')
  rows(till, 100)
  const reader = new Database(path, { readonly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM journal').get()
  const before = readFileSync(path)
  rows(till, 600)
  const file = readFileSync(path)
  expect(file.equals(before)).toBe(false)
  reader.close()
  till.close()
  writeFileSync(path, file)
  putBack(path, older)
  expect(() => openTill(dir, OPTIONS)).toThrow(NOT_OF_THIS)
})

it('a copy that SQLite made has its pages elsewhere: no log is its own', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 5)
  const copy = join(freshDir(), 'copy')
  const other = new Database(path, { readonly: true })
  other.prepare('VACUUM INTO ?').run(copy)
  other.close()
  rows(till, 5)
  await new Promise(setImmediate)
  const killed = momentOf(path, '-wal', '.head')
  till.close()
  copyFileSync(copy, path)
  putBack(path, killed)
  expect(logBeside(path).owner).toBe('another file')
  expect(() => openTill(dir, OPTIONS)).toThrow(/damaged/)
  for (const end of ['-wal', '.head']) rmSync(path + end)
  openTill(dir, OPTIONS).close()
})

it('two copies of one moment’s log are told from each other once a till had one open', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  const copies: Buffer[] = []
  for (const name of ['one', 'other']) {
    rows(till, 3)
    const copy = join(freshDir(), name)
    const reader = new Database(path, { readonly: true })
    await reader.backup(copy)
    reader.close()
    copies.push(readFileSync(copy))
  }
  till.close()
  const [one, other] = copies
  if (!one || !other) throw new Error('There are two')
  for (const end of ['', '.head']) rmSync(path + end)
  writeFileSync(path, one)
  const standby = openTill(dir, OPTIONS)
  rows(standby, 3)
  await new Promise(setImmediate)
  const killed = momentOf(path, '-wal', '.head')
  standby.close()
  writeFileSync(path, other)
  putBack(path, killed)
  expect(() => openTill(dir, OPTIONS)).toThrow(NOT_OF_THIS)
})

it('a log that is put back while the next one could not be begun yet stays', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const before = openTill(dir, OPTIONS)
  rows(before, 30)
  await new Promise(setImmediate)
  const killed = momentOf(path, '', '-wal', '.head')
  before.close()
  const writer = new Database(path)
  writer.exec('BEGIN IMMEDIATE')
  const till = openTill(dir, OPTIONS)
  putBack(path, killed)
  till.close()
  writer.exec('ROLLBACK')
  const log = readFileSync(`${path}-wal`)
  expect(log.equals(killed.get('-wal') ?? Buffer.alloc(0))).toBe(true)
})

it('a log of which a power cut left the beginning over the one before is none: the file has all of that', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  let before = readFileSync(`${path}-wal`)
  const salt = () => readFileSync(`${path}-wal`).subarray(16, 24).toString('hex')
  const first = salt()
  while (salt() === first) {
    before = readFileSync(`${path}-wal`)
    row(till)
  }
  await new Promise(setImmediate)
  const [file, log, note] = ['', '-wal', '.head'].map(end => readFileSync(path + end))
  if (!file || !log || !note) throw new Error('There are three')
  const { seq } = till.ledger.head
  till.close()
  for (const bytes of [16, 32, 48, 56, 80, 117, 118, 2_000, log.length]) {
    writeFileSync(path, file)
    writeFileSync(`${path}-wal`, Buffer.concat([log.subarray(0, bytes), before.subarray(bytes)]))
    writeFileSync(`${path}.head`, note)
    const again = openTill(dir, OPTIONS)
    expect(again.ledger.head.seq).toBe(seq)
    again.close()
  }
})

it('a new ledger has no log before its first till, and a mark of its own', () => {
  const marks = [freshDir(), freshDir()].map(dir => {
    const path = join(dir, LEDGER_FILE)
    createLedger(path, { applicationId: APPLICATION_ID, steps: ledgerSteps() })
    expect(logBeside(path).owner).toBe('no log')
    return readFileSync(path).readUInt32BE(60) >>> 8
  })
  expect(new Set(marks).size).toBe(2)
})

it('two ledgers that go on from one copy draw other marks: a log of one is none of the other', async () => {
  const dirs = [await sampleDir(), await sampleDir()]
  const [one = '', other = ''] = dirs.map(dir => join(dir, LEDGER_FILE))
  openTill(dirs[0] ?? '', OPTIONS).close()
  for (const end of ['', '.head']) copyFileSync(one + end, other + end)
  const [till, branch] = dirs.map(dir => openTill(dir, OPTIONS))
  if (!till || !branch) throw new Error('There are two')
  for (const both of [till, branch]) rows(both, 20)
  nextRound(one, till)
  nextRound(other, branch)
  await new Promise(setImmediate)
  const killed = momentOf(one, '-wal', '.head')
  till.close()
  branch.close()
  putBack(other, killed)
  expect(() => openTill(dirs[1] ?? '', OPTIONS)).toThrow(NOT_OF_THIS)
})

it('a till that may not go on does not stop the one that did', async () => {
  const dir = await sampleDir()
  const first = openTill(dir, OPTIONS)
  row(first)
  rmSync(join(dir, 'owner.lock'))
  const second = openTill(dir, OPTIONS)
  row(second)
  first.close()
  row(second)
  second.close()
})

it('a log that somebody else moved into its own file is no reason to stay', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 20)
  const { seq } = till.ledger.head
  await new Promise(setImmediate)
  const other = new Database(path)
  other.pragma('wal_checkpoint(PASSIVE)')
  other.close()
  expect(() => row(till)).toThrow(/was moved, taken away or put back/)
  till.close()
  const again = openTill(dir, OPTIONS)
  expect(again.ledger.head.seq).toBe(seq)
  rows(again, 3)
  again.close()
  openTill(dir, OPTIONS).close()
})
