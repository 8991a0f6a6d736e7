import { useState } from 'react'
import type { TillState } from '../../../../shared/contract/till.ts'
import { OVERSEERS } from '../../../../shared/roles.ts'
import { client } from '../../../client.ts'
import { drawerText, readingText } from '../../../text/session/drawer.ts'
import { explainedText } from '../../../text/session/explain.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { usePaper } from '../../../ui/paper.tsx'
import { ErrorNote, Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { ExplainedReport } from './explained-report.tsx'
import { wasOff } from './reading.ts'
import { ReadingView } from './reading-view.tsx'
import { SessionAtCentral } from './session-at-central.tsx'
import type { OpenedReading } from './use-reading.ts'

interface OpenedReportProps {
  till: TillState
  opened: OpenedReading
  onBack: () => void
}

/** Whether this person may be told what may explain the difference of a closed session, and there was one. */
function mayExplain({ session, reading }: OpenedReading, { person }: TillState): boolean {
  if (reading === null || person === null || !wasOff(reading)) return false
  return session.cashierId === person.personId || OVERSEERS.includes(person.role)
}

/** An X or Z report that was asked for, with its paper, and for a closed session that was off, why. */
export function OpenedReport({ till, opened, onBack }: OpenedReportProps) {
  const { session, reading, problem } = opened
  const paper = usePaper()
  const [explaining, setExplaining] = useState(false)
  const input = { sessionId: session.sessionId }
  const title =
    session.state === 'closed'
      ? readingText.zTitle(session.zNumber ?? session.number)
      : readingText.xTitle(session.number)
  const print = () =>
    paper.show(title, () =>
      session.state === 'closed' ? client.session.zDocument(input) : client.session.xDocument(input),
    )
  const keys: KeyDeclaration[] = [
    { key: 'Ctrl+P', label: drawerText.keys.print, run: print, disabled: reading === null },
    ...(mayExplain(opened, till)
      ? [{ key: 'X', label: explainedText.keys.explain, run: () => setExplaining(true) }]
      : []),
    { key: 'Escape', label: drawerText.keys.back, run: onBack },
  ]
  if (explaining && reading !== null)
    return <ExplainedReport title={title} reading={reading} onBack={() => setExplaining(false)} />
  return (
    <Screen title={title} keys={keys}>
      <Panel title={title} className="stack">
        <ErrorNote>{problem}</ErrorNote>
        {reading === null && problem === null && <p role="status">{drawerText.readingLoading}</p>}
        {reading !== null && session.state === 'closed' && <SessionAtCentral sessionId={session.sessionId} />}
        {reading !== null && <ReadingView reading={reading} timeZone={till.timeZone} />}
      </Panel>
      {paper.dialog}
    </Screen>
  )
}
