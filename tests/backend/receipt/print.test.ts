/** The papers of a receipt: the first, its copies, and what is shown without one. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cents } from '../../../shared/money.ts'
import { pay } from '../../support/desk.ts'
import { refused } from '../../support/refusals.ts'
import { bodiesOf } from '../../support/till.ts'
import { hasPoppler, pageSizeOf, wordsOf } from '../documents/paper-text.ts'
import { atTheWindow } from './at-the-window.ts'

describe('the paper of a receipt', () => {
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer())

  it('is a copy from the second printing on, each in a file of its own and each on record', async () => {
    const { till, client } = await atTheWindow({ receiptPaper: 'letter' })
    const { receiptId } = await pay(client, cents(900))
    const printed = [
      await client.receipt.print({ receiptId }),
      await client.receipt.print({ receiptId, paper: '80mm' }),
    ]
    expect(printed.map(({ copyNo }) => copyNo)).toEqual([1, 2])
    expect(readdirSync(join(till.dataDir, 'papers')).sort()).toEqual([
      'W1-000001-copy-2.pdf',
      'W1-000001.pdf',
    ])
    expect(printed.every(({ where }) => existsSync(where))).toBe(true)
    expect(bodiesOf(till, 'receipt.printed')).toEqual([
      { receiptId, copyNo: 1, paper: 'letter' },
      { receiptId, copyNo: 2, paper: '80mm' },
    ])
  })

  it.skipIf(!hasPoppler)('is shown as it was printed last, on the paper that is asked for', async () => {
    const { client } = await atTheWindow()
    const { receiptId } = await pay(client, cents(900))
    const shown = async (paper: '80mm' | 'letter') =>
      bytesOf(await client.receipt.document({ receiptId, paper }))
    expect(wordsOf(await shown('80mm'))).not.toContain('DUPLICATE')
    await client.receipt.print({ receiptId })
    const first = await shown('letter')
    expect(wordsOf(first)).not.toContain('DUPLICATE')
    expect(pageSizeOf(first)).toEqual({ width: 612, height: 792 })
    await client.receipt.print({ receiptId })
    expect(wordsOf(await shown('80mm'))).toMatch(/DUPLICATE.*2/)
  })

  it('that no printer takes is kept, and the refusal says where', async () => {
    const { till, client } = await atTheWindow({ printer: { mode: 'queue', queue: 'no-such-printer' } })
    const { receiptId } = await pay(client, cents(900))
    const told = await refused(client.receipt.print({ receiptId }), 'PRINTER_FAILED')
    const saved = join(till.dataDir, 'papers', 'W1-000001.pdf')
    expect(told).toEqual({ detail: expect.stringMatching(/./), saved })
    expect(existsSync(saved)).toBe(true)
    expect((await client.receipt.get({ receiptId })).printCount).toBe(1)
  })

  it('that cannot even be kept is trouble of the till’s folder, and of no printer', async () => {
    const { till, client } = await atTheWindow()
    const { receiptId } = await pay(client, cents(900))
    writeFileSync(join(till.dataDir, 'papers'), 'A file where the folder belongs')
    await refused(client.receipt.print({ receiptId }), 'LEDGER_UNAVAILABLE')
  })
})
