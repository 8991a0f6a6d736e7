/** Finding receipts: by number, name or account, and what the list says of each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { cents } from '../../../shared/money.ts'
import { openLineTill, withReceipt } from '../../support/central/line.ts'
import {
  accountLine,
  card,
  cash,
  catalogLine,
  openDrawer,
  ordinaryAccount,
  pay,
  receiptInput,
} from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

const endings: (() => Promise<void>)[] = []
let client: TillClient

/** The first account's bill, both accounts and a permit together, and the second's bill. */
beforeAll(async () => {
  const till = await openTestTill({ atEnd: end => void endings.push(end) })
  client = await clientOf(till, 'cashier')
  await openDrawer(client)
  const [first, second] = [await ordinaryAccount(0), await ordinaryAccount(1)]
  await pay(client, cents(1_000), { account: first })
  const lines = [
    accountLine(second, cents(500)),
    await catalogLine(client, 'DEMO'),
    accountLine(first, cents(700)),
  ]
  const tenders = [card(cents(1_200)), cash(cents(10_000))]
  await client.receipt.post(receiptInput(lines, tenders, cents(11_200)))
  await pay(client, cents(1_000), { account: second })
})

afterAll(async () => {
  for (const end of endings) await end()
})

const found = async (text: string) => (await client.receipt.find({ text })).map(({ number }) => number)

describe('receipts are found', () => {
  it('by the number of an account, on whichever line it stands', async () => {
    const { account } = await ordinaryAccount(0)
    expect(await found(account.number)).toEqual(['W1-000002', 'W1-000001'])
  })

  it('by the address of an account', async () => {
    const { account } = await ordinaryAccount(1)
    expect(await found(account.address)).toEqual(['W1-000003', 'W1-000002'])
  })

  it('by how a name begins, whatever is around it', async () => {
    const { account } = await ordinaryAccount(1)
    expect(await found(`  ${account.name} `)).toEqual(['W1-000003', 'W1-000002'])
  })

  it('by their own number, in full or by its digits', async () => {
    expect(await found('w1-000002')).toEqual(['W1-000002'])
    expect(await found(' 000003 ')).toEqual(['W1-000003'])
  })

  it('in no case for a word that stands nowhere', async () => {
    expect(await found('zzyzx')).toEqual([])
  })

  it('all of them, the newest first, where nothing or only a space is asked for', async () => {
    const all = ['W1-000003', 'W1-000002', 'W1-000001']
    expect((await client.receipt.find({})).map(({ number }) => number)).toEqual(all)
    expect(await found(' ')).toEqual(all)
    expect((await client.receipt.find({ limit: 2 })).map(({ number }) => number)).toEqual(all.slice(0, 2))
  })
})

it('a list of receipts names what each was for and how it was paid, line by line', async () => {
  const [{ account: first }, { account: second }] = [await ordinaryAccount(0), await ordinaryAccount(1)]
  const [, both] = await client.receipt.find({})
  expect(both).toMatchObject({
    number: 'W1-000002',
    cashierName: 'M. Alvarez',
    names: [second.name, 'Demolition permit', first.name],
    tenders: ['card', 'cash'],
    state: 'posted',
    postingState: 'held',
  })
})

it('the first hundred are listed where nobody says how many', async () => {
  for (let receipt = 0; receipt < 98; receipt += 1) await pay(client, cents(100))
  expect(await client.receipt.find({})).toHaveLength(100)
  expect(await client.receipt.find({ limit: 500 })).toHaveLength(101)
})

it('a list of receipts says which of them central has', async () => {
  const line = await openLineTill()
  const { client: window } = await withReceipt(line)
  await line.settle()
  await pay(window, cents(100))
  const states = (await window.receipt.find({})).map(({ postingState }) => postingState)
  expect(states).toEqual(['held', 'posted'])
})
