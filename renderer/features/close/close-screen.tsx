import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { CountResult, CountSheet } from '../../../shared/contract/drawer.ts'
import { orpc } from '../../client.ts'
import { closeText } from '../../text/close.ts'
import { refusalCode, sayError } from '../../text/refusals.ts'
import { UI } from '../../text/ui.ts'
import { useTill } from '../../till.ts'
import { useFirstFocus } from '../../ui/first-focus.ts'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { type ClosedSession, ClosedStage } from './closed-stage.tsx'
import { CountStage } from './count-stage.tsx'
import { ExplainStage } from './explain-stage.tsx'
import './close.css'

/** Nothing of an earlier session may be shown, so neither answer outlives the screen. */
const FRESH = { gcTime: 0, staleTime: 0 }

/** The close: count blind, count once more, explain and be approved; then the Z report. */
export default function CloseScreen() {
  const [, go] = useLocation()
  const queries = useQueryClient()
  const { timeZone, session } = useTill()
  const sheet = useQuery({ ...orpc.drawer.countSheet.queryOptions(), ...FRESH })
  const difference = useQuery({ ...orpc.drawer.difference.queryOptions(), ...FRESH })
  const [closed, setClosed] = useState<ClosedSession | null>(null)
  const [recounting, setRecounting] = useState<string | null>(null)

  if (closed !== null) return <ClosedStage closed={closed} timeZone={timeZone} onDone={() => go('/')} />
  const noSession = [sheet.error, difference.error].some(error => refusalCode(error) === 'NO_OPEN_SESSION')
  if (noSession) return <NoSession />
  const askAgain = () => queries.invalidateQueries({ queryKey: orpc.drawer.key() })
  const counted = (counting: CountSheet) => (result: CountResult) => {
    if (result.outcome === 'closed' && result.zNumber !== null) {
      setClosed({ sessionId: counting.sessionId, zNumber: result.zNumber, agrees: true })
    } else {
      setRecounting(roundKey(counting))
      void askAgain()
    }
  }
  if (difference.data !== undefined && difference.data !== null) {
    const sessionId = session?.sessionId ?? sheet.data?.sessionId ?? ''
    const close = (zNumber: string) => setClosed({ sessionId, zNumber, agrees: false })
    return <ExplainStage result={difference.data} onClosed={close} />
  }
  if (sheet.data === undefined || difference.data === undefined) {
    return <Waiting error={sheet.error ?? difference.error} onRetry={() => void askAgain()} />
  }
  return (
    <CountStage
      key={roundKey(sheet.data)}
      sheet={sheet.data}
      onCounted={counted(sheet.data)}
      waiting={recounting === roundKey(sheet.data)}
    />
  )
}

function roundKey({ sessionId, round }: CountSheet): string {
  return `${sessionId} ${round}`
}

function Waiting({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Screen title={closeText.titles[1]}>
      <Panel className="stack">
        {error === null ? (
          <p role="status">{closeText.loading}</p>
        ) : (
          <>
            <ErrorNote>{sayError(error)}</ErrorNote>
            <div>
              <Button onClick={onRetry}>{UI.retry}</Button>
            </div>
          </>
        )}
      </Panel>
    </Screen>
  )
}

function NoSession() {
  const [, go] = useLocation()
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  return (
    <Screen
      title={closeText.titles[1]}
      keys={[{ key: 'Escape', label: closeText.keys.window, run: () => go('/') }]}
    >
      <div ref={place}>
        <Panel title={closeText.noSessionTitle} hint={closeText.noSession} className="stack">
          <div>
            <Button data-autofocus onClick={() => go('/drawer')}>
              {closeText.toDrawer}
            </Button>
          </div>
        </Panel>
      </div>
    </Screen>
  )
}
