import { Button } from '@mantine/core'
import { useRef } from 'react'
import type { BankAccount } from '../../../shared/ledger/setup.ts'
import { formatCents, sum } from '../../../shared/money.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import { RecordTable } from '../../ui/table/record-table.tsx'
import { byBank, partKey, type WaitingPart } from './deposit-form.ts'
import { DueNote } from './due-note.tsx'
import { bankName } from './session-choice.tsx'

interface WaitingSummaryProps {
  parts: readonly WaitingPart[]
  bankAccounts: readonly BankAccount[]
  onMakeUp: () => void
}

/** What waits: one line for each bank account, with what of it is due first. */
export function WaitingSummary({ parts, bankAccounts, onMakeUp }: WaitingSummaryProps) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  if (parts.length === 0) return <p className="muted">{depositText.nothingWaiting}</p>
  const { columns } = depositText
  const sessions = new Set(parts.map(part => part.sessionId)).size
  return (
    <div className="stack" ref={place}>
      <div className="between">
        <strong>{depositText.waitingCount(sessions)}</strong>
        <Button data-autofocus onClick={onMakeUp}>
          {depositText.makeUp}
        </Button>
      </div>
      <RecordTable
        label={depositText.waitingTitle}
        rows={byBank(parts)}
        keyOf={group => group.bankAccountId ?? ''}
        columns={[
          { title: columns.bank, cell: group => bankName(bankAccounts, group.bankAccountId) },
          {
            title: columns.session,
            cell: group =>
              group.parts.map(part => (
                <span key={partKey(part)} className="deposit-session-name">
                  {part.zNumber ?? part.number}
                </span>
              )),
          },
          {
            title: columns.due,
            cell: group => <DueNote dueAtMs={Math.min(...group.parts.map(part => part.dueAtMs))} />,
          },
          {
            title: columns.cash,
            number: true,
            cell: group => formatCents(sum(group.parts.map(part => part.cashCents))),
          },
          {
            title: columns.items,
            number: true,
            cell: group => formatCents(sum(group.parts.map(part => part.itemsCents))),
          },
        ]}
      />
    </div>
  )
}
