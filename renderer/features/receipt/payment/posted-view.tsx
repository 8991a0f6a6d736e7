import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ReceiptView } from '../../../../shared/contract/receipt.ts'
import { formatCents } from '../../../../shared/money.ts'
import type { Denomination } from '../../../../shared/rules/cash/denominations.ts'
import { client, orpc } from '../../../client.ts'
import { useSending } from '../../../command.ts'
import { POSTED } from '../../../text/receipt/window.ts'
import { POSTING_LABELS } from '../../../text/sync.ts'
import { UI } from '../../../text/ui.ts'
import { usePaper } from '../../../ui/paper.tsx'
import { ErrorNote } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { ScrollRegion } from '../../../ui/table/scroll-region.tsx'
import { ReceiptSlip } from '../../slip/receipt-slip.tsx'
import { ChangePieces } from './change-advice.tsx'
import type { Posted } from './use-post-receipt.ts'

/** Prints once when the receipt appears; the same for printing again. Failing changes nothing about the receipt. */
function usePrinting(receiptId: string) {
  const printing = useSending({
    send: (id: string) => client.receipt.print({ receiptId: id }),
    done: answer => {
      printed.current =
        answer.printed === 'folder' ? POSTED.printed(answer.where) : POSTED.queued(answer.where)
    },
  })
  const printed = useRef('')
  const asked = useRef<string | null>(null)
  const { run } = printing
  useEffect(() => {
    if (asked.current === receiptId) return
    asked.current = receiptId
    run(receiptId)
  }, [receiptId, run])
  return {
    again: () => run(receiptId),
    problem: printing.problem,
    message: printing.pending ? POSTED.printing : printed.current,
  }
}

function stateLabels(posted: Posted, receipt: ReceiptView | undefined): string {
  const state = receipt?.posting.state ?? 'held'
  const message = state === 'held' || state === 'sent' ? POSTED.held : POSTING_LABELS[state]
  return `${POSTED.saved(posted.number)} · ${message}`
}

interface PostedViewProps {
  posted: Posted
  denominations: readonly Denomination[]
  onNext: () => void
}

/** The change in the largest type there is, until the next customer begins. */
export function PostedView({ posted, denominations, onNext }: PostedViewProps) {
  const asked = useQuery(orpc.receipt.get.queryOptions({ input: { receiptId: posted.receiptId } }))
  const printing = usePrinting(posted.receiptId)
  const paper = usePaper()
  const amount = formatCents(posted.changeCents)
  const look = () =>
    paper.show(`${POSTED.receipt} ${posted.number}`, () =>
      client.receipt.document({ receiptId: posted.receiptId, paper: '80mm' }),
    )
  return (
    <Screen
      title={POSTED.title}
      fixed
      keys={[
        { key: 'Enter', label: POSTED.next, run: onNext },
        { key: 'P', label: POSTED.again, run: printing.again },
        { key: 'O', label: POSTED.look, run: look },
        { key: 'Escape', label: POSTED.next, run: onNext, quiet: true },
      ]}
    >
      <section className="panel posted">
        <div className="say">
          <div role="alert" className="hidden-words">
            {POSTED.announce(amount, posted.number)}
          </div>
          <span className="k">{posted.changeCents === 0 ? POSTED.noChange : POSTED.changeDue}</span>
          <strong className={amount.length > 7 ? 'change long' : 'change'}>{amount}</strong>
          <ChangePieces
            receiptId={posted.receiptId}
            changeCents={posted.changeCents}
            denominations={denominations}
          />
          <p className="muted" role="status">
            {printing.message}
          </p>
          <ErrorNote>{printing.problem}</ErrorNote>
          <p className="state">{stateLabels(posted, asked.data)}</p>
        </div>
        <ScrollRegion className="slip-side" label={POSTED.receipt}>
          {asked.data === undefined ? (
            <p className="slip">{UI.loading}</p>
          ) : (
            <ReceiptSlip receipt={asked.data} />
          )}
        </ScrollRegion>
      </section>
      {paper.dialog}
    </Screen>
  )
}
