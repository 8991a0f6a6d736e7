import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { CountSheet } from '../../../../shared/contract/session-fields.ts'
import { CASHIERS } from '../../../../shared/roles.ts'
import { client, orpc } from '../../../client.ts'
import type { ScreenSpec } from '../../../screen-spec.ts'
import { refusalCode } from '../../../text/refusals/refusals.ts'
import { handOverText } from '../../../text/session/two-counts.ts'
import { usePerson, useTill } from '../../../till.ts'
import '../../count/count.css'
import { NoSession, Waiting } from '../../count/no-count.tsx'
import { TwoCounts, type TwoCountsInput, type TwoCountsLabels } from '../../count/two-counts/two-counts.tsx'
import { type ClosedSession, ClosedStage } from '../close/closed-stage.tsx'
import { ExplainStage } from '../close/explain-stage.tsx'
import { useToWindow } from '../close/use-to-window.ts'

/** Nothing of an earlier session may be shown, so no answer outlives the screen. */
const FRESH = { gcTime: 0, staleTime: 0 }

function wordsFor(giver: string, round: number): TwoCountsLabels {
  const isFirst = round === 1
  return {
    title: handOverText.title,
    question: handOverText.choose,
    chooseHint: handOverText.chooseHint,
    reason: null,
    first: taker => ({
      title: isFirst ? handOverText.first(taker) : handOverText.again(taker),
      hint: isFirst ? handOverText.firstHint : handOverText.againHint,
      finish: handOverText.finish,
      ...(isFirst ? {} : { announced: handOverText.againHint }),
    }),
    otherLabel: handOverText.takenBy,
    signTitle: handOverText.signTitle,
    signFor: taker => handOverText.signFor(giver, taker),
  }
}

function send({ commandId, count, secondPieces, ownPin, approval }: TwoCountsInput) {
  return client.session.handOver({ commandId, count, takerPieces: secondPieces, ownPin, approval })
}

/** Handing one's drawer over: both count it blind, both sign, and the next session begins with the counted money. */
function HandOverScreen() {
  const [, go] = useLocation()
  const queries = useQueryClient()
  const { timeZone, session } = useTill()
  const { name } = usePerson()
  const sheet = useQuery({ ...orpc.session.countSheet.queryOptions(), ...FRESH })
  const difference = useQuery({ ...orpc.session.difference.queryOptions(), ...FRESH })
  const takers = useQuery({ ...orpc.session.takers.queryOptions(), ...FRESH })
  const [closed, setClosed] = useState<ClosedSession | null>(null)
  const toWindow = useToWindow(closed?.sessionId)
  if (closed !== null) return <ClosedStage closed={closed} timeZone={timeZone} onDone={toWindow} />
  const asked = [sheet, difference, takers]
  if (asked.some(({ error }) => refusalCode(error) === 'NO_OPEN_SESSION')) return <NoSession />
  const askAgain = () => {
    void queries.invalidateQueries({ queryKey: orpc.session.key() })
    void queries.invalidateQueries({ queryKey: orpc.session.key() })
  }
  if (difference.data !== undefined && difference.data !== null) {
    const sessionId = session?.sessionId ?? sheet.data?.sessionId ?? ''
    const close = (zNumber: string) => setClosed({ sessionId, zNumber, agrees: false })
    return <ExplainStage sessionId={sessionId} result={difference.data} onClosed={close} />
  }
  if (sheet.data === undefined || takers.data === undefined || difference.data === undefined) {
    const error = asked.map(one => one.error).find(one => one !== null) ?? null
    return <Waiting error={error} onRetry={askAgain} />
  }
  const counting: CountSheet = sheet.data
  return (
    <TwoCounts
      key={`${counting.sessionId} ${counting.round}`}
      sheet={counting}
      purpose="hand-over"
      labels={wordsFor(name, counting.round)}
      people={takers.data}
      send={send}
      done={({ outcome, zNumber }, again) => {
        if (outcome === 'closed' && zNumber !== null)
          setClosed({ sessionId: counting.sessionId, zNumber, agrees: true })
        else {
          if (outcome === 'recount') again()
          askAgain()
        }
      }}
      onBack={() => go('/drawer')}
    />
  )
}

export const screen: ScreenSpec = {
  path: '/hand-over',
  title: 'Hand over the drawer',
  key: 'H',
  place: 60,
  roles: CASHIERS,
  component: HandOverScreen,
}
