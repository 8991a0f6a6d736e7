import { describe, expect, it } from 'vitest'
import { isId, newId } from '../../shared/id.ts'

describe('an id', () => {
  it('is never made twice, even within one millisecond', () => {
    const atMs = Date.parse('2026-11-20T16:58:00Z')
    const ids = Array.from({ length: 5_000 }, () => newId(atMs))
    expect(new Set(ids).size).toBe(5_000)
    expect(ids.every(isId)).toBe(true)
  })

  it('sorts by the time it was made', () => {
    const ids = [1, 2, 255, 256, 65_536, 2 ** 40].map(newId)
    expect(ids.toSorted()).toEqual(ids)
    expect(isId(newId())).toBe(true)
  })

  it.each([
    '',
    'abc',
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '9b2d1c5e-6f0a-4a3b-8c7d-1e2f3a4b5c6d',
    '019AA2F0-3C00-7000-8000-000000000000',
    '019aa2f0-3c00-7000-8000-000000000000 ',
    '{019aa2f0-3c00-7000-8000-000000000000}',
  ])('"%s" is none', text => {
    expect(isId(text)).toBe(false)
  })
})
