import { describe, expect, it } from 'vitest'
import { draftOf, emptyDraft } from '../../../renderer/features/receipt/basket/basket.ts'
import {
  addedForm,
  beginPayment,
  editedForm,
  entryOf,
  openedForm,
  type PaymentState,
} from '../../../renderer/features/receipt/payment/payment-state.ts'
import { withValue } from '../../../renderer/features/receipt/payment/tender-form.ts'
import { cents } from '../../../shared/money.ts'
import { tenderType } from '../../support/tender-types.ts'

const TYPES = [tenderType('cash'), tenderType('check')]
const DUE = cents(5_000)

/** A check of which everything is typed. */
function checkTyped(state: PaymentState): PaymentState {
  const opened = openedForm(state, tenderType('check'), DUE)
  if (opened.form === null) throw new Error('no form was opened')
  const typed = withValue(withValue(opened.form, 'reference', '1187'), 'accountNumber', '123454406')
  return editedForm(opened, typed)
}

describe('the payment that is being entered', () => {
  it('a check that was begun is there again after cash was looked at', () => {
    const state = checkTyped(beginPayment(emptyDraft(), TYPES, DUE))
    const back = openedForm(openedForm(state, tenderType('cash'), DUE), tenderType('check'), DUE)
    expect(back.form?.values).toMatchObject({ reference: '1187', accountNumber: '123454406' })
    // Its amount is selected as a whole: digits that were added to it once made 20,000,160.00 out of 160.00.
    expect(state.form?.touched).toBe(true)
    expect(back.form?.touched).toBe(false)
  })

  it('nothing that was typed for one customer is there for the next', () => {
    const first = emptyDraft()
    const state = openedForm(checkTyped(beginPayment(first, TYPES, DUE)), tenderType('cash'), DUE)
    const next = beginPayment(emptyDraft(), TYPES, DUE)
    expect(state.basketId).toBe(first.basketId)
    expect(next.basketId).not.toBe(first.basketId)
    expect(next.form).toBeNull()
    expect(JSON.stringify(openedForm(next, tenderType('check'), DUE))).not.toMatch(/1187|4406/)
  })

  it('a resumed basket has the form that it was suspended with, without the account number', () => {
    const draft = emptyDraft()
    const { form } = checkTyped(beginPayment(draft, TYPES, DUE))
    const entry = entryOf(form)
    expect(JSON.stringify(entry)).not.toContain('123454406')
    const resumed = draftOf({ ...draft, entry, revision: 4 })
    const begun = beginPayment(resumed, TYPES, cents(0))
    expect(begun.form).toMatchObject({ tender: 'check', values: { amount: '50.00', reference: '1187' } })
    expect(begun.form?.values.accountNumber).toBe('')
  })

  it('a form of a kind of payment that was switched off meanwhile is not opened', () => {
    const { form } = checkTyped(beginPayment(emptyDraft(), TYPES, DUE))
    const draft = { ...emptyDraft(), entry: entryOf(form) }
    expect(beginPayment(draft, [tenderType('cash')], DUE).form).toBeNull()
  })

  it('a payment that was added is not proposed a second time', () => {
    const added = addedForm(checkTyped(beginPayment(emptyDraft(), TYPES, DUE)))
    expect(added.form).toBeNull()
    expect(openedForm(added, tenderType('check'), DUE).form).toMatchObject({
      touched: false,
      values: { reference: '' },
    })
  })
})
