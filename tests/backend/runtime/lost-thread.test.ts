/** A worker thread that comes to an end by itself: what it had in hand fails, and the next work has another. */
import type { Worker } from 'node:worker_threads'
import { expect, it, vi } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { openDrawer, pay } from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

const threads = vi.hoisted((): Worker[] => [])
vi.mock(import('node:worker_threads'), async original => {
  const real = await original()
  class Seen extends real.Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given)
      threads.push(this)
    }
  }
  return { ...real, Worker: Seen }
})

it('is replaced for the next receipt', async () => {
  const client = await clientOf(await openTestTill(), 'cashier')
  await openDrawer(client)
  const { receiptId } = await pay(client, cents(900))
  const paper = async () => (await client.receipt.document({ receiptId, paper: '80mm' })).size
  const size = await paper()
  expect(size).toBeGreaterThan(1_000)
  for (const thread of threads) await thread.terminate()
  expect(await paper()).toBe(size)
})
