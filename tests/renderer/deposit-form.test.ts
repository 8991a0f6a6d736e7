import { describe, expect, it } from 'vitest'
import {
  byBank,
  chosenParts,
  emptyForm,
  partKey,
  problemOf,
  proposedFor,
  toMakeUpInput,
  totalsOf,
  type WaitingPart,
  withPart,
} from '../../renderer/features/deposit/deposit-form.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import { type PieceCount, US_DENOMINATIONS } from '../../shared/rules/cash/denominations.ts'
import { businessDateOf } from '../../shared/time.ts'

const notes = (valueCents: number, pieces: number): PieceCount => ({
  valueCents: cents(valueCents),
  kind: 'note',
  pieces,
  bundles: 0,
})
const waits = (cash: number, items: number, proposedPieces: PieceCount[] | null): WaitingPart => ({
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
  partNo: 1,
  bankAccountId: null,
  dueCents: cents(0),
  dueAtMs: 0,
  overdue: false,
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
const both = withPart(withPart(begun, partKey(one), waiting), partKey(two), waiting)
const totals = (form: typeof begun) => totalsOf(form, waiting, US_DENOMINATIONS)

describe('cash for the bank', () => {
  it('of several sessions is proposed as one pile', () => {
    expect(proposedFor([one, two])).toEqual([notes(2_000, 4), notes(1_000, 1)])
  })

  it('is not proposed where one change fund could not be left behind', () => {
    expect(proposedFor([one, unproposed])).toBeNull()
  })

  it('is proposed anew when a session comes or goes', () => {
    expect(both.pieces).toEqual([notes(2_000, 4), notes(1_000, 1)])
    const alone = withPart(both, partKey(one), waiting)
    expect(alone.pieces).toEqual(two.proposedPieces)
    expect(chosenParts(alone, waiting)).toEqual([two])
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
    const form = withPart(begun, partKey(empty), [empty])
    expect(problemOf(form, totalsOf(form, [empty], US_DENOMINATIONS))).toBe('nothing')
  })

  it('is sent with its own command id, and without rows of nothing', () => {
    const form = { ...both, bagNumber: ' 7741 ', pieces: [...both.pieces, notes(500, 0)] }
    const commandId = newId()
    expect(problemOf(form, totals(form))).toBeNull()
    expect(toMakeUpInput(form, commandId, waiting)).toEqual({
      commandId,
      bankAccountId,
      parts: [one, two].map(({ sessionId, partNo }) => ({ sessionId, partNo })),
      pieces: both.pieces,
      bagNumber: '7741',
    })
  })

  it('goes nowhere without a bank account', () => {
    expect(toMakeUpInput({ ...both, bankAccountId: null }, newId(), waiting)).toBeNull()
  })
})

describe('money that belongs to one bank account', () => {
  const water = { ...waits(4_000, 0, [notes(2_000, 2)]), bankAccountId: newId(), dueAtMs: 200 }
  const permits = { ...waits(1_000, 500, [notes(1_000, 1)]), bankAccountId: newId(), dueAtMs: 100, partNo: 2 }
  const all = [one, water, permits]
  const ofAll = (form: typeof begun) => totalsOf(form, all, US_DENOMINATIONS)

  it('is grouped by bank account, what is due first on top', () => {
    const late = { ...water, sessionId: newId(), dueAtMs: 300 }
    expect(byBank([late, water, permits]).map(group => group.parts)).toEqual([[permits], [water, late]])
  })

  it('chooses its bank account, and goes with money that any account may have', () => {
    const form = withPart(withPart(begun, partKey(water), all), partKey(one), all)
    expect(form.bankAccountId).toBe(water.bankAccountId)
    expect(problemOf({ ...form, bagNumber: 'B' }, ofAll(form))).toBeNull()
  })

  it('does not go with the money of another, nor to another', () => {
    const mixed = withPart(withPart(begun, partKey(water), all), partKey(permits), all)
    expect(problemOf(mixed, ofAll(mixed))).toBe('wrong-bank')
    const elsewhere = { ...withPart(begun, partKey(water), all), bankAccountId }
    expect(problemOf(elsewhere, ofAll(elsewhere))).toBe('wrong-bank')
  })
})
