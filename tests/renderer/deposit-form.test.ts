import { describe, expect, it } from 'vitest'
import {
  chosenSessions,
  emptyForm,
  problemOf,
  proposedFor,
  toMakeUpInput,
  totalsOf,
  type WaitingSession,
  withSession,
} from '../../renderer/features/deposit/deposit-form.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import { type PieceCount, US_DENOMINATIONS } from '../../shared/rules/denominations.ts'
import { businessDateOf } from '../../shared/time.ts'

const notes = (valueCents: number, pieces: number): PieceCount => ({
  valueCents: cents(valueCents),
  kind: 'note',
  pieces,
  bundles: 0,
})
const waits = (cash: number, items: number, proposedPieces: PieceCount[] | null): WaitingSession => ({
  sessionId: newId(),
  number: 'W1-S0001',
  zNumber: 'W1-Z0001',
  drawerName: 'Window 1',
  cashierId: newId(),
  cashierName: 'M. Alvarez',
  businessDate: businessDateOf(0, 'UTC'),
  openedAtMs: 0,
  closedAtMs: 1,
  state: 'closed',
  receiptCount: 3,
  deposited: false,
  cashCents: cents(cash),
  itemsCents: cents(items),
  itemCount: 2,
  proposedPieces,
})
const one = waits(6_000, 1_500, [notes(2_000, 3)])
const two = waits(3_000, 0, [notes(2_000, 1), notes(1_000, 1)])
const unproposed = waits(500, 0, null)
const waiting = [one, two, unproposed]
const bankAccountId = newId()
const begun = emptyForm(bankAccountId)
const both = withSession(withSession(begun, one.sessionId, waiting), two.sessionId, waiting)
const totals = (form: typeof begun) => totalsOf(form, waiting, US_DENOMINATIONS)

describe('cash for the bank', () => {
  it('of several sessions is proposed as one pile', () => {
    expect(proposedFor([one, two])).toEqual([notes(2_000, 4), notes(1_000, 1)])
  })

  it('is not proposed where one float could not be left behind', () => {
    expect(proposedFor([one, unproposed])).toBeNull()
  })

  it('is proposed anew when a session comes or goes', () => {
    expect(both.pieces).toEqual([notes(2_000, 4), notes(1_000, 1)])
    const alone = withSession(both, one.sessionId, waiting)
    expect(alone.pieces).toEqual(two.proposedPieces)
    expect(chosenSessions(alone, waiting)).toEqual([two])
  })
})

describe('a deposit that is made up', () => {
  it('holds all cash and all checks of its sessions', () => {
    expect(totals(both)).toMatchObject({
      cashWantedCents: 9_000,
      cashCountedCents: 9_000,
      cashDifferenceCents: 0,
      itemsCents: 1_500,
      itemCount: 4,
      totalCents: 10_500,
    })
  })

  it.each([
    ['no-session', begun],
    ['no-bank-account', { ...both, bankAccountId: null }],
    ['cash-differs', { ...both, pieces: [notes(2_000, 4)] }],
    ['count', { ...both, pieces: [notes(2_000, 4), notes(2_000, 1)] }],
    ['no-bag', { ...both, bagNumber: ' ' }],
  ] as const)('waits for what is missing: %s', (problem, form) => {
    expect(problemOf(form, totals(form))).toBe(problem)
  })

  it('waits where the sessions hold nothing', () => {
    const empty = waits(0, 0, [])
    const form = withSession(begun, empty.sessionId, [empty])
    expect(problemOf(form, totalsOf(form, [empty], US_DENOMINATIONS))).toBe('nothing')
  })

  it('is sent with its own command id, and without rows of nothing', () => {
    const form = { ...both, bagNumber: ' 7741 ', pieces: [...both.pieces, notes(500, 0)] }
    const commandId = newId()
    expect(problemOf(form, totals(form))).toBeNull()
    expect(toMakeUpInput(form, commandId)).toEqual({
      commandId,
      bankAccountId,
      sessionIds: [one.sessionId, two.sessionId],
      pieces: both.pieces,
      bagNumber: '7741',
    })
  })

  it('goes nowhere without a bank account', () => {
    expect(toMakeUpInput({ ...both, bankAccountId: null }, newId())).toBeNull()
  })
})
