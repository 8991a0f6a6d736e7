import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { journalInsert, lineOf, rowOf } from '../../../db/ledger/journal.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { lastPlaceAt } from '../../../db/queries/journal.ts'
import { newId } from '../../../shared/id.ts'
import { GENESIS_HASH, type JournalLine, lineHash } from '../../../shared/ledger/chain.ts'
import { cents } from '../../../shared/money.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { sampleDir } from '../../support/data-folder.ts'
import { approvalBy, openDrawer, sell } from '../../support/desk.ts'
import { fullDay } from '../../support/full-day.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

async function journalFile(): Promise<Database.Database> {
  return new Database(join(await sampleDir(), LEDGER_FILE))
}

function lastRow(file: Database.Database): JournalTableRow {
  const row = file.prepare<[], JournalTableRow>('SELECT * FROM journal ORDER BY seq DESC LIMIT 1').get()
  if (!row) throw new Error('The journal is empty')
  return row
}

function nextRow(before: JournalTableRow, changes: Partial<JournalLine> = {}): JournalTableRow {
  const line = { ...lineOf(before), seq: before.seq + 1, prevHash: before.hash, texts: '', ...changes }
  return rowOf(line, { hash: lineHash(line), text: null })
}

it('of a clock that went back, only what stands before the first later row was surely there at a moment', async () => {
  const till = await openTestTill()
  const { reader, head } = till.backend.ledger
  await clientOf(till, 'cashier')
  const early = till.backend.ledger.head
  const atMs = till.clock.now() + HOUR_MS
  till.clock.advance(2 * HOUR_MS)
  await clientOf(till, 'colleague')
  till.clock.advance(-1.5 * HOUR_MS)
  await clientOf(till, 'lead')
  expect(lastPlaceAt(reader, atMs, till.clock.now())).toEqual({ epoch: early.epoch, seq: early.seq })
  expect(lastPlaceAt(reader, atMs + 24 * HOUR_MS, till.clock.now())).toMatchObject({
    seq: till.backend.ledger.head.seq,
  })
  expect(lastPlaceAt(reader, 0, till.clock.now())).toEqual({ epoch: 0, seq: 0 })
  expect(head.seq).toBeLessThan(early.seq)
})

it('a clock that once was days ahead hides nothing of what came since', async () => {
  const till = await openTestTill()
  const { reader } = till.backend.ledger
  till.clock.advance(400 * 24 * HOUR_MS)
  await clientOf(till, 'cashier')
  till.clock.advance(-400 * 24 * HOUR_MS)
  await clientOf(till, 'colleague')
  const atMs = till.clock.now()
  const since = till.backend.ledger.head.seq
  till.clock.advance(HOUR_MS)
  await clientOf(till, 'lead')
  expect(lastPlaceAt(reader, atMs, till.clock.now())).toMatchObject({ seq: since })
})

describe('the journal', () => {
  it('is never updated: the database itself stops it', async () => {
    const file = await journalFile()
    const columns = file.prepare<[], string>("SELECT name FROM pragma_table_info('journal')").pluck().all()
    expect(columns).toHaveLength(15)
    for (const column of columns)
      expect(() => file.exec(`UPDATE journal SET ${column} = ${column} WHERE seq = 1`), column).toThrow(
        'append-only',
      )
    file.close()
  })

  it('is never deleted from, not by one row and not as a whole', async () => {
    const file = await journalFile()
    expect(() => file.exec('DELETE FROM journal WHERE seq = 1')).toThrow('append-only')
    expect(() => file.exec('DELETE FROM journal')).toThrow('append-only')
    file.close()
  })

  it('has no gaps, no second row in one place, and no row replaced by the back door', async () => {
    const file = await journalFile()
    const last = lastRow(file)
    const insert = journalInsert(file)
    expect(() => insert(nextRow(last, { seq: last.seq + 2 }))).toThrow('no gaps')
    expect(() => insert(nextRow(last, { seq: last.seq }))).toThrow('no gaps')
    expect(() => insert(nextRow(last, { epoch: 2 }))).toThrow('no gaps')
    expect(() => file.exec('INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 1')).toThrow(
      'no gaps',
    )
    insert(nextRow(last))
    insert(nextRow(last, { epoch: 2, seq: 1 }))
    expect(() => insert(nextRow(last, { seq: last.seq + 2 }))).toThrow('no gaps')
    file.close()
  })

  it('numbers every fact of a day without a gap and chains each to the one before', async () => {
    const till = await openTestTill()
    await fullDay(till)
    const rows = till.backend.ledger.reader.all<{ seq: number; hash: string; prev_hash: string }>({
      compile: () => ({ sql: 'SELECT seq, hash, prev_hash FROM journal ORDER BY seq', parameters: [] }),
    } as never)
    expect(rows.map(row => row.seq)).toEqual(rows.map((_, index) => index + 1))
    expect(rows.map(row => row.prev_hash)).toEqual([GENESIS_HASH, ...rows.slice(0, -1).map(row => row.hash)])
  })

  it('gives the first answer when a void is sent again with another approver and another PIN', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    await openDrawer(client)
    const receiptId = await sell(client, cents(2_500))
    const order = { commandId: newId(), receiptId, reason: 'Wrong customer' }
    const first = await client.receipt.void({ ...order, approval: approvalBy('supervisor') })
    const { seq } = till.backend.ledger.head
    expect(await client.receipt.void({ ...order, approval: approvalBy('lead') })).toEqual(first)
    await expect(
      client.receipt.void({ ...order, reason: 'Another', approval: approvalBy('lead') }),
    ).rejects.toThrow(expect.objectContaining({ code: 'COMMAND_CONTENT_CHANGED' }))
    expect(till.backend.ledger.head.seq).toBe(seq)
  })

  it('holds no PIN of anybody, in clear or as a hash that could be tried out', async () => {
    const till = await openTestTill()
    await fullDay(till)
    const file = new Database(join(till.dataDir, LEDGER_FILE), { readonly: true })
    const text = file
      .prepare<[], string>('SELECT group_concat(body || command_hash) FROM journal')
      .pluck()
      .get()
    file.close()
    expect(text).not.toContain('"pin"')
    expect(text).not.toContain('"approval"')
  })
})
