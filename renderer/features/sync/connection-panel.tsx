import { Button } from '@mantine/core'
import type { Connection, PostingCounts, SyncDetails } from '../../../shared/contract/sync.ts'
import { errorLabels, syncText } from '../../text/sync.ts'
import { BigFigure, Panel, ProgressPanel } from '../../ui/parts.tsx'

interface ConnectionPanelProps {
  connection: Connection
  counts: PostingCounts
  details: SyncDetails | null
  /** What was done last, in words. */
  said: string
  /** Null where there is nobody to be tried. */
  onTry: (() => void) | null
}

/** A second more or less of a pause is nobody's business below this many facts. */
const BACKLOG_FROM = 500

/** How the connection stands, in one sentence and four figures. */
export function ConnectionPanel({ connection, counts, details, said, onTry }: ConnectionPanelProps) {
  const figures = [
    [syncText.counts.held, counts.held + counts.sent],
    [syncText.counts.acknowledged, counts.acknowledged],
    [syncText.counts.posted, counts.posted],
    [syncText.counts.exceptions, counts.exceptions],
  ] as const
  const retryIn = details?.retryInMs ?? null
  const backlog = details?.backlog
  const accounts = details?.accounts?.underWay
  return (
    <Panel title={syncText.lineTitle} className="stack">
      <div className="between">
        <p className="sync-connection" data-connection={connection}>
          {syncText.lines[connection]}
          {retryIn !== null && <span className="muted"> {syncText.retryIn(Math.ceil(retryIn / 1_000))}</span>}
        </p>
        {onTry !== null && (
          <Button
            data-autofocus
            onClick={onTry}
            variant={connection === 'up-to-date' ? 'default' : 'filled'}
            className="sync-try"
          >
            {syncText.keys.tryNow}
          </Button>
        )}
      </div>
      {connection === 'offline' && details?.lastError != null && (
        <p className="muted">{errorLabels(details.lastError)}</p>
      )}
      <p role="status" className={said === '' ? 'hidden-words' : 'sync-said'}>
        {said}
      </p>
      <div className="sync-figures">
        {figures.map(([label, value]) => (
          <BigFigure key={label} label={label} value={value.toLocaleString('en-US')} medium />
        ))}
      </div>
      {connection === 'sending' && backlog !== undefined && backlog.total >= BACKLOG_FROM && (
        <ProgressPanel label={syncText.backlog} done={backlog.done} total={backlog.total} />
      )}
      {accounts && (
        <ProgressPanel
          label={syncText.accountsBacklog}
          done={accounts.taken}
          total={accounts.taken + accounts.left}
        />
      )}
    </Panel>
  )
}
