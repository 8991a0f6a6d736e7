import { ORPCError } from '@orpc/client'
import { describe, expect, it } from 'vitest'
import { changedBalance, refusalCode, refusals, sayError } from '../../../renderer/text/refusals/refusals.ts'
import { sayPieces } from '../../../renderer/text/session/change.ts'
import { levelLabels } from '../../../renderer/text/shell.ts'
import { contract } from '../../../shared/contract/index.ts'
import { cents } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import { makeChange } from '../../../shared/rules/cash/make-change.ts'

interface Declares {
  '~orpc': { errorMap: Record<string, unknown> }
}

function declares(value: unknown): value is Declares {
  return typeof value === 'object' && value !== null && '~orpc' in value
}

const declared = new Set(
  Object.values(contract)
    .flatMap(noun => Object.values<unknown>(noun))
    .filter(declares)
    .flatMap(operation => Object.keys(operation['~orpc'].errorMap)),
)

function refusal(code: string, data?: unknown) {
  return new ORPCError(code, { defined: true, status: 422, data })
}

describe('words for what goes wrong', () => {
  it('every refusal of the contract has words, and no words are left over', () => {
    expect(declared.size).toBeGreaterThan(40)
    expect(Object.keys(refusals).sort()).toEqual([...declared].sort())
  })

  it('a refusal says what to do next', () => {
    expect(sayError(refusal('CASH_ONLY', { number: '0041-22907' }))).toBe(
      'Account 0041-22907 takes no checks. Ask for cash, a card or a money order.',
    )
  })

  it('a wrong PIN says how long to wait', () => {
    expect(sayError(refusal('PIN_WRONG', { retryAfterMs: 3_100 }))).toContain('4 seconds')
    expect(sayError(refusal('PIN_WRONG', { retryAfterMs: 0 }))).toBe('Wrong PIN. Try again.')
  })

  it('a locked-out person is told who can release them', () => {
    expect(sayError(refusal('LOCKED_OUT'))).toMatch(/supervisor or administrator/)
  })

  it('a balance that changed meanwhile is told as what is owed or as credit, and which one it is', () => {
    const changed = refusal('BALANCE_CHANGED', { number: '0041-22907', balanceCents: -1_250 })
    expect(sayError(changed)).toContain(
      'Account 0041-22907 has changed meanwhile: its balance is now 12.50 credit',
    )
    expect(changedBalance(changed)).toEqual({ number: '0041-22907', balanceCents: -1_250 })
    expect(changedBalance(refusal('NO_LINES'))).toBeNull()
  })

  it('a fault has its reference', () => {
    expect(sayError(refusal('FAULT', { reference: 'K7F2' }))).toContain('Not saved. Reference K7F2.')
  })

  it('a till that does not answer is told from a refusal', () => {
    expect(sayError(new TypeError('Failed to fetch'))).toMatch(/not answering/)
    expect(refusalCode(new TypeError('Failed to fetch'))).toBeNull()
  })

  it('an undeclared error shows none of its own text', () => {
    const words = sayError(new ORPCError('SQLITE_CORRUPT', { status: 500, message: 'secret' }))
    expect(words).not.toContain('secret')
  })
})

describe('change in words', () => {
  it('20.63 is counted out as on the picture', () => {
    const usual = US_DENOMINATIONS.filter(d => d.kind === 'note' || d.valueCents < 50)
    const said = sayPieces(makeChange(cents(2_063), usual)).map(({ count, name }) => `${count} ${name}`)
    expect(said).toEqual(['One 20', 'two quarters', 'one dime', 'three pennies'])
  })

  it('no change has no words', () => {
    expect(sayPieces(makeChange(cents(0), US_DENOMINATIONS))).toEqual([])
  })
})

it('the drawer’s level is told in words and never as an amount', () => {
  const fine = Array.from({ length: 15 }, (_, tenths) =>
    levelLabels({ tenths, state: 'fine', lifted: false }),
  )
  expect(fine.every(text => text !== '' && !/\d/.test(text))).toBe(true)
  // From here on the words say what to do; how full that is, the city decides.
  expect(levelLabels({ tenths: 6, state: 'warn', lifted: false })).toBe('turn cash in')
  expect(levelLabels({ tenths: 10, state: 'full', lifted: true })).toBe('full, no cash')
  expect(levelLabels({ tenths: 10, state: 'warn', lifted: true })).toBe('over limit, turn cash in')
})
