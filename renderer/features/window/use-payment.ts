import { useRef, useState } from 'react'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { Tender, TenderType } from '../../../shared/ledger/facts.ts'
import type { Cents } from '../../../shared/money.ts'
import type { RoundingMode } from '../../../shared/rules/rounding.ts'
import { roundCash } from '../../../shared/rules/rounding.ts'
import { WINDOW } from '../../text/window.ts'
import { readAmount } from '../../ui/amount.ts'
import type { Draft } from './basket.ts'
import { beginForm, fieldsOf, type TenderForm, tenderFrom, withValue } from './tender-form.ts'

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
  /** The amount that is being typed, as a payment; null while there is none. */
  typing: TenderInput | null
  problem: string | null
}

const TENDER_ENTRY = /^tender:(.+)$/

/** The form that was open when the page went away, from what the basket kept of it. */
function keptForm(draft: Draft, types: readonly TenderType[], dueCents: Cents): TenderForm | null {
  const name = TENDER_ENTRY.exec(draft.entry?.form ?? '')?.[1]
  const type = types.find(t => t.tender === name)
  if (type === undefined || draft.entry === null) return null
  const { texts } = draft.entry
  return fieldsOf(type.tender).reduce(
    (form, field) => withValue(form, field, texts[field] ?? ''),
    beginForm(type.tender, dueCents),
  )
}

/** What the basket keeps of a form: everything but the account number, which goes no further than its own field. */
function entryOf({ tender, values }: TenderForm): Draft['entry'] {
  const texts = Object.fromEntries(
    fieldsOf(tender)
      .filter(field => field !== 'accountNumber')
      .map(field => [field, values[field]]),
  )
  return { form: `tender:${tender}`, texts }
}

/** The payment being entered, kept with the basket as it is typed. */
export function usePayment({ draft, change, types, rounding, dueCents }: PaymentOptions): Payment {
  const aside = useRef(new Map<Tender, TenderForm>())
  const [form, setForm] = useState<TenderForm | null>(() => keptForm(draft, types, dueCents))
  const [problem, setProblem] = useState<string | null>(null)

  const keep = (next: TenderForm | null) => {
    setForm(next)
    change(before => ({ ...before, entry: next === null ? null : entryOf(next) }))
  }
  const open = (tender: Tender) => {
    if (!types.some(t => t.tender === tender)) return setProblem(WINDOW.notThere)
    setProblem(null)
    if (form?.tender === tender) return
    if (form !== null) aside.current.set(form.tender, form)
    const wanted = tender === 'cash' ? roundCash(dueCents, rounding).payCents : dueCents
    keep(aside.current.get(tender) ?? beginForm(tender, wanted))
  }
  const edit = (next: TenderForm) => {
    aside.current.set(next.tender, next)
    keep(next)
  }
  const added = () => {
    if (form !== null) aside.current.delete(form.tender)
    setForm(null)
  }
  const cents = form === null ? null : readAmount(form.values.amount).cents
  const typing = form === null || cents === null || cents === 0 ? null : tenderFrom(form)
  return { form, open, edit, close: () => keep(null), added, typing, problem }
}
