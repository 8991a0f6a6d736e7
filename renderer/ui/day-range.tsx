import { TextInput } from '@mantine/core'
import { type Ref, useState } from 'react'
import { type BusinessDate, parseBusinessDate } from '../../shared/time.ts'
import { UI } from '../text/ui.ts'

/** Two days as typed; empty where there is no bound. */
export interface DayRange {
  from: string
  to: string
}

interface DayRangeFieldsProps {
  days: DayRange
  onDays: (typed: Partial<DayRange>) => void
  fromRef?: Ref<HTMLInputElement>
}

/** From which day to which day; both belong to the days that are meant. */
export function DayRangeFields({ days, onDays, fromRef }: DayRangeFieldsProps) {
  return (
    <>
      <TextInput
        ref={fromRef}
        type="date"
        label={UI.from}
        value={days.from}
        onChange={event => onDays({ from: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={UI.to}
        value={days.to}
        onChange={event => onDays({ to: event.currentTarget.value })}
      />
    </>
  )
}

/** The days of a question to the till; one that is empty or not finished narrows nothing. */
export function boundsOf({ from, to }: DayRange): { fromDate?: BusinessDate; toDate?: BusinessDate } {
  const fromDate = parseBusinessDate(from)
  const toDate = parseBusinessDate(to)
  return { ...(fromDate && { fromDate }), ...(toDate && { toDate }) }
}

/** Days that a list is narrowed to, as long as its screen is there. */
export function useDayRange(begins: Partial<DayRange> = {}) {
  const [days, setDays] = useState<DayRange>({ from: '', to: '', ...begins })
  const onDays = (typed: Partial<DayRange>) => setDays({ ...days, ...typed })
  return { days, onDays, bounds: boundsOf(days) }
}
