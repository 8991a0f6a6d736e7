import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { TillState } from '../../../shared/contract/till.ts'
import { CASHIERS, OVERSEERS } from '../../../shared/roles.ts'
import { client } from '../../client.ts'
import { drawerText, readingText } from '../../text/drawer.ts'
import { usePerson, useTill } from '../../till.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { usePaper } from '../../ui/paper.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { OwnDrawer } from './own-drawer.tsx'
import { ReadingView } from './reading-view.tsx'
import { SessionList } from './session-list.tsx'
import { type OpenedReading, type SessionSummary, useReading } from './use-reading.ts'
import './drawer.css'

/** This person's drawer, and the reports of every session. */
export default function DrawerScreen() {
  const till = useTill()
  const { opened, open, close } = useReading()
  const [last, setLast] = useState<string | null>(null)
  const read = (session: SessionSummary) => {
    setLast(session.sessionId)
    open(session)
  }
  return opened === null ? (
    <DrawerHome till={till} onRead={read} lastRead={last} />
  ) : (
    <OpenedReport till={till} opened={opened} onBack={close} />
  )
}

interface DrawerHomeProps {
  till: TillState
  onRead: (session: SessionSummary) => void
  lastRead: string | null
}

function DrawerHome({ till, onRead, lastRead }: DrawerHomeProps) {
  const [, go] = useLocation()
  const [refusal, setRefusal] = useState<string | null>(null)
  const dates = useRef<HTMLInputElement>(null)
  const { session } = till
  const { role } = usePerson()
  const choose = (chosen: SessionSummary) => {
    const words = whyNot(chosen, till)
    setRefusal(words)
    if (words === null) onRead(chosen)
  }
  const toClose = () => go('/close')
  const toOpen = () => go('/')
  const mayOpen = CASHIERS.includes(role)
  const ownKey =
    session !== null
      ? { key: 'F10', label: drawerText.keys.close, run: toClose }
      : mayOpen
        ? { key: 'F2', label: drawerText.keys.openDrawer, run: toOpen }
        : null
  const keys: KeyDeclaration[] = [
    ...(ownKey === null ? [] : [ownKey]),
    { key: 'F3', label: drawerText.keys.dates, run: () => dates.current?.focus() },
    { key: 'Escape', label: drawerText.keys.back, run: () => go('/') },
  ]
  return (
    <Screen title={drawerText.title} keys={keys}>
      <div className="stack">
        {(mayOpen || session !== null) && <OwnDrawer till={till} onOpen={toOpen} onClose={toClose} />}
        <ErrorNote>{refusal}</ErrorNote>
        <SessionList onOpen={choose} openedKey={lastRead} dateRef={dates} />
      </div>
    </Screen>
  )
}

/** Why this person may not read this report now, in words; null where they may ask. */
function whyNot(session: SessionSummary, { person }: TillState): string | null {
  if (session.state === 'closed') return null
  if (session.cashierId === person?.personId) return drawerText.ownIsBlind
  return person !== null && OVERSEERS.includes(person.role) ? null : drawerText.xNotAllowed
}

interface OpenedReportProps {
  till: TillState
  opened: OpenedReading
  onBack: () => void
}

function OpenedReport({ till, opened, onBack }: OpenedReportProps) {
  const { session, reading, problem } = opened
  const paper = usePaper()
  const input = { sessionId: session.sessionId }
  const title =
    session.state === 'closed'
      ? readingText.zTitle(session.zNumber ?? session.number)
      : readingText.xTitle(session.number)
  const print = () =>
    paper.show(title, () =>
      session.state === 'closed' ? client.drawer.zDocument(input) : client.drawer.xDocument(input),
    )
  const keys: KeyDeclaration[] = [
    { key: 'Ctrl+P', label: drawerText.keys.print, run: print, disabled: reading === null },
    { key: 'Escape', label: drawerText.keys.back, run: onBack },
  ]
  return (
    <Screen title={title} keys={keys}>
      <Panel title={title} className="stack">
        <ErrorNote>{problem}</ErrorNote>
        {reading === null && problem === null && <p role="status">{drawerText.readingLoading}</p>}
        {reading !== null && <ReadingView reading={reading} timeZone={till.timeZone} />}
      </Panel>
      {paper.dialog}
    </Screen>
  )
}
