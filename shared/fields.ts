/** Zod fields that facts and the contract share, so that one idea has one spelling and one limit. */
import { z } from 'zod'
import type { Cents } from './money.ts'
import { ROLES } from './roles.ts'
import { type BusinessDate, parseBusinessDate } from './time.ts'

/** A whole number of cents, negative allowed; refuses fractions and unsafe integers. */
export const centsField = z.custom<Cents>(value => Number.isSafeInteger(value), 'Not a whole number of cents')
/** Cents that a drawer, tender or line can hold: zero or more. */
export const amountField = z.custom<Cents>(
  value => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 9_999_999_999,
  'Not an amount between 0.00 and 99,999,999.99',
)
/** Amounts added up: zero or more, and more than one entry may hold. */
export const totalField = z.custom<Cents>(
  value => Number.isSafeInteger(value) && (value as number) >= 0,
  'Not a total of zero or more',
)
export const businessDateField = z.custom<BusinessDate>(
  value => typeof value === 'string' && parseBusinessDate(value) !== null,
  'Not a business date',
)
export const roleField = z.enum(ROLES)
export const idField = z.uuid()
export const instantField = z.int().nonnegative()
export const countField = z.int().nonnegative().max(1_000_000)
/** Short text: names, references. What characters it may hold is the rule `checkText`. */
export const nameField = z.string().min(1).max(80)
export const shortTextField = z.string().max(80)
/** Text as it is being typed, kept until it is sent; what it may hold is said then. */
export const typedTextField = z.string().max(400)
export const reasonField = z.string().min(1).max(200)
export const glAccountField = z
  .string()
  .min(1)
  .max(40)
  // Made for machines to read: printable ASCII, so that it looks the same in every file that it goes to.
  .regex(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'Not a GL account')

export const pieceCountField = z.object({
  valueCents: centsField,
  kind: z.enum(['note', 'coin']),
  pieces: countField,
  bundles: countField,
})
/** Pieces as they are kept, with what they were worth when they were counted. */
export const countedPieceField = pieceCountField.extend({ cents: amountField })
