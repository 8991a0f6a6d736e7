import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { journalInsert } from '../../db/journal.ts'
import { LEDGER_FILE } from '../../db/till.ts'
import { GENESIS_HASH, type JournalRow, rowHash } from '../../shared/ledger/chain.ts'
import { fullDay, openDrawer, postCash } from '../support/ledger-day.ts'
import { CASHIER, LEAD, pinOf, SUPERVISOR, sampleTill, sampleTillDir } from '../support/ledger-till.ts'

async function journalFile(): Promise<Database.Database> {
  return new Database(join(await sampleTillDir(), LEDGER_FILE))
}

function lastRow(file: Database.Database): JournalRow {
  return file
    .prepare<[], JournalRow>(
      `SELECT till_id AS tillId, epoch, seq, command_id AS commandId, command_hash AS commandHash, kind, version,
       at, business_date AS businessDate, actor_id AS actorId, body, prev_hash AS prevHash, hash
       FROM journal ORDER BY seq DESC LIMIT 1`,
    )
    .get() as JournalRow
}

function nextRow(before: JournalRow, changes: Partial<JournalRow> = {}): JournalRow {
  const row = { ...before, seq: before.seq + 1, prevHash: before.hash, ...changes }
  return { ...row, hash: rowHash(row) }
}

describe('the journal', () => {
  it('is never updated: the database itself stops it', async () => {
    const file = await journalFile()
    const columns = file.prepare<[], string>("SELECT name FROM pragma_table_info('journal')").pluck().all()
    expect(columns).toHaveLength(13)
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
    insert(nextRow(last, { epoch: 2, seq: 1, prevHash: GENESIS_HASH }))
    file.close()
  })

  it('numbers every fact of a day without a gap and chains each to the one before', async () => {
    const till = await sampleTill()
    await fullDay(till)
    const rows = till.backend.ledger.reader.all<{ seq: number; hash: string; prev_hash: string }>({
      compile: () => ({ sql: 'SELECT seq, hash, prev_hash FROM journal ORDER BY seq', parameters: [] }),
    } as never)
    expect(rows.map(row => row.seq)).toEqual(rows.map((_, index) => index + 1))
    expect(rows.map(row => row.prev_hash)).toEqual([GENESIS_HASH, ...rows.slice(0, -1).map(row => row.hash)])
  })

  it('gives the first answer when a void is sent again with another approver and another PIN', async () => {
    const till = await sampleTill()
    await openDrawer(till, CASHIER)
    const client = till.as(CASHIER)
    const receiptId = await postCash(till, client, 2_500)
    const order = { commandId: till.newId(), receiptId, reason: 'Wrong customer' }
    const approve = (name: string) => ({ personId: till.personId(name), pin: pinOf(name) })
    const first = await client.receipt.void({ ...order, approval: approve(SUPERVISOR) })
    const { seq } = till.backend.ledger.head
    expect(await client.receipt.void({ ...order, approval: approve(LEAD) })).toEqual(first)
    await expect(
      client.receipt.void({ ...order, reason: 'Another', approval: approve(LEAD) }),
    ).rejects.toThrow(expect.objectContaining({ code: 'COMMAND_CONTENT_CHANGED' }))
    expect(till.backend.ledger.head.seq).toBe(seq)
  })

  it('holds no PIN of anybody, in clear or as a hash that could be tried out', async () => {
    const till = await sampleTill()
    await fullDay(till)
    const file = new Database(join(till.dir, LEDGER_FILE), { readonly: true })
    const text = file
      .prepare<[], string>('SELECT group_concat(body || command_hash) FROM journal')
      .pluck()
      .get()
    file.close()
    expect(text).not.toContain('"pin"')
    expect(text).not.toContain('"approval"')
  })
})
