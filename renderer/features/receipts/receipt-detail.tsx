import type { ReceiptView } from '../../../shared/contract/receipt.ts'
import { RECEIPTS } from '../../text/receipts.ts'
import { Tag } from '../../ui/parts.tsx'
import { ReceiptSlip } from './receipt-slip.tsx'

/** One receipt with its state: voided or not, how far it has got, how often it was printed. */
export function ReceiptDetail({ receipt }: { receipt: ReceiptView }) {
  return (
    <>
      <div className="row receipt-state">
        {receipt.state === 'voided' ? (
          <Tag tone="bad">{RECEIPTS.voided}</Tag>
        ) : (
          <Tag tone="good">{RECEIPTS.posted}</Tag>
        )}
        <Tag>{RECEIPTS.sync[receipt.syncState]}</Tag>
        <Tag>{receipt.printCount === 0 ? RECEIPTS.notPrinted : RECEIPTS.printed(receipt.printCount)}</Tag>
      </div>
      <ReceiptSlip receipt={receipt} />
    </>
  )
}
