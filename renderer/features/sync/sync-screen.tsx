import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ADMINISTRATORS, EVERYONE, READERS_OF_ALL } from '../../../shared/roles.ts'
import { client, orpc } from '../../client.ts'
import { useSending } from '../../command.ts'
import type { ScreenSpec } from '../../screen-spec.ts'
import { syncText } from '../../text/sync.ts'
import { usePerson, useTill } from '../../till.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { ErrorNote } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { AlarmsPanel } from './alarms-panel.tsx'
import { ChecksPanel } from './checks-panel.tsx'
import { ConnectionPanel } from './connection-panel.tsx'
import { DetailsPanel } from './details-panel.tsx'
import { EnrolPanel, focusEnrolment } from './enrol-panel.tsx'
import { ExceptionsPanel } from './exceptions-panel.tsx'
import './sync.css'

/** Pauses and lags move while nothing is told. */
const ASK_AGAIN_MS = 5_000

/** The line to the billing system: how far it has got, what waits, and what a person has to look after. */
function SyncScreen() {
  const [, go] = useLocation()
  const { role } = usePerson()
  const { timeZone } = useTill()
  const [said, setSaid] = useState('')
  const status = useQuery({ ...orpc.sync.status.queryOptions(), refetchInterval: ASK_AGAIN_MS })
  const trying = useSending({
    send: () => client.sync.tryNow(),
    done: () => {
      setSaid(syncText.tried)
      void status.refetch()
    },
  })
  const mayEnrol = ADMINISTRATORS.includes(role)
  const isAlone = status.data?.connection === 'alone'
  const tryNow = () => trying.run(undefined)
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: syncText.keys.tryNow, run: tryNow, disabled: isAlone },
    ...(mayEnrol ? [{ key: 'F3', label: syncText.keys.enrol, run: focusEnrolment }] : []),
    { key: 'Escape', label: syncText.keys.back, run: () => go('/') },
  ]
  return (
    <Screen title={syncText.title} keys={keys}>
      <div className="stack">
        <ErrorNote>{trying.problem}</ErrorNote>
        <Answer asked={status} loading={syncText.loading}>
          {({ details, ...lineState }) => (
            <>
              <ConnectionPanel {...lineState} details={details} said={said} onTry={isAlone ? null : tryNow} />
              {details !== null && <AlarmsPanel alarms={details.alarms} timeZone={timeZone} />}
              {READERS_OF_ALL.includes(role) && lineState.counts.exceptions > 0 && (
                <ExceptionsPanel timeZone={timeZone} />
              )}
              {details?.enrolment != null && <ChecksPanel />}
              {details !== null && <DetailsPanel details={details} timeZone={timeZone} />}
              {mayEnrol && (
                <EnrolPanel
                  isAgain={details?.enrolment != null}
                  onEnrolled={utility => setSaid(syncText.enrolled(utility))}
                />
              )}
            </>
          )}
        </Answer>
      </div>
    </Screen>
  )
}

export const screen: ScreenSpec = {
  path: '/sync',
  title: 'Sync',
  key: 'Y',
  place: 150,
  roles: EVERYONE,
  component: SyncScreen,
}
