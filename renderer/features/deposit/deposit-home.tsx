import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { TillClient } from '../../../shared/contract/index.ts'
import type { BankAccount } from '../../../shared/ledger/setup.ts'
import { formatCents } from '../../../shared/money.ts'
import { orpc } from '../../client.ts'
import { custodyText, STATE_NAMES } from '../../text/custody/custody.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import { focusOpenedRow, moveCursor } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { Panel, Tag, type TagTone } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'
import { useNow } from '../../ui/use-now.ts'
import { isInTheHouse } from './deposit-due.ts'
import type { WaitingPart } from './deposit-form.ts'
import { DueNote } from './due-note.tsx'
import { WaitingSummary } from './waiting-summary.tsx'

type Listed = Awaited<ReturnType<TillClient['deposit']['list']>>[number]

/** What still asks for somebody's hand stands out; the words carry it. */
function toneOf(state: Listed['state']): TagTone {
  if (state === 'credited') return 'good'
  return isInTheHouse(state) ? 'warn' : 'plain'
}

const { columns } = depositText
const COLUMNS: readonly Column<Listed>[] = [
  { title: columns.number, cell: deposit => deposit.number },
  {
    title: columns.state,
    cell: ({ state }) => <Tag tone={toneOf(state)}>{STATE_NAMES[state]}</Tag>,
  },
  { title: columns.bank, cell: deposit => deposit.bankAccountName },
  {
    title: columns.bag,
    cell: ({ bagNumber, sealNumber }) => (
      <>
        {bagNumber}
        {sealNumber !== null && (
          <span className="muted small deposit-below">{custodyText.seal(sealNumber)}</span>
        )}
      </>
    ),
  },
  {
    title: columns.due,
    cell: ({ state, dueAtMs }) =>
      isInTheHouse(state) ? (
        <DueNote dueAtMs={dueAtMs} />
      ) : (
        <span className="muted small">{state === 'reopened' ? '–' : custodyText.handedOver}</span>
      ),
  },
  { title: columns.total, number: true, cell: deposit => formatCents(deposit.foundCents) },
]

interface WaitingQuery {
  data: WaitingPart[] | undefined
  error: unknown
  refetch: () => unknown
}

interface DepositHomeProps {
  /** Null for people who make up no deposits. */
  waiting: WaitingQuery | null
  bankAccounts: readonly BankAccount[]
  lastShown: string | null
  onMakeUp: () => void
  onShow: (depositId: string) => void
}

/** What waits for the bank with its deadline, and the deposits that were made up. */
export function DepositHome({ waiting, bankAccounts, lastShown, onMakeUp, onShow }: DepositHomeProps) {
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const nowMs = useNow()
  const list = useQuery(orpc.deposit.list.queryOptions())
  useEffect(() => moveCursor(() => void focusOpenedRow(place.current)), [])
  const canMakeUp = (waiting?.data ?? []).length > 0
  const keys: KeyDeclaration[] = [
    ...(waiting === null
      ? []
      : [{ key: 'F2', label: depositText.makeUp, run: onMakeUp, disabled: !canMakeUp }]),
    { key: 'Escape', label: depositText.keys.back, run: () => go('/') },
  ]
  const inTheHouse = (list.data ?? []).filter(deposit => isInTheHouse(deposit.state))
  const overdue = [...(waiting?.data ?? []), ...inTheHouse].filter(one => nowMs > one.dueAtMs).length
  return (
    <Screen title={depositText.title} keys={keys}>
      <div className="stack deposit-home" ref={place}>
        {overdue > 0 && (
          <p role="status" className="deposit-overdue">
            {depositText.overdueCount(overdue)}
          </p>
        )}
        {waiting !== null && (
          <Panel title={depositText.waitingTitle} className="stack">
            <Answer asked={waiting} loading={depositText.loading}>
              {parts => <WaitingSummary {...{ parts, bankAccounts, onMakeUp }} />}
            </Answer>
          </Panel>
        )}
        <Panel title={depositText.listTitle} className="stack">
          <Answer asked={list} loading={depositText.loading}>
            {rows =>
              rows.length === 0 ? (
                <p className="muted">{depositText.noDeposits}</p>
              ) : (
                <RecordTable
                  label={depositText.listTitle}
                  columns={COLUMNS}
                  rows={rows}
                  keyOf={deposit => deposit.depositId}
                  open={deposit => onShow(deposit.depositId)}
                  openedKey={lastShown}
                />
              )
            }
          </Answer>
        </Panel>
      </div>
    </Screen>
  )
}
