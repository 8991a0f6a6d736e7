import { describe, expect, it } from 'vitest'
import { receiptDocument } from '../../../electron/backend/documents/receipt/receipt.ts'
import { renderPdf } from '../../../electron/backend/documents/render.ts'
import type { ReceiptView } from '../../../shared/contract/receipt.ts'
import { cents } from '../../../shared/money.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { hasPoppler, pageSizeOf, pagesOf, placedLabels, wordsOf } from './paper-text.ts'
import { accountLine, englishOnly, receipt, settings, tender, voidedReceipt } from './samples.ts'

const MM = 72 / 25.4
const PAPERS = ['80mm', 'letter'] as const

interface Wanted {
  receipt?: ReceiptView
  settings?: Settings
  paper: '80mm' | 'letter'
  copyNo?: number
}

const definitionOf = (of: Wanted) => receiptDocument({ receipt, settings, copyNo: 1, ...of })
const printed = (of: Wanted) => renderPdf(definitionOf(of))

const FIGURES = [
  'City of Millbrook Utilities',
  '221 Mill Street',
  'Millbrook, IL 60536',
  '(555) 010-4400',
  'W1-004812',
  '11/20/2026 10:58 am',
  'M. Álvarez',
  'Drawer 2',
  'W1-S-0031',
  '0041-22907',
  'Okafor, Dorothy',
  'Late fee · GL 4090-110',
  '4.12',
  'Water · GL 4010-100',
  '129.00',
  'Sewer · GL 4020-100',
  '51.25',
  '184.37',
  '0.00',
  'as of / al 11/20/2026 7:58 am',
  '0041-22915',
  '92.60',
  '42.60',
  'Water heater permit',
  'PERM-WH · GL 4410-300',
  '3 × 15.00',
  'WH-26-1182',
  '45.00',
  '279.37',
  'Check / Cheque 1187',
  '150.00',
  'Routing / Ruta 111000025',
  'Account / Cuenta •••• 4821',
  'Visa •••• 1111',
  'Approval / Autorización 004213',
  'Cash / Efectivo',
  '100.00',
  'Tendered / Entregado',
  '300.00',
  'Cash rounding / Redondeo',
  '-0.02',
  'Change / Cambio',
  '20.65',
  '7F3K-92QD-M1XA',
  'Thank you for your payment.',
  'Gracias por su pago.',
]

describe('a receipt on paper', () => {
  it.each(PAPERS)('is the same bytes each time it is printed (%s)', async paper => {
    const definition = definitionOf({ paper })
    const first = await renderPdf(definition)
    expect(Buffer.compare(await renderPdf(definition), first)).toBe(0)
    expect(Buffer.compare(await printed({ paper }), first)).toBe(0)
  })

  it('has other bytes as soon as one cent differs', async () => {
    const other = await printed({ paper: '80mm', receipt: { ...receipt, changeCents: cents(2_064) } })
    expect(Buffer.compare(await printed({ paper: '80mm' }), other)).not.toBe(0)
  })

  it('bears the time of the receipt, not of the printing', async () => {
    const text = Buffer.from(await printed({ paper: '80mm' })).toString('latin1')
    expect(text).toContain('(D:20261120165800Z)')
  })

  it('leaves its definition as it was, so that it can be printed again', async () => {
    const definition = definitionOf({ paper: 'letter' })
    const before = structuredClone(definition)
    await renderPdf(definition)
    expect(definition).toEqual(before)
  })

  it.each(PAPERS)('does not tell whether it has been posted yet (%s)', async paper => {
    const posted = await printed({
      paper,
      receipt: { ...receipt, posting: { ...receipt.posting, state: 'posted' } },
    })
    expect(Buffer.compare(await printed({ paper }), posted)).toBe(0)
  })

  it.skipIf(!hasPoppler).each(PAPERS)('shows every figure of the receipt (%s)', async paper => {
    const words = wordsOf(await printed({ paper }))
    for (const figure of FIGURES) expect(` ${words} `).toContain(` ${figure} `)
  })

  it.skipIf(!hasPoppler).each(PAPERS)(
    'is in English alone where the city gives no Spanish text (%s)',
    async paper => {
      const words = wordsOf(await printed({ paper, settings: englishOnly }))
      expect(words).toContain('Change')
      expect(words).not.toMatch(/Cambio|Cheque|Saldo|Gracias| \/ /)
    },
  )

  it.skipIf(!hasPoppler).each(PAPERS)(
    'is marked DUPLICATE with its number from the second print on (%s)',
    async paper => {
      expect(wordsOf(await printed({ paper }))).not.toContain('DUPLICATE')
      const copy = await printed({ paper, copyNo: 2 })
      expect(wordsOf(copy)).toContain('Copy / Copia 2')
      const mark = placedLabels(copy).find(word => word.text === 'DUPLICATE')
      expect((mark?.bottom ?? 0) - (mark?.top ?? 0)).toBeGreaterThan(24)
    },
  )

  it.skipIf(!hasPoppler).each(PAPERS)(
    'is marked VOID with reason, time and both people when voided (%s)',
    async paper => {
      expect(wordsOf(await printed({ paper }))).not.toContain('VOID')
      const paperOfVoid = await printed({ paper, receipt: voidedReceipt })
      const words = wordsOf(paperOfVoid)
      for (const told of ['ANULADO', 'Wrong account: the customer', '0041-22970', 'T. Whitfield']) {
        expect(words).toContain(told)
      }
      expect(words.replaceAll('\u00a0', ' ')).toContain('11/20/2026 11:07 am')
      const mark = placedLabels(paperOfVoid).find(word => word.text === 'VOID')
      expect((mark?.bottom ?? 0) - (mark?.top ?? 0)).toBeGreaterThan(24)
    },
  )

  it.skipIf(!hasPoppler)('calls a balance below zero a credit', async () => {
    const overpaid = accountLine({
      number: '7',
      name: 'Lee',
      before: 1_000,
      parts: [['water', null, 1_500, '4010']],
    })
    const words = wordsOf(await printed({ paper: '80mm', receipt: { ...receipt, lines: [overpaid] } }))
    expect(words).toContain('Credit after / Saldo a favor -5.00')
    const page = wordsOf(await printed({ paper: 'letter', receipt: { ...receipt, lines: [overpaid] } }))
    expect(page).toContain('Credit after / Saldo a favor')
  })

  it.skipIf(!hasPoppler)('names the business day where it is not the day on the clock', async () => {
    expect(wordsOf(await printed({ paper: '80mm' }))).not.toContain('Business day')
    const afterMidnight: ReceiptView = { ...receipt, businessDate: '2026-11-19' as BusinessDate }
    const words = wordsOf(await printed({ paper: '80mm', receipt: afterMidnight }))
    expect(words).toContain('11/19/2026')
  })

  it.skipIf(!hasPoppler)('says no change where no cash was handed over', async () => {
    const byCard: ReceiptView = { ...receipt, changeCents: cents(0), tenders: [tender('card', 27_937)] }
    expect(wordsOf(await printed({ paper: '80mm', receipt: byCard }))).not.toContain('Change')
  })
})

