/** A receipt is posted once, however often it is sent. */
import { describe, expect, it, onTestFinished } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import {
  accountLine,
  CHANGE_FUND,
  cash,
  countOf,
  openDrawer,
  ordinaryAccount,
  receiptInput,
} from '../../support/desk.ts'
import { httpLink, openTransportFor } from '../../support/http-till.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf, screenOver, signInAt } from '../../support/screens.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'

const TEN = cents(1_000)

async function cashierAtDrawer(till: OpenTill): Promise<TillClient> {
  const client = await clientOf(till, 'cashier')
  await openDrawer(client)
  return client
}

async function tenDollars() {
  return receiptInput([accountLine(await ordinaryAccount(), TEN)], [cash(TEN)])
}

/** Receipts on record, by number. */
async function numbers(client: TillClient): Promise<string[]> {
  return (await client.receipt.find({})).map(({ number }) => number)
}

describe('posting once', () => {
  it('Enter held down sends fifty times and charges once', async () => {
    const client = await cashierAtDrawer(await openTestTill())
    const input = await tenDollars()
    const answers = await Promise.all(Array.from({ length: 50 }, () => client.receipt.post(input)))
    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1)
    expect(await numbers(client)).toEqual(['W1-000001'])
  })

  it('a double click through a real connection charges once', async () => {
    const till = await openTestTill()
    const link = httpLink(await openTransportFor(till.backend))
    const screen = screenOver(link)
    await signInAt(screen, 'cashier')
    await openDrawer(screen.client)
    const input = await tenDollars()
    const [first, second] = await Promise.all([
      screen.client.receipt.post(input),
      screen.client.receipt.post(input),
    ])
    expect(second).toEqual(first)
    expect(await numbers(screen.client)).toEqual([first.number])
  })

  it('posting again after a lost reply charges once', async () => {
    const till = await openTestTill()
    const link = httpLink(await openTransportFor(till.backend))
    const screen = screenOver(link)
    await signInAt(screen, 'cashier')
    await openDrawer(screen.client)
    const input = await tenDollars()
    const cut = new AbortController()
    const stop = till.backend.ledger.onCommit(() => cut.abort())
    onTestFinished(() => void stop())
    await expect(screen.client.receipt.post(input, { signal: cut.signal })).rejects.toThrow()
    const answer = await screen.client.receipt.post(input)
    expect(await numbers(screen.client)).toEqual([answer.number])
  })

  it('posting again after the program was started anew gives the first answer', async () => {
    const till = await openTestTill()
    const client = await cashierAtDrawer(till)
    const input = await tenDollars()
    const first = await client.receipt.post(input)
    await till.restart()
    const again = await clientOf(till, 'cashier')
    expect(await again.receipt.post(input)).toEqual(first)
    expect(await numbers(again)).toEqual([first.number])
  })

  it('the answer is the first one even when the drawer has been closed since', async () => {
    const client = await cashierAtDrawer(await openTestTill())
    const input = await tenDollars()
    const first = await client.receipt.post(input)
    await client.session.count({ commandId: newId(), count: await countOf(client, cents(CHANGE_FUND + TEN)) })
    expect(await client.receipt.post(input)).toEqual(first)
  })

  it('a command that was refused may be sent again when what was wanting is there', async () => {
    const till = await openTestTill()
    const client = await clientOf(till, 'cashier')
    const input = await tenDollars()
    await refused(client.receipt.post(input), 'NO_OPEN_SESSION')
    await openDrawer(client)
    expect((await client.receipt.post(input)).number).toBe('W1-000001')
  })

  it('an id cannot be used for another operation', async () => {
    const client = await cashierAtDrawer(await openTestTill())
    const input = await tenDollars()
    await client.receipt.post(input)
    const { commandId } = input
    const count = { pieces: [], items: [], extraItems: [], slips: [] }
    await refused(client.session.count({ commandId, count }), 'COMMAND_CONTENT_CHANGED')
  })

  it('two windows with two ids are two receipts, numbered without a gap', async () => {
    const client = await cashierAtDrawer(await openTestTill())
    const inputs = await Promise.all([tenDollars(), tenDollars(), tenDollars()])
    await Promise.all(inputs.map(input => client.receipt.post(input)))
    expect((await numbers(client)).sort()).toEqual(['W1-000001', 'W1-000002', 'W1-000003'])
  })

  it('a refused receipt takes no number', async () => {
    const client = await cashierAtDrawer(await openTestTill())
    await client.receipt.post(await tenDollars())
    const wrong = { ...(await tenDollars()), totalCents: cents(999) }
    await refused(client.receipt.post(wrong), 'TOTAL_CHANGED')
    expect((await client.receipt.post(await tenDollars())).number).toBe('W1-000002')
  })

  it('a drawer that is counted twice by a double click is counted once', async () => {
    const client = await cashierAtDrawer(await openTestTill())
    const input = { commandId: newId(), count: await countOf(client, cents(CHANGE_FUND - 100)) }
    const [first, second] = await Promise.all([client.session.count(input), client.session.count(input)])
    expect([first.outcome, second.outcome]).toEqual(['recount', 'recount'])
    expect((await client.session.countSheet()).round).toBe(2)
  })
})
