import { describe, expect, it } from 'vitest'
import { sampleCity } from '../../../electron/backend/setup/sample/city.ts'
import {
  type BillDraft,
  billDraft,
  billProblem,
  METHODS,
  newBill,
  toLayout,
  trialOf,
  withLayout,
  withoutLayout,
} from '../../../renderer/features/setup/bills/bill-draft.ts'
import { billsText } from '../../../renderer/text/account/bills.ts'
import { cents } from '../../../shared/money.ts'
import { composeScanLine } from '../../../shared/rules/account/scan-line.ts'
import { scanTemplateField } from '../../../shared/settings/bills.ts'

const [template] = sampleCity().scanTemplates
if (template === undefined) throw new Error('The sample city has no bill')
const bill: BillDraft = { ...newBill('Utility bill'), format: '####-#####' }
const line = composeScanLine(template, { account: '004122907', amountCents: cents(7_684) })

describe('the layout of a bill', () => {
  it('comes back from its form as it went in, places counted from 1 on the screen', () => {
    const layout = scanTemplateField.parse(template)
    expect(billDraft(layout)).toMatchObject({ accountFrom: '1', accountTo: '9', position: '20', to: '19' })
    expect(toLayout(billDraft(layout))).toEqual(layout)
  })

  it.each(METHODS)('made by %s is one that the till keeps', method => {
    const draft = { ...bill, method, weights: '7, 3 1', modulus: '11' }
    expect(billProblem(draft, [])).toBeNull()
    expect(scanTemplateField.safeParse(toLayout(draft)).success).toBe(true)
    expect(toLayout(draft).checkDigit.weights).toEqual(
      method === 'mod10-double-from-left' ? undefined : [7, 3, 1],
    )
    expect(toLayout(draft).checkDigit.modulus).toBe(method === 'weighted-remainder' ? 11 : undefined)
  })

  it('may do without an amount and without punctuation', () => {
    const layout = toLayout({ ...newBill('x'), amountFrom: ' ', amountTo: '' })
    expect(layout).not.toHaveProperty('amount')
    expect(layout).not.toHaveProperty('accountFormat')
  })

  it.each<[keyof BillDraft, Partial<BillDraft>]>([
    ['name', { name: ' ' }],
    ['name', { name: 'water bill' }],
    ['length', { length: '3' }],
    ['length', { length: '19.5' }],
    ['accountFrom', { accountFrom: '0' }],
    ['accountFrom', { accountTo: '21' }],
    ['accountFrom', { accountFrom: '9', accountTo: '1' }],
    ['format', { format: '####-####' }],
    ['amountTo', { amountTo: '' }],
    ['amountFrom', { amountTo: '21' }],
    ['position', { position: '21' }],
    ['from', { to: '20' }],
    ['from', { from: '12', to: '4' }],
    ['weights', { method: 'mod10-weights', weights: '' }],
    ['weights', { method: 'mod10-weights', weights: '0 0' }],
    ['weights', { method: 'mod10-weights', weights: '7 x' }],
    ['modulus', { method: 'weighted-remainder', weights: '7 3 1', modulus: '1' }],
  ])('leads to %s where it could read no bill: %o', (field, patch) => {
    expect(billProblem(bill, ['Water bill'])).toBeNull()
    expect(billProblem({ ...bill, ...patch }, ['Water bill'])?.field).toBe(field)
  })

  it('takes the place of what it was saved as, and goes in once however often it is sent', () => {
    const one = withLayout([], bill)
    expect(withLayout(one, bill)).toEqual(one)
    const renamed = { ...bill, was: 'Utility bill', name: 'Water' }
    const two = withLayout([...one, toLayout({ ...bill, name: 'Permit' })], renamed)
    expect(two.map(({ name }) => name)).toEqual(['Water', 'Permit'])
    expect(withoutLayout(two, { ...renamed, was: 'Water' }).map(({ name }) => name)).toEqual(['Permit'])
  })
})

describe('trying a scanned line', () => {
  it('shows account and amount, spaces or not', () => {
    const message = 'Account 0041-22907, amount 76.84.'
    expect(trialOf(bill, line)).toEqual({ read: true, message })
    expect(trialOf(bill, ` ${line.slice(0, 9)} ${line.slice(9)}\n`)).toEqual({ read: true, message })
  })

  it('names the digit that is wrong and the one that it should be', () => {
    const right = Number.parseInt(line.slice(-1), 10)
    const wrong = (right + 1) % 10
    expect(trialOf(bill, `${line.slice(0, -1)}${wrong}`)).toEqual({
      read: false,
      message: billsText.wrongDigit(String(wrong), right),
    })
  })

  it('tells a line that is too short, one that is no line, and a layout that is not finished', () => {
    expect(trialOf(bill, line.slice(1))?.message).toBe(billsText.otherLength(19, 20))
    expect(trialOf(bill, 'Okafor')?.message).toBe(billsText.notDigits)
    expect(trialOf({ ...bill, length: '' }, line)).toEqual({
      read: false,
      message: billsText.incomplete(billsText.problems.length),
    })
    expect(trialOf(bill, '  ')).toBeNull()
  })

  it('says where no digit can be right by a division by 11', () => {
    const draft = { ...bill, method: 'weighted-remainder' as const, weights: '1', modulus: '11' }
    expect(trialOf(draft, '19000000000000000000')?.message).toBe(billsText.noDigit)
  })
})