const fullReceipt: ReceiptView = {
  ...receipt,
  lines: Array.from({ length: 60 }, (_, i) =>
    accountLine({
      number: `0041-${String(i).padStart(5, '0')}`,
      name: `Customer ${i}`,
      before: 10_000,
      parts: [
        ['water', '2026-11-15', 2_000 + i, '4010-100'],
        ['sewer', '2026-11-15', 1_000, '4020-100'],
        ['trash', '2026-11-15', 500, '4030-100'],
      ],
    }),
  ),
}

describe('the largest amounts', () => {
  const largest = cents(9_999_999_999)
  const rich: ReceiptView = {
    ...receipt,
    totalCents: largest,
    tenderedCents: largest,
    changeCents: largest,
    tenders: [tender('cash', largest), tender('check', largest)],
    lines: [
      accountLine({
        number: '7',
        name: 'Lee',
        before: largest,
        parts: [['water', null, largest, '4010-100']],
      }),
    ],
  }

  it.skipIf(!hasPoppler).each(PAPERS)('stand whole on one line (%s)', async paper => {
    const words = placedLabels(await printed({ paper, receipt: rich })).map(word => word.text)
    // Line, its part, balance before, total, two tenders, tendered, change.
    expect(words.filter(word => word === '99,999,999.99')).toHaveLength(8)
  })
})

describe('the 80 mm roll', () => {
  it.skipIf(!hasPoppler)('is 80 mm wide and prints within 72 mm', async () => {
    const pdf = await printed({ paper: '80mm', receipt: voidedReceipt, copyNo: 2 })
    expect(pageSizeOf(pdf).width).toBeCloseTo(80 * MM, 1)
    for (const { left, right } of placedLabels(pdf)) {
      expect(left).toBeGreaterThanOrEqual(4 * MM - 0.1)
      expect(right).toBeLessThanOrEqual(76 * MM + 0.1)
    }
  })

  it.skipIf(!hasPoppler).each([
    ['three lines', receipt],
    ['sixty lines', fullReceipt],
  ])('is one page that ends just below the last line (%s)', async (_, of) => {
    const pdf = await printed({ paper: '80mm', receipt: of })
    expect(pagesOf(pdf)).toHaveLength(1)
    const lowest = Math.max(...placedLabels(pdf).map(word => word.bottom))
    const { height } = pageSizeOf(pdf)
    expect(height - lowest).toBeGreaterThan(8)
    expect(height - lowest).toBeLessThan(20)
    expect(wordsOf(pdf)).toContain('de lunes a viernes')
  })
})

describe('the letter page', () => {
  it.skipIf(!hasPoppler)('is US letter, and three lines fit on one page', async () => {
    const pdf = await printed({ paper: 'letter' })
    expect(pageSizeOf(pdf)).toEqual({ width: 612, height: 792 })
    expect(pagesOf(pdf)).toHaveLength(1)
  })

  it.skipIf(!hasPoppler)('runs on with heads and page numbers, and no line is lost', async () => {
    const pages = pagesOf(await printed({ paper: 'letter', receipt: fullReceipt }))
    expect(pages.length).toBeGreaterThan(2)
    for (const [i, page] of pages.entries()) {
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
      expect(page).toContain('W1-004812')
    }
    for (let i = 0; i < 60; i++) expect(pages.join()).toContain(`0041-${String(i).padStart(5, '0')}`)
    expect(pages[1]).toContain('Balance before')
  })
})
