import { type ReactNode, useState } from 'react'
import type { ReceiptView } from '../../../../shared/contract/receipt.ts'
import { cents, formatCents } from '../../../../shared/money.ts'
import { CASHIERS } from '../../../../shared/roles.ts'
import { CASH } from '../../../../shared/tenders.ts'
import { client } from '../../../client.ts'
import { useCommand, useSending } from '../../../command.ts'
import { RECEIPTS } from '../../../text/receipt/receipts.ts'
import { usePerson, useTill } from '../../../till.ts'
import { type Approval, ApprovalDialog } from '../../../ui/dialog/dialogs.tsx'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { usePaper } from '../../../ui/paper.tsx'
import { tendersBack } from '../payment/tenders-back.ts'
import { cashBack } from './receipt-search.ts'
import { useIntoBasket } from './use-into-basket.ts'

interface ReceiptActions {
  keys: readonly KeyDeclaration[]
  dialogs: ReactNode
  /** What was done last, in words. */
  said: string
  problem: string | null
}

function voidLabels(receipt: ReceiptView): string {
  const cash = cashBack(receipt)
  const others = receipt.tenders.filter(({ tender }) => tender !== CASH)
  const types = receipt.tenders.map(({ tender, kind, labels }) => ({ tender, kind, name: labels.en }))
  const back = [
    ...(cash > 0 ? [RECEIPTS.cashBack(formatCents(cents(cash)))] : []),
    ...(others.length > 0 ? [tendersBack(others, types)] : []),
  ]
  return RECEIPTS.voidDone(receipt.number, back.join(', '))
}

/** Voiding with a reason and another person's PIN. */
function useVoiding(receipt: ReceiptView | undefined, onSaid: (message: string) => void) {
  const [open, setOpen] = useState(false)
  const voiding = useCommand({
    send: (commandId, input: { receipt: ReceiptView; reason: string; approval: Approval }) =>
      client.receipt.void({
        commandId,
        receiptId: input.receipt.receiptId,
        reason: input.reason,
        approval: input.approval,
      }),
    done: (_, input) => {
      setOpen(false)
      onSaid(voidLabels(input.receipt))
    },
  })
  const close = () => {
    setOpen(false)
    voiding.clear()
  }
  const dialog =
    open && receipt !== undefined ? (
      <ApprovalDialog
        title={RECEIPTS.voidTitle(receipt.number)}
        reasonLabel={RECEIPTS.reason}
        pending={voiding.pending}
        problem={voiding.problem}
        onApprove={(approval, reason) => voiding.run({ receipt, reason, approval })}
        onCancel={close}
      >
        <p>{RECEIPTS.voidLabels}</p>
      </ApprovalDialog>
    ) : null
  return { begin: () => setOpen(true), dialog }
}

/** What can be done with the receipt that is looked at: print again, see its papers, void it. */
export function useReceiptActions(receipt: ReceiptView | undefined): ReceiptActions {
  const { role } = usePerson()
  const { session } = useTill()
  const paper = usePaper()
  // Words about one receipt go away with it.
  const [told, setTold] = useState({ receiptId: '', message: '' })
  const setSaid = (message: string) => setTold({ receiptId: receipt?.receiptId ?? '', message })
  const said = told.receiptId === receipt?.receiptId ? told.message : ''
  const voiding = useVoiding(receipt, setSaid)
  const printing = useSending({
    send: (receiptId: string) => client.receipt.print({ receiptId }),
    done: ({ copyNo, where }) =>
      setSaid(copyNo > 1 ? RECEIPTS.reprintDone(copyNo - 1, where) : RECEIPTS.firstPrint(where)),
  })
  const none = receipt === undefined
  const mayChange = CASHIERS.includes(role)
  const show = (of: ReceiptView, size: '80mm' | 'letter') =>
    paper.show(of.number, () => client.receipt.document({ receiptId: of.receiptId, paper: size }))
  const key = (
    name: string,
    label: string,
    run: (of: ReceiptView) => void,
    disabled = false,
  ): KeyDeclaration => ({
    key: name,
    label,
    disabled: none || disabled,
    run: () => {
      setSaid('')
      if (receipt !== undefined) run(receipt)
    },
  })
  const again = useIntoBasket()
  const voidable = receipt?.state === 'posted' && receipt.sessionOpen
  const keys = [
    key('F3', RECEIPTS.reprint, of => printing.run(of.receiptId), !mayChange),
    key('F4', RECEIPTS.pdf, of => show(of, '80mm')),
    key('F6', RECEIPTS.letter, of => show(of, 'letter')),
    key('F8', RECEIPTS.void, voiding.begin, !mayChange || !voidable),
    key('F9', RECEIPTS.again, again.run, session?.state !== 'open' || receipt?.state !== 'voided'),
  ]
  const dialogs = (
    <>
      {voiding.dialog}
      {paper.dialog}
    </>
  )
  return { keys, dialogs, said, problem: printing.problem ?? again.problemWith(receipt?.receiptId) }
}
