import { expect } from 'vitest'
import { newId } from '../../../shared/id.ts'
import { cents, formatCents } from '../../../shared/money.ts'
import { pageOf, putPage } from '../../support/central/accounts-page.ts'
import { START_MS } from '../../support/clock.ts'
import { ordinaryAccount, owed, pay } from '../../support/desk.ts'
import { clientOf, type TestTill } from '../../support/screens.ts'
import { openDrawerOf } from '../at-the-desk.ts'
import type { NounScenarios } from '../scenario.ts'

const HEADER = 'Account No,Name,Service,Due Date,Amount,GL\n'

/** A file as it is handed over for import. */
function csvUpload(text: string) {
  const content = new File([text], 'accounts.csv', { type: 'text/csv' })
  return { fileName: 'accounts.csv', content, madeAtMs: START_MS }
}

function rows(count: number): string {
  const all = Array.from(
    { length: count },
    (_, i) => `7700-${String(i).padStart(5, '0')},Customer ${i},Water,2026-12-01,42.10,501-4100\n`,
  )
  return HEADER + all.join('')
}

async function uploaded(till: TestTill, text: string) {
  const client = await clientOf(till, 'supervisor')
  const preview = await client.account.previewImport(csvUpload(text))
  return { client, uploadId: preview.uploadId }
}

/** A till whose accounts came from central. */
async function readFromCentral({ dataDir }: TestTill): Promise<void> {
  putPage(dataDir, pageOf([await ordinaryAccount()]))
}

/** An import that keeps what the file does not speak of. */
export const GOOD_ROWS = {
  mapping: {},
  mode: 'good-rows',
  missingAccounts: 'keep',
  paymentsThroughMs: null,
} as const

const OPTIONS = { ...GOOD_ROWS, mapping: { number: 'Account No' } }

/** Reads a stream of progress to its end; gives its result. */
export async function resultOf<P, R>(stream: AsyncIterator<P, R>): Promise<R> {
  for (;;) {
    const next = await stream.next()
    if (next.done === true) return next.value
  }
}

export const account: NounScenarios<'account'> = {
  find: {
    async ready(till) {
      const { account: found } = await ordinaryAccount()
      return { client: await clientOf(till, 'cashier'), input: { text: found.number } }
    },
    async expects(output) {
      const found = await ordinaryAccount()
      expect(output[0]).toMatchObject({
        kind: 'account',
        number: found.account.number,
        balanceCents: owed(found),
      })
    },
    refusals: {
      SCAN_CHECK_DIGIT_WRONG: async till =>
        (await clientOf(till, 'cashier')).account.find({ text: '00412290700000768431' }),
    },
  },
  get: {
    async ready(till) {
      const { account: found } = await ordinaryAccount()
      return { client: await clientOf(till, 'auditor'), input: { accountId: found.accountId } }
    },
    async expects(output) {
      const found = await ordinaryAccount()
      expect(output).toMatchObject({
        number: found.account.number,
        balanceCents: owed(found),
        pendingCents: 0,
      })
      expect(output.items.map(item => item.itemId).sort()).toEqual(
        found.items.map(item => item.itemId).sort(),
      )
    },
    refusals: {
      UNKNOWN_ACCOUNT: async till => (await clientOf(till, 'cashier')).account.get({ accountId: newId() }),
    },
  },
  history: {
    async ready(till) {
      const { client } = await openDrawerOf(till, 'cashier')
      await pay(client, cents(1_234))
      return { client, input: { accountId: (await ordinaryAccount()).account.accountId } }
    },
    expects(output) {
      expect(output[0]).toMatchObject({ cents: 1_234, voided: false })
    },
    refusals: {},
  },
  previewImport: {
    ownTill: true,
    async ready(till) {
      return {
        client: await clientOf(till, 'supervisor'),
        input: csvUpload(rows(3)),
      }
    },
    expects(output) {
      expect(output).toMatchObject({ fileName: 'accounts.csv', missingFields: [], problems: [] })
      expect(output.rows[0]).toMatchObject({ 'Account No': '7700-00000', Amount: formatCents(cents(4_210)) })
    },
    refusals: {
      FILE_NOT_READABLE: async till =>
        (await clientOf(till, 'supervisor')).account.previewImport(csvUpload('')),
      ACCOUNTS_AT_CENTRAL: async till => {
        await readFromCentral(till)
        return (await clientOf(till, 'supervisor')).account.previewImport(csvUpload(rows(3)))
      },
    },
  },
  runImport: {
    ownTill: true,
    async ready(till) {
      const { client, uploadId } = await uploaded(till, rows(5))
      return { client, input: { ...OPTIONS, uploadId } }
    },
    async expects(output, { client }) {
      expect(await resultOf(output)).toMatchObject({ imported: true, badRowCount: 0 })
      const [found] = await client.account.find({ text: '7700-00003' })
      expect(found).toMatchObject({ name: 'Customer 3', balanceCents: 4_210 })
    },
    refusals: {
      UNKNOWN_UPLOAD: async till =>
        (await clientOf(till, 'supervisor')).account.runImport({ ...OPTIONS, uploadId: newId() }),
      IMPORT_RUNNING: async till => {
        const { client, uploadId } = await uploaded(till, rows(6_000))
        const running = await client.account.runImport({ ...OPTIONS, uploadId })
        await running.next()
        // To its end: one that is only let go is still being stopped when the next scenario starts its own.
        return client.account.runImport({ ...OPTIONS, uploadId }).finally(() => resultOf(running))
      },
      PAYMENTS_STILL_TO_COME: async till => {
        const { client, uploadId } = await uploaded(till, rows(2))
        const paymentsThroughMs = till.clock.now() + 60_000
        return client.account.runImport({ ...OPTIONS, uploadId, paymentsThroughMs })
      },
      FILE_NOT_READABLE: async till => {
        // Beyond what the preview looks at.
        const { client, uploadId } = await uploaded(till, `${rows(6_000)}${'x'.repeat(1_000_001)}\n`)
        return resultOf(await client.account.runImport({ ...OPTIONS, uploadId }))
      },
      COLUMNS_MISSING: async till => {
        const { client, uploadId } = await uploaded(till, rows(2))
        const mapping = { number: 'Meter' }
        return resultOf(await client.account.runImport({ ...OPTIONS, mapping, uploadId }))
      },
      // The last, since no file is taken at this till any more.
      ACCOUNTS_AT_CENTRAL: async till => {
        const { client, uploadId } = await uploaded(till, rows(3))
        await readFromCentral(till)
        return client.account.runImport({ ...OPTIONS, uploadId })
      },
    },
  },
  badRows: {
    async ready(till) {
      const { client, uploadId } = await uploaded(
        till,
        `${rows(2)}7700-90001,Nobody,Water,2026-12-01,abc,501\n`,
      )
      await resultOf(await client.account.runImport({ ...OPTIONS, uploadId }))
      return { client, input: { uploadId } }
    },
    async expects(output) {
      const text = await output.text()
      expect(text).toContain('7700-90001')
      expect(text).not.toContain('7700-00001')
    },
    refusals: {
      UNKNOWN_UPLOAD: async till =>
        (await clientOf(till, 'supervisor')).account.badRows({ uploadId: newId() }),
    },
  },
}
