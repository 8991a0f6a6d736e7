/** The billing system’s “no” to what somebody has settled since: what was made of it is undone with it. */
import { expect } from 'vitest'
import { resolveSuspense } from '../../../central/posting/resolve.ts'
import { billedAnew } from '../../support/central/carrier-lives.ts'
import { CarrierShop, DAY, NOW_MS, TODAY } from '../../support/central/carrier-shop.ts'
import { accountId, billAccounts, TILL, water } from '../../support/central/central-shop.ts'
import { itOnPostgres, postgresForFile } from '../../support/central/postgres.ts'

const postgres = postgresForFile()

/** A payment that was carried, whose item was billed anew and which was voided then: it could not be taken back. */
async function notTakenBack() {
  const of = await CarrierShop.open(await postgres.central())
  const receiptId = of.counter.receipt([water(1, 1_000)])
  await of.push()
  expect(await of.carry()).toHaveLength(1)
  await billAccounts(of.db, [billedAnew(1)], 2)
  of.counter.void(receiptId, 1_000)
  await of.push()
  const settle = (to: { accountNumber?: string; writeOffTo?: string }) =>
    resolveSuspense(of.db, { tillId: TILL, receiptId, lineNo: 1, timeZone: 'UTC', ...to }, { nowMs: NOW_MS })
  return { of, settle }
}

const owes = async ({ db }: CarrierShop): Promise<number> => {
  const items = await db.kysely
    .selectFrom('account_item')
    .select('open_cents')
    .where('account_id', '=', accountId(1))
    .execute()
  return items.reduce((all, item) => all + item.open_cents, 0)
}

const stateOf = async ({ db }: CarrierShop): Promise<string[]> =>
  (await db.kysely.selectFrom('posting').select('state').execute()).map(({ state }) => state)

/** Everything that was ever booked, by GL account; what comes to nothing is left out. */
async function booked(of: CarrierShop): Promise<Record<string, number>> {
  const sums = new Map<string, number>()
  for (const day of [DAY, TODAY])
    for (const [gl, cents] of Object.entries(await of.booked(day))) sums.set(gl, (sums.get(gl) ?? 0) + cents)
  return Object.fromEntries([...sums].filter(([, cents]) => cents !== 0))
}

itOnPostgres(
  'a payment that was charged again, and is rejected: the charge is gone, and told to nobody',
  async () => {
    const { of, settle } = await notTakenBack()
    expect(await settle({ accountNumber: '10-1' })).toMatchObject({ ok: true })
    expect(await owes(of)).toBe(7_500)
    expect(await of.answer(['1,W1-1,1,rejected,,frozen'])).toMatchObject({ taken: { rejected: 1, left: [] } })
    expect([await owes(of), await stateOf(of), await booked(of)]).toEqual([6_500, ['reversed'], {}])
    expect([...(await of.carry()), ...(await of.carry(TODAY))]).toEqual([])
  },
)

itOnPostgres('a charge that was accepted is taken back where its payment is rejected', async () => {
  const { of, settle } = await notTakenBack()
  await settle({ accountNumber: '10-1' })
  expect(await of.carry(TODAY)).toMatchObject([{ file_no: 2, total_cents: -1_000 }])
  await of.answer(['2,W1-1,1,accepted,B-2,'])
  await of.answer(['1,W1-1,1,rejected,,frozen'])
  expect([await owes(of), await stateOf(of), await booked(of)]).toEqual([6_500, ['reversed'], {}])
  expect(await of.carry(TODAY)).toMatchObject([{ file_no: 3, total_cents: 1_000 }])
})

itOnPostgres('a charge that is rejected waits once more, and is settled once more', async () => {
  const { of, settle } = await notTakenBack()
  await settle({ accountNumber: '10-1' })
  await of.carry(TODAY)
  await of.answer(['1,W1-1,1,accepted,B-1,'])
  expect(await of.answer(['2,W1-1,1,rejected,,frozen'])).toMatchObject({ taken: { rejected: 1, left: [] } })
  expect([await owes(of), await stateOf(of)]).toEqual([6_500, ['not-reversed']])
  expect((await of.heard()).at(-1)?.slice(1)).toEqual(['exception', 'P1-1', 'rejected'])
  expect(await settle({ writeOffTo: '900-1000' })).toMatchObject({ ok: true })
  expect(await booked(of)).toEqual({ '400-1000': 1_000, '900-1000': -1_000 })
})

itOnPostgres('and to the same account', async () => {
  const { of, settle } = await notTakenBack()
  for (let file = 2; file < 4; file += 1) {
    expect(await settle({ accountNumber: '10-1' })).toMatchObject({ ok: true })
    expect(await owes(of)).toBe(7_500)
    await of.carry(TODAY)
    await of.answer(['1,W1-1,1,accepted,B-1,'])
    expect(await of.answer([`${file},W1-1,1,rejected,,frozen`])).toMatchObject({ taken: { rejected: 1 } })
    expect([await owes(of), await stateOf(of)]).toEqual([6_500, ['not-reversed']])
  }
})

itOnPostgres('a loss that was written off is none where the payment is rejected', async () => {
  const { of, settle } = await notTakenBack()
  await settle({ writeOffTo: '900-1000' })
  expect(await booked(of)).toEqual({ '400-1000': 1_000, '900-1000': -1_000 })
  expect(await of.answer(['1,W1-1,1,rejected,,frozen'])).toMatchObject({ taken: { rejected: 1, left: [] } })
  expect([await owes(of), await stateOf(of), await booked(of)]).toEqual([6_500, ['reversed'], {}])
})
