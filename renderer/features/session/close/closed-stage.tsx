import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { client, orpc } from '../../../client.ts'
import { partingText } from '../../../text/custody/parting.ts'
import { closeText } from '../../../text/session/close.ts'
import { readingText } from '../../../text/session/drawer.ts'
import { Answer } from '../../../ui/dialog/answer.tsx'
import { useFirstFocus } from '../../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { usePaper } from '../../../ui/paper.tsx'
import { Panel } from '../../../ui/parts.tsx'
import { Screen } from '../../../ui/screen.tsx'
import { isParted, PartingView } from '../reading/parting-view.tsx'
import { ReadingView } from '../reading/reading-view.tsx'
import { SessionAtCentral } from '../reading/session-at-central.tsx'

export interface ClosedSession {
  sessionId: string
  zNumber: string
  agrees: boolean
}

interface ClosedStageProps {
  closed: ClosedSession
  timeZone: string
  onDone: () => void
}

/** The end of a session: its Z report on the screen and on paper, and who has the drawer now. */
export function ClosedStage({ closed, timeZone, onDone }: ClosedStageProps) {
  const place = useRef<HTMLDivElement>(null)
  const input = { sessionId: closed.sessionId }
  const reading = useQuery(orpc.session.readZ.queryOptions({ input }))
  const handedTo = reading.data?.handedTo ?? null
  const paper = usePaper()
  useFirstFocus(place)
  const title = closeText.closedTitle(closed.zNumber)
  const print = () => paper.show(readingText.zTitle(closed.zNumber), () => client.session.zDocument(input))
  const keys: KeyDeclaration[] = [
    { key: 'Enter', label: closeText.keys.done, run: onDone },
    { key: 'Ctrl+P', label: closeText.keys.print, run: print },
    { key: 'Escape', label: closeText.keys.done, run: onDone, quiet: true },
  ]
  return (
    <Screen title={title} keys={keys}>
      <div ref={place} className="stack">
        <Panel className="close-done">
          <div role="status">
            <h2>{title}</h2>
            <p className="muted">{closed.agrees ? closeText.closedAgrees : closeText.closedDiffers}</p>
            <SessionAtCentral sessionId={closed.sessionId} />
            {handedTo && <p>{closeText.handedTo(handedTo.name, handedTo.sessionNumber)}</p>}
          </div>
          <div className="row">
            <Button data-autofocus onClick={onDone}>
              {closeText.keys.done}
            </Button>
            <Button variant="default" onClick={print}>
              {closeText.keys.print}
            </Button>
          </div>
        </Panel>
        {reading.data !== undefined && isParted(reading.data) && (
          <Panel title={partingText.title} hint={partingText.hint} className="stack">
            <PartingView reading={reading.data} />
          </Panel>
        )}
        <Panel title={readingText.zTitle(closed.zNumber)} className="stack">
          <Answer asked={reading}>
            {z => <ReadingView reading={z} timeZone={timeZone} parted={false} />}
          </Answer>
        </Panel>
      </div>
      {paper.dialog}
    </Screen>
  )
}
