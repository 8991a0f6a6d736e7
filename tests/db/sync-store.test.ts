import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { openSyncStore, SYNC_FILE } from '../../db/sync/open.ts'
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

it('a file of an earlier version keeps what it holds, and takes central’s sums from then on', () => {
  const dir = emptyDataDir()
  const first = openSyncStore(dir, AT_MS)
  first.moveCursor('receipts', 'r:41')
  first.close()
  const file = new Database(join(dir, SYNC_FILE))
  file.exec('DROP TABLE sum_check')
  file.pragma('user_version = 2')
  file.close()
  const store = openSyncStore(dir, AT_MS)
  expect(store.alarms()).toEqual([])
  expect(store.cursor('receipts')).toBe('r:41')
  expect(store.takeChecks([agreeing], AT_MS)).toBe(1)
  store.close()
})

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
