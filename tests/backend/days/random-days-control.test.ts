/** The controls of the random days: a till that books wrongly is found out, whichever way the money goes astray. */

import { expect, it, vi } from 'vitest'
import type { RowChange } from '../../../shared/ledger/rows/table.ts'
import { ZERO } from '../../../shared/money.ts'
import { liveDays } from '../../support/random-life/days.ts'
import { runSeed } from '../../support/run/seed.ts'
import { openTestTill } from '../../support/till.ts'

/** Row changes as the projection makes them, and as they are booked here. */
type Misbooking = (changes: RowChange[]) => RowChange[]

const till = vi.hoisted(() => ({ booksWrong: (changes: never[]): unknown[] => changes }))

/** Puts itself between every fact and its rows. */
vi.mock(import('../../../shared/ledger/facts.ts'), async original => {
  const facts = await original()
  return { ...facts, project: fact => till.booksWrong(facts.project(fact) as never[]) as RowChange[] }
})

const withoutRows = (table: RowChange['table'], op: RowChange['op']): Misbooking => {
  return changes => changes.filter(change => change.table !== table || change.op !== op)
}

/** What is taken out is booked as what was put in. */
const paidOutAsIn: Misbooking = changes =>
  changes.map(change => {
    if (change.op !== 'update' || change.table !== 'session_tender') return change
    const { paid_out_cents: out, ...add } = change.add ?? {}
    return out === undefined ? change : { ...change, add: { ...add, paid_in_cents: out } }
  })

/** Change is given and never booked. */
const changeForgotten: Misbooking = changes =>
  changes.map(change => {
    if (change.op !== 'update' || change.table !== 'session_tender') return change
    const { change_cents: forgotten, ...add } = change.add ?? {}
    return forgotten === undefined ? change : { ...change, add: { ...add, change_cents: ZERO } }
  })

/** The safe's book has a line for it, and nothing on the line. */
const nothingInSafe: Misbooking = changes =>
  changes.map(change =>
    change.op === 'insert' && change.table === 'safe_entry'
      ? { ...change, row: { ...change.row, cents: ZERO } }
      : change,
  )

const seed = runSeed()
const CONTROLS: [what: string, booked: Misbooking, found: RegExp][] = [
  ['a paid-out with the wrong sign', paidOutAsIn, /^cash expected in Window \d/],
  ['change that is never booked', changeForgotten, /^cash expected in Window \d/],
  ['turned-in cash that never reaches the safe', nothingInSafe, /^the safe:/],
  [
    'checks of a turn-in that stay in the drawer',
    withoutRows('receipt_tender', 'update'),
    /instruments|^Not refused/,
  ],
  ['a bag whose parts go on waiting', withoutRows('session_part', 'update'), /^parts that wait|^Not refused/],
]

it.each(CONTROLS)('%s is found out', { timeout: 60_000 }, async (_what, booked, found) => {
  const opened = await openTestTill()
  till.booksWrong = booked as typeof till.booksWrong
  const lived = liveDays(opened, { seed, days: 10 })
  const error: unknown = await lived.then(() => undefined).catch((failure: unknown) => failure)
  till.booksWrong = changes => changes
  expect(error).toBeInstanceOf(Error)
  const { message, cause } = error as Error
  expect(message).toMatch(/TILLPROOF_SEED=\d+, day \d+, step \d+/)
  expect(cause instanceof Error ? cause.message : cause).toMatch(found)
})
