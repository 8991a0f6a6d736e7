import { leftOutOf } from '../../../shared/central/city.ts'
import type { SyncDetails } from '../../../shared/contract/sync.ts'
import { formatInstant } from '../../../shared/time.ts'
import { leftOutLabels } from '../../text/setup/city.ts'
import { ALARM_LABELS, syncText } from '../../text/sync.ts'
import { Panel } from '../../ui/parts.tsx'

interface AlarmsPanelProps {
  alarms: SyncDetails['alarms']
  timeZone: string
}

/** What a person must know of, each with what to do; nothing where nothing is. */
export function AlarmsPanel({ alarms, timeZone }: AlarmsPanelProps) {
  if (alarms.length === 0) return null
  return (
    <Panel title={syncText.alarms} className="stack">
      {alarms.map(({ kind, epoch, seq, detail, atMs }) => {
        const { what, next } = ALARM_LABELS[kind]
        const at = formatInstant(atMs, timeZone, 'date-time')
        return (
          <div
            key={kind}
            role={kind === 'central-restored' ? 'status' : 'alert'}
            className={kind === 'central-restored' ? 'sync-note' : 'error-note'}
          >
            <p>
              <b>{what}</b>
            </p>
            <p>{next}</p>
            {kind === 'city-not-taken' && <LeftOutList detail={detail} />}
            <p className="small">
              {seq > 0 ? syncText.alarmAt(`${epoch}/${seq}`, at) : syncText.alarmSince(at)}
              {kind === 'chain-broken' && detail !== '' && ` · ${detail}`}
            </p>
          </div>
        )
      })}
    </Panel>
  )
}

/** What of the city was left as it was, each with its reason. */
function LeftOutList({ detail }: { detail: string }) {
  const lines = leftOutOf(detail).map(leftOutLabels)
  return (
    <ul>
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
