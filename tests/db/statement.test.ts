import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import { lastJournalRow, rowsOfCommand } from '../../db/ledger/journal.ts'
import { Reader } from '../../db/ledger/reader.ts'
import { build, statement } from '../../db/ledger/statement.ts'
import { journalPage } from '../../db/queries/journal.ts'
import { postingPlaceOf } from '../../db/queries/posting-place.ts'
import { pendingAllocations } from '../../db/queries/receipt/receipt.ts'
import { unclosedSessionOf } from '../../db/queries/session/session.ts'
import { BEFORE_ALL } from '../../shared/account.ts'
import { sampleDir } from '../support/data-folder.ts'
import { samplePerson } from '../support/template.ts'

/** The ledger's file, with every statement that is prepared on it written down. */
async function watchedLedger(): Promise<{ file: Database.Database; prepared: string[] }> {
  const file = new Database(join(await sampleDir(), LEDGER_FILE), { readonly: true })
  const prepared: string[] = []
  const prepare = file.prepare.bind(file)
  file.prepare = ((sql: string) => {
    prepared.push(sql)
    return prepare(sql)
  }) as typeof file.prepare
  return { file, prepared }
}

describe('a query that runs on every receipt', () => {
  it('is prepared once, however often it is asked', async () => {
    const { file, prepared } = await watchedLedger()
    const reader = new Reader(file)
    for (const commandId of ['a', 'b', 'c']) expect(reader.many(rowsOfCommand, { commandId })).toEqual([])
    expect(prepared).toHaveLength(1)
    file.close()
  })

  it('has in its text what never changes, and takes nothing but what does', async () => {
    const { file, prepared } = await watchedLedger()
    expect(unclosedSessionOf(new Reader(file), samplePerson('cashier').personId)).toBeUndefined()
    expect(prepared[0]).toContain(`"cashier_id" = +?`)
    expect(prepared[0]).toContain(`"state" <> 'closed'`)
    expect(prepared[0]?.match(/\?/g)).toHaveLength(1)
    file.close()
  })

  it('finds its rows by the index that was made for it', async () => {
    const { file, prepared } = await watchedLedger()
    const reader = new Reader(file)
    reader.many(rowsOfCommand, { commandId: 'a' })
    unclosedSessionOf(reader, 'a')
    pendingAllocations(reader, 'a', BEFORE_ALL)
    const indexes = ['journal_command', 'one_open_session_per_cashier', 'receipt_line_by_account']
    for (const [place, sql] of prepared.slice(0, 3).entries()) {
      const values = Array.from(sql.match(/\?/g) ?? [], () => 'a')
      const plan = file.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
      expect(plan[0]?.detail).toContain(indexes[place])
    }
    file.close()
  })

  it('finds session, drawer, cash and till in one look, and reads none of them through', async () => {
    const { file, prepared } = await watchedLedger()
    expect(postingPlaceOf(new Reader(file), samplePerson('cashier').personId)).toBeUndefined()
    const plan = file.prepare<[string], { detail: string }>(`EXPLAIN QUERY PLAN ${prepared[0]}`).all('a')
    const details = plan.map(({ detail }) => detail)
    expect(details).toContainEqual(expect.stringContaining('one_open_session_per_cashier'))
    // A ledger has one till.
    expect(details.filter(detail => detail.startsWith('SCAN'))).toEqual(['SCAN t'])
    file.close()
  })

  it('finds the end of the journal without reading the journal', async () => {
    const { file, prepared } = await watchedLedger()
    const reader = new Reader(file)
    reader.one(lastJournalRow, {})
    journalPage(reader, { before: { epoch: 1, seq: 9 }, kind: 'receipt.posted', limit: 5 })
    expect(prepared).toHaveLength(2)
    for (const sql of [...prepared]) {
      const values = Array.from(sql.match(/\?/g) ?? [], () => 1)
      const plan = file.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...values)
      expect(plan.map(step => step.detail).join()).not.toContain('ORDER BY')
    }
    file.close()
  })

  it('keeps a quote in a constant a quote', async () => {
    const { file } = await watchedLedger()
    const nobody = statement<object>()(() =>
      build.selectFrom('person').select('name').where('name', '=', "O'Brien'); DROP TABLE person; --"),
    )
    expect(new Reader(file).many(nobody, {})).toEqual([])
    file.close()
  })

  it('compares a text with a text and a number with a number', async () => {
    const { file } = await watchedLedger()
    const bySeq = statement<{ seq: number }>()(parameter =>
      build.selectFrom('journal').select(['seq', 'kind']).where('seq', '=', parameter('seq')),
    )
    expect(new Reader(file).one(bySeq, { seq: 1 })).toEqual({ seq: 1, kind: 'till.set-up' })
    file.close()
  })
})
