import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { VerifyReport } from '../../../shared/contract/till.ts'
import { client } from '../../client.ts'
import { auditText } from '../../text/audit.ts'
import { useTill } from '../../till.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { useLongWork } from '../../ui/long-work.ts'
import { Screen } from '../../ui/screen.tsx'
import { type JournalPage, JournalPanel, useJournal } from './journal-panel.tsx'
import { VerifyPanel } from './verify-panel.tsx'
import './audit.css'

/** The journal as it is, and its verification. */
export default function AuditScreen() {
  const [, go] = useLocation()
  const { timeZone } = useTill()
  const kindField = useRef<HTMLSelectElement>(null)
  const [page, setPage] = useState<JournalPage>({ kind: '', before: [] })
  const journal = useJournal(page)
  const verify = useLongWork<VerifyReport>()
  const running = verify.state.kind === 'running'

  const lastSeq = journal.data?.at(-1)?.seq
  const onOlder =
    lastSeq === undefined || lastSeq <= 1 || journal.isPlaceholderData
      ? null
      : () => setPage({ ...page, before: [...page.before, lastSeq] })
  const onNewer =
    page.before.length === 0 ? null : () => setPage({ ...page, before: page.before.slice(0, -1) })
  const start = () => verify.start(signal => client.till.verify(undefined, { signal }))
  const { keys: words } = auditText
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: words.kind, run: () => kindField.current?.focus() },
    { key: 'F3', label: words.newer, run: () => onNewer?.(), disabled: onNewer === null },
    { key: 'F4', label: words.older, run: () => onOlder?.(), disabled: onOlder === null },
    running
      ? { key: 'F10', label: words.cancel, run: verify.cancel }
      : { key: 'F10', label: words.verify, run: start },
    { key: 'Escape', label: words.back, run: () => go('/') },
  ]
  return (
    <Screen title={auditText.title} keys={keys}>
      <div className="stack">
        <VerifyPanel state={verify.state} onStart={start} onCancel={verify.cancel} />
        <JournalPanel
          asked={journal}
          onKind={kind => setPage({ kind, before: [] })}
          kindRef={kindField}
          {...{ page, timeZone, onOlder, onNewer }}
        />
      </div>
    </Screen>
  )
}
