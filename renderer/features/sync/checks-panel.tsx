import { useQuery } from '@tanstack/react-query'
import { orpc } from '../../client.ts'
import { syncText } from '../../text/sync.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import { Panel } from '../../ui/parts.tsx'
import { SumDifferences } from '../count/sum-differences.tsx'

/** Whether central's own sums of closed drawers and of deposits come to the same as this till's. */
export function ChecksPanel() {
  const checks = useQuery(orpc.sync.checks.queryOptions())
  // Nothing is said before there is anything: a till that was just connected has closed no drawer.
  if (checks.data !== undefined && checks.data.agreeing + checks.data.differing.length === 0) return null
  return (
    <Panel title={syncText.checksTitle} className="stack">
      <Answer asked={checks}>
        {({ agreeing, differing }) => (
          <>
            {agreeing > 0 && <p>{syncText.checksAgree(agreeing)}</p>}
            {differing.length > 0 && (
              <>
                <p className="warn-note">{syncText.checksDiffer}</p>
                <SumDifferences label={syncText.checksTitle} checks={differing} named />
              </>
            )}
          </>
        )}
      </Answer>
    </Panel>
  )
}
