import { describe, expect, it } from 'vitest'
import {
  IMPORT_FIELDS as IMPORTED_FIELDS,
  IMPORT_REASONS as IMPORTER_REASONS,
} from '../../electron/backend/import/import-types.ts'
import {
  changedColumns,
  formFor,
  IMPORT_FIELDS,
  type ImportPreview,
  missingColumns,
  toRunInput,
  withColumn,
} from '../../renderer/features/accounts/import-form.ts'
import { FIELD_NAMES, IMPORT_REASONS } from '../../renderer/text/import.ts'
import { newId } from '../../shared/id.ts'

const preview: ImportPreview = {
  uploadId: newId(),
  fileName: 'export.csv',
  encoding: 'utf-8',
  delimiter: ',',
  headers: ['Account No', 'Name', 'Amount', 'Owed'],
  mapping: { number: 'Account No', name: 'Name', amount: 'Amount' },
  missingFields: [],
  rows: [],
  problems: [],
}
const form = formFor(preview)

describe('the columns of an import', () => {
  it('begin as the headers say', () => {
    expect(missingColumns(form)).toEqual([])
    expect(changedColumns(preview, form)).toEqual({})
  })

  it('must hold the account number, and money as items or as a balance', () => {
    expect(missingColumns(withColumn(form, 'number', ''))).toEqual(['number'])
    const without = withColumn(form, 'amount', '')
    expect(missingColumns(without)).toEqual(['money'])
    expect(missingColumns(withColumn(without, 'balance', 'Owed'))).toEqual([])
  })

  it('are sent only where they were changed by hand, a column that was taken away too', () => {
    const changed = withColumn(withColumn(form, 'amount', ''), 'balance', 'Owed')
    expect(toRunInput(preview, changed)).toMatchObject({
      uploadId: preview.uploadId,
      mapping: { amount: '', balance: 'Owed' },
      mode: 'all-or-nothing',
      missingAccounts: 'keep',
    })
  })
})

describe('the words of an import', () => {
  it('name every column that the importer knows', () => {
    expect([...IMPORT_FIELDS].sort()).toEqual([...IMPORTED_FIELDS].sort())
    expect(Object.keys(FIELD_NAMES).sort()).toEqual([...IMPORTED_FIELDS].sort())
  })

  it('name every reason for which a row is left out', () => {
    expect(IMPORTER_REASONS.filter(reason => IMPORT_REASONS[reason] === undefined)).toEqual([])
  })
})
