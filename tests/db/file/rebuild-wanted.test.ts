/** Tables that a step wants made anew: payments go on with what is there, and the next start takes the new ones. */
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { rebuildBeside } from '../../../db/ledger/rebuild.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { PROJECTED_TABLES } from '../../../shared/ledger/facts.ts'
import { openDrawer } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { liveTill, tablesOf } from './rebuilt-till.ts'

/** A step of a program that makes other lines of a receipt than the one before. */
const MENDED = [...ledgerSteps(), "INSERT INTO rebuild_wanted (table_name) VALUES ('receipt_line')"]

it('that a step wants are taken though they say something else, and the others only where they do not', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const migrated = openTill(till.dataDir, { nowMs: 2, newTillId: '', steps: MENDED })
  expect(migrated.wanted).toEqual(['receipt_line'])
  migrated.close()
  // What the program before made of the same facts.
  const ledger = new Database(path)
  ledger.exec("UPDATE receipt_line SET name = 'as it was called before'")
  ledger.close()
  expect((await verifyLedger(till.dataDir, () => undefined)).problems.length).toBeGreaterThan(0)
  rebuildBeside(path, { steps: MENDED })
  const opened = openTill(till.dataDir, { nowMs: 3, newTillId: '', steps: MENDED })
  expect([opened.rebuilt, opened.wanted]).toEqual(['taken', []])
  opened.close()
  const again = new Database(path)
  expect(again.prepare("SELECT 1 FROM receipt_line WHERE name LIKE 'as it was%'").all()).toEqual([])
  again.exec("UPDATE receipt_tender SET reference = 'another'")
  again.close()
  rebuildBeside(path, { steps: MENDED })
  const last = openTill(till.dataDir, { nowMs: 4, newTillId: '', steps: MENDED })
  expect(last.rebuilt).toBe('differs')
  last.close()
})

/** A step of a program that has a table of today's from its own first start on. */
const emptied = (table: string) => [
  ...ledgerSteps(),
  `DELETE FROM ${table}; INSERT INTO rebuild_wanted (table_name) VALUES ('${table}')`,
]

it.each(PROJECTED_TABLES)(
  'that the step made or emptied are filled before anybody asks them: %s',
  async table => {
    const { till, path } = await liveTill()
    await openDrawer(await clientOf(till, 'cashier'))
    await till.close()
    const before = tablesOf(path)
    const opened = openTill(till.dataDir, { nowMs: 2, newTillId: '', steps: emptied(table) })
    expect([opened.wanted, opened.rebuilt]).toEqual([[], 'none'])
    opened.close()
    expect(tablesOf(path)).toEqual(before)
  },
)

it('keep the till shut where the journal cannot fill them, and the ledger as it was', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const before = tablesOf(path)
  const refusing =
    "CREATE TRIGGER never BEFORE INSERT ON session_tender BEGIN SELECT RAISE(ABORT, 'never'); END"
  const steps = [...emptied('session_tender'), refusing]
  const opening = () => openTill(till.dataDir, { nowMs: 2, newTillId: '', steps })
  expect(opening).toThrow('could not be brought to 3 and is as it was: never')
  expect(tablesOf(path)).toEqual(before)
})

it('are no door for what does not belong: a trigger is refused before a step is taken', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const file = new Database(path)
  file.exec(
    'CREATE TRIGGER mine AFTER INSERT ON rebuild_wanted BEGIN UPDATE session_tender SET paid_in_cents = 7; END',
  )
  file.close()
  const before = tablesOf(path)
  const opening = () => openTill(till.dataDir, { nowMs: 2, newTillId: '', steps: MENDED })
  expect(opening).toThrow('does not belong')
  expect(tablesOf(path)).toEqual(before)
})

it('may be wanted by more than one step', async () => {
  const { till } = await liveTill()
  await till.close()
  const steps = [
    ...emptied('session_tender'),
    "INSERT INTO rebuild_wanted (table_name) VALUES ('session_tender')",
  ]
  const opened = openTill(till.dataDir, { nowMs: 2, newTillId: '', steps })
  expect(opened.wanted).toEqual([])
  opened.close()
})

it('are taken though the sums that they mend were others before', async () => {
  const { till, path } = await liveTill()
  await till.close()
  const steps = [...ledgerSteps(), "INSERT INTO rebuild_wanted (table_name) VALUES ('session_tender')"]
  openTill(till.dataDir, { nowMs: 2, newTillId: '', steps }).close()
  const file = new Database(path)
  file.exec('UPDATE session_tender SET tendered_cents = tendered_cents + 1')
  file.close()
  rebuildBeside(path, { steps })
  const opened = openTill(till.dataDir, { nowMs: 3, newTillId: '', steps })
  expect([opened.rebuilt, opened.wanted]).toEqual(['taken', []])
  opened.close()
})
