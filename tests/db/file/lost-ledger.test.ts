import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { highWaterMarkPath } from '../../../db/file/high-water-mark.ts'
import { claimFolder, LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { exportFolder } from '../../../electron/command-line/journal-folder.ts'
import { cents } from '../../../shared/money.ts'
import { freshDir, sampleDir } from '../../support/data-folder.ts'
import { openDrawer, sell } from '../../support/desk.ts'
import { fullDay } from '../../support/full-day.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill, openTillIn } from '../../support/till.ts'
import { ledgerOf, OPTIONS, refusal, refusedUnchanged } from './refused-ledger.ts'

/** A killed till: receipts on record, some of them only in the write-ahead log. */
async function abandonedTill(receipts: number): Promise<{ dir: string; seq: number }> {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  for (let i = 0; i < receipts; i++) await sell(client, cents(1_000 + i))
  // The note follows each answer; requests that come over a transport leave it the time.
  await new Promise(setImmediate)
  const dir = freshDir()
  for (const name of readdirSync(till.dataDir))
    if (!name.endsWith('-shm') && !name.startsWith('owner') && name.includes('.'))
      copyFileSync(join(till.dataDir, name), join(dir, name))
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

  it.each(['-journal', '-wal'])('is refused in words where a folder lies beside its lock: %s', async end => {
    const { dir } = await abandonedTill(1)
    mkdirSync(join(dir, `owner.lock${end}`))
    expect(refusal(dir)).toMatchObject({ problem: 'foreign', detail: expect.stringContaining('owner.lock') })
  })

  it('is refused beside a log that is not its own, and neither is written to', async () => {
    const till = await openTestTill()
    await openDrawer(await clientOf(till, 'cashier'))
    const dir = freshDir()
    const sellSome = async (receipts: number) => {
      const client = await clientOf(till, 'cashier')
      for (let i = 0; i < receipts; i++) await sell(client, cents(1_000 + i))
      await new Promise(setImmediate)
    }
    await sellSome(3)
    // Last night's copy, put back beside what a till that was killed today left.
    await till.restart(dataDir => copyFileSync(ledgerOf(dataDir), ledgerOf(dir)))
    await sellSome(25)
    await till.restart()
    await sellSome(5)
    for (const end of ['-wal', '.head']) copyFileSync(ledgerOf(till.dataDir) + end, ledgerOf(dir) + end)
    const bytes = () => ['', '-wal'].map(end => readFileSync(ledgerOf(dir) + end))
    const before = bytes()
    expect(refusal(dir).problem).toBe('damaged')
    expect(bytes()).toEqual(before)
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
    rmSync(highWaterMarkPath(ledgerOf(dir)))
    const till = openTill(dir, OPTIONS)
    expect(till.ledger.head.seq).toBeLessThan(seq)
    till.close()
  })

  it('is refused when an older copy was put in its place', async () => {
    const till = await openTestTill()
    await openDrawer(await clientOf(till, 'cashier'))
    await till.close()
    const old = readFileSync(ledgerOf(till.dataDir))
    const again = openTillIn(till.dataDir)
    await sell(await clientOf(again, 'cashier'), cents(2_000))
    await again.close()
    writeFileSync(ledgerOf(till.dataDir), old)
    expect(refusedUnchanged(till.dataDir).detail).toContain('was on record')
  })

  it('is refused when an older copy was put in its place with its note, and the till has signed more since', async () => {
    const dir = await sampleDir()
    const older = freshDir()
    for (const name of [LEDGER_FILE, `${LEDGER_FILE}.head`]) copyFileSync(join(dir, name), join(older, name))
    const till = await openTillIn(dir)
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    await sell(client, cents(2_222))
    await till.close()
    expect(await exportFolder(dir, join(older, 'folder'))).toBe(true)
    for (const name of [LEDGER_FILE, `${LEDGER_FILE}.head`]) copyFileSync(join(older, name), join(dir, name))
    for (const end of ['-wal', '-shm']) rmSync(ledgerOf(dir) + end, { force: true })
    expect(refusedUnchanged(dir).detail).toContain('on record')
    const { problems } = await verifyLedger(dir, () => undefined)
    expect(problems.map(({ place }) => place)).toContain('checkpoints.txt')
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
    const till = await openTestTill()
    await fullDay(till)
    await till.close()
    const whole = readFileSync(ledgerOf(till.dataDir))
    const pages = whole.length / 4_096
    expect(pages).toBeGreaterThan(40)
    const cuts = Array.from({ length: pages }, (_, page) => [
      page * 4_096,
      page * 4_096 + 1,
      page * 4_096 + 3_000,
    ])
    for (const cut of cuts.flat()) {
      writeFileSync(ledgerOf(till.dataDir), whole)
      truncateSync(ledgerOf(till.dataDir), cut)
      expect(refusedUnchanged(till.dataDir).problem, `cut at ${cut}`).toBe('damaged')
    }
  })

  it('is made whole or not at all when the program ends while making it', () => {
    const dir = freshDir()
    claimFolder(dir)
    writeFileSync(join(dir, `${LEDGER_FILE}.new`), 'half of a first try')
    openTill(dir, OPTIONS).close()
    expect(existsSync(join(dir, `${LEDGER_FILE}.new`))).toBe(false)
    openTill(dir, OPTIONS).close()
  })
})
