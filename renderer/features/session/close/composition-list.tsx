import type { CompositionTold } from '../../../../shared/contract/session-fields.ts'
import { compositionText, sayFinding } from '../../../text/session/composition.ts'
import { Panel } from '../../../ui/parts.tsx'

interface Findings {
  findings: readonly CompositionTold[]
}

/** Papers of the count that are not those of the receipts, each in a sentence. */
export function CompositionList({ findings }: Findings) {
  return (
    <ul className="composition">
      {findings.map(finding => {
        const said = sayFinding(finding)
        return <li key={`${finding.receiptId} ${said}`}>{said}</li>
      })}
    </ul>
  )
}

/** The same with what it means; nothing where every paper has its receipt. */
export function CompositionPanel({ findings }: Findings) {
  if (findings.length === 0) return null
  return (
    <Panel title={compositionText.title} hint={compositionText.intro}>
      <CompositionList findings={findings} />
    </Panel>
  )
}
