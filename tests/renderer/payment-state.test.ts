import { describe, expect, test } from 'vitest'
import { draftOf, emptyDraft } from '../../renderer/features/window/basket.ts'
import {
  addedForm,
  beginPayment,
  editedForm,
  entryOf,
  openedForm,
  type PaymentState,
} from '../../renderer/features/window/payment-state.ts'
import { withValue } from '../../renderer/features/window/tender-form.ts'
import type { Tender, TenderType } from '../../shared/ledger/facts.ts'
import { cents } from '../../shared/money.ts'

function typeOf(tender: Tender): TenderType {
  return {
    tender,
    name: tender,
    active: true,
    opensDrawer: false,
    changeAllowed: false,
    referenceRequired: false,
    counted: 'items',
    banked: true,
    glAccount: '100-1000',
    sort: 0,
  }
}
const TYPES = [typeOf('cash'), typeOf('check')]
const DUE = cents(5_000)

/** A check of which everything is typed. */
function checkTyped(state: PaymentState): PaymentState {
  const opened = openedForm(state, 'check', DUE)
  if (opened.form === null) throw new Error('no form was opened')
  const typed = withValue(withValue(opened.form, 'reference', '1187'), 'accountNumber', '123454406')
  return editedForm(opened, typed)
}

describe('the payment that is being entered', () => {
  test('a check that was begun is there again after cash was looked at', () => {
    const state = checkTyped(beginPayment(emptyDraft(), TYPES, DUE))
    const back = openedForm(openedForm(state, 'cash', DUE), 'check', DUE)
    expect(back.form?.values).toMatchObject({ reference: '1187', accountNumber: '123454406' })
  })

  test('nothing that was typed for one customer is there for the next', () => {
    const first = emptyDraft()
    const state = openedForm(checkTyped(beginPayment(first, TYPES, DUE)), 'cash', DUE)
    const next = beginPayment(emptyDraft(), TYPES, DUE)
    expect(state.basketId).toBe(first.basketId)
    expect(next.basketId).not.toBe(first.basketId)
    expect(next.form).toBeNull()
    expect(JSON.stringify(openedForm(next, 'check', DUE))).not.toMatch(/1187|4406/)
  })

  test('a resumed basket has the form that it was suspended with, without the account number', () => {
    const draft = emptyDraft()
    const { form } = checkTyped(beginPayment(draft, TYPES, DUE))
    const entry = entryOf(form)
    expect(JSON.stringify(entry)).not.toContain('123454406')
    const resumed = draftOf({ ...draft, entry, revision: 4 })
    const begun = beginPayment(resumed, TYPES, cents(0))
    expect(begun.form).toMatchObject({ tender: 'check', values: { amount: '50.00', reference: '1187' } })
    expect(begun.form?.values.accountNumber).toBe('')
  })

  test('a form of a kind of payment that was switched off meanwhile is not opened', () => {
    const { form } = checkTyped(beginPayment(emptyDraft(), TYPES, DUE))
    const draft = { ...emptyDraft(), entry: entryOf(form) }
    expect(beginPayment(draft, [typeOf('cash')], DUE).form).toBeNull()
  })

  test('a payment that was added is not proposed a second time', () => {
    const added = addedForm(checkTyped(beginPayment(emptyDraft(), TYPES, DUE)))
    expect(added.form).toBeNull()
    expect(openedForm(added, 'check', DUE).form).toMatchObject({ touched: false, values: { reference: '' } })
  })
})
