import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { ReportInput } from '../../../shared/contract/report.ts'
import { READERS_OF_ALL } from '../../../shared/roles.ts'
import { client, orpc } from '../../client.ts'
import { useSending } from '../../command.ts'
import type { ScreenSpec } from '../../screen-spec.ts'
import { reportsText } from '../../text/report/reports.ts'
import { useTill } from '../../till.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { Screen } from '../../ui/screen.tsx'
import { ReportTableView } from '../../ui/table/report-table.tsx'
import { ReportChoice } from './report-choice.tsx'
import { orderFrom, type ReportFields } from './report-order.ts'
import './reports.css'

type Format = 'pdf' | 'csv' | 'xlsx'

const AT_FIRST: ReportFields = {
  report: 'collections',
  days: 'today',
  from: '',
  to: '',
  personId: '',
  drawerId: '',
}
/** Long enough for the arrow keys to pass over reports that nobody wants added up. */
const SETTLED_MS = 150

/** Nothing to ask for as long as the days are not whole; what is asked then is not sent. */
const nothing = (today: ReportInput['fromDate']): ReportInput => {
  return { report: AT_FIRST.report, fromDate: today, toDate: today }
}

function useReport(order: ReportInput | null, today: ReportInput['fromDate']) {
  return useQuery(
    orpc.report.run.queryOptions({
      input: order ?? nothing(today),
      enabled: order !== null,
      placeholderData: keepPreviousData,
      // A report says when it was made; it is not made again behind the reader's back.
      staleTime: 0,
      refetchOnWindowFocus: false,
    }),
  )
}

/** Makes the file of a report and has it saved. */
function useFile() {
  const [said, setSaid] = useState('')
  const sending = useSending({
    send: (input: ReportInput & { format: Format }) => {
      setSaid(reportsText.saving(reportsText.formats[input.format]))
      return client.report.file(input)
    },
    done: file => {
      saveFile(file, file.name)
      setSaid(reportsText.saved(file.name))
    },
    failed: () => setSaid(''),
  })
  return {
    said,
    problem: sending.problem,
    save: sending.run,
    pending: sending.pending,
    forget: () => setSaid(''),
  }
}

/** Every report over days: read on the screen at once, saved as PDF, CSV or workbook. */
function ReportsScreen() {
  const [, go] = useLocation()
  const { businessDate, timeZone } = useTill()
  const [fields, setFields] = useState(AT_FIRST)
  const [settled] = useDebouncedValue(fields, SETTLED_MS)
  const reportRef = useRef<HTMLSelectElement>(null)
  const daysRef = useRef<HTMLSelectElement>(null)
  const order = orderFrom(settled, businessDate)
  const asked = useReport(order, businessDate)
  const file = useFile()
  const { keys: labels } = reportsText
  const choose = (next: ReportFields) => {
    file.forget()
    setFields(next)
  }
  const saving = (key: string, format: Format): KeyDeclaration => ({
    key,
    label: labels[format],
    disabled: order === null || file.pending,
    run: () => {
      if (order !== null) file.save({ ...order, format })
    },
  })
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: labels.report, run: () => reportRef.current?.focus() },
    { key: 'F3', label: labels.days, run: () => daysRef.current?.focus() },
    saving('F4', 'pdf'),
    saving('F6', 'csv'),
    saving('F7', 'xlsx'),
    { key: 'F8', label: labels.history, run: () => go('/over-short') },
    { key: 'F9', label: labels.again, run: () => void asked.refetch(), disabled: order === null },
    { key: 'Escape', label: labels.back, run: () => go('/') },
  ]
  return (
    <Screen title={reportsText.title} keys={keys}>
      <div className="stack">
        <Panel>
          <ReportChoice {...{ fields, reportRef, daysRef }} onFields={choose} today={businessDate} />
        </Panel>
        <p role="status" className={file.said === '' ? 'hidden-words' : 'muted'}>
          {file.said}
        </p>
        <ErrorNote>{file.problem}</ErrorNote>
        {order === null ? (
          <p className="muted">{reportsText.daysNotFinished}</p>
        ) : (
          <Answer asked={asked} loading={reportsText.loading}>
            {table => <ReportTableView table={table} timeZone={timeZone} />}
          </Answer>
        )}
      </div>
    </Screen>
  )
}

export const screen: ScreenSpec = {
  path: '/reports',
  title: 'Reports',
  key: 'E',
  place: 100,
  roles: READERS_OF_ALL,
  component: ReportsScreen,
}
