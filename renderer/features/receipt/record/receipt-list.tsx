import { type KeyboardEvent, type Ref, useId } from 'react'
import type { receiptSummaryField } from '../../../../shared/contract/receipt.ts'
import { formatCents } from '../../../../shared/money.ts'
import { formatInstant } from '../../../../shared/time.ts'
import { RECEIPTS } from '../../../text/receipt/receipts.ts'
import { POSTING_LABELS } from '../../../text/sync.ts'
import { useTenderName, useTill } from '../../../till.ts'
import { stepTo } from '../../../ui/choices.tsx'
import { Tag } from '../../../ui/parts.tsx'
import { POSTING_TONES } from '../../slip/posting-tones.ts'

export type ReceiptSummary = (typeof receiptSummaryField)['_output']

interface ReceiptListProps {
  receipts: readonly ReceiptSummary[]
  selectedId: string | null
  onSelect: (receiptId: string) => void
  ref: Ref<HTMLDivElement>
}

function Row({ receipt }: { receipt: ReceiptSummary }) {
  const { timeZone } = useTill()
  const tenderName = useTenderName()
  const tenders = receipt.tenders.map(tenderName).join(', ')
  return (
    <>
      <span className="between">
        <b>
          {receipt.number} {receipt.state === 'voided' && <Tag tone="bad">{RECEIPTS.voided}</Tag>}{' '}
          <Tag tone={POSTING_TONES[receipt.postingState]}>{POSTING_LABELS[receipt.postingState]}</Tag>
        </b>
        {receipt.totalCents !== null && <b>{formatCents(receipt.totalCents)}</b>}
      </span>
      <span className="between sub">
        <span>{receipt.names.join(', ')}</span>
        <span className="when">
          {tenders} · {formatInstant(receipt.postedAtMs, timeZone, 'date-time')}
        </span>
      </span>
    </>
  )
}

/** The receipts found; the list has the focus and arrows choose. */
export function ReceiptList({ receipts, selectedId, onSelect, ref }: ReceiptListProps) {
  const id = useId()
  const at = receipts.findIndex(r => r.receiptId === selectedId)
  const choices = receipts.map(r => ({ id: r.receiptId, label: r.number }))
  const keyDown = (event: KeyboardEvent) => {
    const next = stepTo(choices, at, event.key)
    const receipt = next === null ? undefined : receipts[next]
    if (receipt === undefined) return
    event.preventDefault()
    onSelect(receipt.receiptId)
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <div
      ref={ref}
      role="listbox"
      className="choices receipt-list"
      aria-label={RECEIPTS.list}
      aria-activedescendant={at === -1 ? undefined : `${id}-${at}`}
      tabIndex={0}
      onKeyDown={keyDown}
    >
      {receipts.map((receipt, i) => (
        <div
          key={receipt.receiptId}
          id={`${id}-${i}`}
          role="option"
          tabIndex={-1}
          aria-selected={receipt.receiptId === selectedId}
          onPointerDown={() => onSelect(receipt.receiptId)}
        >
          <Row receipt={receipt} />
        </div>
      ))}
    </div>
  )
}
