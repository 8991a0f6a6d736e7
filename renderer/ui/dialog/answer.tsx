import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { sayError } from '../../text/refusals/refusals.ts'
import { UI } from '../../text/ui.ts'
import { ErrorNote } from '../parts.tsx'

/** What a query of TanStack Query tells, as far as a screen shows it. */
interface Asked<T> {
  data: T | undefined
  error: unknown
  refetch: () => unknown
}

interface AnswerProps<T> {
  asked: Asked<T>
  /** What is being waited for. */
  loading?: string
  children: (data: T) => ReactNode
}

/** The answer once it is there; until then that it is on its way, or what went wrong and a second try. */
export function Answer<T>({ asked, loading = UI.loading, children }: AnswerProps<T>) {
  if (asked.data !== undefined) return children(asked.data)
  if (asked.error === null) return <p role="status">{loading}</p>
  return (
    <div className="stack">
      <ErrorNote>{sayError(asked.error)}</ErrorNote>
      <div>
        <Button variant="default" onClick={() => void asked.refetch()}>
          {UI.retry}
        </Button>
      </div>
    </div>
  )
}
