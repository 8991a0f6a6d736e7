/** Ranges that are not one piece of a till's chain, each found by what is wrong with it. */
import { expect, it } from 'vitest'
import { checkRange } from '../../central/journal/range-check.ts'
import type { Range } from '../../shared/central/protocol.ts'
import { canonical } from '../../shared/ledger/canonical.ts'
import { type JournalLine, journalLine } from '../../shared/ledger/chain.ts'
import { Counter, OTHER_TILL, SET_UP, TILL } from '../support/central/central-shop.ts'
import { lineIn, linkOf, Pen } from '../support/central/till-journal.ts'

function written(): Counter {
  const counter = new Counter(new Pen(TILL))
  counter.open()
  return counter
}

/** Changes members of the line at a place. */
const line =
  (index: number, change: (line: JournalLine) => Partial<JournalLine>) =>
  ({ rows }: Range): void => {
    const found = rows[index]
    if (!found) return
    const read = lineIn(found)
    found.line = journalLine({ ...read, ...change(read) })
  }

/** The first row alone, with members of its line changed: nothing follows it. */
const alone =
  (change: (line: JournalLine) => Partial<JournalLine>) =>
  (range: Range): void => {
    range.rows.splice(1)
    line(0, change)(range)
  }

/** Changes the text of a line. */
const text =
  (index: number, change: (text: string) => string) =>
  ({ rows }: Range): void => {
    const found = rows[index]
    if (found) found.line = change(found.line)
  }

const BROKEN: [what: string, spoil: (range: Range) => void, problem: RegExp][] = [
  ['a changed amount', line(1, ({ body }) => ({ body: body.replace('cash', 'card') })), /does not follow/],
  ['a changed time', line(1, () => ({ at: 1 })), /does not follow/],
  ['a row left out', ({ rows }) => rows.splice(1, 1), /rows are missing/],
  ['rows the other way about', ({ rows }) => rows.reverse(), /rows are missing/],
  ['a row that follows another', line(1, () => ({ prevHash: 'ab'.repeat(32) })), /does not follow/],
  ['another till', range => Object.assign(range, { tillId: OTHER_TILL }), /of another till/],
  ['a row of another epoch', line(1, () => ({ epoch: 2 })), /another epoch/],
  ['spaces in a body', text(0, given => given.replace('"body":{', '"body": {')), /no journal line/],
  ['members in another order', text(0, given => JSON.stringify(sorted(given))), /no journal line/],
  ['one member more', text(0, given => given.replace('{', '{"a":1,')), /no journal line/],
  ['no JSON', text(0, () => '{'), /no journal line/],
  ['half a character', text(0, given => given.replace('W1', '\\ud800')), /no journal line/],
  ['an id that no database keeps', line(0, () => ({ commandId: 'a\u0000' })), /plain text/],
  ['a day that is none', line(0, () => ({ businessDate: '2026-02-30' })), /business date/],
  ['a body with a member too many', alone(({ body }) => ({ body: withMember(body) })), /cannot be read/],
  ['words at no hash', alone(() => ({ texts: 'zz' })), /points at no words/],
  ['words of a kind that has none', alone(() => ({ texts: 'ab'.repeat(32) })), /has none/],
  ['a kind of a thousand letters', alone(() => ({ kind: 'x'.repeat(1_000) })), /of no kind/],
  ['words that are others', ({ rows }) => Object.assign(rows[3] ?? {}, { text: '{}' }), /words|text/],
]

/** The members the other way about. */
const sorted = (given: string): object => Object.fromEntries(Object.entries(JSON.parse(given)).reverse())

const withMember = (body: string): string => canonical({ ...JSON.parse(body), zzz: 1 })

it.each(BROKEN)('a range with %s is refused', (_what, spoil, problem) => {
  const range = structuredClone(written().pen.take())
  spoil(range)
  const answer = checkRange(range)
  expect('problem' in answer ? answer.problem : '').toMatch(problem)
})

it('a kind of fact that central does not know yet waits until central is updated', () => {
  const { pen } = written()
  pen.write('till.sold' as 'till.set-up', SET_UP)
  expect(checkRange(pen.take())).toEqual({
    ok: false,
    code: 'UNKNOWN_FACT',
    kind: 'till.sold',
    version: 1,
  })
  const newer = written().pen.take()
  line(0, () => ({ version: 2 }))(newer)
  expect(checkRange({ ...newer, rows: newer.rows.slice(0, 1) })).toMatchObject({
    code: 'UNKNOWN_FACT',
    kind: 'till.set-up',
    version: 2,
  })
})

it('a range as it was written is taken as it is', () => {
  const range = written().pen.take()
  const answer = checkRange(range)
  expect(answer.ok && answer.rows.map(checked => checked.row.hash)).toEqual(
    range.rows.map(row => linkOf(row).hash),
  )
})
