/** Pieces noted with a receipt, as they are kept. */
import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { type Cents, cents } from '../../../shared/money.ts'
import { accountLine, card, cash, ordinaryAccount, receiptInput } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { bodiesOf } from '../../support/till.ts'
import { atTheWindow } from './at-the-window.ts'

describe('the pieces noted with a receipt', () => {
  const note = (valueCents: Cents, taken: number, given: number) => {
    return { valueCents, kind: 'note' as const, taken, given }
  }

  it('are kept without rows of nothing, and are none where only nothing is noted', async () => {
    const { till, client } = await atTheWindow()
    const line = () => ordinaryAccount().then(account => accountLine(account, cents(1_500)))
    const input = receiptInput([await line()], [cash(cents(2_000))], cents(1_500))
    const [ten, five, twenty] = [cents(1_000), cents(500), cents(2_000)]
    await client.receipt.post({ ...input, pieces: [note(twenty, 1, 0), note(ten, 0, 0), note(five, 0, 1)] })
    await client.receipt.post({ ...input, commandId: newId(), pieces: [note(ten, 0, 0)] })
    const kept = bodiesOf(till, 'receipt.posted').map(({ pieces }) => pieces)
    expect(kept).toEqual([[note(twenty, 1, 0), note(five, 0, 1)], []])
  })

  it('are set beside cash alone, whatever else was handed over', async () => {
    const { client } = await atTheWindow()
    const line = accountLine(await ordinaryAccount(), cents(3_000))
    const input = receiptInput([line], [card(cents(2_000)), cash(cents(1_000))], cents(3_000))
    const all = client.receipt.post({ ...input, pieces: [note(cents(1_000), 3, 0)] })
    expect(await refused(all, 'PIECES_DIFFER')).toEqual({ wantedCents: 1_000, countedCents: 3_000 })
    await client.receipt.post({ ...input, pieces: [note(cents(1_000), 1, 0)] })
  })
})
