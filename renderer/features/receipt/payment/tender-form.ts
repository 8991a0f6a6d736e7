/** One payment while it is being entered: its fields, in the order of entry, and what is wrong with them. */

import type { TenderInput } from '../../../../shared/contract/receipt.ts'
import { type Cents, plainCents, ZERO } from '../../../../shared/money.ts'
import {
  CASH,
  enteredDetails,
  isNeverKept,
  referenceName,
  type Tender,
  type TenderDetail,
  type TenderDetails,
  type TenderType,
  tenderKind,
} from '../../../../shared/tenders.ts'
import { TENDER_FORM } from '../../../text/receipt/window.ts'
import { readAmount } from '../../../ui/money/amount.ts'

/** One field of a payment. */
export interface TenderField {
  /** `amount`, `reference`, or the name of a detail of the kind. */
  name: string
  label: string
  input: TenderDetail['input'] | 'amount'
  maxLength: number
  /** What is wrong with a text in it, in words; null where it can be taken. */
  problem: (text: string) => string | null
}

export interface TenderForm {
  tender: Tender
  /** By the names of its fields. */
  values: Readonly<Record<string, string>>
  /** Something was typed into it; until then the amount is only proposed. */
  touched: boolean
}

export interface FormProblem {
  field: string
  message: string
}

const REFERENCE_LENGTH = 40

function amountProblem(text: string): string | null {
  const { cents, problem } = readAmount(text)
  return problem ?? (cents === null || cents === ZERO ? TENDER_FORM.amountMissing : null)
}

/** The number is asked for where the city requires it, and where nothing else would tell two payments apart. */
function asksReference(type: TenderType): boolean {
  return type.referenceRequired || (type.counted !== 'pieces' && tenderKind(type).details.length === 0)
}

/** What is asked for this kind of payment, in the order of entry. */
export function fieldsOf(type: TenderType): TenderField[] {
  const spec = tenderKind(type)
  const { identified } = spec
  const amount: TenderField = {
    name: 'amount',
    label: type.name,
    input: 'amount',
    maxLength: 20,
    problem: amountProblem,
  }
  const reference: TenderField = {
    name: 'reference',
    label: referenceName(type),
    input: 'text',
    maxLength: REFERENCE_LENGTH,
    problem: text => (text === '' && type.referenceRequired ? TENDER_FORM.referenceMissing(type.name) : null),
  }
  const details = enteredDetails(spec).map(({ name, field, input, maxLength, fits, problem }) => {
    return { name, label: field, input, maxLength, problem: (text: string) => (fits(text) ? null : problem) }
  })
  const number: TenderField[] =
    identified === null
      ? []
      : [
          {
            name: identified.name,
            label: identified.field,
            input: 'digits',
            maxLength: REFERENCE_LENGTH,
            problem: text => (identified.fits(text) ? null : identified.problem),
          },
        ]
  return [amount, ...(asksReference(type) ? [reference] : []), ...details, ...number]
}

/** A form with what is still due put in; typing replaces it. */
export function beginForm(type: TenderType, dueCents: Cents): TenderForm {
  const amount = dueCents === ZERO ? '' : plainCents(dueCents)
  const empty = Object.fromEntries(fieldsOf(type).map(({ name }) => [name, '']))
  return { tender: type.tender, values: { ...empty, amount }, touched: false }
}

/** The form with one field as typed; what this kind does not ask for has no place in it. */
export function withValue(form: TenderForm, field: string, value: string): TenderForm {
  if (!Object.hasOwn(form.values, field)) return form
  return { ...form, touched: true, values: { ...form.values, [field]: value } }
}

/** The text of a field as it stands. */
export const textOf = (form: TenderForm, field: string): string => form.values[field] ?? ''

/** The first field that cannot be taken as it stands. */
export function formProblem(form: TenderForm, type: TenderType): FormProblem | null {
  for (const field of fieldsOf(type)) {
    const message = field.problem(textOf(form, field.name).trim())
    if (message !== null) return { field: field.name, message }
  }
  return null
}

/** Cash that was counted instead of typed. */
export function cashTender(cents: Cents): TenderInput {
  return { tender: CASH, cents, reference: '', details: {} }
}

/** The payment as the contract takes it: with what the till made of a number that is never kept, and without that number. */
export function tenderFrom({ tender, values }: TenderForm, derived: TenderDetails = {}): TenderInput {
  const { amount = '', reference = '', ...others } = values
  const entered = Object.entries(others).filter(([name]) => !isNeverKept(name))
  return {
    tender,
    cents: readAmount(amount).cents ?? ZERO,
    reference: reference.trim(),
    details: { ...Object.fromEntries(entered.map(([name, text]) => [name, text.trim()])), ...derived },
  }
}
