import { useRef } from 'react'
import type { Reading } from '../../../../shared/contract/session-fields.ts'
import { explainText } from '../../../text/session/close.ts'
import { explainedText } from '../../../text/session/explain.ts'
import { useFirstFocus } from '../../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { Differences } from '../../count/differences.tsx'
import '../../count/count.css'
import { useExplain } from '../explain/use-explain.tsx'
import { countedBalances } from './reading.ts'

interface ExplainedReportProps {
  /** Of the report that it belongs to. */
  title: string
  reading: Reading
  onBack: () => void
}

/** What may explain the difference that a session was closed with. */
export function ExplainedReport({ title, reading, onBack }: ExplainedReportProps) {
  const place = useRef<HTMLDivElement>(null)
  const balances = countedBalances(reading)
  const explain = useExplain({ sessionId: reading.sessionId, balances })
  useFirstFocus(place)
  const keys: KeyDeclaration[] = [
    ...explain.keys,
    { key: 'Escape', label: explainedText.keys.back, run: onBack },
  ]
  return (
    <Screen title={title} keys={keys}>
      <div className="close-explain" ref={place}>
        <Panel title={title} hint={`${reading.drawerName} · ${reading.cashierName}`} className="stack">
          <Differences balances={balances} />
          {reading.reason !== '' && <p>{`${explainText.reasonLabel}: ${reading.reason}`}</p>}
        </Panel>
        {explain.panel}
      </div>
      {explain.dialog}
    </Screen>
  )
}
