import { describe, expect, it } from 'vitest'
import { newId } from '../../shared/id.ts'

/** RFC 9562, section 5.7, in lower case: ids are compared as text. */
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

describe('an id', () => {
  it('is never made twice, even within one millisecond', () => {
    const atMs = Date.parse('2026-11-20T16:58:00Z')
    const ids = Array.from({ length: 5_000 }, () => newId(atMs))
    expect(new Set(ids).size).toBe(5_000)
    expect(ids.filter(id => !UUID_V7.test(id))).toEqual([])
  })

  it('sorts by the time it was made', () => {
    const ids = [1, 2, 255, 256, 65_536, 2 ** 40].map(newId)
    expect(ids.toSorted()).toEqual(ids)
    expect(newId()).toMatch(UUID_V7)
  })
})
