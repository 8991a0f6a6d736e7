import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type RefObject, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { OverShort } from '../../../../shared/contract/report.ts'
import { EVERYONE, READERS_OF_ALL } from '../../../../shared/roles.ts'
import { CASH, TENDER_KINDS } from '../../../../shared/tenders.ts'
import { formatBusinessDate } from '../../../../shared/time.ts'
import { orpc } from '../../../client.ts'
import type { ScreenSpec } from '../../../screen-spec.ts'
import { historyText } from '../../../text/report/reports.ts'
import { usePerson, useTill } from '../../../till.ts'
import { Answer } from '../../../ui/dialog/answer.tsx'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { cumulated, differencesOf, type Grouping, groupOf, groupsOf, sumOf, tendersIn } from './history.ts'
import { DifferenceTable, GroupTable } from './history-tables.tsx'
import { OverShortChart } from './over-short-chart.tsx'
import { pictureLabel } from './picture-label.ts'
import './over-short.css'

/** Every session has cash, and most differences are in it. */

interface Choice {
  tender: string
  by: Grouping
  /** One cashier, drawer or weekday; null for all. */
  group: string | null
}

const isGrouping = (value: string): value is Grouping => Object.hasOwn(historyText.groupings, value)

/** Over and short of twelve months as a picture and as figures; a cashier sees their own. */
function OverShortScreen() {
  const [, go] = useLocation()
  const { businessDate } = useTill()
  const { role } = usePerson()
  const readsAll = READERS_OF_ALL.includes(role)
  const asked = useQuery(
    orpc.report.overShort.queryOptions({ input: { toDate: businessDate }, staleTime: 0 }),
  )
  const [choice, setChoice] = useState<Choice>({
    tender: CASH,
    by: readsAll ? 'cashier' : 'weekday',
    group: null,
  })
  const tenderRef = useRef<HTMLSelectElement>(null)
  const groupingRef = useRef<HTMLSelectElement>(null)
  const { keys: labels } = historyText
  const toAll = () => setChoice({ ...choice, group: null })
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: labels.tender, run: () => tenderRef.current?.focus() },
    { key: 'F3', label: labels.grouping, run: () => groupingRef.current?.focus() },
    { key: 'F4', label: labels.everything, run: toAll, disabled: choice.group === null },
    ...(readsAll ? [{ key: 'F8', label: labels.report, run: () => go('/reports') }] : []),
    { key: 'Escape', label: labels.back, run: () => go('/') },
  ]
  return (
    <Screen title={historyText.title} keys={keys}>
      <Panel title={historyText.panel(formatBusinessDate(businessDate, 'short'))} className="stack">
        <p className="muted small">{readsAll ? historyText.all : historyText.own}</p>
        <HistoryChoice
          {...{ choice, tenderRef, groupingRef }}
          tenders={tendersIn(asked.data ?? [])}
          onChoice={setChoice}
        />
        <Answer asked={asked} loading={historyText.loading}>
          {history =>
            history.length === 0 ? (
              <p className="muted">{historyText.none}</p>
            ) : (
              <History {...{ history, choice }} onChoice={setChoice} />
            )
          }
        </Answer>
      </Panel>
    </Screen>
  )
}

interface HistoryChoiceProps {
  tenders: readonly { tender: string; name: string }[]
  choice: Choice
  onChoice: (choice: Choice) => void
  tenderRef: RefObject<HTMLSelectElement | null>
  groupingRef: RefObject<HTMLSelectElement | null>
}

/** Which tender, and what is added up. There before the figures are, so that the cursor has its place at once. */
function HistoryChoice({ tenders, choice, onChoice, tenderRef, groupingRef }: HistoryChoiceProps) {
  return (
    <div className="row">
      <NativeSelect
        ref={tenderRef}
        label={historyText.tender}
        value={choice.tender}
        data={
          tenders.length === 0
            ? [{ value: CASH, label: TENDER_KINDS[CASH].name.en }]
            : tenders.map(one => ({ value: one.tender, label: one.name }))
        }
        onChange={event => onChoice({ ...choice, tender: event.currentTarget.value })}
        data-autofocus
      />
      <NativeSelect
        ref={groupingRef}
        label={historyText.groupBy}
        value={choice.by}
        data={Object.entries(historyText.groupings).map(([value, label]) => ({ value, label }))}
        onChange={event => {
          const { value } = event.currentTarget
          if (isGrouping(value)) onChoice({ ...choice, by: value, group: null })
        }}
      />
    </div>
  )
}

interface HistoryProps {
  history: readonly OverShort[]
  choice: Choice
  onChoice: (choice: Choice) => void
}

function History({ history, choice, onChoice }: HistoryProps) {
  const { by, group, tender } = choice
  const name = tendersIn(history).find(one => one.tender === tender)?.name ?? ''
  const all = differencesOf(history, tender)
  const shown = group === null ? all : all.filter(one => groupOf(one, by) === group)
  const points = cumulated(shown)
  const whose = group ?? historyText.everything
  return (
    <>
      <OverShortChart points={points} label={pictureLabel(name, sumOf(whose, shown))} />
      <GroupTable
        by={by}
        groups={[sumOf(historyText.everything, all), ...groupsOf(all, by)]}
        opened={whose}
        onOpen={of => onChoice({ ...choice, group: of === historyText.everything ? null : of })}
      />
      <DifferenceTable points={points.filter(point => point.overShortCents !== 0).toReversed()} />
    </>
  )
}

export const screen: ScreenSpec = {
  path: '/over-short',
  title: 'Over and short history',
  key: 'V',
  place: 110,
  roles: EVERYONE,
  component: OverShortScreen,
}
