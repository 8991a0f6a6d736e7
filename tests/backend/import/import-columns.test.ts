/** Columns that a person chooses, from the screen's preview to the stored accounts. */
import { describe, expect, it } from 'vitest'
import { START_MS } from '../../support/clock.ts'
import { refused } from '../../support/refusals.ts'
import { clientOf } from '../../support/screens.ts'
import { openTestTill } from '../../support/till.ts'
import { resultOf } from '../../transports/scenarios/account.ts'

const OPTIONS = { mode: 'all-or-nothing', missingAccounts: 'keep', paymentsThroughMs: null } as const

async function previewed(text: string) {
  const supervisor = await clientOf(await openTestTill(), 'supervisor')
  const content = new File([text], 'accounts.csv')
  const preview = await supervisor.account.previewImport({
    fileName: 'accounts.csv',
    content,
    madeAtMs: START_MS,
  })
  const run = async (mapping: Record<string, string>) =>
    resultOf(await supervisor.account.runImport({ ...OPTIONS, uploadId: preview.uploadId, mapping }))
  const stored = async (number: string) => {
    const [found] = await supervisor.account.find({ text: number })
    if (found?.kind !== 'account') throw new Error(`${number} is not found`)
    return supervisor.account.get({ accountId: found.accountId })
  }
  return { preview, run, stored }
}

describe('a file with headers that nobody knows', () => {
  it('is shown with what is missing, refused as it stands, and imported once the columns are chosen', async () => {
    const { preview, run, stored } = await previewed('Konto,Wer,Soll\n7700-00001,Ann,42.10\n')
    expect(preview).toMatchObject({ missingFields: ['number', 'amount'], mapping: {}, problems: [] })
    expect(preview.rows).toEqual([{ Konto: '7700-00001', Wer: 'Ann', Soll: '42.10' }])
    expect(await refused(run({}), 'COLUMNS_MISSING')).toEqual({ fields: ['no-number-column'] })
    expect(await refused(run({ number: 'Konto' }), 'COLUMNS_MISSING')).toEqual({
      fields: ['no-money-column'],
    })
    expect(await run({ number: 'Konto', name: 'Wer', balance: 'Soll' })).toMatchObject({ imported: true })
    expect(await stored('7700-00001')).toMatchObject({ name: 'Ann', balanceCents: 4_210 })
  })
})

describe('a column that was recognised', () => {
  it('is left out where a person chose none', async () => {
    const { preview, run, stored } = await previewed(
      'Account,Name,Note,Amount,Balance\n7700-00002,Ann,beware,7.00,5.00\n',
    )
    expect(preview.mapping).toMatchObject({ note: 'Note', amount: 'Amount', balance: 'Balance' })
    expect(await run({ note: '', amount: '' })).toMatchObject({ imported: true })
    expect(await stored('7700-00002')).toMatchObject({ name: 'Ann', note: '', balanceCents: 500 })
    expect(await refused(run({ number: '' }), 'COLUMNS_MISSING')).toEqual({ fields: ['no-number-column'] })
  })
})
