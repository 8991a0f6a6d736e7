import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { orpc } from '../../../client.ts'
import { explainedText } from '../../../text/session/explain.ts'
import { Answer } from '../../../ui/dialog/answer.tsx'
import { Dialog } from '../../../ui/dialog/dialogs.tsx'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { Tag } from '../../../ui/parts.tsx'
import { ReceiptDetail } from '../../slip/receipt-detail.tsx'
import type { ListedCandidate } from './candidates.ts'

interface CandidateDialogProps {
  candidate: ListedCandidate
  /** Number keys, which lead from one candidate to another. */
  numberKeys: readonly KeyDeclaration[]
  /** Left out where no reason is being written. */
  onUse?: (reason: string) => void
  onClose: () => void
}

/** One candidate with the receipts that it names; going back leaves everything below as it was. */
export function CandidateDialog({ candidate, numberKeys, onUse, onClose }: CandidateDialogProps) {
  const { no, labels, likelihood, receiptIds } = candidate
  const [at, setAt] = useState(0)
  const last = receiptIds.length - 1
  const next = () => setAt(Math.min(at + 1, last))
  const previous = () => setAt(Math.max(at - 1, 0))
  const use = onUse && (() => onUse(labels.reason))
  const { keys } = explainedText
  const declared: KeyDeclaration[] = [
    ...(use === undefined ? [] : [{ key: 'U', label: keys.use, run: use }]),
    { key: 'ArrowRight', label: keys.next, run: next },
    { key: 'ArrowLeft', label: keys.previous, run: previous },
    ...numberKeys,
  ]
  const receiptId = receiptIds[at]
  return (
    <Dialog title={explainedText.candidate(no)} onClose={onClose} size={680} keys={declared}>
      <div className="stack">
        <div className="between">
          <strong>{labels.title}</strong>
          <Tag>{explainedText.likelihood[likelihood]}</Tag>
        </div>
        <p>{labels.sum}</p>
        <p className="muted">{labels.look}</p>
        <div className="row">
          <Button data-autofocus variant={use === undefined ? 'filled' : 'default'} onClick={onClose}>
            {keys.back}
          </Button>
          {use !== undefined && <Button onClick={use}>{keys.use}</Button>}
        </div>
        {last > 0 && (
          <div className="row">
            <Button variant="default" size="sm" onClick={previous} disabled={at === 0}>
              {keys.previous}
            </Button>
            <span role="status">{explainedText.receiptOf(at + 1, receiptIds.length)}</span>
            <Button variant="default" size="sm" onClick={next} disabled={at === last}>
              {keys.next}
            </Button>
          </div>
        )}
        {receiptId === undefined ? (
          <p className="muted small">{explainedText.noReceipt}</p>
        ) : (
          <NamedReceipt receiptId={receiptId} />
        )}
      </div>
    </Dialog>
  )
}

function NamedReceipt({ receiptId }: { receiptId: string }) {
  const receipt = useQuery(orpc.receipt.get.queryOptions({ input: { receiptId } }))
  return <Answer asked={receipt}>{found => <ReceiptDetail receipt={found} />}</Answer>
}
