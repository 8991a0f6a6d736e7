import { describe, expect, it } from 'vitest'
import { readingDocument } from '../../../electron/backend/documents/reading.ts'
import { renderPdf } from '../../../electron/backend/documents/render.ts'
import type { Reading } from '../../../shared/contract/session-fields.ts'
import { cents } from '../../../shared/money.ts'
import { hasPoppler, pageSizeOf, pagesOf, placedLabels, wordsOf } from './paper-text.ts'
import { closedInAbsence, handedOver, xReading, zReading } from './reading-samples.ts'
import { settings } from './samples.ts'

const printed = (reading: Reading) => renderPdf(readingDocument({ reading, settings }))

/** The figures behind a label, in the order of the tenders. */
function rowOf(pdf: Uint8Array, label: string): string[] {
  const row = pagesOf(pdf)
    .join('\n')
    .split('\n')
    .find(line => line.trimStart().startsWith(label))
  return (row ?? '')
    .replace(label, '')
    .trim()
    .split(/\s{2,}/)
}

describe('a Z report on paper', () => {
  it('is the same bytes each time', async () => {
    expect(Buffer.compare(await printed(zReading), await printed(zReading))).toBe(0)
  })

  it.skipIf(!hasPoppler)('reads as the sum that makes expected, tender by tender', async () => {
    const pdf = await printed(zReading)
    expect(rowOf(pdf, 'Opening cash')).toEqual(['150.50', '0.00', '0.00', '0.00'])
    expect(rowOf(pdf, '+ Taken')).toEqual(['5,241.63', '1,780.10', '80.00', '263.35'])
    expect(rowOf(pdf, '− Change given')).toEqual(['241.63', '0.00', '0.00', '0.00'])
    expect(rowOf(pdf, '− Turned in')).toEqual(['4,000.00', '0.00', '0.00', '0.00'])
    expect(rowOf(pdf, '= Expected')).toEqual(['1,150.50', '1,780.10', '80.00', '263.35'])
    expect(rowOf(pdf, 'Counted')).toEqual(['1,151.00', '1,779.10', '80.00', '263.35'])
    expect(rowOf(pdf, 'Over / short')).toEqual(['0.50', '1.00', '0.00', '0.00'])
  })

  it.skipIf(!hasPoppler)('says over and short in words, and never a net of both', async () => {
    const words = wordsOf(await printed(zReading))
    expect(words).toContain('over short agrees agrees')
    expect(words).not.toContain('-0.50')
  })

  it.skipIf(!hasPoppler)(
    'shows session, people, counts with the first one kept, voids, totals and code',
    async () => {
      const pdf = await printed(zReading)
      expect(pageSizeOf(pdf)).toEqual({ width: 612, height: 792 })
      const words = wordsOf(pdf)
      for (const told of [
        'Z-000031',
        'W1-S-0031',
        'Drawer 2',
        'M. Álvarez',
        '11/20/2026 7:52 am',
        '11/20/2026 5:14 pm',
        'W1-004790 – W1-004836',
        'Cash 20.50 over',
        'Cash 0.50 over',
        'Check 1.00 short',
        'the cash is not found',
        'Approved by T. Whitfield',
        'W1-004812 279.37',
        '4010-100 4,021.17',
        'Total 7,123.45',
        'Q4ZT-11XB-80WE',
      ]) {
        expect(words).toContain(told)
      }
      const marks = placedLabels(pdf).filter(word => word.text === 'Z')
      expect(Math.max(...marks.map(mark => mark.bottom - mark.top))).toBeGreaterThan(40)
    },
  )

  it.skipIf(!hasPoppler)('shows cash that moved without a receipt by its slip, and what stayed', async () => {
    const words = wordsOf(await printed(zReading))
    for (const told of [
      'Left in the drawer',
      '150.50',
      'To the safe at close',
      '1,000.50',
      'Opened without a sale',
      'W1-M0012 Turn-in 12:31 pm T. Whitfield 4,000.00',
    ])
      expect(words).toContain(told)
  })

  it.skipIf(!hasPoppler)(
    'of a drawer that was handed over is signed by both, and says where it went',
    async () => {
      const words = wordsOf(await printed(handedOver))
      for (const told of [
        'Handed over from',
        'W1-S-0030',
        'J. Okonkwo · W1-S-0032',
        'M. Álvarez Date J. Okonkwo Date T. Whitfield Date',
        'Gives Takes Approver',
      ])
        expect(words).toContain(told)
    },
  )

  it.skipIf(!hasPoppler)('closed in somebody’s absence says who counted for whom', async () => {
    const words = wordsOf(await printed(closedInAbsence))
    const by = 'Counted and closed by R. Chen and T. Whitfield in the absence of M. Álvarez.'
    for (const told of [by, 'First counter', 'Second counter', 'Went home ill at noon'])
      expect(words).toContain(told)
  })

  it.skipIf(!hasPoppler)('loses no void, however many and however long their reasons', async () => {
    const voids = Array.from({ length: 40 }, (_, i) => ({
      number: `V-${String(i).padStart(3, '0')}`,
      cents: cents(100 + i),
      reason: 'because '.repeat(25).trim(),
      approvedByName: 'W'.repeat(80),
    }))
    const pages = pagesOf(await printed({ ...zReading, voids }))
    for (const { number } of voids) expect(pages.join()).toContain(number)
    for (const [i, page] of pages.entries()) expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
  })

  it.skipIf(!hasPoppler)('has room for all six tenders with the largest amounts', async () => {
    const large = cents(9_999_999_999)
    const kinds = ['cash', 'check', 'money-order', 'card', 'ach', 'credit'] as const
    const first = zReading.balances[0]
    if (first === undefined) throw new Error('the sample has no balance')
    const balances = kinds.map(tender => ({ ...first, tender, name: tender, expectedCents: large }))
    const pdf = await printed({ ...zReading, balances })
    expect(rowOf(pdf, '= Expected')).toEqual(kinds.map(() => '99,999,999.99'))
    for (const { right } of placedLabels(pdf)) expect(right).toBeLessThanOrEqual(558.5)
  })
})

