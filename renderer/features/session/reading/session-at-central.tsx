import { useQuery } from '@tanstack/react-query'
import { orpc } from '../../../client.ts'
import { syncText, unsentLabels } from '../../../text/sync.ts'
import { useTill } from '../../../till.ts'
import { SumDifferences } from '../../count/sum-differences.tsx'

/** A receipt may have been posted since; what the till last said of its connection is never shown as if it were now. */
const FRESH = { staleTime: 0, gcTime: 0 }

/** What is unsent of a drawer session, while it is still open. Nothing of it is in the way of closing. */
export function UnsentNote({ sessionId }: { sessionId: string }) {
  const { connection } = useTill().sync
  const { data } = useQuery({ ...orpc.sync.session.queryOptions({ input: { sessionId } }), ...FRESH })
  if (data === undefined) return null
  return (
    <p className="muted small">{unsentLabels({ connection, unsent: data.unsentCount, closed: false })}</p>
  )
}

/** What central has of a closed session: its receipts, and whether its own sums come to the same. */
export function SessionAtCentral({ sessionId }: { sessionId: string }) {
  const { connection } = useTill().sync
  const { data } = useQuery({ ...orpc.sync.session.queryOptions({ input: { sessionId } }), ...FRESH })
  if (data === undefined) return null
  const { check, unsentCount } = data
  return (
    <>
      <p className="muted">{unsentLabels({ connection, unsent: unsentCount, closed: true })}</p>
      {connection !== 'alone' && check === null && unsentCount === 0 && (
        <p className="muted">{syncText.sumsToCome}</p>
      )}
      {check?.agrees && <p className="muted">{syncText.sumsAgree}</p>}
      {check !== null && !check.agrees && (
        <>
          <p className="warn-note">{syncText.sumsDiffer}</p>
          <SumDifferences label={syncText.sumsDiffer} checks={[check]} />
        </>
      )}
    </>
  )
}
