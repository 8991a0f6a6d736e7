import { Button } from '@mantine/core'
import type { Line, PostingCounts, SyncDetails } from '../../../shared/contract/sync.ts'
import { errorWords, syncText } from '../../text/sync.ts'
import { BigFigure, Panel, ProgressPanel } from '../../ui/parts.tsx'

interface LinePanelProps {
  line: Line
  counts: PostingCounts
  details: SyncDetails | null
  /** What was done last, in words. */
  said: string
  /** Null where there is nobody to be tried. */
  onTry: (() => void) | null
}

/** A second more or less of a pause is nobody's business below this many facts. */
const BACKLOG_FROM = 500

/** How the line stands, in one sentence and four figures. */
export function LinePanel({ line, counts, details, said, onTry }: LinePanelProps) {
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
        <p className="sync-line" data-line={line}>
          {syncText.lines[line]}
          {retryIn !== null && <span className="muted"> {syncText.retryIn(Math.ceil(retryIn / 1_000))}</span>}
        </p>
        {onTry !== null && (
          <Button
            data-autofocus
            onClick={onTry}
            variant={line === 'up-to-date' ? 'default' : 'filled'}
            className="sync-try"
          >
            {syncText.keys.tryNow}
          </Button>
        )}
      </div>
      {line === 'offline' && details?.lastError != null && (
        <p className="muted">{errorWords(details.lastError)}</p>
      )}
      <p role="status" className={said === '' ? 'hidden-words' : 'sync-said'}>
        {said}
      </p>
      <div className="sync-figures">
        {figures.map(([label, value]) => (
          <BigFigure key={label} label={label} value={value.toLocaleString('en-US')} medium />
        ))}
      </div>
      {line === 'sending' && backlog !== undefined && backlog.total >= BACKLOG_FROM && (
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
