import { describe, expect, it } from 'vitest'
import {
  beginAgain,
  readSecond,
  type SecondDraft,
  secondKey,
} from '../../../renderer/features/count/two-counts/second-draft.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'

const twenties = [{ valueCents: cents(2_000), kind: 'note' as const, pieces: 10, bundles: 0 }]
const draft: SecondDraft = { secondId: newId(), stage: 'second', reason: 'Went home ill', pieces: twenties }

describe('two people who count the same money', () => {
  it('come back after a reload to where they were, with what the second one had counted', () => {
    expect(readSecond(JSON.stringify(draft))).toEqual(draft)
  })

  it('begin with nothing where nothing, or nothing that makes sense, was kept', () => {
    for (const text of [null, '', 'no JSON', '{}', JSON.stringify({ ...draft, stage: 'signed' })])
      expect(readSecond(text)).toBeNull()
  })

  it('keep no PIN: what is not part of the draft is not taken over', () => {
    const told = JSON.stringify({ ...draft, ownPin: '4719' })
    expect(JSON.stringify(readSecond(told))).not.toContain('4719')
  })

  it('count everything again, from an empty sheet, for a recount', () => {
    expect(beginAgain(draft)).toEqual({ ...draft, stage: 'first', pieces: [] })
  })

  it('are kept apart by session and by what they count for', () => {
    const sheets = [{ sessionId: newId() }, { sessionId: newId() }]
    const keys = sheets.flatMap(sheet => [secondKey(sheet, 'count'), secondKey(sheet, 'absent')])
    expect(new Set(keys).size).toBe(4)
  })
})
