/** What stranger lives of central told the billing system, and what this one makes of it: cases that went wrong once. */
import { expect, it, onTestFinished } from 'vitest'
import { billedAnew, CarrierLives } from '../../support/central/carrier-lives.ts'
import { account, itemId, water } from '../../support/central/central-shop.ts'

async function opened(options?: { carrier: boolean }): Promise<CarrierLives> {
  const lives = await CarrierLives.open(options)
  onTestFinished(() => lives.close())
  return lives
}

const pay = (lives: CarrierLives, no: number, cents: number): string =>
  lives.counter.receipt([water(no, cents)])

/** Nothing waits, and the files together say what is booked. */
async function agrees(lives: CarrierLives, booked: number[]): Promise<void> {
  await lives.carry()
  expect(lives.told()).toEqual(lives.booked())
  expect(Object.values(lives.booked())).toEqual(booked)
  expect(await lives.now()).toMatchObject({ waiting: 0, awaited: 0, held: '' })
}

it('a second try that was accepted is not made once more when both answers are given again', async () => {
  const lives = await opened()
  const receiptId = pay(lives, 1, 1_000)
  await lives.push()
  await lives.carry()
  const backup = lives.backup()
  await lives.answer(1, () => 'rejected')
  await lives.resolve(receiptId)
  await lives.carry()
  await lives.answer(2)
  await lives.restore(backup)
  await lives.saidDelivered()
  await lives.answerAll()
  await lives.resolve(receiptId)
  await agrees(lives, [1_000])
  expect(lives.lastFile).toBe(2)
  expect(lives.states()).toEqual(['posted'])
})

it.each<
  [what: string, again: (lives: CarrierLives, receiptId: string) => Promise<unknown>, booked: number[]]
>([
  [
    'is charged to its own account again',
    async (lives, receiptId) => {
      await lives.bill(billedAnew(1))
      await lives.push()
      return lives.resolve(receiptId, { accountNumber: '10-1' })
    },
    [],
  ],
  ['is simply taken back', lives => lives.push(), []],
  [
    'is charged to another account',
    async (lives, receiptId) => {
      await lives.bill(billedAnew(1))
      await lives.push()
      return lives.resolve(receiptId, { accountNumber: '10-2' })
    },
    [1_000, -1_000],
  ],
  [
    'is written off',
    async (lives, receiptId) => {
      await lives.bill(billedAnew(1))
      await lives.push()
      return lives.resolve(receiptId, { writeOffTo: '900-1000' })
    },
    [1_000],
  ],
])('a void that was charged to its account in another life, and %s', async (_, again, booked) => {
  const lives = await opened()
  const receiptId = pay(lives, 1, 1_000)
  await lives.push()
  await lives.carry()
  const backup = lives.backup()
  await lives.bill(billedAnew(1))
  lives.counter.void(receiptId, 1_000)
  await lives.push()
  await lives.resolve(receiptId, { accountNumber: '10-1' })
  await lives.carry()
  await lives.restore(backup)
  await lives.saidDelivered()
  await again(lives, receiptId)
  await agrees(lives, booked)
})

it.each([true, false])(
  'a void that was told, and cannot be booked any more: charged to another: %s',
  async charged => {
    const lives = await opened()
    const receiptId = pay(lives, 1, 1_000)
    await lives.push()
    await lives.carry()
    const backup = lives.backup()
    lives.counter.void(receiptId, 1_000)
    await lives.push()
    await lives.carry()
    await lives.restore(backup)
    await lives.bill(billedAnew(1))
    await lives.saidDelivered()
    await lives.push()
    await lives.resolve(receiptId, charged ? { accountNumber: '10-2' } : { writeOffTo: '900-1000' })
    await agrees(lives, charged ? [1_000, -1_000] : [1_000])
  },
)

it.each<[verdict: 'accepted' | 'rejected', to: '10-2' | '10-8', state: string]>([
  ['rejected', '10-2', 'acknowledged'],
  ['accepted', '10-8', 'posted'],
  ['accepted', '10-2', 'acknowledged'],
])(
  'an answer that comes while the line waits is kept: %s, then resolved to %s',
  async (verdict, to, state) => {
    const lives = await opened()
    const backup = lives.backup()
    await lives.bill(account(8))
    const receiptId = pay(lives, 8, 4_000)
    await lives.push()
    await lives.carry()
    await lives.answer(1, () => verdict)
    await lives.restore(backup)
    await lives.push()
    await lives.saidDelivered()
    await lives.answer(1)
    await lives.bill(account(8))
    await lives.resolve(receiptId, to === '10-8' ? {} : { accountNumber: to })
    await agrees(lives, [4_000])
    expect(lives.states()).toEqual([state])
    await lives.answerAll()
    expect(lives.states()).toEqual(['posted'])
    // The next day's file says what the billing system has by then.
    expect(lives.owed(itemId(8, 1))).toBe(to === '10-8' ? 0 : 4_000)
  },
)

it.each<[what: string, again: (lives: CarrierLives) => Promise<unknown>, booked: number[]]>([
  ['paid and voided before the carrier is on again', lives => lives.push(), []],
  ['paid before it is on, and voided after', lives => lives.push(1), []],
])('%s, where the backup is of before it was on', async (_, again, booked) => {
  for (const isVoidTold of [true, false]) {
    const lives = await opened({ carrier: false })
    const backup = lives.backup()
    await lives.switchOn()
    const receiptId = pay(lives, 1, 1_000)
    await lives.push()
    await lives.carry()
    lives.counter.void(receiptId, 1_000)
    if (isVoidTold) {
      await lives.push()
      await lives.carry()
    }
    await lives.restore(backup)
    await again(lives)
    await lives.switchOn()
    await lives.push()
    await lives.saidDelivered()
    await agrees(lives, booked)
  }
})

it('what a stranger life was told off is no matter of this one’s own lines', async () => {
  const lives = await opened()
  const receiptId = pay(lives, 1, 1_000)
  await lives.push()
  await lives.carry()
  await lives.answer(1)
  const backup = lives.backup()
  await lives.bill(billedAnew(1))
  lives.counter.void(receiptId, 1_000)
  await lives.push()
  await lives.resolve(receiptId, { accountNumber: '10-2' })
  await lives.carry()
  await lives.restore(backup)
  await lives.saidDelivered()
  await lives.answerAll()
  await lives.push()
  await agrees(lives, [])
  const before = lives.owed(itemId(1, 1))
  await lives.answer(lives.lastFile, ({ account_id: id }) => (id.endsWith('2') ? 'rejected' : 'accepted'))
  expect(lives.owed(itemId(1, 1))).toBe(before)
  expect(lives.open()).toEqual([])
})

it('a void that was told, of a payment of before the carrier, is told once, and its payment never', async () => {
  const lives = await opened({ carrier: false })
  const receiptId = pay(lives, 1, 1_000)
  await lives.push()
  await lives.switchOn()
  const backup = lives.backup()
  lives.counter.void(receiptId, 1_000)
  await lives.push()
  await lives.carry()
  await lives.restore(backup)
  await lives.saidDelivered()
  await lives.push()
  await lives.carry()
  expect(Object.values(lives.told())).toEqual([-1_000])
  expect(lives.lastFile).toBe(1)
})
