import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { LedgerUnavailable } from '../../db/file/problem.ts'
import { openTill } from '../../db/ledger/till.ts'
import { verifyLedger } from '../../db/verify/verify.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import { freshDir, sampleDir } from '../support/data-folder.ts'
import { cash, catalogLine, liftLimits, openDrawer, receiptInput } from '../support/desk.ts'
import type { Host } from '../support/host.ts'
import { hostClientOf, hostOfTest, hostScreen } from '../support/host-screens.ts'
import { lineOf, startNode } from '../support/run/child.ts'

const SIZE = '12m'

function mount(dir: string, options: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dir]).status === 0
}
const unmount = (dir: string): void => void spawnSync('umount', ['-l', dir])

function cannotMount(): boolean {
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-mount-'))
  const mounted = mount(dir, 'size=1m')
  if (mounted) unmount(dir)
  else console.warn('NOT TESTED: full and read-only disks, because file systems may not be mounted here')
  rmSync(dir, { recursive: true, force: true })
  return !mounted
}

/** A disk of a few megabytes with the sample till on it. */
async function smallDisk(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'tillproof-disk-'))
  if (!mount(dir, `size=${SIZE}`)) throw new Error('could not mount')
  onTestFinished(() => {
    unmount(dir)
    rmSync(dir, { recursive: true, force: true })
  })
  cpSync(await sampleDir(), dir, { recursive: true })
  return dir
}

/** Leaves so many bytes free. */
function fill(dir: string, free: number): void {
  const { bavail, bsize } = statfsSync(dir)
  writeFileSync(join(dir, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - free)))
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : String(error)

/** Posts until the till refuses; gives the numbers that it acknowledged and the refusal. */
async function postUntilRefused(host: Host) {
  await liftLimits(await hostClientOf(host, 'administrator'))
  const cashier = await hostClientOf(host, 'cashier')
  await openDrawer(cashier)
  const line = await catalogLine(cashier, 'MISC', { priceCents: cents(100) })
  const acknowledged: string[] = []
  for (;;) {
    const lines = Array.from({ length: 20 }, () => line)
    const order = receiptInput(lines, [cash(cents(2_000))], cents(2_000))
    try {
      acknowledged.push((await cashier.receipt.post(order)).number)
    } catch (error) {
      return { cashier, acknowledged, error, order }
    }
    if (acknowledged.length > 5_000) throw new Error('The disk never filled')
  }
}

describe.skipIf(cannotMount())('a disk without space', () => {
  it('refuses before money is taken, leaves no half receipt, and goes on when there is space again', async () => {
    const dir = await smallDisk()
    const host = await hostOfTest(dir)
    fill(dir, 400_000)
    const { cashier, acknowledged, error, order } = await postUntilRefused(host)
    expect(codeOf(error)).toBe('LEDGER_UNAVAILABLE')
    expect((error as { data?: { problem?: string } }).data?.problem).toBe('disk-full')
    expect(acknowledged.length).toBeGreaterThan(0)
    // Refused again and again, and still no receipt of it; what is there can be read.
    for (let tries = 0; tries < 5; tries++)
      await expect(cashier.receipt.post(order)).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' })
    const found = await cashier.receipt.find({ limit: 500 })
    expect(found.map(receipt => receipt.number).sort()).toEqual(acknowledged)
    rmSync(join(dir, 'ballast'))
    const after = await cashier.receipt.post(order)
    expect(after.number).toBe(`W1-${String(acknowledged.length + 1).padStart(6, '0')}`)
    const lead = await hostClientOf(host, 'lead')
    const { session } = await cashier.till.state()
    const x = await lead.session.readX({ sessionId: session?.sessionId ?? '' })
    expect(x.receiptCount).toBe(acknowledged.length + 1)
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
    await host.kill()
  })

  it('keeps what was acknowledged through a kill while it is full', async () => {
    const dir = await smallDisk()
    const host = await hostOfTest(dir)
    fill(dir, 300_000)
    const { acknowledged } = await postUntilRefused(host)
    await host.kill()
    rmSync(join(dir, 'ballast'))
    const again = await hostOfTest(dir)
    const cashier = await hostClientOf(again, 'cashier')
    const found = await cashier.receipt.find({ limit: 500 })
    expect(found.map(receipt => receipt.number).sort()).toEqual(acknowledged)
    expect((await verifyLedger(dir, () => undefined)).problems).toEqual([])
    await again.kill()
  })

  it('starts with a screen that says so, and not at all as a till', async () => {
    const dir = await smallDisk()
    fill(dir, 0)
    const host = await hostOfTest(dir)
    const state = await hostScreen(host).client.till.state()
    expect(state.phase).toBe('unavailable')
    expect(state.problem?.problem).toBe('disk-full')
    await expect(hostScreen(host).client.person.names()).rejects.toMatchObject({ code: 'LEDGER_UNAVAILABLE' })
    await host.kill()
  })

  it('is too full for a first start: says so, and goes on from there once there is space, whatever came to be', async () => {
    const met = new Set<string>()
    for (const free of [200, 400, 450, 520, 580, 640, 700, 1_000, 1_400]) {
      const disk = await smallDisk()
      fill(disk, free * 1_024)
      const dir = join(disk, 'till')
      const begin = () => openTill(dir, { nowMs: 1, newTillId: newId() }).close()
      try {
        begin()
        met.add('begun')
      } catch (error) {
        met.add(error instanceof LedgerUnavailable ? error.problem : String(error))
      }
      rmSync(join(disk, 'ballast'))
      begin()
      begin()
    }
    expect([...met].sort()).toEqual(['begun', 'disk-full'])
  })

  it('that may only be read is refused with its reason, and nothing on it is changed', async () => {
    const dir = await smallDisk()
    expect(spawnSync('mount', ['-o', 'remount,ro', dir]).status).toBe(0)
    const before = readdirSync(dir)
    const host = await hostOfTest(dir)
    const { phase, problem } = await hostScreen(host).client.till.state()
    expect(phase).toBe('unavailable')
    expect(['read-only', 'no-permission']).toContain(problem?.problem)
    await host.kill()
    expect(readdirSync(dir)).toEqual(before)
  })
})

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
if (!isRoot) console.warn('NOT TESTED: a data folder of another user, because only root can make one')

describe.skipIf(!isRoot)('a data folder that another user owns', () => {
  it.each([
    ['folder', (dir: string) => chmodSync(dir, 0o555)],
    ['ledger file', (dir: string) => chmodSync(join(dir, 'ledger.sqlite'), 0o444)],
  ])('is refused with its reason when the %s may not be written', async (what, protect) => {
    const dir = await sampleDir()
    for (const name of readdirSync(dir))
      if (what === 'ledger file') chownSync(join(dir, name), NOBODY, NOBODY)
    if (what === 'ledger file') chownSync(dir, NOBODY, NOBODY)
    protect(dir)
    const child = startNode('tests/faults/open-as-nobody.ts', [dir])
    const [, problem] = await lineOf(child, /problem (\S+)/)
    expect(['read-only', 'no-permission']).toContain(problem)
    chmodSync(dir, 0o755)
    chmodSync(join(dir, 'ledger.sqlite'), 0o644)
    openTill(dir, { nowMs: 1, newTillId: '' }).close()
  })

  it('counts a refusal as one of ours, never as a crash', () => {
    const file = join(freshDir(), 'a-file')
    writeFileSync(file, '')
    for (const dir of [file, join(file, 'data')])
      expect(() => openTill(dir, { nowMs: 1, newTillId: '' })).toThrow(LedgerUnavailable)
  })
})
