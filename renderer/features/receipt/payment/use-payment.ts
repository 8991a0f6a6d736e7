import { useState } from 'react'
import type { TenderInput } from '../../../../shared/contract/receipt.ts'
import type { Cents } from '../../../../shared/money.ts'
import type { RoundingMode } from '../../../../shared/rules/receipt/rounding.ts'
import { roundCash } from '../../../../shared/rules/receipt/rounding.ts'
import { CASH, type Tender, type TenderType } from '../../../../shared/tenders.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { readAmount } from '../../../ui/money/amount.ts'
import type { Draft } from '../basket/basket.ts'
import {
  addedForm,
  beginPayment,
  editedForm,
  entryOf,
  openedForm,
  type PaymentState,
} from './payment-state.ts'
import { type TenderForm, tenderFrom, textOf } from './tender-form.ts'

interface PaymentOptions {
  draft: Draft
  change: (edit: (draft: Draft) => Draft) => void
  types: readonly TenderType[]
  rounding: RoundingMode
  dueCents: Cents
}

export interface Payment {
  form: TenderForm | null
  open: (tender: Tender) => void
  edit: (form: TenderForm) => void
  /** Puts the form aside; what was typed is there again when it is opened again. */
  close: () => void
  added: () => void
  /** Nothing of what was typed is there again: whoever it was for has left. */
  forget: () => void
  /** The amount that is being typed, as a payment; null while there is none. */
  typing: TenderInput | null
  problem: string | null
}

/** The payment being entered, kept with the basket as it is typed; another basket begins with its own. */
export function usePayment({ draft, change, types, rounding, dueCents }: PaymentOptions): Payment {
  const [latest, setState] = useState(() => beginPayment(draft, types, dueCents))
  const state = latest.basketId === draft.basketId ? latest : beginPayment(draft, types, dueCents)
  const { form } = state

  const keep = (next: PaymentState) => {
    setState(next)
    change(before => (before.basketId === next.basketId ? { ...before, entry: entryOf(next.form) } : before))
  }
  const open = (tender: Tender) => {
    const type = types.find(candidate => candidate.tender === tender)
    if (type === undefined) return setState({ ...state, problem: WINDOW.notThere })
    const wanted = tender === CASH ? roundCash(dueCents, rounding).payCents : dueCents
    keep(openedForm(state, type, wanted))
  }
  const cents = form === null ? null : readAmount(textOf(form, 'amount')).cents
  return {
    form,
    open,
    edit: next => keep(editedForm(state, next)),
    close: () => keep({ ...state, form: null }),
    added: () => setState(addedForm(state)),
    forget: () => setState(beginPayment({ ...draft, entry: null }, types, dueCents)),
    typing: form === null || cents === null || cents === 0 ? null : tenderFrom(form),
    problem: state.problem,
  }
}
