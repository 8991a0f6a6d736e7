/** What the till takes for the account number of a check, and what it keeps of it. */
import { describe, expect, it } from 'vitest'
import { checkHash } from '../../../electron/backend/request/check-seal.ts'
import { cents } from '../../../shared/money.ts'
import { check, pay, ROUTING } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { bodiesOf } from '../../support/till.ts'
import { atTheWindow } from './at-the-window.ts'

describe('the account number of a check', () => {
  it.each(['12', '123456789012345678', '12A4', 'A1234', '1234A', '', '- -'])(
    'is not %j',
    async accountNumber => {
      const { client } = await atTheWindow()
      await refused(
        client.receipt.identifyCheck({ routingNumber: ROUTING, accountNumber }),
        'ACCOUNT_NUMBER_WRONG',
      )
    },
  )

  it('may have three to seventeen digits, and is known by its last four', async () => {
    const { client } = await atTheWindow()
    const ending = async (accountNumber: string) =>
      (await client.receipt.identifyCheck({ routingNumber: ROUTING, accountNumber })).accountLast4
    expect(await ending('123')).toBe('0123')
    expect(await ending('12345678901234567')).toBe('4567')
  })

  it('is one, however it was typed', async () => {
    const { till, client } = await atTheWindow()
    for (const accountNumber of ['4400172251', ' 44 00-17-22\t51 ']) {
      const known = await client.receipt.identifyCheck({ routingNumber: ROUTING, accountNumber })
      await pay(client, cents(100), { tenders: [check(cents(100), known)] })
    }
    const hash = checkHash(till.backend.tillKey, ROUTING, '4400172251')
    const kept = bodiesOf(till, 'receipt.posted').map(({ tenders }) => tenders[0]?.details.accountHash)
    expect(kept).toEqual([hash, hash])
  })
})
