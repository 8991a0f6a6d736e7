import { expect, it } from 'vitest'
import { takeRange } from '../../central/receive.ts'
import { checkRange } from '../../central/range-check.ts'
import { postgresForFile } from '../support/postgres.ts'
import { account, accountLine, billAccounts, itemId, openCounter, SEWER_GL, WATER_GL } from '../support/central-shop.ts'
const postgres = postgresForFile({ shared_buffers: '512MB', max_wal_size: '4GB' })
it('rate', async () => {
  const db = await postgres.central()
  const N = 8000, RANGES = 24
  for (let k = 0; k < N; k += 1000) await billAccounts(db, Array.from({ length: 1000 }, (_, i) => account(k + i + 1)), k)
  const counter = await openCounter(db)
  await takeRange(db, counter.pen.take(), { nowMs: 1 })
  const ranges = []
  for (let r = 0; r < RANGES; r++) {
    for (let i = 0; i < 500; i++) { const no = 1 + ((r * 500 + i) % N); counter.receipt([accountLine(no, [[itemId(no, 1), 1000, WATER_GL], [itemId(no, 2), 500, SEWER_GL]])], { cents: 2000 }) }
    ranges.push(counter.pen.take())
  }
  let t = performance.now()
  for (const r of ranges) checkRange(r)
  console.log('check ms/range', (performance.now() - t) / RANGES)
  t = performance.now()
  for (const r of ranges) expect((await takeRange(db, r, { nowMs: 1 })).ok).toBe(true)
  const ms = performance.now() - t
  console.log('take ms/range', ms / RANGES, 'receipts/s', (RANGES * 500) / (ms / 1000))
  t = performance.now()
  for (const r of ranges) expect((await takeRange(db, r, { nowMs: 1 })).ok).toBe(true)
  console.log('again ms/range', (performance.now() - t) / RANGES)
  console.log(JSON.stringify((await db.kysely.selectFrom('posting').select(['state']).select(({fn})=>fn.countAll().as('n')).groupBy('state').execute())))
}, 120_000)
