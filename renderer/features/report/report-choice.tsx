import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { REPORT_NAMES, REPORTS } from '../../../shared/contract/report.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { orpc } from '../../client.ts'
import { DAY_CHOICES, reportsText } from '../../text/report/reports.ts'
import { DayRangeFields } from '../../ui/day-range.tsx'
import { type DayChoice, daysOf, type ReportFields, withDay } from './report-order.ts'

interface ReportChoiceProps {
  fields: ReportFields
  onFields: (fields: ReportFields) => void
  today: BusinessDate
  reportRef: RefObject<HTMLSelectElement | null>
  daysRef: RefObject<HTMLSelectElement | null>
}

const REPORT_CHOICES = REPORT_NAMES.map(value => ({ value, label: REPORTS[value].title }))
const DAYS = Object.entries(DAY_CHOICES).map(([value, label]) => ({ value, label }))

const isDayChoice = (value: string): value is DayChoice => Object.hasOwn(DAY_CHOICES, value)

/** Which report, of which days, of whom. */
export function ReportChoice({ fields, onFields, today, reportRef, daysRef }: ReportChoiceProps) {
  const days = daysOf(fields, today)
  const put = (part: Partial<ReportFields>) => onFields({ ...fields, ...part })
  const ownDates = fields.days === 'dates'
  return (
    <div className="report-choice">
      <NativeSelect
        ref={reportRef}
        label={reportsText.report}
        value={fields.report}
        data={REPORT_CHOICES}
        onChange={event => {
          const report = REPORT_NAMES.find(known => known === event.currentTarget.value)
          if (report !== undefined) put({ report })
        }}
        data-autofocus
      />
      <NativeSelect
        ref={daysRef}
        label={reportsText.days}
        value={fields.days}
        data={DAYS}
        onChange={event => {
          const { value } = event.currentTarget
          if (!isDayChoice(value)) return
          onFields(value === 'dates' ? withDay(fields, {}, today) : { ...fields, days: value })
        }}
      />
      <DayRangeFields
        days={ownDates ? fields : { from: days?.fromDate ?? '', to: days?.toDate ?? '' }}
        onDays={typed => onFields(withDay(fields, typed, today))}
      />
      {REPORTS[fields.report].isBySession && <Whose fields={fields} put={put} />}
    </div>
  )
}

interface WhoseProps {
  fields: ReportFields
  put: (part: Partial<ReportFields>) => void
}

function Whose({ fields, put }: WhoseProps) {
  const people = useQuery(orpc.person.names.queryOptions())
  const drawers = useQuery(orpc.setup.drawers.queryOptions())
  const all = { value: '', label: reportsText.all }
  return (
    <>
      <NativeSelect
        label={reportsText.cashier}
        value={fields.personId}
        data={[all, ...(people.data ?? []).map(({ personId, name }) => ({ value: personId, label: name }))]}
        onChange={event => put({ personId: event.currentTarget.value })}
      />
      <NativeSelect
        label={reportsText.drawer}
        value={fields.drawerId}
        data={[all, ...(drawers.data ?? []).map(({ drawerId, name }) => ({ value: drawerId, label: name }))]}
        onChange={event => put({ drawerId: event.currentTarget.value })}
      />
    </>
  )
}
