import { describe, expect, it } from 'vitest'
import {
  EMPTY_NOTE,
  fittingNotes,
  type NoteForm,
  readNote,
  withPieces,
} from '../../../renderer/features/receipt/payment/noted.ts'
import { cashTender } from '../../../renderer/features/receipt/payment/tender-form.ts'
import { readKeptDraft } from '../../../renderer/ui/drafts/kept-draft.ts'
import { basketNotesField } from '../../../shared/contract/noted.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'
import type { NotedPiece } from '../../../shared/rules/cash/noted-pieces.ts'

const BILL = cents(7_684)
const read = (form: NoteForm) => readNote(form, BILL, US_DENOMINATIONS)
const HUNDRED: NoteForm = { taken: { 'note:10000': '1' }, given: null }

describe('noting the pieces of a cash payment', () => {
  it('begins with nothing, which cannot be added', () => {
    expect(read(EMPTY_NOTE)).toMatchObject({ takenCents: 0, changeCents: 0, given: {}, pieces: null })
    expect(read(EMPTY_NOTE).problem).toBe('Enter what the customer hands over.')
  })

  it('needs only what the customer hands over: the change is proposed', () => {
    const { takenCents, changeCents, pieces, problem, given } = read(HUNDRED)
    expect({ takenCents, changeCents, problem }).toEqual({
      takenCents: 10_000,
      changeCents: 2_316,
      problem: null,
    })
    expect(given).toEqual({ 'note:2000': '1', 'note:100': '3', 'coin:10': '1', 'coin:5': '1', 'coin:1': '1' })
    expect(pieces).toContainEqual({ valueCents: 10_000, kind: 'note', taken: 1, given: 0 })
    expect(pieces).toContainEqual({ valueCents: 100, kind: 'note', taken: 0, given: 3 })
    expect(pieces).toHaveLength(6)
  })

  it('lets the change be altered, and says what it comes to', () => {
    const { given } = read(HUNDRED)
    const fewer = withPieces(HUNDRED, { side: 'given', key: 'note:100', text: '2', given })
    expect(read(fewer).problem).toBe('Given back comes to 22.16, the change is 23.16.')
    expect(read(fewer).pieces).toBeNull()
    const quarters = withPieces(fewer, { side: 'given', key: 'coin:25', text: '4', given: read(fewer).given })
    expect(read(quarters)).toMatchObject({ problem: null, changeCents: 2_316 })
  })

  it('proposes anew while only what is taken is typed', () => {
    const coins = withPieces(HUNDRED, { side: 'taken', key: 'coin:25', text: '3', given: {} })
    expect(read(coins)).toMatchObject({ takenCents: 10_075, changeCents: 2_391 })
    expect(read(coins).given['coin:25']).toBe('3')
  })

  it('takes part of what is to pay, with no change', () => {
    const part = read({ taken: { 'note:2000': '2' }, given: null })
    expect(part).toMatchObject({ takenCents: 4_000, changeCents: 0, problem: null })
    expect(part.pieces).toEqual([{ valueCents: 2_000, kind: 'note', taken: 2, given: 0 }])
  })

  it.each(['1.5', 'two', '-1', '99999'])('does not take %s for pieces', text => {
    expect(read({ taken: { 'note:10000': text }, given: null })).toMatchObject({
      pieces: null,
      problem: 'Enter whole numbers of pieces.',
    })
  })
})

describe('what was noted', () => {
  const pieces: NotedPiece[] = read(HUNDRED).pieces ?? []
  const fitting = (notes: NotedPiece[], handed: number[], change: number) =>
    fittingNotes(
      notes,
      handed.map(amount => cashTender(cents(amount))),
      cents(change),
      US_DENOMINATIONS,
    )

  it('goes with the receipt while it is what the cash comes to', () => {
    expect(fitting(pieces, [10_000], 2_316)).toEqual(pieces)
  })

  it('is left out once the basket is another, so that it never stands in the way', () => {
    expect(fitting(pieces, [10_000], 2_216)).toBeNull()
    expect(fitting(pieces, [], 0)).toBeNull()
    expect(fitting(pieces, [10_000, 500], 2_316)).toBeNull()
    expect(fitting([], [10_000], 2_316)).toBeNull()
  })

  it('comes back after a reload as it was kept, and not where it cannot be read', () => {
    const kept = { basketId: newId(), pieces }
    expect(readKeptDraft(JSON.stringify(kept), basketNotesField)).toEqual(kept)
    const half = { ...kept, pieces: [{ valueCents: 1.5, kind: 'note', taken: 1, given: 0 }] }
    for (const wrong of ['{"a":1}', '{', JSON.stringify(half)])
      expect(readKeptDraft(wrong, basketNotesField)).toBeNull()
  })
})
