import { describe, expect, it } from 'vitest'
import { checkTapeDocument } from '../../../electron/backend/documents/deposit/check-tape.ts'
import { custodyRecordDocument } from '../../../electron/backend/documents/deposit/custody-record.ts'
import { depositSlipDocument } from '../../../electron/backend/documents/deposit/deposit-slip.ts'
import { renderPdf } from '../../../electron/backend/documents/render.ts'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { cents, formatCents } from '../../../shared/money.ts'
import { hasPoppler, pageSizeOf, pagesOf, placedLabels, wordsOf } from './paper-text.ts'
import { depositOf, settings } from './samples.ts'

const slip = (deposit: DepositView) => renderPdf(depositSlipDocument({ deposit, settings }))
const tape = (deposit: DepositView) => renderPdf(checkTapeDocument({ deposit, settings }))

describe('a deposit slip on paper', () => {
  it('is the same bytes each time', async () => {
    expect(Buffer.compare(await slip(depositOf(12)), await slip(depositOf(12)))).toBe(0)
  })

  it.skipIf(!hasPoppler)(
    'shows account, cash by denomination, checks, sums, bag, people and sessions',
    async () => {
      const pdf = await slip(depositOf(12))
      expect(pageSizeOf(pdf)).toEqual({ width: 612, height: 792 })
      const words = wordsOf(pdf)
      for (const told of [
        'First Bank of Millbrook',
        'Utility collections',
        '004410028837',
        '071000013',
        '11/20/2026',
        '$20 1 17 117 2,340.00',
        'Quarters 2 6 86 21.50',
        'Pennies 1 50 0.50',
        'Currency 2,649.00',
        'Coin 22.00',
        'Cash subtotal 2,671.00',
        'Checks subtotal 125.46',
        'Items 12',
        '7741-0098',
        'R. Castellanos',
        'T. Whitfield',
        'Z-000030',
        'Z-000031',
        '111000025 1001 Check W1-004700 10.07',
        'K8PD-03MN-55RA',
      ]) {
        expect(words).toContain(told)
      }
      const total = placedLabels(pdf).find(word => word.text === '2,796.46')
      expect((total?.bottom ?? 0) - (total?.top ?? 0)).toBeGreaterThan(24)
    },
  )

  it.skipIf(!hasPoppler)('with 200 checks runs on with heads and page numbers, each check once', async () => {
    const deposit = depositOf(200)
    const pages = pagesOf(await slip(deposit))
    expect(pages.length).toBeGreaterThan(2)
    for (const [i, page] of pages.entries()) {
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`)
      expect(page).toContain('D-000009')
      expect(page).toMatch(/Routing number\s+Item no\./)
    }
    const text = pages.join('\n').replace(/[ ]+/g, ' ')
    for (const [i, item] of deposit.items.entries()) {
      const row = `${i + 1}${item.routingNumber === null ? '' : ` ${item.routingNumber}`} ${item.reference} `
      const found = text.split('\n').filter(line => line.trim().startsWith(row))
      expect(found.map(line => line.trim().endsWith(` ${formatCents(item.cents)}`))).toEqual([true])
    }
    expect(text).toContain(`Checks subtotal 200 items ${formatCents(deposit.itemsCents)}`)
  })

  it.skipIf(!hasPoppler)('lines the amounts of the checks up at the right', async () => {
    const amounts = placedLabels(await slip(depositOf(200))).filter(
      word => word.page > 0 && /^\d+\.\d\d$/.test(word.text),
    )
    expect(amounts.length).toBeGreaterThan(150)
    for (const { right } of amounts) expect(right).toBeCloseTo(558, 0)
  })

  it('is refused when the pieces do not add up to the cash', () => {
    const deposit = { ...depositOf(1), cashCents: cents(1), verified: null }
    expect(() => depositSlipDocument({ deposit, settings })).toThrow(RangeError)
  })

  it.skipIf(!hasPoppler)('says so where it has not been verified, or holds no checks', async () => {
    const unverified = { verified: null, verifierName: null, verifiedAtMs: null }
    const made: DepositView = { ...depositOf(0), ...unverified, state: 'made-up' }
    const words = wordsOf(await slip(made))
    expect(words).toContain('Not yet verified')
    expect(words).toContain('No checks in this deposit.')
  })
})

/** A deposit of which the verifier found a dollar and a check less, sealed and on its way. */
function differing(): DepositView {
  const deposit = depositOf(12)
  const madeUp = deposit.verified
  if (madeUp === null) throw new Error('The sample is verified')
  const lost = cents(1_007)
  const verified = {
    ...madeUp,
    pieces: madeUp.pieces.map(piece =>
      piece.valueCents === 100 ? { ...piece, pieces: 8, cents: cents(800) } : piece,
    ),
    cashCents: cents(madeUp.cashCents - 100),
    itemCount: 11,
    itemsCents: cents(madeUp.itemsCents - lost),
    cents: cents(madeUp.cents - 100 - lost),
    differenceCents: cents(-100 - lost),
    reason: 'A one and check 1001 are not in the bag',
  }
  const { cents: foundCents, differenceCents, reason } = verified
  const [first, second] = deposit.steps
  if (!first || !second) throw new Error('The sample has two steps')
  const quiet = { secondPersonName: null, cents: null, differenceCents: cents(0), reason: '' }
  const steps: DepositView['steps'] = [
    first,
    { ...second, cents: foundCents, differenceCents, reason },
    { ...second, ...quiet, step: 'sealed', reference: '7741-0098', secondReference: 'S-20118' },
    { ...second, ...quiet, step: 'released', reference: 'Plains Armored', secondReference: 'T. Boyd' },
  ]
  return { ...deposit, state: 'released', sealNumber: 'S-20118', foundCents, verified, steps }
}

describe('a deposit that its verifier found otherwise', () => {
  it.skipIf(!hasPoppler)(
    'has the verifier’s figures on its slip, the difference and its reason',
    async () => {
      const words = wordsOf(await slip(differing()))
      for (const told of [
        'S-20118',
        '$1 8 8 8.00',
        'Cash subtotal 2,670.00',
        'Checks subtotal 115.39',
        'Items 11',
        'Cash 2,671.00 2,670.00 1.00 short',
        'Checks (12 / 11) 125.46 115.39 10.07 short',
        'Total 2,796.46 2,785.39 11.07 short',
        'Reason: A one and check 1001 are not in the bag',
      ])
        expect(words).toContain(told)
    },
  )

  it.skipIf(!hasPoppler)('and one that agrees says nothing of a difference', async () => {
    expect(wordsOf(await slip(depositOf(12)))).not.toContain('Made up as')
  })
})

describe('the custody record', () => {
  const record = (deposit: DepositView) => renderPdf(custodyRecordDocument({ deposit, settings }))

  it('is the same bytes each time', async () => {
    expect(Buffer.compare(await record(differing()), await record(differing()))).toBe(0)
  })

  it.skipIf(!hasPoppler)('tells every hand with its figure on one page, with lines to sign on', async () => {
    const pdf = await record(differing())
    expect(pagesOf(pdf)).toHaveLength(1)
    const words = wordsOf(pdf)
    for (const told of ['Made up', 'Verified', 'Sealed', 'Handed over', '2,796.46', '11.07 short', 'S-20118'])
      expect(words).toContain(told)
    for (const name of ['R. Castellanos', 'T. Whitfield', 'T. Boyd', 'Received by', 'K8PD-03MN-55RA'])
      expect(words).toContain(name)
    expect(words).toContain('Not yet')
  })

  it.skipIf(!hasPoppler)('goes on one page with every step and long reasons', async () => {
    const deposit = differing()
    const long = 'Counted three times by two people and found to be so each time. '.repeat(2)
    const steps = (['made-up', 'verified', 'sealed', 'released', 'validated', 'credited'] as const).map(
      step => ({
        ...(deposit.steps[1] ?? deposit.steps[0]),
        step,
        reason: ['verified', 'validated', 'credited'].includes(step) ? long : '',
        reference: step === 'released' ? 'Plains Armored Courier Company' : '7'.repeat(24),
        secondReference: step === 'released' ? 'Theodora Boyd-Castellanos' : '2026-11-23',
      }),
    )
    const pdf = await record({ ...deposit, steps: steps as DepositView['steps'] })
    expect(pagesOf(pdf)).toHaveLength(1)
  })
})

describe('the adding-machine tape of the checks', () => {
  it('is the same bytes each time', async () => {
    expect(Buffer.compare(await tape(depositOf(12)), await tape(depositOf(12)))).toBe(0)
  })

  it.skipIf(!hasPoppler)('lists each check at the right edge, with count and total at the foot', async () => {
    const deposit = depositOf(200)
    const pdf = await tape(deposit)
    expect(pageSizeOf(pdf).width).toBeCloseTo((80 * 72) / 25.4, 1)
    expect(pagesOf(pdf)).toHaveLength(1)
    const lines = pagesOf(pdf).join().split('\n')
    for (const item of deposit.items) {
      expect(
        lines.filter(
          line =>
            line.trim().endsWith(` ${formatCents(item.cents)} +`) ||
            line.trim().endsWith(` ${formatCents(item.cents)}  +`),
        ),
      ).toHaveLength(1)
    }
    const words = wordsOf(pdf)
    expect(words).toContain(`Total ${formatCents(deposit.itemsCents)} *`)
    expect(words).toContain('200 items')
    const amounts = placedLabels(pdf).filter(word => /^\d\d\.\d\d$/.test(word.text))
    expect(new Set(amounts.map(word => Math.round(word.right))).size).toBe(1)
  })

  it.skipIf(!hasPoppler)('goes on in a second strip where one page cannot be long enough', async () => {
    const deposit = depositOf(900)
    const pdf = await tape(deposit)
    const pages = pagesOf(pdf)
    expect(pages).toHaveLength(2)
    expect(pageSizeOf(pdf).height).toBeLessThanOrEqual(14_400)
    expect(pages[0]).toContain('800')
    expect(pages[1]).toContain(`${formatCents(deposit.itemsCents)} `)
    expect(placedLabels(pdf).filter(word => /^\d{3}$/.test(word.text)).length).toBeGreaterThanOrEqual(900)
  })
})
