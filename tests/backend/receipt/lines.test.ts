/** The lines of a receipt: which are not taken, with what is wrong and where, and what is kept of those that are. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { LineInput } from '../../../shared/contract/receipt.ts'
import { newId } from '../../../shared/id.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import {
  accountLine,
  card,
  cash,
  catalogLine,
  closedAccount,
  ordinaryAccount,
  owed,
  pay,
  receiptInput,
} from '../../support/desk.ts'
import { saveCatalogItem } from '../../support/office.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { atTheWindow, type Case, LETTER, refusesEach, sharedWindow, TEN } from './at-the-window.ts'

const { till, client, post, ordinary, withLine } = sharedWindow()

beforeAll(async () => {
  const administrator = await clientOf(till(), 'administrator')
  const item = (await administrator.setup.catalog()).find(({ code }) => code === 'SIGN')
  if (item) await saveCatalogItem(administrator, { ...item, active: false })
})

const LINES: Case[] = [
  { rule: 'no line', ask: () => post([]), code: 'NO_LINES', says: undefined },
  {
    rule: 'an account that nobody knows',
    ask: () => withLine({ kind: 'account', accountId: newId(), cents: TEN, overrides: [] }),
    code: 'UNKNOWN_ACCOUNT',
    says: { line: 2 },
  },
  {
    rule: 'nothing for an account',
    ask: async () => withLine(accountLine(await ordinaryAccount(1), ZERO)),
    code: 'LINE_NOT_POSITIVE',
    says: { line: 2 },
  },
  {
    rule: 'an item of another account',
    ask: async () => {
      const line = accountLine(await ordinaryAccount(1), TEN)
      return withLine({ ...line, overrides: [{ itemId: newId(), cents: TEN }] } as LineInput)
    },
    code: 'ALLOCATION_NOT_VALID',
    says: { line: 2, reason: 'unknown-item' },
  },
  {
    rule: 'something that the city does not sell',
    ask: async () =>
      withLine({ ...(await catalogLine(client(), 'DEMO')), catalogItemId: newId() } as LineInput),
    code: 'UNKNOWN_CATALOG_ITEM',
    says: { line: 2 },
  },
  {
    rule: 'something that the city sells no more',
    ask: async () => withLine(await catalogLine(client(), 'SIGN')),
    code: 'UNKNOWN_CATALOG_ITEM',
    says: { line: 2 },
  },
  {
    rule: 'a price for what has one',
    ask: async () => withLine(await catalogLine(client(), 'DEMO', { priceCents: TEN })),
    code: 'PRICE_NOT_VALID',
    says: { line: 2 },
  },
  {
    rule: 'an open price of nothing',
    ask: async () => withLine(await catalogLine(client(), 'MISC', { priceCents: ZERO })),
    code: 'LINE_NOT_POSITIVE',
    says: { line: 2 },
  },
  {
    rule: 'a permit whose number is only spaces',
    ask: async () => withLine(await catalogLine(client(), 'DEMO', { reference: '  ' })),
    code: 'REFERENCE_MISSING',
    says: { what: 'Permit no.' },
  },
  {
    rule: 'a card number in place of a permit’s',
    ask: async () => withLine(await catalogLine(client(), 'DEMO', { reference: '4111 1111 1111 1111' })),
    code: 'TEXT_NOT_ALLOWED',
    says: { field: 'reference', reason: 'card-number' },
  },
  {
    rule: 'a permit’s number that is too long as it is kept',
    ask: async () => withLine(await catalogLine(client(), 'DEMO', { reference: LETTER.repeat(27) })),
    code: 'TEXT_NOT_ALLOWED',
    says: { field: 'reference', reason: 'too-long' },
  },
]

describe('a receipt is not taken for', () => {
  refusesEach(LINES, till)

  it('an account that is closed, which is named', async () => {
    const { account } = await closedAccount()
    const call = withLine(accountLine({ account, items: [] }, TEN))
    expect(await refused(call, 'ACCOUNT_CLOSED')).toEqual({ number: account.number })
  })

  it('one account twice, which is named', async () => {
    const { account } = await ordinaryAccount()
    expect(await refused(withLine(await ordinary()), 'ACCOUNT_TWICE')).toEqual({ number: account.number })
  })

  it('a balance that is another by now, and the new one is told', async () => {
    const found = await ordinaryAccount()
    const seen = (balance: number) =>
      post([{ ...accountLine(found, TEN), balanceCents: cents(balance) } as LineInput], [cash(cents(999))])
    expect(await refused(seen(owed(found) - 1), 'BALANCE_CHANGED')).toEqual({
      number: found.account.number,
      balanceCents: owed(found),
    })
    await refused(seen(owed(found)), 'UNDER_TENDERED')
  })
})

describe('a receipt', () => {
  it('keeps of an account how it was billed, what was owed before and what each part was for', async () => {
    const { client } = await atTheWindow({ creditGlAccount: '500-2999' })
    const found = await ordinaryAccount()
    const { account, items } = found
    const all = cents(owed(found) + 250)
    const { asOfMs } = await client.account.get({ accountId: account.accountId })
    const { receiptId } = await pay(client, all, { account: found, tenders: [card(all)] })
    const { lines } = await client.receipt.get({ receiptId })
    expect(lines).toEqual([
      {
        kind: 'account',
        accountId: account.accountId,
        accountNumber: account.number,
        name: account.name,
        address: account.address,
        cents: all,
        balanceBeforeCents: owed(found),
        asOfMs,
        allocations: [
          ...items.map(({ itemId, service, dueDate, openCents, glAccount }) => {
            return { itemId, service, dueDate, cents: openCents, glAccount }
          }),
          { itemId: null, service: expect.any(String), dueDate: null, cents: 250, glAccount: '500-2999' },
        ],
      },
    ])
  })

  it('keeps of what is sold its price as the city sets it, by the piece, as a share or as it was asked', async () => {
    const { client } = await atTheWindow()
    const lines = [
      await catalogLine(client, 'DEMO', { reference: '  P-7 ' }),
      await catalogLine(client, 'COPY', { quantity: 4, reference: '' }),
      await catalogLine(client, 'PLAN-REV', { baseCents: cents(10_000) }),
      await catalogLine(client, 'MISC', { priceCents: cents(333) }),
    ]
    const input = receiptInput(lines, [card(cents(16_933))], cents(16_933))
    const { receiptId } = await client.receipt.post(input)
    const kept = (await client.receipt.get({ receiptId })).lines.map(line =>
      line.kind === 'catalog'
        ? [line.code, line.quantity, line.unitPriceCents, line.baseCents, line.rateMillionths, line.cents]
        : [],
    )
    expect(kept).toEqual([
      ['DEMO', 1, 10_000, null, null, 10_000],
      ['COPY', 4, 25, null, null, 100],
      ['PLAN-REV', 1, null, 10_000, 650_000, 6_500],
      ['MISC', 1, 333, null, null, 333],
    ])
    const [permit, copies] = (await client.receipt.get({ receiptId })).lines
    expect(permit).toMatchObject({ name: 'Demolition permit', reference: 'P-7', glAccount: '110-3210' })
    expect(copies).toMatchObject({ reference: '' })
  })

  it('for more than is owed is refused where the city takes no credit', async () => {
    const { client } = await atTheWindow({ overpay: 'refuse' })
    const account = await ordinaryAccount()
    const more = cents(owed(account) + 1)
    const call = pay(client, more, { account, tenders: [card(more)] })
    expect(await refused(call, 'ALLOCATION_NOT_VALID')).toEqual({ line: 1, reason: 'over-balance' })
  })
})
