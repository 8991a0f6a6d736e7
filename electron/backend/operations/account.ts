/** Accounts: finding, showing, importing. */
import { readFile } from 'node:fs/promises'
import { accountView } from '../../../db/queries/accounts.ts'
import { accountHistory, findReceipts } from '../../../db/queries/receipts.ts'
import { findCatalogItems, settingsOf } from '../../../db/queries/setup.ts'
import type { AccountView, Found } from '../../../shared/contract/account.ts'
import type { Cents } from '../../../shared/money.ts'
import { readScanLine } from '../../../shared/rules/scan-line.ts'
import { type Backend, calendarDate } from '../backend.ts'
import { signedIn } from '../commands.ts'
import { eventsOf } from '../events.ts'
import { os } from '../guard.ts'
import { runImport as importFile, previewOf } from '../import-run.ts'
import { accountsAtCentral, badRowsPath } from '../imports.ts'
import { JobFailed } from '../jobs.ts'

function view(backend: Backend, accountId: string): AccountView | undefined {
  const sources = { ledger: backend.ledger.reader, accounts: backend.accounts }
  return accountView(sources, accountId, calendarDate(backend))
}

function foundAccount(backend: Backend, accountId: string, scannedCents: Cents | null): Found[] {
  const account = view(backend, accountId)
  if (!account) return []
  return [
    {
      kind: 'account',
      accountId,
      number: account.number,
      name: account.name,
      address: account.address,
      balanceCents: account.balanceCents,
      closed: account.status === 'closed',
      cashOnly: account.cashOnly,
      scannedCents,
    },
  ]
}

const RESULTS = 20
/** A receipt number as it is printed, or its running number alone. */
const RECEIPT_NUMBER = /^[A-Z0-9]{1,10}-\d{1,9}$|^0\d{5}$/i

function foundReceipts(backend: Backend, text: string): Found[] {
  if (!RECEIPT_NUMBER.test(text)) return []
  const number = text.toUpperCase()
  return findReceipts(backend.ledger.reader, { text: number, limit: 5 })
    .filter(row => row.number === number || row.number.endsWith(`-${number}`))
    .map(row => ({
      kind: 'receipt',
      receiptId: row.receiptId,
      number: row.number,
      totalCents: row.totalCents,
      postedAtMs: row.postedAtMs,
      voided: row.state === 'voided',
    }))
}

export const find = os.account.find.handler(({ input, context, errors }): Found[] => {
  const { backend } = context
  const text = input.text.trim()
  if (text === '') return []
  const scan = readScanLine(text, settingsOf(backend.ledger.reader)?.scanTemplates ?? [])
  if (scan.kind === 'wrong-check-digit')
    throw errors.SCAN_CHECK_DIGIT_WRONG({ data: { template: scan.template } })
  if (scan.kind === 'bill') {
    const account = backend.accounts.accountByNumber(scan.accountNumber)
    return account ? foundAccount(backend, account.accountId, scan.amountCents) : []
  }
  const limit = input.limit ?? RESULTS
  const catalog = findCatalogItems(backend.ledger.reader, text, 5).map(
    (item): Found => ({
      kind: 'catalog',
      catalogItemId: item.catalogItemId,
      code: item.code,
      name: item.name,
      glAccount: item.glAccount,
    }),
  )
  const accounts = backend.accounts
    .findAccounts(text, limit)
    .flatMap(account => foundAccount(backend, account.accountId, null))
  return [...foundReceipts(backend, text), ...accounts, ...catalog].slice(0, limit)
})

export const get = os.account.get.handler(({ input, context, errors }) => {
  const found = view(context.backend, input.accountId)
  if (!found) throw errors.UNKNOWN_ACCOUNT()
  return found
})

export const history = os.account.history.handler(({ input, context }) =>
  accountHistory(context.backend.ledger.reader, input.accountId),
)

export const previewImport = os.account.previewImport.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const address = accountsAtCentral(backend)
  if (address !== undefined) throw errors.ACCOUNTS_AT_CENTRAL({ data: { address } })
  const uploadId = backend.newId()
  const path = await backend.uploads.add(uploadId, input)
  try {
    const preview = await backend.jobs.run('preview-import', { file: path })
    return { uploadId, fileName: input.fileName, ...previewOf(preview) }
  } catch (error) {
    if (!(error instanceof JobFailed) || error.reason === undefined) throw error
    throw errors.FILE_NOT_READABLE({ data: { reason: error.reason } })
  }
})

export const runImport = os.account.runImport.handler(({ input, context, errors, signal }) => {
  const { backend } = context
  const person = signedIn(context)
  const path = backend.uploads.pathOf(input.uploadId)
  if (path === undefined) throw errors.UNKNOWN_UPLOAD()
  const address = accountsAtCentral(backend)
  if (address !== undefined) throw errors.ACCOUNTS_AT_CENTRAL({ data: { address } })
  if (backend.uploads.running) throw errors.IMPORT_RUNNING()
  return eventsOf(onProgress =>
    importFile(backend, { path, personId: person.personId, options: input }, { onProgress, signal }).catch(
      error => {
        const missing =
          error instanceof JobFailed && /^no-.*-column$|^unknown-column$/.test(error.reason ?? '')
        throw missing ? errors.COLUMNS_MISSING({ data: { fields: [error.reason ?? ''] } }) : error
      },
    ),
  )
})

export const badRows = os.account.badRows.handler(async ({ input, context, errors }) => {
  const path = context.backend.uploads.pathOf(input.uploadId)
  if (path === undefined) throw errors.UNKNOWN_UPLOAD()
  const content = await readFile(badRowsPath(path)).catch(() => undefined)
  if (!content) throw errors.UNKNOWN_UPLOAD()
  return new File([Uint8Array.from(content)], 'rows-not-imported.csv', { type: 'text/csv' })
})
