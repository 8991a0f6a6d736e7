import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import { rebuildBeside, rebuildPath } from '../../db/ledger/rebuild.ts'
import { openTill } from '../../db/ledger/till.ts'
import { verifyLedger } from '../../db/verify/verify.ts'
import { cents } from '../../shared/money.ts'
import { freshDir, sampleDir } from '../support/data-folder.ts'
import { openDrawer, sell } from '../support/desk.ts'
import { scaled } from '../support/run/scale.ts'
import { chanceOf, runSeed } from '../support/run/seed.ts'
import { clientOf } from '../support/screens.ts'
import { openTillIn } from '../support/till.ts'
import {
  acknowledgedBefore,
  cannotRecord,
  type Event,
  filesAfterCut,
  readFiles,
  record,
  writeFiles,
} from './power/power-cut.ts'

const REBUILT_FILE = rebuildPath(LEDGER_FILE)
const NAMES = [LEDGER_FILE, `${LEDGER_FILE}-wal`, `${LEDGER_FILE}.head`, REBUILT_FILE, 'accounts.sqlite']
const RECEIPTS = scaled('POWER_RECEIPTS', 80, 600)
/** Receipts that a rebuilt file has to catch up. */
const RECEIPTS_SINCE = 40
const CUTS = scaled('POWER_CUTS', 12, 2_000)
/** `verify` after every so many cuts; what was acknowledged is looked for after each. */
const VERIFY_EVERY = 8

interface Recording {
  start: Map<string, Buffer>
  events: Event[]
}

async function recording(sync: 'full' | 'normal'): Promise<Recording> {
  const dir = await sampleDir()
  const till = openTillIn(dir)
  const { sessionId } = await openDrawer(await clientOf(till, 'cashier'))
  await till.close()
  const start = readFiles(dir, NAMES)
  const events = record('power-child.ts', join(freshDir(), 'recording'), [
    dir,
    String(RECEIPTS),
    sync,
    sessionId,
  ])
  expect(acknowledgedBefore(events, events.length)).toBe(RECEIPTS)
  return { start, events }
}

/** How many of the receipts on record are there after the cut, as a restarted till would see it. */
function receiptsAfter(dir: string): number {
  openTill(dir, { nowMs: 1, newTillId: '' }).close()
  return receiptsIn(dir)
}

function receiptsIn(dir: string): number {
  const file = new Database(join(dir, LEDGER_FILE))
  const count = file.prepare<[], number>('SELECT count(*) FROM receipt').pluck().get() ?? 0
  file.close()
  return count
}

describe.skipIf(cannotRecord())('a power cut while receipts are posted', () => {
  it(
    'loses no acknowledged receipt, leaves none half there, and the ledger opens and proves itself',
    async () => {
      const { start, events } = await recording('full')
      const below = chanceOf(runSeed())
      for (let trial = 0; trial < CUTS; trial++) {
        const cut = below(events.length + 1)
        const dir = freshDir()
        writeFiles(dir, filesAfterCut(start, events, cut, below))
        const acknowledged = acknowledgedBefore(events, cut)
        const found = receiptsAfter(dir)
        expect(found, `cut at ${cut}`).toBeGreaterThanOrEqual(acknowledged)
        // The one in hand may have come through; never one that was not begun.
        expect(found, `cut at ${cut}`).toBeLessThanOrEqual(acknowledged + 1)
        if (trial % VERIFY_EVERY === 0)
          expect((await verifyLedger(dir, () => undefined)).problems, `cut at ${cut}`).toEqual([])
        // Thousands of ledgers would not fit on the disk until the end of the test.
        rmSync(dir, { recursive: true })
      }
    },
    60_000 + CUTS * 600,
  )

  it('flushes the log at least once for each acknowledged receipt', async () => {
    const { events } = await recording('full')
    const flushes = events.filter(event => event.kind === 'flush' && event.file === `${LEDGER_FILE}-wal`)
    expect(flushes.length).toBeGreaterThanOrEqual(RECEIPTS)
  })

  it(
    'would lose acknowledged receipts with synchronous=NORMAL: the control',
    async () => {
      const { start, events } = await recording('normal')
      const below = chanceOf(runSeed())
      let lost = 0
      for (let trial = 0; trial < CUTS; trial++) {
        const cut = below(events.length + 1)
        const dir = freshDir()
        const files = filesAfterCut(start, events, cut, below)
        files.delete(`${LEDGER_FILE}.head`)
        writeFiles(dir, files)
        if (receiptsIn(dir) < acknowledgedBefore(events, cut)) lost += 1
        rmSync(dir, { recursive: true })
      }
      console.info(`synchronous=NORMAL lost acknowledged receipts in ${lost} of ${CUTS} power cuts`)
      expect(lost).toBeGreaterThan(CUTS / 4)
    },
    60_000 + CUTS * 600,
  )
})

