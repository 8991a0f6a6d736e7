import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { CountSheet } from '../../../../shared/contract/session-fields.ts'
import { client, orpc } from '../../../client.ts'
import { useSending } from '../../../command.ts'
import { surpriseText } from '../../../text/session/board.ts'
import { useFirstFocus } from '../../../ui/keys/first-focus.ts'
import { Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import '../../count/count.css'
import { CountStage, type FinishedCount } from '../../count/count-stage.tsx'
import type { Balance } from '../../count/difference.ts'
import { Differences } from '../../count/differences.tsx'
import { Waiting } from '../../count/no-count.tsx'
import { forgetCount } from '../../count/use-count-draft.ts'
import type { BoardSession } from './board-actions.ts'

const FRESH = { gcTime: 0, staleTime: 0 }

interface StageProps {
  session: BoardSession
  onDone: () => void
}

/** Somebody else's drawer, counted blind while its session goes on. */
export function SurpriseStage({ session, onDone }: StageProps) {
  const input = { sessionId: session.sessionId }
  const sheet = useQuery({ ...orpc.session.surpriseSheet.queryOptions({ input }), ...FRESH })
  const [found, setFound] = useState<readonly Balance[] | null>(null)
  const title = surpriseText.title(session.drawerName)
  if (found !== null) return <FoundStage title={title} found={found} onDone={onDone} />
  if (sheet.data === undefined) return <Waiting error={sheet.error} onRetry={() => void sheet.refetch()} />
  return <Counting session={session} sheet={sheet.data} onFound={setFound} onDone={onDone} />
}

interface CountingProps extends StageProps {
  sheet: CountSheet
  onFound: (balances: readonly Balance[]) => void
}

function Counting({ session, sheet, onFound, onDone }: CountingProps) {
  const { sessionId } = session
  const count = useSending<FinishedCount, { balances: readonly Balance[] }>({
    send: ({ commandId, ...found }) => client.session.surpriseCount({ commandId, sessionId, count: found }),
    done: ({ balances }) => {
      forgetCount(sheet, 'surprise')
      onFound(balances)
    },
  })
  return (
    <CountStage
      sheet={sheet}
      purpose="surprise"
      labels={{
        title: surpriseText.title(session.drawerName),
        hint: surpriseText.hint(session.cashierName),
        finish: surpriseText.finish,
        back: surpriseText.back,
      }}
      busy={count.pending}
      problem={count.problem}
      onFinish={count.run}
      onBack={onDone}
    />
  )
}

interface FoundProps {
  title: string
  found: readonly Balance[]
  onDone: () => void
}

/** What was found, for whoever counted. */
function FoundStage({ title, found, onDone }: FoundProps) {
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const agrees = found.every(({ overShortCents }) => overShortCents === 0)
  return (
    <Screen
      title={title}
      keys={[
        { key: 'Enter', label: surpriseText.done, run: onDone },
        { key: 'Escape', label: surpriseText.done, run: onDone, quiet: true },
      ]}
    >
      <div ref={place}>
        <Panel title={title} className="stack">
          <p role="status">{agrees ? surpriseText.agrees : surpriseText.differs}</p>
          <Differences balances={found} />
          <div>
            <Button data-autofocus onClick={onDone}>
              {surpriseText.done}
            </Button>
          </div>
        </Panel>
      </div>
    </Screen>
  )
}
