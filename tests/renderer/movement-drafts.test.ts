import { describe, expect, it } from 'vitest'
import {
  emptyPaid,
  type PaidDraft,
  paidInput,
  paidProblem,
} from '../../renderer/features/movement/paid-draft.ts'
import {
  bothAgain,
  countInHand,
  emptyTurnIn,
  handedOn,
  isNothing,
  sentCount,
  turnInDraftField,
  withCountInHand,
} from '../../renderer/features/movement/turn-in-draft.ts'
import { readKeptDraft } from '../../renderer/ui/drafts/kept-draft.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import { type PieceCount, US_DENOMINATIONS } from '../../shared/rules/cash/denominations.ts'

const id = newId()
const twenties = (pieces: number): PieceCount => ({
  valueCents: cents(2_000),
  kind: 'note',
  pieces,
  bundles: 0,
})
const check = { receiptId: newId(), tenderNo: 1 }

describe('a turn-in in two hands', () => {
  const given = withCountInHand(emptyTurnIn(id), { pieces: [twenties(4)], items: [check] })
  const taking = handedOn(given)

  it('the taker begins with nothing, whatever the giver has counted', () => {
    expect(isNothing(countInHand(taking))).toBe(true)
    expect(isNothing(countInHand(given))).toBe(false)
  })

  it('what the taker enters leaves the giver’s count alone', () => {
    const both = withCountInHand(taking, { pieces: [twenties(3)], items: [] })
    expect(both.given).toEqual(given.given)
    expect(both.taken?.pieces).toEqual([twenties(3)])
  })

  it('after a difference neither figure is left, and the command stays the same one', () => {
    const again = bothAgain(withCountInHand(taking, { pieces: [twenties(3)], items: [] }))
    expect(again).toEqual(emptyTurnIn(id))
  })

  it('rows of nothing and papers that have left the drawer are not sent', () => {
    const count = { pieces: [twenties(0), twenties(2)], items: [check, { receiptId: newId(), tenderNo: 1 }] }
    expect(sentCount(count, [check])).toEqual({ pieces: [twenties(2)], items: [check] })
  })

  it('is kept through a reload, and holds no PIN', () => {
    const text = JSON.stringify(taking)
    expect(readKeptDraft(text, turnInDraftField)).toEqual(taking)
    expect(text).not.toMatch(/pin/i)
  })

  it('what is no draft is not taken for one', () => {
    for (const text of [null, '', '{', '{"taken":null}'])
      expect(readKeptDraft(text, turnInDraftField)).toBeNull()
  })
})

describe('a paid-out as it is entered', () => {
  const sheet = { denominations: [...US_DENOMINATIONS] }
  const whole: PaidDraft = { ...emptyPaid(id), amount: '4000', reason: ' Stamps ', documentNumber: ' PC-1 ' }

  it.each([
    ['no amount', { amount: '' }, 'amount'],
    ['an amount of nothing', { amount: '0' }, 'amount'],
    ['no reason', { reason: '  ' }, 'reason'],
    ['pieces that come to something else', { pieces: [twenties(1)] }, 'pieces'],
  ] as const)('with %s says where it is to be mended', (_, patch, field) => {
    expect(
      paidProblem({ ...whole, ...patch, pieces: [...('pieces' in patch ? patch.pieces : [])] }, sheet)?.field,
    ).toBe(field)
  })

  it('is whole without pieces, and with pieces that come to the amount', () => {
    expect(paidProblem(whole, sheet)).toBeNull()
    expect(paidProblem({ ...whole, pieces: [twenties(2)] }, sheet)).toBeNull()
  })

  it('is sent with trimmed words', () => {
    const category = { name: 'Petty cash', direction: 'out' as const, glAccount: '100-1090' }
    expect(paidInput(whole, category, cents(4_000))).toEqual({
      direction: 'out',
      category: 'Petty cash',
      reason: 'Stamps',
      documentNumber: 'PC-1',
      cents: 4_000,
      pieces: [],
    })
  })
})
