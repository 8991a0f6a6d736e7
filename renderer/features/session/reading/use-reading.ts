import { useRef, useState } from 'react'
import type { TillClient } from '../../../../shared/contract/index.ts'
import type { Reading } from '../../../../shared/contract/session-fields.ts'
import { client } from '../../../client.ts'
import { sayError } from '../../../text/refusals/refusals.ts'

export type SessionSummary = Awaited<ReturnType<TillClient['session']['list']>>[number]

export interface OpenedReading {
  session: SessionSummary
  /** Null until it is read, and where it is refused. */
  reading: Reading | null
  problem: string | null
}

/**
 * Reads a session's report when a person asks for it: Z of a closed one, X of any other. Not a query, because
 * every X report is a fact in the journal and must not be read again by itself.
 */
export function useReading() {
  const [opened, setOpened] = useState<OpenedReading | null>(null)
  const asked = useRef(0)
  const open = (session: SessionSummary) => {
    asked.current += 1
    const mine = asked.current
    const put = (answer: Omit<OpenedReading, 'session'>) => {
      if (asked.current === mine) setOpened({ session, ...answer })
    }
    put({ reading: null, problem: null })
    const input = { sessionId: session.sessionId }
    const answer = session.state === 'closed' ? client.session.readZ(input) : client.session.readX(input)
    answer.then(
      reading => put({ reading, problem: null }),
      error => put({ reading: null, problem: sayError(error) }),
    )
  }
  const close = () => {
    asked.current += 1
    setOpened(null)
  }
  return { opened, open, close }
}
