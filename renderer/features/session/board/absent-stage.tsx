import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CountResult } from '../../../../shared/contract/session-fields.ts'
import { client, orpc } from '../../../client.ts'
import { absentText } from '../../../text/session/two-counts.ts'
import { usePerson, useTill } from '../../../till.ts'
import '../../count/count.css'
import { Waiting } from '../../count/no-count.tsx'
import { TwoCounts, type TwoCountsInput, type TwoCountsLabels } from '../../count/two-counts/two-counts.tsx'
import { type ClosedSession, ClosedStage } from '../close/closed-stage.tsx'
import type { BoardSession } from './board-actions.ts'

const FRESH = { gcTime: 0, staleTime: 0 }

interface AbsentStageProps {
  session: BoardSession
  onDone: () => void
}

function wordsFor(own: string, cashier: string): TwoCountsLabels {
  return {
    title: absentText.title(cashier),
    question: absentText.choose,
    chooseHint: absentText.chooseHint(cashier),
    reason: { label: absentText.reason, missing: absentText.reasonMissing },
    first: () => ({
      title: absentText.first(cashier),
      hint: absentText.firstHint,
      finish: absentText.finish,
    }),
    otherLabel: absentText.countedBy,
    signTitle: absentText.signTitle(cashier),
    signFor: second => absentText.signFor(own, second, cashier),
  }
}

/** Closing the drawer of somebody who is not there: two others count it, whatever they find. */
export function AbsentStage({ session, onDone }: AbsentStageProps) {
  const { sessionId, cashierId, cashierName } = session
  const { timeZone } = useTill()
  const { name } = usePerson()
  const sheet = useQuery({ ...orpc.session.surpriseSheet.queryOptions({ input: { sessionId } }), ...FRESH })
  const approvers = useQuery(orpc.person.approvers.queryOptions())
  const [closed, setClosed] = useState<ClosedSession | null>(null)
  if (closed !== null) return <ClosedStage closed={closed} timeZone={timeZone} onDone={onDone} />
  if (sheet.data === undefined || approvers.data === undefined)
    return <Waiting error={sheet.error ?? approvers.error} onRetry={() => void sheet.refetch()} />
  const people = approvers.data.filter(({ personId }) => personId !== cashierId)
  const send = ({ secondPieces, ...input }: TwoCountsInput) =>
    client.session.closeAbsent({ ...input, sessionId, secondPieces })
  return (
    <TwoCounts<CountResult>
      sheet={sheet.data}
      purpose="absent"
      labels={wordsFor(name, cashierName)}
      people={people.map(person => ({ ...person, drawerName: null }))}
      send={send}
      done={({ zNumber, balances }) => {
        const agrees = balances.every(({ overShortCents }) => overShortCents === 0)
        setClosed({ sessionId, zNumber: zNumber ?? '', agrees })
      }}
      onBack={onDone}
    />
  )
}
