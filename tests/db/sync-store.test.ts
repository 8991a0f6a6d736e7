import { expect, it } from 'vitest'
import { openSyncStore } from '../../db/sync/open.ts'
import type { SessionCheck } from '../../shared/central/protocol.ts'
import { cents } from '../../shared/money.ts'
import { AT_MS, emptyDataDir } from '../support/accounts-file.ts'

const SESSION = '019aa1b2-0000-7000-8000-000000000001'
const DEPOSIT = '019aa1b2-0000-7000-8000-000000000002'

const agreeing: SessionCheck = {
  kind: 'session',
  sessionId: SESSION,
  number: 'W1-Z0001',
  agrees: true,
  differences: [],
}
const differing: SessionCheck = {
  kind: 'deposit',
  sessionId: DEPOSIT,
  number: 'W1-D0001',
  agrees: false,
  differences: [{ what: 'total', tillCents: cents(-500), centralCents: cents(700) }],
}

it('central’s sums are kept as it last told them, each with the moment at which it began to say so', () => {
  const store = openSyncStore(emptyDataDir(), AT_MS)
  expect(store.takeChecks([agreeing, differing], AT_MS)).toBe(2)
  expect(store.takeChecks([agreeing, differing], AT_MS + 9)).toBe(0)
  expect(store.checkOf(DEPOSIT)).toEqual({ ...differing, atMs: AT_MS })
  expect(store.differingChecks(10)).toEqual([{ ...differing, atMs: AT_MS }])
  expect(store.agreeingChecks()).toBe(1)
  expect(store.takeChecks([{ ...differing, agrees: true, differences: [] }], AT_MS + 9)).toBe(1)
  expect(store.differingChecks(10)).toEqual([])
  expect(store.agreeingChecks()).toBe(2)
  store.close()
})
