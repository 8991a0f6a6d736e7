import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CountResult, CountSheet } from '../../../../shared/contract/session-fields.ts'
import { CASHIERS } from '../../../../shared/roles.ts'
import { orpc } from '../../../client.ts'
import type { ScreenSpec } from '../../../screen-spec.ts'
import { refusalCode } from '../../../text/refusals/refusals.ts'
import { useTill } from '../../../till.ts'
import { NoSession, Waiting } from '../../count/no-count.tsx'
import { type ClosedSession, ClosedStage } from './closed-stage.tsx'
import { ExplainStage } from './explain-stage.tsx'
import { OwnCount } from './own-count.tsx'
import { useToWindow } from './use-to-window.ts'
import '../../count/count.css'

/** Nothing of an earlier session may be shown, so neither answer outlives the screen. */
const FRESH = { gcTime: 0, staleTime: 0 }

/** The close: count blind, count once more, explain and be approved; then the Z report. */
function CloseScreen() {
  const queries = useQueryClient()
  const { timeZone, session } = useTill()
  const sheet = useQuery({ ...orpc.session.countSheet.queryOptions(), ...FRESH })
  const difference = useQuery({ ...orpc.session.difference.queryOptions(), ...FRESH })
  const [closed, setClosed] = useState<ClosedSession | null>(null)
  const toWindow = useToWindow(closed?.sessionId)
  const [recounting, setRecounting] = useState<string | null>(null)

  if (closed !== null) return <ClosedStage closed={closed} timeZone={timeZone} onDone={toWindow} />
  const noSession = [sheet.error, difference.error].some(error => refusalCode(error) === 'NO_OPEN_SESSION')
  if (noSession) return <NoSession />
  const askAgain = () => queries.invalidateQueries({ queryKey: orpc.session.key() })
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
    return <ExplainStage sessionId={sessionId} result={difference.data} onClosed={close} />
  }
  if (sheet.data === undefined || difference.data === undefined) {
    return <Waiting error={sheet.error ?? difference.error} onRetry={() => void askAgain()} />
  }
  return (
    <OwnCount
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

export const screen: ScreenSpec = {
  path: '/close',
  title: 'Close the drawer',
  key: 'C',
  place: 50,
  roles: CASHIERS,
  component: CloseScreen,
}
