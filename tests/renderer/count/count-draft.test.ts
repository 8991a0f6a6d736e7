import { describe, expect, it } from 'vitest'
import {
  cashCounted,
  draftKey,
  emptyDraft,
  isEntered,
  isFound,
  leftOver,
  readDraft,
  slipOf,
  toCountInput,
  withExtra,
  withoutExtra,
  withSlip,
  withToggled,
} from '../../../renderer/features/count/count-draft.ts'
import { instrumentByNumber } from '../../../renderer/features/count/instrument-list.tsx'
import type { CountSheet } from '../../../shared/contract/session-fields.ts'
import { newId } from '../../../shared/id.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import { US_DENOMINATIONS } from '../../../shared/rules/cash/denominations.ts'

const paper = (reference: string, tenderNo = 1) => ({
  receiptId: newId(),
  tenderNo,
  tender: 'check' as const,
  reference,
  shown: ['•••• 4406'],
})
const papers = [paper('1187'), paper('20451'), paper('811')]
const sheet: CountSheet = {
  sessionId: newId(),
  number: 'W1-S0001',
  drawerName: 'Window 1',
  round: 1,
  denominations: [...US_DENOMINATIONS],
  tenders: [
    { tender: 'cash', name: 'Cash', counted: 'pieces' },
    { tender: 'check', name: 'Check', counted: 'items' },
    { tender: 'card', name: 'Card', counted: 'slips' },
  ],
  items: papers,
}
const commandId = newId()
const draft = emptyDraft(commandId)
const twenties = (pieces: number) => ({ valueCents: cents(2_000), kind: 'note' as const, pieces, bundles: 0 })

describe('a count that is being entered', () => {
  it('is kept for its own session and round alone', () => {
    const keys = [sheet, { ...sheet, round: 2 }, { ...sheet, sessionId: newId() }].map(of => draftKey(of))
    expect(new Set(keys).size).toBe(3)
  })

  it('of one’s own drawer is never taken for one that somebody else makes of it', () => {
    const keys = (['count', 'surprise', 'absent'] as const).map(purpose => draftKey(sheet, purpose))
    expect(new Set(keys).size).toBe(3)
  })

  it('comes back as it was, with the id it will be sent under', () => {
    const entered = withSlip(
      withToggled({ ...draft, pieces: [twenties(31)] }, papers[1] ?? paper('')),
      'card',
      cents(500),
    )
    expect(readDraft(JSON.stringify(entered))).toEqual(entered)
    expect(readDraft(JSON.stringify(entered))?.commandId).toBe(commandId)
  })

  it.each([null, '', 'not json', '{}', JSON.stringify({ ...draft, pieces: [{ pieces: 'x' }] })])(
    'is begun anew where nothing readable is kept: %s',
    text => {
      expect(readDraft(text)).toBeNull()
    },
  )

  it('takes a tick off again', () => {
    const [first, second] = papers
    if (!first || !second) throw new Error('two papers are wanted')
    const ticked = withToggled(withToggled(draft, first), second)
    expect(isFound(ticked, first)).toBe(true)
    const untouched = withToggled(ticked, first)
    expect(isFound(untouched, first)).toBe(false)
    expect(isFound(untouched, second)).toBe(true)
  })

  it('tells two papers of one receipt apart', () => {
    const receiptId = newId()
    const ticked = withToggled(draft, { receiptId, tenderNo: 1 })
    expect(isFound(ticked, { receiptId, tenderNo: 2 })).toBe(false)
  })

  it('grows with the pieces', () => {
    expect(cashCounted({ ...draft, pieces: [twenties(31)] }, sheet)).toEqual({ ok: true, cents: 62_000 })
  })

  it('keeps a slip total of zero, which is a count, and drops an emptied one, which is none', () => {
    expect(slipOf(withSlip(draft, 'card', ZERO), 'card')).toBe(0)
    expect(slipOf(withSlip(withSlip(draft, 'card', cents(5)), 'card', null), 'card')).toBeNull()
  })

  it('knows a paper that was entered before, and forgets one that was removed', () => {
    const extra = { tender: 'check' as const, reference: '900', cents: cents(2_500) }
    const entered = withExtra(draft, extra)
    expect(isEntered(entered.extraItems, extra)).toBe(true)
    expect(isEntered(entered.extraItems, { ...extra, cents: cents(2_501) })).toBe(false)
    expect(withoutExtra(entered, 0).extraItems).toEqual([])
  })
})

describe('before a count is sent', () => {
  it('what is missing is named: cash, papers, slips', () => {
    const left = leftOver(sheet, draft)
    expect(left.noCash).toBe(true)
    expect(left.unticked.map(item => item.reference)).toEqual(['1187', '20451', '811'])
    expect(left.slips.map(tender => tender.tender)).toEqual(['card'])
  })

  it('nothing is missing once cash, papers and slips are counted', () => {
    const ticked = papers.reduce(withToggled, { ...draft, pieces: [twenties(1)] })
    expect(leftOver(sheet, withSlip(ticked, 'card', ZERO))).toEqual({
      noCash: false,
      unticked: [],
      slips: [],
    })
  })

  it('a session without cash is not asked for cash', () => {
    const noCash = { ...sheet, tenders: sheet.tenders.filter(tender => tender.tender !== 'cash') }
    expect(leftOver(noCash, draft).noCash).toBe(false)
  })

  it('rows of nothing and ticks of papers that are no longer listed stay behind', () => {
    const gone = { receiptId: newId(), tenderNo: 1 }
    const entered = withToggled({ ...draft, pieces: [twenties(0), { ...twenties(0), bundles: 1 }] }, gone)
    const input = toCountInput(sheet, entered)
    expect(input.items).toEqual([])
    expect(input.pieces).toEqual([{ ...twenties(0), bundles: 1 }])
  })
})

describe('finding a paper by typing its number', () => {
  it('searches onward from the paper in focus, and around', () => {
    const list = [paper('18'), paper('27'), paper('181')]
    expect(instrumentByNumber(list, '18', 0)).toBe(0)
    expect(instrumentByNumber(list, '18', 1)).toBe(2)
    expect(instrumentByNumber(list, '27', 2)).toBe(1)
    expect(instrumentByNumber(list, '9', 0)).toBe(-1)
    // A card has no number of its own: its last four find it.
    expect(instrumentByNumber([{ ...paper(''), shown: ['Visa •••• 4242'] }], '42', 0)).toBe(0)
  })
})
