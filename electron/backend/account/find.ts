/** Finding accounts, receipts and catalog items by what was typed or scanned. */
import { findReceipts } from '../../../db/queries/receipt/receipt.ts'
import { findCatalogItems, settingsOf } from '../../../db/queries/setup.ts'
import type { Found } from '../../../shared/contract/account.ts'
import type { Cents } from '../../../shared/money.ts'
import { readScanLine } from '../../../shared/rules/account/scan-line.ts'
import type { Backend } from '../backend.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { receiptSight } from '../request/hidden-sessions.ts'
import { viewOf } from './get.ts'

function foundAccount(backend: Backend, accountId: string, scannedCents: Cents | null): Found[] {
  const account = viewOf(backend, accountId)
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

function foundReceipts(backend: Backend, text: string, personId: string): Found[] {
  if (!RECEIPT_NUMBER.test(text)) return []
  const number = text.toUpperCase()
  const { hiddenIds, blindIds } = receiptSight(backend.ledger.reader, personId)
  return findReceipts(backend.ledger.reader, { text: number, hiddenIds, limit: 5 })
    .filter(row => row.number === number || row.number.endsWith(`-${number}`))
    .map(row => ({
      kind: 'receipt',
      receiptId: row.receiptId,
      number: row.number,
      totalCents: blindIds.includes(row.sessionId) ? null : row.totalCents,
      postedAtMs: row.postedAtMs,
      voided: row.state === 'voided',
    }))
}

export const find = os.account.find.handler(({ input, context, errors }): Found[] => {
  const { backend } = context
  const { personId } = signedIn(context)
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
    ({ catalogItemId, code, name, pricing, priceCents, rateMillionths, unitLabel }): Found => ({
      kind: 'catalog',
      catalogItemId,
      code,
      name,
      pricing,
      priceCents,
      rateMillionths,
      unitLabel,
    }),
  )
  const accounts = backend.accounts
    .findAccounts(text, limit)
    .flatMap(account => foundAccount(backend, account.accountId, null))
  return [...foundReceipts(backend, text, personId), ...accounts, ...catalog].slice(0, limit)
})
