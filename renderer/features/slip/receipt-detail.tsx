import type { ReceiptView } from '../../../shared/contract/receipt.ts'
import type { Posting } from '../../../shared/contract/sync.ts'
import { RECEIPTS } from '../../text/receipt/receipts.ts'
import { POSTING_LABELS, REASON_LABELS } from '../../text/sync.ts'
import { Tag } from '../../ui/parts.tsx'
import { POSTING_TONES } from './posting-tones.ts'
import { ReceiptSlip } from './receipt-slip.tsx'

/** Why the billing system could not post it, and who does something about it. */
function PostingReason({ reason }: { reason: NonNullable<Posting['reason']> }) {
  const { what, next } = REASON_LABELS[reason]
  return (
    <p className="posting-reason">
      <b>{what}</b> {next}
    </p>
  )
}

/** One receipt with its state: voided or not, how far it has got, how often it was printed. */
export function ReceiptDetail({ receipt }: { receipt: ReceiptView }) {
  const { posting } = receipt
  return (
    <>
      <div className="row receipt-state">
        {receipt.state === 'voided' ? (
          <Tag tone="bad">{RECEIPTS.voided}</Tag>
        ) : (
          <Tag tone="good">{RECEIPTS.posted}</Tag>
        )}
        <Tag tone={POSTING_TONES[posting.state]}>{POSTING_LABELS[posting.state]}</Tag>
        {posting.reference !== null && <Tag>{RECEIPTS.reference(posting.reference)}</Tag>}
        <Tag>{receipt.printCount === 0 ? RECEIPTS.notPrinted : RECEIPTS.printed(receipt.printCount)}</Tag>
      </div>
      {posting.reason !== null && <PostingReason reason={posting.reason} />}
      <ReceiptSlip receipt={receipt} />
    </>
  )
}
