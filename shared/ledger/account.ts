/** Accounts as they came from the billing system: each import and each pull, with what they came to. */
import { z } from 'zod'
import { hashField, idField, instantField } from '../fields.ts'
import { journalPositionField } from './journal-position.ts'
import { body, type FactOf, kind } from './kind.ts'
import { type RowChange, table, tables } from './rows/table.ts'

/** Accounts and items of a city: a million accounts have some four million items. */
const mirrorCountField = z.int().nonnegative().max(100_000_000)

/** What an import and a pull say alike: what all accounts come to now. */
const stated = {
  accountCount: mirrorCountField,
  itemCount: mirrorCountField,
  asOfMs: instantField,
  /** Receipts up to this position of the till's journal are in the figures; zeros where none are. */
  asOfPosition: journalPositionField,
  root: hashField,
}

export interface AccountImportRow {
  import_id: string
  epoch: number
  seq: number
  at: number
  source: 'file' | 'central'
  /** Of a file, or where central is. */
  source_name: string
  /** Of a file; empty where central was asked. */
  file_sha256: string
  account_count: number
  item_count: number
  bad_row_count: number
  as_of_ms: number
  as_of_epoch: number
  as_of_seq: number
  root: string
  /** It was stated, and never came to be in force, or was taken away. */
  lost: number
}

export const accountTables = tables({ account_import: table<AccountImportRow>(['import_id']) })

const importedField = z.strictObject({
  importId: idField,
  fileName: z.string().max(255),
  fileSha256: hashField,
  badRowCount: mirrorCountField,
  ...stated,
})
const pulledField = z.strictObject({
  pullId: idField,
  /** Where central is. */
  address: z.string().max(255),
  changedCount: mirrorCountField,
  ...stated,
})

function statedRow(
  { epoch, seq, at, body }: FactOf<z.infer<typeof importedField> | z.infer<typeof pulledField>>,
  source: Pick<AccountImportRow, 'import_id' | 'source' | 'source_name' | 'file_sha256' | 'bad_row_count'>,
): RowChange[] {
  return [
    accountTables.account_import.insert({
      ...source,
      epoch,
      seq,
      at,
      account_count: body.accountCount,
      item_count: body.itemCount,
      as_of_ms: body.asOfMs,
      as_of_epoch: body.asOfPosition.epoch,
      as_of_seq: body.asOfPosition.seq,
      root: body.root,
      lost: 0,
    }),
  ]
}

export const accountKinds = {
  'account.imported': kind({
    body: body(importedField),
    label: 'Accounts imported',
    shows: ['account'],
    posts: false,
    says: ({ body }) => `${body.accountCount} accounts from ${body.fileName}`,
    project: fact =>
      statedRow(fact, {
        import_id: fact.body.importId,
        source: 'file',
        source_name: fact.body.fileName,
        file_sha256: fact.body.fileSha256,
        bad_row_count: fact.body.badRowCount,
      }),
  }),
  /** Everything that central had changed is here now. */
  'account.pulled': kind({
    body: body(pulledField),
    label: 'Accounts read from central',
    shows: ['account'],
    posts: false,
    says: ({ body }) => `${body.changedCount} of ${body.accountCount} accounts changed at ${body.address}`,
    project: fact =>
      statedRow(fact, {
        import_id: fact.body.pullId,
        source: 'central',
        source_name: fact.body.address,
        file_sha256: '',
        bad_row_count: 0,
      }),
  }),
  /** What was stated last is not what the accounts are: it was cut off, or its file was taken away. */
  'account.import-lost': kind({
    body: body(z.strictObject({ importId: idField })),
    label: 'Import of accounts not in force',
    shows: ['account'],
    posts: false,
    says: () => 'The last import of accounts is not in force: it was cut off, or its file was taken away',
    project: ({ body }) => [
      accountTables.account_import.update({ import_id: body.importId }, { set: { lost: 1 } }),
    ],
  }),
}
