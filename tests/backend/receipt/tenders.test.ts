/** What a customer hands over: what is not taken, with what is wrong in it, and what is kept of the rest. */
import { describe, expect, it } from 'vitest'
import { sealHash } from '../../../electron/backend/request/check-seal.ts'
import { cents, ZERO } from '../../../shared/money.ts'
import {
  accountLine,
  card,
  cash,
  cashOnlyAccount,
  catalogLine,
  check,
  moneyOrder,
  ordinaryAccount,
  pay,
  ROUTING,
  receiptInput,
} from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { bodiesOf } from '../../support/till.ts'
import { atTheWindow, type Case, LETTER, refusesEach, sharedWindow, TEN } from './at-the-window.ts'

const { till, post, withTenders } = sharedWindow()

const TENDERS: Case[] = [
  { rule: 'no tender', ask: () => withTenders(), code: 'NO_TENDER', says: undefined },
  {
    rule: 'a tender that the city has switched off, by its name',
    ask: () => withTenders(cash(TEN), { ...cash(TEN), tender: 'ach' }),
    code: 'TENDER_NOT_ACCEPTED',
    says: { name: 'ACH transfer' },
  },
  {
    rule: 'a tender that the city never had',
    ask: () => withTenders({ ...cash(TEN), tender: 'shells' }),
    code: 'TENDER_NOT_ACCEPTED',
    says: { name: 'shells' },
  },
  {
    rule: 'nothing in a tender',
    ask: () => withTenders(cash(TEN), check(ZERO)),
    code: 'TENDER_NOT_POSITIVE',
    says: { name: 'Check' },
  },
  {
    rule: 'a money order without its number',
    ask: () => withTenders({ ...moneyOrder(TEN), reference: ' ' }),
    code: 'REFERENCE_MISSING',
    says: { what: 'Money order' },
  },
  {
    rule: 'a money order’s number that is too long as it is kept',
    ask: () => withTenders({ ...moneyOrder(TEN), reference: LETTER.repeat(14) }),
    code: 'TEXT_NOT_ALLOWED',
    says: { field: 'reference', reason: 'too-long' },
  },
  {
    rule: 'an approval code that is too long as it is kept',
    ask: () => withTenders(card(TEN, { approvalCode: LETTER.repeat(5) })),
    code: 'TEXT_NOT_ALLOWED',
    says: { field: 'approvalCode', reason: 'too-long' },
  },
  {
    rule: 'a check of a wrong routing number',
    ask: () => withTenders(check(TEN, { routingNumber: '111000026' })),
    code: 'TENDER_DETAIL_WRONG',
    says: { kind: 'check', detail: 'routingNumber' },
  },
  {
    rule: 'a card without the terminal’s approval',
    ask: () => withTenders({ ...card(TEN), details: { cardBrand: 'Visa', cardLast4: '4242' } }),
    code: 'TENDER_DETAIL_WRONG',
    says: { kind: 'card', detail: 'approvalCode' },
  },
  {
    rule: 'a cent too little',
    ask: () => withTenders(cash(cents(999))),
    code: 'UNDER_TENDERED',
    says: { shortCents: 1 },
  },
  {
    rule: 'more on a check than is due',
    ask: () => withTenders(check(cents(1_001))),
    code: 'CHANGE_NOT_ALLOWED',
    says: undefined,
  },
  {
    rule: 'change of the largest bill',
    ask: () => withTenders(cash(cents(11_000))),
    code: 'CHANGE_TOO_LARGE',
    says: { largestBillCents: 10_000 },
  },
]

describe('a receipt is not taken for', () => {
  refusesEach(TENDERS, till)

  it('a check where one of several accounts takes cash alone, though a card would do', async () => {
    const one = await cashOnlyAccount()
    const lines = [accountLine(one, cents(400)), accountLine(await ordinaryAccount(), cents(600))]
    expect(await refused(post(lines, [card(cents(1)), check(cents(999))]), 'CASH_ONLY')).toEqual({
      number: one.account.number,
    })
    await refused(post(lines, [card(cents(999))]), 'UNDER_TENDERED')
  })
})

describe('a receipt', () => {
  it('keeps of a tender what its kind asks for, trimmed, and nothing else that came with it', async () => {
    const { till, client } = await atTheWindow()
    const amount = cents(100)
    const line = await catalogLine(client, 'MISC', { priceCents: cents(400) })
    const tenders = [
      { ...cash(amount), details: { approvalCode: 'X' } },
      card(amount, { approvalCode: ' OK7 ', note: 'He was in a hurry' }),
      check(amount, { reference: ' 1042 ' }),
      { ...moneyOrder(amount), details: { cardLast4: '4242' } },
    ]
    await client.receipt.post(receiptInput([line], tenders, cents(400)))
    const [receipt] = bodiesOf(till, 'receipt.posted')
    expect(receipt?.tenders).toEqual([
      { tender: 'cash', cents: 100, reference: '', details: {} },
      {
        tender: 'card',
        cents: 100,
        reference: '',
        details: { cardBrand: 'Visa', cardLast4: '4242', approvalCode: 'OK7' },
      },
      {
        tender: 'check',
        cents: 100,
        reference: '1042',
        details: { routingNumber: ROUTING, accountLast4: '6789', accountHash: 'ab'.repeat(32) },
      },
      { tender: 'money-order', cents: 100, reference: '88-1203', details: {} },
    ])
  })

  it('keeps what the till made of a check’s account, also where it looks like the number of a card', async () => {
    const { till, client } = await atTheWindow()
    const hash = `4111111111111111${'ab'.repeat(24)}`
    const known = { routingNumber: ROUTING, accountLast4: '6789' }
    const accountHash = sealHash(till.backend.tillKey, known, hash)
    await pay(client, TEN, { tenders: [check(TEN, { ...known, accountHash })] })
    const [receipt] = bodiesOf(till, 'receipt.posted')
    expect(receipt?.tenders[0]?.details).toEqual({ ...known, accountHash: hash })
  })
})
