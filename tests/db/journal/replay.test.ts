import { expect, it } from 'vitest'
import { verifyLedger } from '../../../db/verify/verify.ts'
import { PROJECTED_TABLES } from '../../../shared/ledger/facts.ts'
import { fullDay } from '../../support/full-day.ts'
import { openTestTill } from '../../support/till.ts'

it('replaying the journal covers every table that facts write: a full day leaves none of them empty', async () => {
  const till = await openTestTill()
  await fullDay(till)
  const rows = PROJECTED_TABLES.map(table => {
    const query = { compile: () => ({ sql: `SELECT count(*) AS n FROM "${table}"`, parameters: [] }) }
    return [table, till.backend.ledger.reader.first<{ n: number }>(query as never)?.n ?? 0] as const
  })
  expect(rows.filter(([, count]) => count === 0)).toEqual([])
  expect((await verifyLedger(till.dataDir, () => undefined)).problems).toEqual([])
})
