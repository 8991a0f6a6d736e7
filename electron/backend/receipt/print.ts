/** A receipt as a page: printed with its copy on record, or as a PDF without. */
import { receiptView } from '../../../db/queries/receipt/receipt-view.ts'
import { sessionById } from '../../../db/queries/session/session.ts'
import { settingsNow } from '../../../db/queries/setup.ts'
import { PrinterFailed, printPaper } from '../devices/printer.ts'
import { pdfFile } from '../documents/page/pdf-file.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { ownCommand } from '../request/pins.ts'
import { isHidden } from './sight.ts'

export const print = os.receipt.print.handler(async ({ input, context, errors }) => {
  const { backend } = context
  const person = signedIn(context)
  const settings = settingsNow(backend.ledger.reader)
  const receipt = receiptView(backend.ledger.reader, input.receiptId)
  if (!receipt) throw errors.UNKNOWN_RECEIPT()
  if (isHidden(context, { session_id: receipt.sessionId })) throw errors.NOT_YOURS_TO_SEE()
  const paper = input.paper ?? settings.receiptPaper
  const copyNo = receipt.printCount + 1
  // The copy is on record before it is on paper: a second original must not be had by pulling the plug.
  ownCommand(backend, person.personId, 'receipt.print', tx => {
    const { receiptId, sessionId, businessDate } = receipt
    // While its session goes on it is that one's work, even after midnight; later it is the day's.
    const isOver = sessionById(tx, sessionId)?.state === 'closed'
    tx.append('receipt.printed', { receiptId, copyNo, paper }, isOver ? {} : { businessDate })
  })
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
  if (isHidden(context, { session_id: receipt.sessionId })) throw errors.NOT_YOURS_TO_SEE()
  const copyNo = Math.max(1, receipt.printCount)
  const settings = settingsNow(backend.ledger.reader)
  const pdf = await backend.jobs.run('receipt-pdf', { receipt, settings, paper: input.paper, copyNo })
  return pdfFile(receipt.number, pdf)
})
