import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Ref, useEffect, useRef } from 'react'
import { formatBusinessDate } from '../../../../shared/time.ts'
import { orpc } from '../../../client.ts'
import { drawerText } from '../../../text/session/drawer.ts'
import { DayRangeFields, useDayRange } from '../../../ui/day-range.tsx'
import { Answer } from '../../../ui/dialog/answer.tsx'
import { focusOpenedRow, moveCursor } from '../../../ui/keys/first-focus.ts'
import { Panel, Tag, type TagTone } from '../../../ui/parts.tsx'
import { type Column, RecordTable } from '../../../ui/table/record-table.tsx'
import type { SessionSummary } from './use-reading.ts'

const TONES: Record<SessionSummary['state'], TagTone> = { open: 'good', counted: 'warn', closed: 'plain' }
const { columns } = drawerText

const COLUMNS: readonly Column<SessionSummary>[] = [
  { title: columns.session, cell: session => session.number },
  { title: columns.z, cell: session => session.zNumber ?? '' },
  { title: columns.drawer, cell: session => session.drawerName },
  { title: columns.cashier, cell: session => session.cashierName },
  { title: columns.date, cell: session => formatBusinessDate(session.businessDate, 'short') },
  { title: columns.receipts, number: true, cell: session => session.receiptCount },
  {
    title: columns.state,
    cell: session => (
      <span className="row tight">
        <Tag tone={TONES[session.state]}>{drawerText.stateOf[session.state]}</Tag>
        {session.deposited && <Tag>{drawerText.deposited}</Tag>}
      </span>
    ),
  },
]

interface SessionListProps {
  onOpen: (session: SessionSummary) => void
  openedKey: string | null
  dateRef: Ref<HTMLInputElement>
}

/** Sessions of some days, the newest first; each opens its report. */
export function SessionList({ onOpen, openedKey, dateRef }: SessionListProps) {
  const place = useRef<HTMLDivElement>(null)
  const { days, onDays, bounds } = useDayRange()
  const sessions = useQuery(
    orpc.session.list.queryOptions({ input: bounds, placeholderData: keepPreviousData }),
  )
  const isThere = sessions.data !== undefined
  useEffect(() => {
    if (isThere) moveCursor(() => void focusOpenedRow(place.current))
  }, [isThere])
  return (
    <Panel title={drawerText.sessionsTitle} className="drawer-sessions">
      <div className="row">
        <DayRangeFields days={days} onDays={onDays} fromRef={dateRef} />
      </div>
      <Answer asked={sessions} loading={drawerText.loading}>
        {rows =>
          rows.length === 0 ? (
            <p className="muted">{drawerText.noSessions}</p>
          ) : (
            <div ref={place}>
              <RecordTable
                label={drawerText.sessionsTitle}
                columns={COLUMNS}
                rows={rows}
                keyOf={session => session.sessionId}
                open={onOpen}
                openedKey={openedKey}
              />
            </div>
          )
        }
      </Answer>
    </Panel>
  )
}
