import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import type { TillClient } from '../../../shared/contract/index.ts'
import { formatCents, sum } from '../../../shared/money.ts'
import { formatBusinessDate } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { depositText } from '../../text/deposit.ts'
import { Answer } from '../../ui/answer.tsx'
import { focusOpenedRow, useFirstFocus } from '../../ui/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { Panel, Tag } from '../../ui/parts.tsx'
import { type Column, RecordTable } from '../../ui/record-table.tsx'
import { Screen } from '../../ui/screen.tsx'
import type { WaitingSession } from './deposit-form.ts'

type Listed = Awaited<ReturnType<TillClient['deposit']['list']>>[number]

const { columns } = depositText
const COLUMNS: readonly Column<Listed>[] = [
  { title: columns.number, cell: deposit => deposit.number },
  {
    title: columns.state,
    cell: ({ state }) => <Tag tone={state === 'verified' ? 'good' : 'warn'}>{depositText.states[state]}</Tag>,
  },
  { title: columns.date, cell: deposit => formatBusinessDate(deposit.businessDate, 'short') },
  { title: columns.bag, cell: deposit => deposit.bagNumber },
  { title: columns.by, cell: deposit => deposit.preparerName },
  { title: depositText.verifiedBy, cell: deposit => deposit.verifierName ?? depositText.notVerified },
  { title: columns.total, number: true, cell: deposit => formatCents(deposit.totalCents) },
]

interface WaitingQuery {
  data: WaitingSession[] | undefined
  error: unknown
  refetch: () => unknown
}

interface DepositHomeProps {
  /** Null for people who make up no deposits. */
  waiting: WaitingQuery | null
  lastShown: string | null
  onMakeUp: () => void
  onShow: (depositId: string) => void
}

/** What waits for the bank, and the deposits that were made up. */
export function DepositHome({ waiting, lastShown, onMakeUp, onShow }: DepositHomeProps) {
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  const list = useQuery(orpc.deposit.list.queryOptions())
  useEffect(() => {
    focusOpenedRow(place.current)
  }, [])
  const canMakeUp = (waiting?.data ?? []).length > 0
  const keys: KeyDeclaration[] = [
    ...(waiting === null
      ? []
      : [{ key: 'F2', label: depositText.makeUp, run: onMakeUp, disabled: !canMakeUp }]),
    { key: 'Escape', label: depositText.keys.back, run: () => go('/') },
  ]
  return (
    <Screen title={depositText.title} keys={keys}>
      <div className="stack" ref={place}>
        {waiting !== null && (
          <Panel title={depositText.waitingTitle} className="stack">
            <Answer asked={waiting} loading={depositText.loading}>
              {sessions => <WaitingSummary sessions={sessions} onMakeUp={onMakeUp} />}
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

interface WaitingSummaryProps {
  sessions: readonly WaitingSession[]
  onMakeUp: () => void
}

function WaitingSummary({ sessions, onMakeUp }: WaitingSummaryProps) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  if (sessions.length === 0) return <p className="muted">{depositText.nothingWaiting}</p>
  const cash = sum(sessions.map(session => session.cashCents))
  const items = sum(sessions.map(session => session.itemsCents))
  return (
    <div className="row deposit-waiting" ref={place}>
      <p className="grow">
        <strong>{depositText.waitingCount(sessions.length)}</strong>
        <br />
        <span className="muted">{sessions.map(session => session.zNumber ?? session.number).join(', ')}</span>
      </p>
      <p>
        <span className="figure-label">{depositText.cash}</span>
        <strong>{formatCents(cash)}</strong>
      </p>
      <p>
        <span className="figure-label">{depositText.items}</span>
        <strong>{formatCents(items)}</strong>
      </p>
      <Button data-autofocus onClick={onMakeUp}>
        {depositText.makeUp}
      </Button>
    </div>
  )
}
