import { describe, expect, it } from 'vitest'
import {
  chosenColumns,
  formFor,
  type ImportPreview,
  missingColumns,
  paymentsThroughOf,
  toRunInput,
  withColumn,
} from '../../renderer/features/account/import-form.ts'
import { newId } from '../../shared/id.ts'

const preview: ImportPreview = {
  uploadId: newId(),
  fileName: 'export.csv',
  asOfMs: Date.UTC(2026, 10, 20, 23, 0, 30),
  encoding: 'utf-8',
  delimiter: ',',
  headers: ['Account No', 'Name', 'Amount', 'Owed'],
  mapping: { number: 'Account No', name: 'Name', amount: 'Amount' },
  missingFields: [],
  rows: [],
  problems: [],
}
const ZONE = 'America/Chicago'
const form = formFor(preview, ZONE)

describe('the columns of an import', () => {
  it('begin as the headers say', () => {
    expect(missingColumns(form)).toEqual([])
    expect(chosenColumns(preview, form)).toMatchObject({
      number: 'Account No',
      name: 'Name',
      amount: 'Amount',
    })
  })

  it('must hold the account number, and money as items or as a balance', () => {
    expect(missingColumns(withColumn(form, 'number', ''))).toEqual(['number'])
    const without = withColumn(form, 'amount', '')
    expect(missingColumns(without)).toEqual(['money'])
    expect(missingColumns(withColumn(without, 'balance', 'Owed'))).toEqual([])
  })

  it('stay where they are when another field takes the same column', () => {
    const shared = withColumn(form, 'note', 'Account No')
    expect(chosenColumns(preview, shared)).toMatchObject({ number: 'Account No', note: 'Account No' })
  })

  it('of an address are all that were recognised, until one is chosen by hand', () => {
    const several = { ...preview, mapping: { ...preview.mapping, address: 'Name' } }
    expect(chosenColumns(several, formFor(several, ZONE))).not.toHaveProperty('address')
    const none = withColumn(formFor(several, ZONE), 'address', '')
    expect(chosenColumns(several, none)).toMatchObject({ address: '' })
  })

  it('are sent as they are shown, a column that was taken away too', () => {
    const changed = withColumn(withColumn(form, 'amount', ''), 'balance', 'Owed')
    expect(toRunInput(preview, changed, null)).toMatchObject({
      uploadId: preview.uploadId,
      mapping: { amount: '', balance: 'Owed' },
      mode: 'all-or-nothing',
      missingAccounts: 'keep',
    })
  })
})

it('up to when payments are in the balances is the very moment at which the file was made, shown to the minute, until somebody corrects it', () => {
  const madeAt = { asOfMs: Date.UTC(2026, 10, 20, 23, 0, 40) }
  const said = { ...formFor({ ...preview, ...madeAt }, ZONE), paymentsIncluded: true }
  expect(said.paymentsThrough).toBe('2026-11-20T17:00')
  expect(paymentsThroughOf(said, madeAt, ZONE)).toBe(madeAt.asOfMs)
  expect(paymentsThroughOf({ ...said, paymentsThrough: '2026-11-19T17:00' }, madeAt, ZONE)).toBe(
    Date.UTC(2026, 10, 19, 23),
  )
  expect(paymentsThroughOf({ ...said, paymentsThrough: '2026-11-19' }, madeAt, ZONE)).toBeUndefined()
  expect(paymentsThroughOf(form, madeAt, ZONE)).toBeNull()
  expect(formFor({ ...preview, asOfMs: null }, ZONE).paymentsThrough).toBe('')
})
