/** Showing a receipt, and finding some. */
import { personNames } from '../../../db/queries/person.ts'
import { findReceipts, receiptById, summaryParts } from '../../../db/queries/receipt/receipt.ts'
import { receiptView } from '../../../db/queries/receipt/receipt-view.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { receiptSight } from '../request/hidden-sessions.ts'
import { isHidden } from './sight.ts'

const ACCOUNTS_BY_NAME = 200

export const get = os.receipt.get.handler(({ input, context, errors }) => {
  const { ledger, sync } = context.backend
  const view = receiptView(ledger.reader, input.receiptId)
  const row = receiptById(ledger.reader, input.receiptId)
  if (!view || !row) throw errors.UNKNOWN_RECEIPT()
  if (isHidden(context, row)) throw errors.NOT_YOURS_TO_SEE()
  return { ...view, posting: sync.postings.of(input.receiptId, row) }
})

export const find = os.receipt.find.handler(({ input, context }) => {
  const { ledger, accounts, sync } = context.backend
  const text = input.text?.trim() ?? ''
  const accountIds =
    text === '' ? [] : accounts.findAccounts(text, ACCOUNTS_BY_NAME).map(found => found.accountId)
  const { hiddenIds, blindIds } = receiptSight(ledger.reader, signedIn(context).personId)
  const rows = findReceipts(ledger.reader, { ...input, accountIds, hiddenIds, limit: input.limit ?? 100 })
  const parts = summaryParts(
    ledger.reader,
    rows.map(row => row.receiptId),
  )
  const nameOf = personNames(ledger.reader)
  return rows.map(({ cashierId, epoch, seq, sessionId, totalCents, ...row }) => ({
    ...row,
    totalCents: blindIds.includes(sessionId) ? null : totalCents,
    cashierName: nameOf(cashierId),
    names: parts.names.get(row.receiptId) ?? [],
    tenders: parts.tenders.get(row.receiptId) ?? [],
    postingState: sync.postings.of(row.receiptId, { epoch, seq }).state,
  }))
})
