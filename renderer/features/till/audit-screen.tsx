import { useRef } from 'react'
import { useLocation } from 'wouter'
import type { VerifyReport } from '../../../shared/contract/till.ts'
import { READERS_OF_ALL } from '../../../shared/roles.ts'
import { client } from '../../client.ts'
import type { ScreenSpec } from '../../screen-spec.ts'
import { auditText } from '../../text/report/audit.ts'
import { useTill } from '../../till.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { useLongWork } from '../../ui/long-work.ts'
import { Screen } from '../../ui/screen.tsx'
import { JournalPanel, useJournal, useJournalPage } from './journal-panel.tsx'
import { VerifyPanel } from './verify-panel.tsx'
import './audit.css'

/** The journal as it is, and its verification. */
function AuditScreen() {
  const [, go] = useLocation()
  const { timeZone } = useTill()
  const kindField = useRef<HTMLSelectElement>(null)
  const [page, setPage] = useJournalPage()
  const journal = useJournal(page)
  const verify = useLongWork<VerifyReport>()
  const running = verify.state.kind === 'running'

  const last = journal.data?.entries.at(-1)
  const onOlder =
    last === undefined || journal.data?.hasOlder !== true || journal.isPlaceholderData
      ? null
      : () => setPage({ ...page, before: [...page.before, { epoch: last.epoch, seq: last.seq }] })
  const onNewer =
    page.before.length === 0 ? null : () => setPage({ ...page, before: page.before.slice(0, -1) })
  const start = () => verify.start(signal => client.till.verify(undefined, { signal }))
  const { keys: labels } = auditText
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: labels.kind, run: () => kindField.current?.focus() },
    { key: 'F3', label: labels.newer, run: () => onNewer?.(), disabled: onNewer === null },
    { key: 'F4', label: labels.older, run: () => onOlder?.(), disabled: onOlder === null },
    running
      ? { key: 'F10', label: labels.cancel, run: verify.cancel }
      : { key: 'F10', label: labels.verify, run: start },
    { key: 'Escape', label: labels.back, run: () => go('/') },
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

export const screen: ScreenSpec = {
  path: '/audit/:kind?/:before?',
  title: 'Audit',
  key: 'U',
  place: 140,
  roles: READERS_OF_ALL,
  component: AuditScreen,
}
