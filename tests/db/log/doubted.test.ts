/** A ledger in another state than this till left it in: copied, put back, or with a log that somebody else moved. */
import { copyFileSync, cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { LedgerUnavailable } from '../../../db/file/problem.ts'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { ownCommand } from '../../../electron/backend/request/pins.ts'
import { newId } from '../../../shared/id.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { openDrawer } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill, openTillIn } from '../../support/till.ts'
import { ledgerOf, OPTIONS } from '../file/refused-ledger.ts'
import { edited, flushed, leftBehind, numbersIn, sellSome, soldTill } from './edited-ledger.ts'
import { momentOf, nextRound, putBack, row, rows } from './some-rows.ts'

/** Whether a till that was left so opens as a whole ledger; one that is refused was told. */
async function isWholeOrTold(dir: string): Promise<boolean> {
  try {
    openTill(dir, OPTIONS).close()
  } catch (error) {
    if (error instanceof LedgerUnavailable) return true
    throw error
  }
  const { problems } = await verifyLedger(dir, () => undefined)
  // Its accounts were left behind.
  return problems.every(({ place }) => place === 'accounts')
}

it.each([true, false])(
  'gives no receipt number twice where somebody moved the log of another one into it (note put back: %s)',
  async isNotePutBack => {
    const till = await openTestTill()
    await openDrawer(await clientOf(till, 'cashier'))
    await sellSome(till, 3)
    const backup = join(freshDir(), 'backup')
    await till.restart(dataDir => {
      for (const end of ['', '.head']) copyFileSync(ledgerOf(dataDir) + end, backup + end)
    })
    await sellSome(till, 1)
    await till.restart()
    rows(till.backend, 3)
    await flushed()
    const dir = freshDir()
    cpSync(till.dataDir, dir, { recursive: true, filter: name => !/-shm$|owner/.test(name) })
    writeFileSync(ledgerOf(dir), readFileSync(backup))
    if (isNotePutBack) writeFileSync(`${ledgerOf(dir)}.head`, readFileSync(`${backup}.head`))
    const shell = new Database(ledgerOf(dir))
    shell.prepare('SELECT count(*) FROM receipt').get()
    shell.close()
    const again = openTillIn(dir)
    await sellSome(again, 1)
    await again.close()
    const numbers = numbersIn(dir)
    expect(numbers).toHaveLength(5)
    expect(new Set(numbers).size).toBe(5)
    expect(await verifyLedger(dir, () => undefined)).toMatchObject({ ok: true })
  },
)

it('is told, or whole, where its pages are of before and of after a move of the log', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 50)
  const before = readFileSync(path)
  nextRound(path, till)
  rows(till, 3)
  await flushed()
  const after = momentOf(path, '', '-wal', '.head')
  till.close()
  const file = after.get('') ?? before
  const pageBytes = file.readUInt16BE(16)
  for (const pages of [1, 2, 5, 20, 60]) {
    const copy = freshDir()
    const mixed = Buffer.concat([before.subarray(0, pages * pageBytes), file.subarray(pages * pageBytes)])
    // The mark is stamped before the first page is moved.
    file.copy(mixed, 60, 60, 64)
    putBack(join(copy, LEDGER_FILE), new Map([...after, ['', mixed] as const]))
    expect(await isWholeOrTold(copy), `${pages} pages of before`).toBe(true)
  }
})

it.each<[who: string, hold: (stranger: Database.Database) => void]>([
  ['reads', stranger => stranger.exec('BEGIN; SELECT count(*) FROM journal')],
  ['writes', stranger => stranger.exec('BEGIN IMMEDIATE')],
])(
  'has no log of another copy of the same moment, though somebody %s as the other one starts',
  async (_, hold) => {
    const dir = await sampleDir()
    const path = join(dir, LEDGER_FILE)
    const till = openTill(dir, OPTIONS)
    const copies: Buffer[] = []
    for (const more of [3, 40]) {
      rows(till, more)
      const copy = join(freshDir(), 'copy')
      const reader = new Database(path, { readonly: true })
      await reader.backup(copy)
      reader.close()
      copies.push(readFileSync(copy))
    }
    till.close()
    const [one = Buffer.alloc(0), other = Buffer.alloc(0)] = copies
    for (const end of ['', '.head']) rmSync(path + end)
    writeFileSync(path, one)
    const stranger = new Database(path)
    hold(stranger)
    const standby = openTill(dir, OPTIONS)
    stranger.exec('ROLLBACK')
    stranger.close()
    rows(standby, 3)
    await flushed()
    const killed = momentOf(path, '-wal', '.head')
    standby.close()
    writeFileSync(path, other)
    putBack(path, killed)
    expect(await isWholeOrTold(dir)).toBe(true)
  },
)

