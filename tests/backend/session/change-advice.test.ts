/** Change that is still to be given is looked for in the drawer; what was given, or is given no more, is not. */
import { beforeEach, expect, it } from 'vitest'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import {
  accountLine,
  approvalBy,
  cash,
  countDrawer,
  openDrawer,
  ordinaryAccount,
  receiptInput,
} from '../../support/desk.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'

let client: TillClient

/** Two hundreds lie in the drawer: sixty dollars are not there. */
beforeEach(async () => {
  client = await clientOf(await openTestTill(), 'cashier')
  await openDrawer(client)
})

const forty = async () =>
  receiptInput([accountLine(await ordinaryAccount(), cents(4_000))], [cash(cents(10_000))])

const isThere = async (receiptId: string) => (await client.session.changeAdvice({ receiptId })).isThere

it('change that was noted was there', async () => {
  const note = (dollars: number, taken: number, given: number) => {
    return { valueCents: cents(dollars * 100), kind: 'note' as const, taken, given }
  }
  const pieces = [note(100, 1, 0), note(50, 0, 1), note(10, 0, 1)]
  expect(await isThere((await client.receipt.post({ ...(await forty()), pieces })).receiptId)).toBe(true)
})

it('change of a receipt that was voided is wanted no more', async () => {
  const { receiptId } = await client.receipt.post(await forty())
  expect(await isThere(receiptId)).toBe(false)
  const approval = approvalBy('lead')
  await client.receipt.void({ commandId: newId(), receiptId, reason: 'Keyed wrong', approval })
  expect(await isThere(receiptId)).toBe(true)
})

it('change from a drawer that was counted since is wanted no more', async () => {
  const { receiptId } = await client.receipt.post(await forty())
  await countDrawer(client, cents(1_000))
  expect(await isThere(receiptId)).toBe(true)
})
