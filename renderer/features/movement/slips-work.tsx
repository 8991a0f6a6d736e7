import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useParams } from 'wouter'
import type { TillClient } from '../../../shared/contract/index.ts'
import { formatCents } from '../../../shared/money.ts'
import { formatInstant } from '../../../shared/time.ts'
import { client, orpc } from '../../client.ts'
import { aboutLabels, movementText, slipsText } from '../../text/custody/movement.ts'
import { useTill } from '../../till.ts'
import { DayRangeFields, useDayRange } from '../../ui/day-range.tsx'
import { Answer } from '../../ui/dialog/answer.tsx'
import { focusOpenedRow, moveCursor } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { useWayBack } from '../../ui/keys/way-back.ts'
import { usePaper } from '../../ui/paper.tsx'
import { Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { type Column, RecordTable } from '../../ui/table/record-table.tsx'
import { SlipView } from './slip-view.tsx'
import './movement.css'

type Summary = Awaited<ReturnType<TillClient['movement']['list']>>[number]

/** The slips of some days; each is looked at and printed again. */
export function SlipsWork() {
  const { id } = useParams<{ id?: string }>()
  const [, go] = useLocation()
  const wayBack = useWayBack()
  const [last, setLast] = useState<string | null>(null)
  const open = ({ movementId }: Summary) => {
    setLast(movementId)
    go(`/drawer/slips/${movementId}`, { replace: true })
  }
  return id === undefined ? (
    <SlipList onOpen={open} openedKey={last} />
  ) : (
    <OpenedSlip movementId={id} onBack={wayBack ?? (() => go('/drawer/slips', { replace: true }))} />
  )
}

function columnsIn(timeZone: string): Column<Summary>[] {
  const { columns } = slipsText
  return [
    { title: columns.number, cell: slip => slip.number },
    { title: columns.kind, cell: slip => movementText.kinds[slip.kind] },
    { title: columns.at, cell: slip => formatInstant(slip.atMs, timeZone, 'date-time') },
    { title: columns.drawer, cell: slip => slip.drawerName, wideOnly: true },
    { title: columns.person, cell: slip => slip.personName },
    { title: columns.second, cell: slip => slip.secondPersonName ?? '', wideOnly: true },
    { title: columns.about, cell: aboutLabels },
    { title: columns.cash, number: true, cell: slip => formatCents(slip.cashCents) },
    {
      title: columns.items,
      number: true,
      cell: slip => (slip.itemsCents === 0 ? '' : formatCents(slip.itemsCents)),
    },
  ]
}

function SlipList({ onOpen, openedKey }: { onOpen: (slip: Summary) => void; openedKey: string | null }) {
  const [, go] = useLocation()
  const { timeZone, businessDate } = useTill()
  const place = useRef<HTMLDivElement>(null)
  const dates = useRef<HTMLInputElement>(null)
  const { days, onDays, bounds } = useDayRange({ from: businessDate })
  const slips = useQuery(
    orpc.movement.list.queryOptions({ input: bounds, placeholderData: keepPreviousData }),
  )
  const come = slips.data !== undefined
  useEffect(() => {
    if (!come) return undefined
    return moveCursor(() => {
      if (focusOpenedRow(place.current)) return
      const first = place.current?.querySelector<HTMLElement>('button.row-button') ?? dates.current
      first?.focus()
    })
  }, [come])
  const keys: KeyDeclaration[] = [
    { key: 'F3', label: movementText.keys.dates, run: () => dates.current?.focus() },
    { key: 'Escape', label: movementText.keys.back, run: () => go('/drawer') },
  ]
  return (
    <Screen title={slipsText.title} keys={keys}>
      <Panel title={slipsText.title} hint={slipsText.hint} className="stack">
        <div className="row">
          <DayRangeFields days={days} onDays={onDays} fromRef={dates} />
        </div>
        <Answer asked={slips} loading={slipsText.loading}>
          {rows =>
            rows.length === 0 ? (
              <p className="muted">{slipsText.none}</p>
            ) : (
              <div ref={place}>
                <RecordTable
                  label={slipsText.title}
                  columns={columnsIn(timeZone)}
                  rows={rows}
                  keyOf={slip => slip.movementId}
                  open={onOpen}
                  openedKey={openedKey}
                />
              </div>
            )
          }
        </Answer>
      </Panel>
    </Screen>
  )
}

function OpenedSlip({ movementId, onBack }: { movementId: string; onBack: () => void }) {
  const { timeZone } = useTill()
  const paper = usePaper()
  const input = { movementId }
  const asked = useQuery(orpc.movement.get.queryOptions({ input }))
  const title = slipsText.title1(asked.data?.number ?? '')
  const print = () => paper.show(title, () => client.movement.document(input))
  const keys: KeyDeclaration[] = [
    { key: 'Ctrl+P', label: movementText.keys.print, run: print },
    { key: 'Escape', label: movementText.keys.back, run: onBack },
  ]
  return (
    <Screen title={title} keys={keys}>
      <Panel title={title} className="stack">
        <Answer asked={asked}>{movement => <SlipView movement={movement} timeZone={timeZone} />}</Answer>
      </Panel>
      {paper.dialog}
    </Screen>
  )
}
