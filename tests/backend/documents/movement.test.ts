import { describe, expect, it } from 'vitest'
import { movementSlipDocument } from '../../../electron/backend/documents/movement/movement-slip.ts'
import { renderPdf } from '../../../electron/backend/documents/render.ts'
import type { MovementView } from '../../../shared/contract/movement.ts'
import { movementOf } from './movement-samples.ts'
import { hasPoppler, pageSizeOf, pagesOf, wordsOf } from './paper-text.ts'
import { settings } from './samples.ts'

const slip = (movement: MovementView, receiptPaper: '80mm' | 'letter' = '80mm') =>
  renderPdf(movementSlipDocument({ movement, settings: { ...settings, receiptPaper } }))

const COMMON = ['W1-M0031', '11/20/2026', 'Window 1', 'W1-S0107', 'M. Álvarez', 'W6DK-Z306-8F7R']
const OWN: Record<MovementView['kind'], string[]> = {
  'turn-in': [
    'Turn-in to the safe',
    '$20 117 2,340.00',
    'Checks · 3 items',
    '252.69',
    '2,592.69',
    'R. Chen',
    'Taken by',
  ],
  'paid-in': ['Paid in', 'Found money', '100-4990', 'Under the counter', '5.00', 'Cash brought by'],
  'paid-out': ['Paid out', 'Postage and supplies', 'PC-118', '31.50', 'D. Whitfield', 'Approved by'],
  'change-order': [
    'Change order',
    '$50 2 100.00',
    '$5 10 50.00',
    '$1 50 50.00',
    'Exchanged',
    'Keeper of the safe',
  ],
}
const KINDS = ['turn-in', 'paid-in', 'paid-out', 'change-order'] as const

describe('the slip of money that moved without a receipt', () => {
  it('is the same bytes each time', async () => {
    const movement = movementOf('turn-in')
    expect(Buffer.compare(await slip(movement), await slip(movement))).toBe(0)
  })

  it.skipIf(!hasPoppler).each(KINDS)(
    'says on a roll and on a page what a %s is, and who signs',
    async kind => {
      for (const paper of ['80mm', 'letter'] as const) {
        const pdf = await slip(movementOf(kind), paper)
        const words = wordsOf(pdf)
        for (const told of [...COMMON, ...OWN[kind]]) expect(words, `${kind} on ${paper}`).toContain(told)
        expect(pagesOf(pdf)).toHaveLength(1)
      }
    },
  )

  it.skipIf(!hasPoppler)('is as wide as the paper that the city prints receipts on', async () => {
    const movement = movementOf('turn-in')
    expect(pageSizeOf(await slip(movement)).width).toBeCloseTo((80 * 72) / 25.4, 1)
    expect(pageSizeOf(await slip(movement, 'letter'))).toEqual({ width: 612, height: 792 })
  })

  it.skipIf(!hasPoppler)('names every paper with its receipt and amount', async () => {
    const movement = movementOf('turn-in')
    const words = wordsOf(await slip(movement))
    for (const told of ['Check 1042 · W1-004710 73.12', 'Money order 88 · W1-004712 95.34'])
      expect(words).toContain(told)
  })
})
