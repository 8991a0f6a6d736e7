import { describe, expect, it } from 'vitest'
import {
  comparedLabels,
  connectionLabel,
  errorLabels,
  lagLabels,
  unsentLabels,
} from '../../renderer/text/sync.ts'
import type { PostingCounts } from '../../shared/contract/sync.ts'

const NONE: PostingCounts = { held: 0, sent: 0, acknowledged: 0, posted: 0, exceptions: 0 }

describe('the words of the line to billing', () => {
  it.each([
    ['alone', NONE, 'On this till'],
    ['alone', { ...NONE, held: 3 }, 'On this till · 3 held'],
    ['up-to-date', { ...NONE, posted: 900 }, 'Billing is up to date'],
    ['sending', { ...NONE, held: 1_999, sent: 500 }, 'Sending · 2,499 held'],
    ['offline', { ...NONE, held: 12 }, 'Offline · 12 held'],
    ['halted', { ...NONE, held: 1, exceptions: 2 }, 'Sync waits for you · 1 held · 2 exceptions'],
    ['up-to-date', { ...NONE, exceptions: 1 }, 'Billing is up to date · 1 exception'],
  ] as const)(
    '%s: the header says how many are held and which could not be posted',
    (line, counts, words) => {
      expect(connectionLabel({ connection: line, counts })).toBe(words)
    },
  )

  it.each([
    ['offline', 0, 'The billing system has every receipt of this session.'],
    [
      'offline',
      12,
      '12 receipts not sent yet. The drawer can be closed all the same; what waits goes when the billing system answers.',
    ],
    [
      'sending',
      1_200,
      '1,200 receipts not sent yet. The drawer can be closed all the same; what waits is on its way.',
    ],
    [
      'halted',
      1,
      '1 receipt not sent yet. The drawer can be closed all the same; what waits goes when the connection has been looked after.',
    ],
    ['alone', 4, '4 receipts kept on this till. It is not connected to a billing system.'],
  ] as const)('%s with %i held: the count says what is unsent', (line, unsent, words) => {
    expect(unsentLabels({ connection: line, unsent, closed: false })).toBe(words)
  })

  it('a closed session says that what is unsent is safe', () => {
    expect(unsentLabels({ connection: 'offline', unsent: 2, closed: true })).toBe(
      '2 receipts not sent yet. All is safe here; what waits goes when the billing system answers.',
    )
  })

  it.each([
    ['expected cash', 'Expected cash'],
    ['counted money-order', 'Counted money order'],
  ])('central compares %s: %s', (what, words) => {
    expect(comparedLabels(what)).toBe(words)
  })

  it.each([
    [null, 'Nothing waits'],
    [0, 'under a minute'],
    [60_000, '1 minute'],
    [3_599_999, '59 minutes'],
    [7_200_000, '2 hours'],
    [400 * 86_400_000, '400 days'],
  ])('%s ms of waiting is %s', (lagMs, words) => {
    expect(lagLabels(lagMs)).toBe(words)
  })

  it('an error that has no words yet is named by its code', () => {
    expect(errorLabels({ code: 'TEAPOT', detail: '', atMs: 0 })).toContain('TEAPOT')
    expect(errorLabels({ code: 'UNREACHABLE', detail: 'ECONNREFUSED', atMs: 0 })).toBe(
      'The billing system cannot be reached. (ECONNREFUSED)',
    )
  })
})
