import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { OVERSEERS } from '../../../../shared/roles.ts'
import { orpc } from '../../../client.ts'
import type { ScreenSpec } from '../../../screen-spec.ts'
import { boardText } from '../../../text/session/board.ts'
import { usePerson, useSettings, useTill } from '../../../till.ts'
import { Answer } from '../../../ui/dialog/answer.tsx'
import { useFirstFocus } from '../../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../../ui/keys/keys.ts'
import { Screen } from '../../../ui/screen.tsx'
import '../reading/drawer.css'
import { OpenedReport } from '../reading/opened-report.tsx'
import { useReading } from '../reading/use-reading.ts'
import { AbsentStage } from './absent-stage.tsx'
import { actionsAt, type BoardAction, type BoardSession } from './board-actions.ts'
import { type Board, DayPicture } from './day-picture.tsx'
import { DrawerCard } from './drawer-card.tsx'
import { SurpriseStage } from './surprise-stage.tsx'
import './board.css'

/** That a session has been open for too long is told by the clock, which no change at the till announces. */
const LOOK_AGAIN_MS = 60_000

type Work = { action: 'surprise' | 'absent'; session: BoardSession }

/** Every drawer of this till as it stands, and what a lead, supervisor or auditor does about one. */
function BoardScreen() {
  const till = useTill()
  const reading = useReading()
  const [work, setWork] = useState<Work | null>(null)
  if (reading.opened !== null)
    return <OpenedReport till={till} opened={reading.opened} onBack={reading.close} />
  const done = () => setWork(null)
  if (work?.action === 'surprise') return <SurpriseStage session={work.session} onDone={done} />
  if (work?.action === 'absent') return <AbsentStage session={work.session} onDone={done} />
  const begin = (action: BoardAction, session: BoardSession) => {
    if (action === 'readX') reading.open(session)
    else setWork({ action, session })
  }
  return <BoardHome onAction={begin} />
}

/** The drawer that the keys are for: the one with the focus, else the first with something to do. */
function drawerInFocus(place: HTMLElement | null): string | undefined {
  const focused = document.activeElement?.closest<HTMLElement>('[data-drawer]')
  const first = place?.querySelector('.board-actions')?.closest<HTMLElement>('[data-drawer]')
  return (focused ?? first)?.dataset.drawer
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }

/** Arrows go from drawer to drawer. */
function moveDrawer(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return
  const groups = [...event.currentTarget.querySelectorAll('.board-actions')]
  const at = groups.findIndex(group => group.contains(document.activeElement))
  if (at < 0) return
  event.preventDefault()
  groups[at + step]?.querySelector('button')?.focus()
}

function BoardHome({ onAction }: { onAction: (action: BoardAction, session: BoardSession) => void }) {
  const [, go] = useLocation()
  const person = usePerson()
  const place = useRef<HTMLDivElement>(null)
  const asked = useQuery({ ...orpc.session.board.queryOptions(), refetchInterval: LOOK_AGAIN_MS })
  const drawers = asked.data?.drawers ?? []
  const act = (action: BoardAction) => {
    const chosen = drawerInFocus(place.current)
    const session = drawers.find(({ drawerId }) => drawerId === chosen)?.session ?? null
    if (session !== null && actionsAt(session, person).includes(action)) onAction(action, session)
  }
  const can = (action: BoardAction) =>
    drawers.some(({ session }) => actionsAt(session, person).includes(action))
  const keys: KeyDeclaration[] = [
    { key: 'F2', label: boardText.keys.readX, run: () => act('readX'), disabled: !can('readX') },
    { key: 'F3', label: boardText.keys.surprise, run: () => act('surprise'), disabled: !can('surprise') },
    { key: 'F4', label: boardText.keys.absent, run: () => act('absent'), disabled: !can('absent') },
    { key: '↑ ↓', label: boardText.keys.move },
    { key: 'Escape', label: boardText.keys.back, run: () => go('/') },
  ]
  return (
    <Screen title={boardText.title} keys={keys}>
      <div ref={place}>
        <Answer asked={asked} loading={boardText.loading}>
          {board => <Cards board={board} onAction={onAction} />}
        </Answer>
      </div>
    </Screen>
  )
}

interface CardsProps {
  board: Board
  onAction: (action: BoardAction, session: BoardSession) => void
}

function Cards({ board, onAction }: CardsProps) {
  const { timeZone, sync } = useTill()
  const person = usePerson()
  const settings = useSettings()
  const place = useRef<HTMLElement>(null)
  useFirstFocus(place)
  const warnPercent = settings?.warnPercent ?? 100
  const withWork = board.drawers.find(({ session }) => actionsAt(session, person).length > 0)
  return (
    <div className="stack">
      <DayPicture board={board} />
      <section ref={place} className="board-cards" aria-label={boardText.drawers} onKeyDown={moveDrawer}>
        {board.drawers.map(drawer => (
          <DrawerCard
            key={drawer.drawerId}
            drawer={drawer}
            look={{ timeZone, line: sync.connection, businessDate: board.businessDate, warnPercent }}
            actions={actionsAt(drawer.session, person)}
            isFirst={drawer === withWork}
            onAction={onAction}
          />
        ))}
      </section>
    </div>
  )
}

export const screen: ScreenSpec = {
  path: '/board',
  title: 'Live board',
  key: 'O',
  place: 70,
  roles: OVERSEERS,
  component: BoardScreen,
}
