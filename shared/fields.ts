/** Zod fields that facts and the contract share, so that one idea has one spelling and one limit. */
import { z } from 'zod'
import type { Cents } from './money.ts'
import { ROLES } from './roles.ts'
import { type BusinessDate, parseBusinessDate } from './time.ts'

/** A whole number of cents, negative allowed; refuses fractions and unsafe integers. */
export const centsField = z.custom<Cents>(value => Number.isSafeInteger(value), 'Not a whole number of cents')
export const MOST_AMOUNT = 9_999_999_999
/** Cents that a drawer, tender or line can hold: zero or more. */
export const amountField = z.custom<Cents>(
  value => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MOST_AMOUNT,
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
/** A till's short name, with which its numbers begin. Ends in a digit: a letter behind it says in which epoch. */
export const tillCodeField = z.string().regex(/^[A-Z0-9]{0,5}[0-9]$/)
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

/** A note or a coin. */
export const pieceKindField = z.enum(['note', 'coin'])

export const pieceCountField = z.strictObject({
  valueCents: centsField,
  kind: pieceKindField,
  pieces: countField,
  bundles: countField,
})
/** Pieces as they are kept, with what they were worth when they were counted. */
export const countedPieceField = pieceCountField.extend({ cents: amountField })

/** A till's own numbers run for its whole life: five million receipts are nothing unusual. */
export const runningNoField = z.int().min(1).max(999_999_999)
/** A number as people read it, `W1-000123`. */
export const humanNumberField = z.string().max(30)
/** SHA-256, or an HMAC of it, in lower-case hex. */
export const hashField = z.string().regex(/^[0-9a-f]{64}$/)
/** An Ed25519 public key: its 32 bytes in base64. */
export const publicKeyField = z.string().regex(/^[A-Za-z0-9+/]{43}=$/)