describe('the parting of the cash on a Z report', () => {
  it.skipIf(!hasPoppler)('sets what stays in the drawer beside what goes to the safe', async () => {
    const text = pagesOf(await printed(zReading)).join('\n')
    expect(text).toMatch(/Stays in the drawer +Goes to the safe/)
    // As many straps or rolls, as many loose pieces, their worth; on the left, and on the right.
    expect(text).toMatch(/^ *\$20 +5 +100\.00/m)
    expect(text).toMatch(/^ *Quarters +1 +22 +15\.50/m)
    expect(text).toMatch(/\$20 +20 +400\.00$/m)
    expect(text).toMatch(/\$1 +2 +200\.00$/m)
    expect(text).toMatch(/^ *Total +150\.50/m)
    expect(text).toMatch(/Total +1,000\.50$/m)
  })

  it.skipIf(!hasPoppler)('says which note to change where no mix leaves the change fund', async () => {
    const changeFirst = { valueCents: cents(2_000), kind: 'note' as const, staysCents: cents(1_050) }
    const parting = { left: [], leaving: [], changeFirst }
    const words = wordsOf(await printed({ ...zReading, parting }))
    expect(words).toContain('No mix of the counted pieces makes 150.50.')
    expect(words).toContain('Change one $20: 10.50 of it stays')
  })
})

describe('an X report on paper', () => {
  it.skipIf(!hasPoppler)('says that nothing has been counted, and knows no over or short', async () => {
    const pdf = await printed(xReading)
    const words = wordsOf(pdf)
    expect(words).toContain('X report')
    expect(words).toContain('A reading without reset. Nothing has been counted.')
    expect(rowOf(pdf, '= Expected')).toEqual(['1,150.50', '1,780.10', '80.00', '263.35'])
    expect(words).not.toMatch(/Over|1,151\.00/)
  })
})
