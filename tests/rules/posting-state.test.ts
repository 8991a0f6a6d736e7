import { describe, expect, it } from 'vitest'
import { postingState } from '../../shared/rules/receipt/posting-state.ts'

const place = { epoch: 1, seq: 50 }

describe('How far a receipt has got', () => {
  it.each([
    ['held before central was ever heard', null, null, undefined, 'held'],
    ['what central told earlier, before it was heard in this run', null, null, 'posted', 'posted'],
    ['held beyond what central has', { epoch: 1, seq: 49 }, null, undefined, 'held'],
    [
      'held again when central came back with less than it told',
      { epoch: 1, seq: 49 },
      null,
      'posted',
      'held',
    ],
    ['sent while its range is under way', { epoch: 1, seq: 40 }, { epoch: 1, seq: 60 }, undefined, 'sent'],
    ['held behind the range under way', { epoch: 1, seq: 10 }, { epoch: 1, seq: 49 }, undefined, 'held'],
    ['acknowledged where central has it', { epoch: 1, seq: 50 }, null, undefined, 'acknowledged'],
    ['posted where central says so', { epoch: 1, seq: 60 }, null, 'posted', 'posted'],
    ['an exception where central says so', { epoch: 2, seq: 1 }, null, 'exception', 'exception'],
    ['acknowledged when central is an epoch further', { epoch: 2, seq: 1 }, null, undefined, 'acknowledged'],
    ['held when the till is an epoch further', { epoch: 0, seq: 900 }, null, undefined, 'held'],
  ] as const)('is %s', (_, position, sentUpTo, told, expected) => {
    expect(postingState({ place, position, sentUpTo, told })).toBe(expected)
  })
})
