/** One payment while it is being entered: its fields, in the order of entry, and what is wrong with them. */
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { Tender, TenderType } from '../../../shared/ledger/facts.ts'
import { type Cents, plainCents, ZERO } from '../../../shared/money.ts'
import { isRoutingNumber } from '../../../shared/rules/aba.ts'
import { TENDER_FORM } from '../../text/window.ts'
import { readAmount } from '../../ui/amount.ts'

export type TenderFieldName =
  | 'amount'
  | 'reference'
  | 'routingNumber'
  | 'accountNumber'
  | 'cardBrand'
  | 'cardLast4'
  | 'approvalCode'

export interface TenderForm {
  tender: Tender
  values: Record<TenderFieldName, string>
  /** Something was typed into it; until then the amount is only proposed. */
  touched: boolean
}

export interface FormProblem {
  field: TenderFieldName
  words: string
}

const FIELDS: Record<Tender, readonly TenderFieldName[]> = {
  cash: ['amount'],
  check: ['amount', 'reference', 'routingNumber', 'accountNumber'],
  'money-order': ['amount', 'reference'],
  card: ['amount', 'cardBrand', 'cardLast4', 'approvalCode'],
  ach: ['amount', 'reference'],
  credit: ['amount', 'reference'],
}

/** What is asked for this kind of payment, in the order of entry. */
export function fieldsOf(tender: Tender): readonly TenderFieldName[] {
  return FIELDS[tender]
}

/** A form with what is still due put in; typing replaces it. */
export function beginForm(tender: Tender, dueCents: Cents): TenderForm {
  const amount = dueCents === ZERO ? '' : plainCents(dueCents)
  const values = {
    amount,
    reference: '',
    routingNumber: '',
    accountNumber: '',
    cardBrand: '',
    cardLast4: '',
    approvalCode: '',
  }
  return { tender, values, touched: false }
}

export function withValue(form: TenderForm, field: TenderFieldName, value: string): TenderForm {
  return { ...form, touched: true, values: { ...form.values, [field]: value } }
}

function amountProblem(text: string): string | null {
  const { cents, problem } = readAmount(text)
  return problem ?? (cents === null || cents === ZERO ? TENDER_FORM.amountMissing : null)
}

function referenceProblem(text: string, type: TenderType): string | null {
  return text.trim() === '' && type.referenceRequired ? TENDER_FORM.referenceMissing(type.name) : null
}

/** What is wrong with one field as it stands; null where it can be taken. */
export function fieldProblem(form: TenderForm, field: TenderFieldName, type: TenderType): string | null {
  const text = form.values[field].trim()
  switch (field) {
    case 'amount':
      return amountProblem(text)
    case 'reference':
      return referenceProblem(text, type)
    case 'routingNumber':
      return isRoutingNumber(text) ? null : TENDER_FORM.routingWrong
    case 'accountNumber':
      return /^[\d -]{4,40}$/.test(text) ? null : TENDER_FORM.accountWrong
    case 'cardBrand':
      return text === '' ? TENDER_FORM.brandMissing : null
    case 'cardLast4':
      return /^\d{4}$/.test(text) ? null : TENDER_FORM.last4Wrong
    case 'approvalCode':
      return text === '' ? TENDER_FORM.approvalMissing : null
  }
}

/** The first field that can not be taken as it stands. */
export function formProblem(form: TenderForm, type: TenderType): FormProblem | null {
  for (const field of fieldsOf(form.tender)) {
    const words = fieldProblem(form, field, type)
    if (words !== null) return { field, words }
  }
  return null
}

/** Cash that was counted instead of typed. */
export function cashTender(cents: Cents): TenderInput {
  return tenderFrom(withValue(beginForm('cash', ZERO), 'amount', plainCents(cents)))
}

export interface CheckIdentity {
  accountLast4: string
  accountHash: string
}

/** The payment as the contract takes it. A check's account number is only in it as its last four and its hash. */
export function tenderFrom(form: TenderForm, identity: CheckIdentity | null = null): TenderInput {
  const { tender, values } = form
  const card = tender === 'card'
  return {
    tender,
    cents: readAmount(values.amount).cents ?? ZERO,
    reference: values.reference.trim(),
    routingNumber: tender === 'check' ? values.routingNumber.trim() : null,
    accountLast4: identity?.accountLast4 ?? null,
    accountHash: identity?.accountHash ?? null,
    cardBrand: card ? values.cardBrand.trim() : null,
    cardLast4: card ? values.cardLast4.trim() : null,
    approvalCode: card ? values.approvalCode.trim() : null,
  }
}
