import type { SyncDetails } from '../../../shared/contract/sync.ts'
import { formatInstant } from '../../../shared/time.ts'
import { errorLabels, lagLabels, syncText } from '../../text/sync.ts'
import { Facts } from '../../ui/facts.tsx'
import { Panel } from '../../ui/parts.tsx'

interface DetailsPanelProps {
  details: SyncDetails
  timeZone: string
}

/** For whoever looks after the line: how far, since when, and where the key lies. */
export function DetailsPanel({ details, timeZone }: DetailsPanelProps) {
  const { enrolment, key, head, lastError } = details
  const { facts } = syncText
  const at = (ms: number) => formatInstant(ms, timeZone, 'date-time')
  return (
    <Panel title={syncText.details} className="stack sync-details">
      <Facts
        facts={[
          [facts.address, enrolment?.address ?? null],
          [facts.utility, enrolment?.utilityName ?? null],
          [facts.since, enrolment && syncText.sinceBy(at(enrolment.sinceMs), enrolment.enrolledByName)],
          [facts.head, `${head.epoch}/${head.seq}`],
          [facts.position, enrolment && positionLabels(details, at)],
          [facts.lag, enrolment && lagLabels(details.lagMs)],
          [facts.accounts, enrolment && accountsLabels(details, at)],
          [
            facts.error,
            enrolment &&
              (lastError ? syncText.errorAt(errorLabels(lastError), at(lastError.atMs)) : syncText.noError),
          ],
          [facts.fingerprint, enrolment?.keyFingerprint ?? null],
          [facts.key, syncText.keyIn[key.kind](key.place)],
        ]}
      />
    </Panel>
  )
}

function accountsLabels({ accounts, accountsTrouble }: SyncDetails, at: (ms: number) => string): string {
  if (accountsTrouble) return syncText.accountsTrouble[accountsTrouble]
  if (accounts === null) return syncText.accountsNever
  const { underWay } = accounts
  if (underWay?.isRead) return syncText.accountsIndexing(underWay.taken)
  return underWay
    ? syncText.accountsUnderWay(underWay.taken, underWay.left)
    : syncText.accountsAsOf(at(accounts.asOfMs))
}

function positionLabels({ position }: SyncDetails, at: (ms: number) => string): string {
  if (position === null) return syncText.never
  const place = `${position.epoch}/${position.seq}`
  const heard = at(position.heardAtMs)
  return position.inThisRun ? syncText.positionHeard(place, heard) : syncText.positionBefore(place, heard)
}