/** A start that takes rebuilt tables, after which the till went on for some receipts. */
async function recordedSwitch(): Promise<Recording> {
  const dir = await sampleDir()
  const till = openTillIn(dir)
  const cashier = await clientOf(till, 'cashier')
  await openDrawer(cashier)
  rebuildBeside(join(dir, LEDGER_FILE))
  for (let receipt = 0; receipt < RECEIPTS_SINCE; receipt++) await sell(cashier, cents(100 + receipt))
  await till.close()
  const start = readFiles(dir, NAMES)
  return { start, events: record('rebuild-child.ts', join(freshDir(), 'recording'), [dir]) }
}

/** Around the name, where all of it is decided, every instant; of the others as many as there is time for. */
const SWITCH_CUTS = scaled('POWER_SWITCH_CUTS', 5, 1_000)
const AROUND = 15

/** Instants of a switch, the last ones first. */
function cutsOf({ events }: Recording): number[] {
  const renamed = events.findIndex(({ kind }) => kind === 'rename')
  const step = Math.max(1, Math.floor(events.length / SWITCH_CUTS))
  return Array.from({ length: events.length + 1 }, (_, at) => events.length - at).filter(
    cut => Math.abs(cut - renamed) <= AROUND || cut % step === 0,
  )
}

/** What a start after each cut finds wrong, up to so many; every receipt was acknowledged long before. */
async function wrongAfterCuts(recorded: Recording, most: number): Promise<string[]> {
  const { start, events } = recorded
  const below = chanceOf(runSeed())
  const wrong: string[] = []
  for (const cut of cutsOf(recorded)) {
    if (wrong.length >= most) break
    const dir = freshDir()
    writeFiles(dir, filesAfterCut(start, events, cut, below))
    try {
      if (receiptsAfter(dir) !== RECEIPTS_SINCE) wrong.push(`cut at ${cut}: ${receiptsIn(dir)} receipts`)
      const { problems } = await verifyLedger(dir, () => undefined)
      if (problems.length > 0) wrong.push(`cut at ${cut}: ${problems[0]?.problem}`)
    } catch (error) {
      wrong.push(`cut at ${cut}: ${String(error)}`)
    }
    rmSync(dir, { recursive: true })
  }
  return wrong
}

describe.skipIf(cannotRecord())('a power cut while rebuilt tables are taken', () => {
  it('leaves the old ledger or the new one, whole', { timeout: 120_000 }, async () => {
    const recorded = await recordedSwitch()
    expect(recorded.events.filter(({ kind }) => kind === 'rename')).toHaveLength(1)
    expect(await wrongAfterCuts(recorded, 5)).toEqual([])
  })

  it('would lose the ledger if the name were given first: the control', { timeout: 120_000 }, async () => {
    const { start, events } = await recordedSwitch()
    const flushed = events.filter(event => event.kind === 'flush' && event.file === REBUILT_FILE)
    expect(flushed.length).toBeGreaterThan(0)
    const unflushed = events.filter(event => !flushed.includes(event))
    expect(await wrongAfterCuts({ start, events: unflushed }, 1)).toHaveLength(1)
  })
})
