/** What a city sets for itself. Rules that vary by place are data here, never code. */
import { z } from 'zod'
import { drawerControlField } from './drawer-control.ts'
import { amountField, centsField, glAccountField, nameField, shortTextField } from './fields.ts'
import { templateFault } from './rules/scan-line.ts'

export const denominationField = z.object({
  valueCents: centsField.refine(value => value > 0, 'Worth nothing'),
  kind: z.enum(['note', 'coin']),
  label: nameField,
  bundleSize: z.int().min(1).max(10_000),
})

const digitRange = z.object({ start: z.int().min(0).max(200), end: z.int().min(0).max(200) })

const templateParts = z.object({
  name: nameField,
  length: z.int().min(4).max(200),
  account: digitRange,
  amount: digitRange.exactOptional(),
  checkDigit: z.object({
    position: z.int().min(0).max(200),
    start: z.int().min(0).max(200),
    end: z.int().min(0).max(200),
    method: z.enum(['mod10-double-from-left', 'mod10-weights', 'weighted-remainder']),
    weights: z.array(z.int()).exactOptional(),
    modulus: z.int().min(2).exactOptional(),
  }),
  accountFormat: z.string().max(40).exactOptional(),
})

/** Only what can read a line: a template that fails at every bill would take the find box with it. */
export const scanTemplateField = templateParts.refine(
  template => templateFault(template) === null,
  'Not a layout that can read a line',
)

/** Each denomination once, and worth something: a count must say what it counts. */
function isCountable(list: readonly z.infer<typeof denominationField>[]): boolean {
  const keys = new Set(list.map(of => `${of.kind}:${of.valueCents}`))
  return keys.size === list.length && list.every(of => of.valueCents > 0)
}

export const settingsField = z.object({
  utilityName: nameField,
  addressLines: z.array(shortTextField).max(4),
  phone: shortTextField,
  timeZone: z.string().min(1).max(60),
  /** Lines at the foot of a receipt; both languages are printed when both are given. */
  receiptTexts: z.object({
    en: z.array(shortTextField).max(6),
    es: z.array(shortTextField).max(6),
  }),
  receiptPaper: z.enum(['80mm', 'letter']),
  /** Where printed papers go: a folder of PDF files, or the system's print queue of this name. */
  printer: z.object({ mode: z.enum(['folder', 'queue']), queue: shortTextField }),
  denominations: z
    .array(denominationField)
    .min(1)
    .max(40)
    .refine(isCountable, 'A denomination twice, or worth nothing'),
  overpay: z.enum(['credit', 'refuse']),
  creditGlAccount: glAccountField,
  overShortGlAccount: glAccountField,
  roundingGlAccount: glAccountField,
  rounding: z.enum(['off', 'nearest-five', 'down', 'up']),
  /** Differences up to this amount (cents, either way) close with a reason and no approval. */
  differenceToleranceCents: amountField,
  idleLockMinutes: z.int().min(1).max(240),
  maxSessionHours: z.int().min(1).max(72),
  scanTemplates: z.array(scanTemplateField).max(20),
  drawerControl: drawerControlField,
})
export type Settings = z.infer<typeof settingsField>
