/** Finding, showing and printing receipts. */
import { createHmac } from 'node:crypto'
import { personNames } from '../../../db/queries/people.ts'
import { receiptView } from '../../../db/queries/receipt-view.ts'
import { findReceipts, receiptById, summaryParts } from '../../../db/queries/receipts.ts'
import { settingsNow } from '../../../db/queries/setup.ts'
import { isRoutingNumber } from '../../../shared/rules/aba.ts'
import { signedIn } from '../commands.ts'
import { PrinterFailed, printPaper } from '../devices/printer.ts'
import { os } from '../guard.ts'
import { pdfFile } from '../pdf-file.ts'
import { ownCommand } from '../pins.ts'

const ACCOUNTS_BY_NAME = 200

export const get = os.receipt.get.handler(({ input, context, errors }) => {
  const { ledger, sync } = context.backend
  const view = receiptView(ledger.reader, input.receiptId)
  const row = receiptById(ledger.reader, input.receiptId)
  if (!view || !row) throw errors.UNKNOWN_RECEIPT()
  return { ...view, posting: sync.postings.of(input.receiptId, row) }
})

export const find = os.receipt.find.handler(({ input, context }) => {
  const { ledger, accounts, sync } = context.backend
  const text = input.text?.trim() ?? ''
  const accountIds =
    text === '' ? [] : accounts.findAccounts(text, ACCOUNTS_BY_NAME).map(found => found.accountId)
  const rows = findReceipts(ledger.reader, { ...input, accountIds, limit: input.limit ?? 100 })
  const parts = summaryParts(
    ledger.reader,
    rows.map(row => row.receiptId),
  )
  const nameOf = personNames(ledger.reader)
  return rows.map(({ cashierId, epoch, seq, ...row }) => ({
    ...row,
    cashierName: nameOf(cashierId),
    names: parts.names.get(row.receiptId) ?? [],
    tenders: parts.tenders.get(row.receiptId) ?? [],
    postingState: sync.postings.of(row.receiptId, { epoch, seq }).state,
  }))
})

export const print = os.receipt.print.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const person = signedIn(context)
  const settings = settingsNow(backend.ledger.reader)
  const receipt = receiptView(backend.ledger.reader, input.receiptId)
  if (!receipt) throw errors.UNKNOWN_RECEIPT()
  const paper = input.paper ?? settings.receiptPaper
  const copyNo = receipt.printCount + 1
  // The copy is on record before it is on paper: a second original must not be had by pulling the plug.
  ownCommand(backend, person.personId, 'receipt.print', tx =>
    tx.append('receipt.printed', { receiptId: receipt.receiptId, copyNo, paper }, receipt.businessDate),
  )
  const pdf = await backend.jobs.run('receipt-pdf', { receipt, settings, paper, copyNo })
  try {
    const name = `${receipt.number}${copyNo === 1 ? '' : `-copy-${copyNo}`}`
    return { copyNo, ...(await printPaper(backend.dataDir, settings.printer, { name, pdf })) }
  } catch (error) {
    if (!(error instanceof PrinterFailed)) throw error
    throw errors.PRINTER_FAILED({ data: { detail: error.message, saved: error.saved } })
  }
})

export const document = os.receipt.document.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const receipt = receiptView(backend.ledger.reader, input.receiptId)
  if (!receipt) throw errors.UNKNOWN_RECEIPT()
  const copyNo = Math.max(1, receipt.printCount)
  const settings = settingsNow(backend.ledger.reader)
  const pdf = await backend.jobs.run('receipt-pdf', { receipt, settings, paper: input.paper, copyNo })
  return pdfFile(receipt.number, pdf)
})

export const identifyCheck = os.receipt.identifyCheck.handler(({ input, context, errors }) => {
  if (!isRoutingNumber(input.routingNumber)) throw errors.ROUTING_NUMBER_WRONG()
  const accountNumber = input.accountNumber.replace(/[\s-]/g, '')
  if (!/^\d{3,17}$/.test(accountNumber)) throw errors.ACCOUNT_NUMBER_WRONG()
  const hash = createHmac('sha256', context.backend.tillKey)
    .update(`${input.routingNumber}:${accountNumber}`)
    .digest('hex')
  return { accountLast4: accountNumber.slice(-4).padStart(4, '0'), accountHash: hash }
})
