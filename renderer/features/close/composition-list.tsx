import type { CompositionTold } from '../../../shared/contract/drawer.ts'
import { compositionText, sayFinding } from '../../text/composition.ts'

/** Papers of the count that are not those of the receipts, each in a sentence; nothing where all are. */
export function CompositionList({ findings }: { findings: readonly CompositionTold[] }) {
  if (findings.length === 0) return null
  return (
    <section className="composition" aria-label={compositionText.title}>
      <h3>{compositionText.title}</h3>
      <p className="muted small">{compositionText.intro}</p>
      <ul>
        {findings.map(finding => {
          const said = sayFinding(finding)
          return <li key={`${finding.receiptId} ${said}`}>{said}</li>
        })}
      </ul>
    </section>
  )
}
