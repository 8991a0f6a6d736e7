import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ACCOUNT_LIMITS, accountField, accountItemField } from '../account.ts'
import { amountField, businessDateField, centsField, idField, instantField } from '../fields.ts'
import { catalogItemField } from '../ledger/setup.ts'
import { ADMINISTRATORS, EVERYONE, SUPERVISORS } from '../roles.ts'
import { IMPORT_REASONS, IMPORT_REFUSALS } from '../rules/account/account-file.ts'
import { effect, progressField, read, refusal } from './base.ts'

/** An account as the Window shows it: central's figures as pulled, less what this till has taken since. */
export const accountViewField = accountField.extend({
  items: z.array(accountItemField).max(ACCOUNT_LIMITS.items),
  /** Open items less credit, as central had it at `asOfMs`. */
  centralBalanceCents: centsField,
  /** Taken here and not yet in central's figures; negative for what was given back since. */
  pendingCents: centsField,
  balanceCents: centsField,
  pastDue: z.boolean(),
})
export type AccountView = z.infer<typeof accountViewField>

export const foundField = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('account'),
    accountId: idField,
    number: z.string(),
    name: z.string(),
    address: z.string(),
    balanceCents: centsField,
    closed: z.boolean(),
    cashOnly: z.boolean(),
    /** What the scanned bill asks for; null where it was not scanned. */
    scannedCents: amountField.nullable(),
  }),
  z.object({
    kind: z.literal('catalog'),
    ...catalogItemField.pick({
      catalogItemId: true,
      code: true,
      name: true,
      pricing: true,
      priceCents: true,
      rateMillionths: true,
      unitLabel: true,
    }).shape,
  }),
  z.object({
    kind: z.literal('receipt'),
    receiptId: idField,
    number: z.string(),
    /** Null for one of the own open drawer, which is counted blind. */
    totalCents: amountField.nullable(),
    postedAtMs: z.int(),
    voided: z.boolean(),
  }),
])
export type Found = z.infer<typeof foundField>

export const importOptionsField = z.object({
  /** Header of the file by field of ours; fields that are left out are guessed from the headers. */
  mapping: z.record(z.string(), z.string()),
  mode: z.enum(['all-or-nothing', 'good-rows']),
  missingAccounts: z.enum(['keep', 'close']),
  /** Up to when the file's balances contain what was taken here, as somebody says it; null where they contain nothing of it. */
  paymentsThroughMs: instantField.nullable(),
})
const uploadField = z.object({
  fileName: z.string().min(1).max(255),
  content: z.file().max(2_000_000_000),
  /** When the file was made: what its balances are as of. */
  madeAtMs: instantField,
})
const badRowField = z.object({
  line: z.int(),
  column: z.string(),
  reason: z.enum(IMPORT_REASONS),
  value: z.string(),
})

export const importPreviewField = z.object({
  uploadId: idField,
  fileName: z.string(),
  /** What its balances are as of: as an earlier import of the same bytes said, else when it was made; null where that is still to come. */
  asOfMs: instantField.nullable(),
  encoding: z.string(),
  delimiter: z.string(),
  headers: z.array(z.string()),
  /** Our field → their header. */
  mapping: z.record(z.string(), z.string()),
  missingFields: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.string())),
  problems: z.array(badRowField),
})

export const importResultField = z.object({
  imported: z.boolean(),
  unchanged: z.boolean(),
  accountCount: z.int(),
  itemCount: z.int(),
  changedAccounts: z.int(),
  /** Accounts that the file does not name were to be closed and were not: of some row it is not known whose it is. */
  nothingClosed: z.boolean(),
  badRowCount: z.int(),
  badRows: z.array(badRowField),
})
export type ImportResult = z.infer<typeof importResultField>

/** Accounts are read from the billing system: a file beside it would say something else. */
const AT_CENTRAL = { ACCOUNTS_AT_CENTRAL: { ...refusal, data: z.object({ address: z.string() }) } } as const

const notReadable = { ...refusal, data: z.object({ reason: z.enum(IMPORT_REFUSALS) }) }

export const account = {
  /** One box for everything: accounts, catalog, receipts, a scanned bill. */
  find: read(EVERYONE)
    .input(z.object({ text: z.string().max(200), limit: z.int().min(1).max(50).optional() }))
    .output(z.array(foundField))
    .errors({ SCAN_CHECK_DIGIT_WRONG: { ...refusal, data: z.object({ template: z.string() }) } }),
  get: read(EVERYONE)
    .input(z.object({ accountId: idField }))
    .output(accountViewField)
    .errors({ UNKNOWN_ACCOUNT: refusal }),
  history: read(EVERYONE)
    .input(z.object({ accountId: idField }))
    .output(
      z.array(
        z.object({
          receiptId: idField,
          number: z.string(),
          postedAtMs: z.int(),
          businessDate: businessDateField,
          cents: amountField,
          balanceBeforeCents: centsField,
          voided: z.boolean(),
        }),
      ),
    ),
  previewImport: effect([...SUPERVISORS, ...ADMINISTRATORS])
    .input(uploadField)
    .output(importPreviewField)
    .errors({ FILE_NOT_READABLE: notReadable, ...AT_CENTRAL }),
  /** Runs the import of a previewed file; the last event's result says what came of it. Ends when the stream is cancelled. */
  runImport: effect([...SUPERVISORS, ...ADMINISTRATORS])
    .input(importOptionsField.extend({ uploadId: idField }))
    .output(eventIterator(progressField, importResultField))
    .errors({
      UNKNOWN_UPLOAD: refusal,
      IMPORT_RUNNING: refusal,
      PAYMENTS_STILL_TO_COME: refusal,
      ...AT_CENTRAL,
      FILE_NOT_READABLE: notReadable,
      COLUMNS_MISSING: { ...refusal, data: z.object({ fields: z.array(z.enum(IMPORT_REFUSALS)) }) },
    }),
  badRows: effect([...SUPERVISORS, ...ADMINISTRATORS])
    .input(z.object({ uploadId: idField }))
    .output(z.file())
    .errors({ UNKNOWN_UPLOAD: refusal }),
}
