/** The payment being entered, as plain data: it belongs to one basket and never comes along to the next. */

import type { Cents } from '../../../../shared/money.ts'
import { isNeverKept, type Tender, type TenderType } from '../../../../shared/tenders.ts'
import type { Draft } from '../basket/basket.ts'
import { beginForm, fieldsOf, type TenderForm, withValue } from './tender-form.ts'

export interface PaymentState {
  basketId: string
  form: TenderForm | null
  /** What was typed into each kind of payment, to be there again when it is opened again. */
  aside: Partial<Record<Tender, TenderForm>>
  /** Why a kind of payment could not be opened, in words. */
  problem: string | null
}

/** The form that the basket kept; null where none was open. */
function keptForm(draft: Draft, types: readonly TenderType[], dueCents: Cents): TenderForm | null {
  const type = types.find(t => t.tender === draft.entry?.tender)
  if (type === undefined || draft.entry === null) return null
  const { texts } = draft.entry
  return fieldsOf(type).reduce(
    (form, { name: field }) => withValue(form, field, texts[field] ?? ''),
    beginForm(type, dueCents),
  )
}

/** What a basket begins with: the form that it kept, and nothing of any other basket. */
export function beginPayment(draft: Draft, types: readonly TenderType[], dueCents: Cents): PaymentState {
  const form = keptForm(draft, types, dueCents)
  return { basketId: draft.basketId, form, aside: {}, problem: null }
}

/** Opens a kind of payment, with what was typed into it before or else the amount that is wanted. */
export function openedForm(state: PaymentState, type: TenderType, wantedCents: Cents): PaymentState {
  const { form } = state
  const { tender } = type
  if (form?.tender === tender) return { ...state, problem: null }
  const aside = form === null ? state.aside : { ...state.aside, [form.tender]: form }
  const before = aside[tender]
  // What was put aside is looked at again as a whole: the next digit begins anew instead of adding to it.
  const opened = before === undefined ? beginForm(type, wantedCents) : { ...before, touched: false }
  return { ...state, form: opened, aside, problem: null }
}

export function editedForm(state: PaymentState, form: TenderForm): PaymentState {
  return { ...state, form, aside: { ...state.aside, [form.tender]: form } }
}

/** After the payment was added: nothing of it is typed any more. */
export function addedForm(state: PaymentState): PaymentState {
  if (state.form === null) return state
  const { [state.form.tender]: _, ...aside } = state.aside
  return { ...state, form: null, aside }
}

/** What the basket keeps of a form: everything but a number that is kept nowhere, which goes no further than its own field. */
export function entryOf(form: TenderForm | null): Draft['entry'] {
  if (form === null) return null
  const kept = Object.entries(form.values).filter(([field]) => !isNeverKept(field))
  return { tender: form.tender, texts: Object.fromEntries(kept) }
}
