/** Ranges that are not one piece of a till's chain, each found by what is wrong with it. */
import { expect, it } from 'vitest'
import { checkRange } from '../../central/range-check.ts'
import type { PushedRow, Range } from '../../shared/central/protocol.ts'
import { Counter, TILL, water } from '../support/central-shop.ts'
import { Pen } from '../support/till-journal.ts'

function written(): Counter {
  const counter = new Counter(new Pen(TILL))
  counter.open()
  return counter
}

/** Changes members of the row at a place. */
const row =
  (index: number, change: (row: PushedRow) => Partial<PushedRow>) =>
  ({ rows }: Range): void => {
    const found = rows[index]
    if (found) Object.assign(found, change(found))
  }

const BROKEN: [what: string, spoil: (range: Range) => void, problem: RegExp][] = [
  ['a changed amount', row(1, ({ body }) => ({ body: body.replace('cash', 'card') })), /hash is another/],
  ['a changed time', row(1, () => ({ at: 1 })), /hash is another/],
  ['a row left out', ({ rows }) => rows.splice(1, 1), /rows are missing/],
  ['rows the other way about', ({ rows }) => rows.reverse(), /rows are missing/],
  ['a row that follows another', row(1, () => ({ prevHash: 'ab'.repeat(32) })), /does not follow/],
  ['a first row that follows one', row(0, () => ({ prevHash: 'ab'.repeat(32) })), /is the first row/],
  ['another till', range => Object.assign(range, { tillId: 'another' }), /hash is another/],
  ['another epoch', range => Object.assign(range, { epoch: 2 }), /hash is another/],
  ['spaces in a body', row(0, ({ body }) => ({ body: ` ${body}` })), /canonical/],
  ['no JSON', row(0, () => ({ body: '{' })), /cannot be read/],
  ['half a character', row(0, () => ({ body: '{"code":"\\ud800"}' })), /cannot be read/],
  ['a version that is not known', row(0, () => ({ version: 2 })), /must be updated/],
  ['an id that no database keeps', row(0, () => ({ commandId: 'a\u0000' })), /plain text/],
]

it.each(BROKEN)('a range with %s is refused', (_what, spoil, problem) => {
  const range = structuredClone(written().pen.take())
  spoil(range)
  const answer = checkRange(range)
  expect(answer.ok ? '' : answer.problem).toMatch(problem)
})

it('a kind of fact that central does not know yet waits until central is updated', () => {
  const { pen } = written()
  pen.write('till.sold' as 'till.set-up', { code: 'W1', sample: false })
  expect(checkRange(pen.take())).toMatchObject({ ok: false, problem: expect.stringMatching(/till\.sold/) })
})

it('a receipt that does not add up is no receipt', () => {
  const counter = written()
  counter.receipt([{ ...water(1, 1_000), cents: water(1, 2_000).cents }])
  expect(checkRange(counter.pen.take())).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/add up/),
  })
})

it('a range as it was written is taken as it is', () => {
  const range = written().pen.take()
  const answer = checkRange(range)
  expect(answer.ok && answer.rows.map(checked => checked.row.hash)).toEqual(
    range.rows.map(({ hash }) => hash),
  )
})
