import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { journalInsert } from '../../db/journal.ts'
import { countAfter, hashAt, ROWS_AT_ONCE, receiptNoAt, rowsNext } from '../../db/queries/outbox.ts'
import { Reader } from '../../db/reader.ts'
import { LEDGER_FILE } from '../../db/till.ts'
import type { Place } from '../../shared/place.ts'
import { sampleTillDir } from '../support/ledger-till.ts'

const TILL = 'till-of-two-epochs'

/** A journal of two epochs: 130 rows and, after the till was restored, 3. Every tenth row is a receipt. */
async function twoEpochs() {
  const file = new Database(join(await sampleTillDir(), LEDGER_FILE))
  const insert = journalInsert(file)
  const rowsOf = (epoch: number, count: number) => {
    for (let seq = 1; seq <= count; seq += 1)
      insert({
        tillId: TILL,
        epoch,
        seq,
        commandId: `${epoch}-${seq}`,
        commandHash: '',
        kind: seq % 10 === 0 ? 'receipt.posted' : 'person.signed-in',
        version: 1,
        at: seq,
        businessDate: '2026-11-20',
        actorId: 'somebody',
        body: JSON.stringify(seq % 10 === 0 ? { receiptNo: seq / 10 } : {}),
        prevHash: '',
        hash: `${epoch}/${seq}`,
      })
  }
  rowsOf(1, 130)
  rowsOf(2, 3)
  return { file, reader: new Reader(file) }
}

describe('the journal as it is sent', () => {
  it('comes in order, a few rows at a time, and never two epochs together', async () => {
    const { file, reader } = await twoEpochs()
    const pieces: string[] = []
    let place: Place = { epoch: 0, seq: 0 }
    for (;;) {
      const rows = rowsNext(reader, TILL, place)
      const [first] = rows
      const last = rows.at(-1)
      if (!first || !last) break
      expect(rows.length).toBeLessThanOrEqual(ROWS_AT_ONCE)
      pieces.push(`${first.hash} to ${last.hash}`)
      place = last
    }
    expect(pieces).toEqual(['1/1 to 1/100', '1/101 to 1/130', '2/1 to 2/3'])
    file.close()
  })

  it.each([
    [{ epoch: 0, seq: 0 }, 133, 0],
    [{ epoch: 1, seq: 9 }, 124, 0],
    [{ epoch: 1, seq: 10 }, 123, 1],
    [{ epoch: 1, seq: 130 }, 3, 13],
    // Central holds rows of the first epoch that this till lost when it was restored.
    [{ epoch: 1, seq: 400 }, 3, 13],
    [{ epoch: 2, seq: 2 }, 1, 13],
    [{ epoch: 2, seq: 3 }, 0, 13],
  ])('after $epoch/$seq has %i rows more, and %i receipts before', async (place, rows, receiptNo) => {
    const { file, reader } = await twoEpochs()
    expect(countAfter(reader, TILL, place)).toBe(rows)
    expect(receiptNoAt(reader, TILL, place)).toBe(receiptNo)
    file.close()
  })

  it('knows the hash at its own places alone', async () => {
    const { file, reader } = await twoEpochs()
    expect(hashAt(reader, TILL, { epoch: 2, seq: 3 })).toBe('2/3')
    expect(hashAt(reader, TILL, { epoch: 2, seq: 4 })).toBeUndefined()
    expect(hashAt(reader, TILL, { epoch: 1, seq: 131 })).toBeUndefined()
    file.close()
  })
})