it('is one’s own after a kill, though somebody else had moved all of the log and wrote as the till started', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  rows(till, 20)
  const reader = new Database(path, { readonly: true })
  reader.exec('BEGIN; SELECT count(*) FROM journal')
  rows(till, 3)
  till.close()
  reader.exec('COMMIT')
  const stranger = new Database(path)
  stranger.pragma('wal_checkpoint(PASSIVE)')
  stranger.exec('BEGIN IMMEDIATE')
  const again = openTill(dir, OPTIONS)
  stranger.exec('ROLLBACK')
  for (const more of [1, 1, 1, 10]) {
    rows(again, more)
    await flushed()
    const { seq } = again.ledger.head
    const opened = openTill(leftBehind(momentOf(path, '', '-wal', '.head')), OPTIONS)
    expect(opened.ledger.head.seq).toBe(seq)
    opened.close()
  }
  again.close()
  reader.close()
  stranger.close()
})

it('without a note is one’s own, though somebody else moved the log of a till that was killed before its first row', () => {
  const dir = freshDir()
  const path = join(dir, LEDGER_FILE)
  const till = openTill(dir, OPTIONS)
  const killed = momentOf(path, '', '-wal')
  till.close()
  putBack(path, killed)
  const shell = new Database(path)
  shell.pragma('wal_checkpoint(PASSIVE)')
  const moved = momentOf(path, '', '-wal')
  shell.close()
  openTill(leftBehind(moved), OPTIONS).close()
})

it.each([
  ['a shorter one', false],
  ['one as long', true],
])(
  'of which the log is written over by %s within a transaction takes nothing of it, and no log goes into the file',
  async (_, isAsLong) => {
    const dir = await sampleDir()
    const path = join(dir, LEDGER_FILE)
    const till = openTill(dir, OPTIONS)
    if (isAsLong) nextRound(path, till)
    rows(till, 5)
    const older = readFileSync(`${path}-wal`)
    rows(till, 20)
    await flushed()
    const { seq } = till.ledger.head
    const whole = momentOf(path, '', '-wal', '.head')
    expect(() =>
      ownCommand({ ledger: till.ledger, clock: () => 2, newId }, 'till', 'note', tx => {
        tx.append('person.signed-out', { personId: newId() })
        writeFileSync(`${path}-wal`, older)
      }),
    ).toThrow(/was moved, taken away or put back/)
    expect(() => row(till)).toThrow(/was moved, taken away or put back/)
    till.close()
    expect(readFileSync(path).equals(whole.get('') ?? older)).toBe(true)
    putBack(path, whole)
    const again = openTill(dir, OPTIONS)
    expect(again.ledger.head.seq).toBe(seq)
    again.close()
  },
)

it('a log that another program put there by its name stays where it is at the end', async () => {
  const dir = await sampleDir()
  const path = join(dir, LEDGER_FILE)
  const before = openTill(dir, OPTIONS)
  rows(before, 30)
  await flushed()
  const log = readFileSync(`${path}-wal`)
  before.close()
  const till = openTill(dir, OPTIONS)
  rows(till, 3)
  writeFileSync(`${path}-wal.tmp`, log)
  renameSync(`${path}-wal.tmp`, `${path}-wal`)
  till.close()
  expect(existsSync(`${path}-wal`)).toBe(true)
  expect(readFileSync(`${path}-wal`).equals(log)).toBe(true)
})

it.each<[what: string, copy: (ledger: Database.Database, to: string) => void]>([
  ['VACUUM INTO', (ledger, to) => ledger.prepare('VACUUM INTO ?').run(to)],
  [
    'a change of form',
    (ledger, to) => {
      ledger.pragma('journal_mode = DELETE')
      copyFileSync(ledger.name, to)
    },
  ],
])('a copy by %s is at work from its first start on, edited or not', async (_, copied) => {
  const till = await soldTill()
  await till.close()
  for (const isEdited of [false, true]) {
    const dir = freshDir()
    const ledger = new Database(ledgerOf(till.dataDir))
    copied(ledger, ledgerOf(dir))
    ledger.close()
    if (isEdited) edited(dir)
    const opened = openTill(dir, OPTIONS)
    expect(opened.mended).toEqual(isEdited ? ['till', 'receipt'] : [])
    rows(opened, 3)
    const { seq } = opened.ledger.head
    opened.close()
    const again = openTill(dir, OPTIONS)
    expect([again.ledger.head.seq, again.mended]).toEqual([seq, []])
    again.close()
  }
})
