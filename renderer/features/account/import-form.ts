/** Which column of the file means what, and how its rows go in. */
import type { TillClient } from '../../../shared/contract/index.ts'
import {
  GATHERED_FIELDS,
  IMPORT_FIELDS,
  type ImportField,
} from '../../../shared/rules/account/account-file.ts'
import { localMinute, parseLocalMinute } from '../../../shared/time.ts'

export type ImportPreview = Awaited<ReturnType<TillClient['account']['previewImport']>>
export type RunImportInput = Parameters<TillClient['account']['runImport']>[0]
export type ImportMode = RunImportInput['mode']
export type MissingAccounts = RunImportInput['missingAccounts']

export interface ImportForm {
  mapping: Readonly<Record<string, string>>
  mode: ImportMode
  missingAccounts: MissingAccounts
  paymentsIncluded: boolean
  /** As a field of date and time has it, by the clocks of the city. */
  paymentsThrough: string
}

/** The form as a preview begins it: what the headers say, nothing closed that the file does not name. */
export function formFor(preview: ImportPreview, timeZone: string): ImportForm {
  return {
    mapping: preview.mapping,
    mode: 'all-or-nothing',
    missingAccounts: 'keep',
    paymentsIncluded: false,
    paymentsThrough: preview.asOfMs === null ? '' : localMinute(preview.asOfMs, timeZone),
  }
}

/** Gives a field another column; an empty header takes its column away. */
export function withColumn(form: ImportForm, field: ImportField, header: string): ImportForm {
  return { ...form, mapping: { ...form.mapping, [field]: header } }
}

/** What the file must have and no column gives: the number, and money as items or as a balance. */
export function missingColumns(form: ImportForm): ('number' | 'money')[] {
  const has = (field: ImportField) => (form.mapping[field] ?? '') !== ''
  const missing: ('number' | 'money')[] = []
  if (!has('number')) missing.push('number')
  if (!has('amount') && !has('balance')) missing.push('money')
  return missing
}

/**
 * The columns as the screen shows them, those that were left empty too: what is seen is what is imported, and
 * a column that was given to one field does not make another field guess again. A field of several columns
 * keeps all that were guessed until it is changed by hand.
 */
export function chosenColumns(preview: ImportPreview, form: ImportForm): Record<string, string> {
  const chosen = (field: ImportField) => form.mapping[field] ?? ''
  const asGuessed = (field: ImportField) =>
    GATHERED_FIELDS.has(field) && chosen(field) === (preview.mapping[field] ?? '')
  return Object.fromEntries(
    IMPORT_FIELDS.filter(field => !asGuessed(field)).map(field => [field, chosen(field)]),
  )
}

/** Up to when payments are in the balances; null where none are, undefined where it cannot be read. */
export function paymentsThroughOf(
  form: ImportForm,
  { asOfMs }: Pick<ImportPreview, 'asOfMs'>,
  timeZone: string,
): number | null | undefined {
  if (!form.paymentsIncluded) return null
  // What nobody has changed is the file's own moment, and no whole minute.
  if (asOfMs !== null && form.paymentsThrough === localMinute(asOfMs, timeZone)) return asOfMs
  return parseLocalMinute(form.paymentsThrough, timeZone) ?? undefined
}

export function toRunInput(
  preview: ImportPreview,
  form: ImportForm,
  paymentsThroughMs: number | null,
): RunImportInput {
  return {
    uploadId: preview.uploadId,
    mapping: chosenColumns(preview, form),
    mode: form.mode,
    missingAccounts: form.missingAccounts,
    paymentsThroughMs,
  }
}
