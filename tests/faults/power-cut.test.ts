import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LEDGER_FILE, openTill } from '../../db/till.ts'
import { verifyLedger } from '../../db/verify.ts'
import { openDrawer } from '../support/ledger-day.ts'
import { CASHIER, freshDir, openLedgerTill, sampleTillDir } from '../support/ledger-till.ts'
import {
  acknowledgedBefore,
  cannotRecord,
  type Event,
  filesAfterCut,
  readFiles,
  record,
  writeFiles,
} from '../support/power-cut.ts'
import { scaled } from '../support/scale.ts'
import { chanceOf, runSeed } from '../support/seed.ts'

const NAMES = [LEDGER_FILE, `${LEDGER_FILE}-wal`, `${LEDGER_FILE}.head`, 'accounts.sqlite']
const RECEIPTS = scaled('POWER_RECEIPTS', 160, 600)
const CUTS = scaled('POWER_CUTS', 80, 2_000)
/** `verify` after every so many cuts; what was acknowledged is looked for after each. */
const VERIFY_EVERY = 8

interface Recording {
  start: Map<string, Buffer>
  events: Event[]
}

async function recording(sync: 'full' | 'normal'): Promise<Recording> {
  const dir = await sampleTillDir()
  const till = await openLedgerTill(dir, { ids: 5_000 })
  const sessionId = await openDrawer(till, CASHIER)
  await till.close()
  const start = readFiles(dir, NAMES)
  const events = record(dir, join(freshDir(), 'recording'), [String(RECEIPTS), sync, sessionId])
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
