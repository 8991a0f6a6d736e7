import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { journalInsert, rowOf } from '../../db/ledger/journal.ts'
import { Reader } from '../../db/ledger/reader.ts'
import { countAfter, hashAt, ROWS_AT_ONCE, receiptNoAt, rowsNext } from '../../db/queries/outbox.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { emptyLedger } from '../faults/sync/ledger.ts'

/** A journal of two epochs: 130 rows and, after the till was restored, 3. Every tenth row is a receipt. */
function twoEpochs() {
  const file = new Database(emptyLedger())
  const insert = journalInsert(file)
  const rowsOf = (epoch: number, count: number) => {
    for (let seq = 1; seq <= count; seq += 1) {
      const isReceipt = seq % 10 === 0
      const line = {
        tillId: 'till-of-two-epochs',
        epoch,
        seq,
        commandId: `${epoch}-${seq}`,
        commandHash: '',
        kind: isReceipt ? 'receipt.posted' : 'person.signed-in',
        version: 1,
        at: seq,
        businessDate: '2026-11-20',
        actorId: 'somebody',
        body: JSON.stringify(isReceipt ? { receiptNo: seq / 10 } : {}),
        texts: '',
        prevHash: '',
      }
      insert(rowOf(line, { hash: `${epoch}/${seq}`, text: null }))
    }
  }
  rowsOf(1, 130)
  rowsOf(2, 3)
  return { file, reader: new Reader(file) }
}

describe('the journal as it is sent', () => {
  it('comes in order, a few rows at a time, and never two epochs together', () => {
    const { file, reader } = twoEpochs()
    const pieces: string[] = []
    let place: JournalPosition = { epoch: 0, seq: 0 }
    for (;;) {
      const rows = rowsNext(reader, place)
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
  ])('after $epoch/$seq has %i rows more, and %i receipts before', (place, rows, receiptNo) => {
    const { file, reader } = twoEpochs()
    expect(countAfter(reader, place)).toBe(rows)
    expect(receiptNoAt(reader, place)).toBe(receiptNo)
    file.close()
  })

  it('knows the hash at its own places alone', () => {
    const { file, reader } = twoEpochs()
    expect(hashAt(reader, { epoch: 2, seq: 3 })).toBe('2/3')
    expect(hashAt(reader, { epoch: 2, seq: 4 })).toBeUndefined()
    expect(hashAt(reader, { epoch: 1, seq: 131 })).toBeUndefined()
    file.close()
  })
})
