import type { ReceiptView } from '../../../../shared/contract/receipt.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import type { Definition, Paper } from '../definition.ts'
import { RECEIPT, say } from '../page/labels.ts'
import { languagesOf, type ReceiptPaper } from './receipt-facts.ts'
import { letterContent } from './receipt-letter.ts'
import { slipContent } from './receipt-slip.ts'

/**
 * The customer's receipt: on a roll 80 mm wide and exactly as long as it needs to be, or on US letter. `copyNo` is 1
 * for the first print; from 2 on the paper is marked DUPLICATE with that number. The state of posting is not
 * printed: it changes after the paper has left.
 */
export function receiptDocument(of: {
  receipt: ReceiptView
  settings: Settings
  paper: Paper
  copyNo: number
}): Definition {
  const { receipt, settings, copyNo } = of
  const languages = languagesOf(settings)
  const paper: ReceiptPaper = { receipt, settings, copyNo, languages }
  const letter = of.paper === 'letter'
  const title = `${say(RECEIPT.receipt, languages)} ${receipt.number}`
  return {
    title,
    createdAtMs: receipt.postedAtMs,
    paper: of.paper,
    content: letter ? letterContent(paper) : slipContent(paper),
    foot: letter ? title : null,
    runningHead: letter ? `${settings.utilityName} · ${title}` : null,
    watermark: letter && receipt.state === 'voided' ? RECEIPT.void.en : null,
  }
}
