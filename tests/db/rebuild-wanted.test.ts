/** Tables that a step wants made anew: payments go on with what is there, and the next start takes the new ones. */
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { factOf } from '../../db/ledger/journal.ts'
import { rebuildBeside } from '../../db/ledger/rebuild.ts'
import type { JournalTableRow } from '../../db/ledger/schema.ts'
import { ledgerSteps } from '../../db/ledger/steps.ts'
import { openTill } from '../../db/ledger/till.ts'
import { verifyLedger } from '../../db/verify/verify.ts'
import { newId } from '../../shared/id.ts'
import { openDrawer } from '../support/desk.ts'
import { clientOf } from '../support/screens.ts'
import { liveTill } from './rebuilt-till.ts'

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
const EMPTIED = [
  ...ledgerSteps(),
  "DELETE FROM session_tender; INSERT INTO rebuild_wanted (table_name) VALUES ('session_tender')",
]

function lastPaid(path: string) {
  const file = new Database(path, { readonly: true })
  const row = file.prepare<[], JournalTableRow>("SELECT * FROM journal WHERE kind = 'movement.paid'").get()
  file.close()
  const fact = row && factOf(row)
  if (fact?.kind !== 'movement.paid') throw new Error('Nothing was paid in or out on a full day')
  return fact
}

/** What drawers were paid in and out by their sums. */
function paidSums(path: string): unknown {
  const file = new Database(path, { readonly: true })
  try {
    return file.prepare('SELECT sum(paid_in_cents + paid_out_cents) FROM session_tender').pluck().get()
  } finally {
    file.close()
  }
}

it('may be of a table whose rows of before are not there: payments go on, and then it is whole', async () => {
  const { till, path } = await liveTill()
  const { sessionId } = await openDrawer(await clientOf(till, 'cashier'))
  await till.close()
  const before = paidSums(path)
  const openEmptied = (nowMs: number) => openTill(till.dataDir, { nowMs, newTillId: '', steps: EMPTIED })
  const emptied = openEmptied(2)
  const { actorId, at, businessDate, body } = lastPaid(path)
  emptied.ledger.write({ commandId: newId(), commandHash: 'ab'.repeat(32), actorId, at, businessDate }, tx =>
    tx.append('movement.paid', {
      ...body,
      sessionId,
      movementId: newId(),
      movementNo: 9_999,
      number: 'W1-M9999',
    }),
  )
  emptied.close()
  rebuildBeside(path, { steps: EMPTIED })
  const opened = openEmptied(3)
  expect([emptied.wanted, opened.rebuilt]).toEqual([['session_tender'], 'taken'])
  opened.close()
  expect(paidSums(path)).toBe(Number(before) + body.cents)
})
