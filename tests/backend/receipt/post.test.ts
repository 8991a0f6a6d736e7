/** What a posted receipt states besides its lines and tenders. */
import { expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { HOUR_MS } from '../../support/clock.ts'
import { card, cash, openDrawer, pay } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { bodiesOf, openTestTill } from '../../support/till.ts'
import { atTheWindow } from './at-the-window.ts'

it('a receipt states what rounding took or gave, and the account that it is booked on', async () => {
  const { till, client } = await atTheWindow({ rounding: 'nearest-five', roundingGlAccount: '100-4777' })
  for (const amount of [1_002, 1_003, 1_005])
    await pay(client, cents(amount), { tenders: [cash(cents(2_000))] })
  expect(bodiesOf(till, 'receipt.posted').map(({ rounding }) => rounding)).toEqual([
    { cents: -2, glAccount: '100-4777' },
    { cents: 2, glAccount: '100-4777' },
    null,
  ])
})

it('a receipt may be posted past a drawer’s limit where no cash comes in', async () => {
  const till = await openTestTill()
  const client = await clientOf(till, 'cashier')
  await openDrawer(client, 'Window 1', cents(250_000))
  await pay(client, cents(100), { tenders: [card(cents(100))] })
  await refused(pay(client, cents(100)), 'CASH_LIMIT_REACHED')
})

it('a receipt is posted by a clock that jumped a year and a day ahead, and by none that is an hour behind that', async () => {
  const YEAR_AND_DAY = 24 * 366
  const { till, client } = await atTheWindow()
  till.clock.advance(YEAR_AND_DAY * HOUR_MS - 1)
  expect(await refused(pay(client, cents(100)), 'SESSION_TOO_OLD')).toEqual({ hours: YEAR_AND_DAY - 1 })
  till.clock.advance(1)
  await pay(client, cents(100))
})
