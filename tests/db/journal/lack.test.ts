/** A receipt whose figures cannot be: no till states one, and `verify` tells of one that somebody chained all the same. */
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { rowOf } from '../../../db/ledger/journal.ts'
import type { JournalTableRow } from '../../../db/ledger/schema.ts'
import { ledgerSteps } from '../../../db/ledger/steps.ts'
import { Problems } from '../../../db/verify/problems.ts'
import { replayJournal } from '../../../db/verify/replay.ts'
import { newId } from '../../../shared/id.ts'
import { lineHash, readJournalLine } from '../../../shared/ledger/chain.ts'
import { readBody } from '../../../shared/ledger/facts.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { accountLine, Counter, itemId, TILL, WATER_GL } from '../../support/central/central-shop.ts'
import { Pen } from '../../support/central/till-journal.ts'
import { openTestTill } from '../../support/till.ts'

const part = (cents: number): [string, number, string] => [itemId(1, 1), cents, WATER_GL]

/** The journal of a counter with one receipt of 1.00. */
function journalWith(parts: readonly number[]): JournalTableRow[] {
  const counter = new Counter(new Pen(TILL))
  counter.open()
  counter.receipt([accountLine(1, parts.map(part))])
  return counter.pen.take().rows.map(({ line: text, text: words }) => {
    const line = readJournalLine(text)
    if (!line) throw new Error('The pen wrote no line')
    return rowOf(line, { hash: lineHash(line), text: words })
  })
}

function problemsOf(rows: readonly JournalTableRow[]): string[] {
  const [ledger, replay] = [new Database(''), new Database('')]
  for (const step of ledgerSteps()) for (const file of [ledger, replay]) file.exec(step)
  for (const row of rows) {
    const columns = Object.keys(row)
    const places = columns.map(column => `@${column}`).join()
    ledger.prepare(`INSERT INTO journal (${columns.join()}) VALUES (${places})`).run(row)
  }
  // Whose drawer it is, and who took the money, is not in this journal.
  replay.pragma('foreign_keys = OFF')
  const problems = new Problems()
  replayJournal(ledger, replay, problems, () => undefined)
  return problems.list.map(({ problem }) => problem)
}

it('is told by verify, though every row chains and every table follows from it', () => {
  expect(problemsOf(journalWith([100]))).toEqual([])
  const [lack] = problemsOf(journalWith([1_000, -900]))
  expect(lack).toMatch(/^states a receipt\.posted that pays a part that is below zero/)
})

it('is stated by no till', async () => {
  const receipt = journalWith([1_000, -900]).at(-1)
  if (receipt?.kind !== 'receipt.posted') throw new Error('The last row is no receipt')
  const { body } = readBody(receipt.kind, receipt.version, receipt.body)
  const { ledger } = (await openTestTill()).backend
  const { head } = ledger
  const command = {
    commandId: newId(),
    commandHash: '0'.repeat(64),
    actorId: 'till',
    at: 1,
    businessDate: '2026-11-20' as BusinessDate,
  }
  const words = { texts: { lines: [{ name: '', address: '' }] }, salt: 'c2FsdC1vZi10aGUtdGVzdA' }
  expect(() =>
    ledger.write(command, tx => tx.append('receipt.posted', body as never, { words } as never)),
  ).toThrow(/below zero/)
  expect(ledger.head).toEqual(head)
})
