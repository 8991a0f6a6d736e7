import { useQuery } from '@tanstack/react-query'
import { type ComponentType, useEffect, useRef, useState } from 'react'
import { useLocation, useParams } from 'wouter'
import type { TillState } from '../../shared/contract/till.ts'
import { CASHIERS, EVERYONE, OVERSEERS } from '../../shared/roles.ts'
import { orpc } from '../client.ts'
import { ExchangeWork } from '../features/movement/exchange-work.tsx'
import { NoSaleDialog } from '../features/movement/no-sale-dialog.tsx'
import { PaidWork } from '../features/movement/paid-work.tsx'
import { SlipsWork } from '../features/movement/slips-work.tsx'
import { TurnInWork } from '../features/movement/turn-in-work.tsx'
import { OpenedReport } from '../features/session/reading/opened-report.tsx'
import { OwnDrawer } from '../features/session/reading/own-drawer.tsx'
import { SessionList } from '../features/session/reading/session-list.tsx'
import { type SessionSummary, useReading } from '../features/session/reading/use-reading.ts'
import type { ScreenSpec } from '../screen-spec.ts'
import { movementText } from '../text/custody/movement.ts'
import { drawerText } from '../text/session/drawer.ts'
import { usePerson, useTill } from '../till.ts'
import type { KeyDeclaration } from '../ui/keys/keys.ts'
import { useWayBack } from '../ui/keys/way-back.ts'
import { ErrorNote } from '../ui/parts.tsx'
import { Screen } from '../ui/screen.tsx'
import '../features/session/reading/drawer.css'

/** Work at the drawer that has a screen of its own, by the last part of its address: a reload goes on with it. */
const WORKS: Readonly<Record<string, ComponentType>> = {
  'turn-in': TurnInWork,
  paid: PaidWork,
  exchange: ExchangeWork,
  slips: SlipsWork,
}

/** This person's drawer, the work at it, and the reports of every session. */
function DrawerScreen() {
  const { work = '', id } = useParams<{ work?: string; id?: string }>()
  const Work = Object.hasOwn(WORKS, work) ? WORKS[work] : undefined
  return Work === undefined ? <Reports askedId={work === 'session' ? id : undefined} /> : <Work />
}

/** Opens the report of a session that another screen leads to; an X report of an open one is only read when it is asked for. */
function useAsked(sessionId: string | undefined, read: (session: SessionSummary) => void) {
  const latest = useRef(read)
  latest.current = read
  const asked = useQuery(
    orpc.session.list.queryOptions({ input: { sessionId }, enabled: sessionId !== undefined }),
  )
  const session = sessionId === undefined ? undefined : asked.data?.[0]
  useEffect(() => {
    if (session?.state === 'closed') latest.current(session)
  }, [session])
  return session
}

function Reports({ askedId }: { askedId: string | undefined }) {
  const till = useTill()
  const [, go] = useLocation()
  const wayBack = useWayBack()
  const { opened, open, close } = useReading()
  const [last, setLast] = useState<string | null>(askedId ?? null)
  const read = (session: SessionSummary) => {
    setLast(session.sessionId)
    open(session)
  }
  const asked = useAsked(askedId, read)
  const back = () => {
    if (wayBack !== null) return wayBack()
    close()
    if (askedId !== undefined) go('/drawer', { replace: true })
  }
  return opened === null ? (
    <DrawerHome till={till} onRead={read} lastRead={last} asked={asked} onBack={wayBack} />
  ) : (
    <OpenedReport till={till} opened={opened} onBack={back} />
  )
}

interface DrawerHomeProps {
  till: TillState
  onRead: (session: SessionSummary) => void
  lastRead: string | null
  /** The session that another screen leads to. */
  asked: SessionSummary | undefined
  onBack: (() => void) | null
}

function DrawerHome({ till, onRead, lastRead, asked, onBack }: DrawerHomeProps) {
  const [, go] = useLocation()
  const [chosenRefusal, setRefusal] = useState<string | null>(null)
  const refusal = chosenRefusal ?? (asked === undefined ? null : whyNot(asked, till))
  const [noSale, setNoSale] = useState(false)
  const [said, setSaid] = useState('')
  const dates = useRef<HTMLInputElement>(null)
  const { session } = till
  const { role } = usePerson()
  const choose = (chosen: SessionSummary) => {
    const labels = whyNot(chosen, till)
    setRefusal(labels)
    if (labels === null) onRead(chosen)
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
    ...(session?.state === 'open' ? workKeys(go, () => setNoSale(true)) : []),
    ...(session === null
      ? []
      : [{ key: 'F2', label: drawerText.keys.handOver, run: () => go('/hand-over') }]),
    { key: 'F9', label: movementText.keys.slips, run: () => go('/drawer/slips') },
    { key: 'F3', label: drawerText.keys.dates, run: () => dates.current?.focus() },
    { key: 'Escape', label: drawerText.keys.back, run: onBack ?? (() => go('/')) },
  ]
  return (
    <Screen title={drawerText.title} keys={keys}>
      <div className="stack">
        {(mayOpen || session !== null) && <OwnDrawer till={till} onOpen={toOpen} onClose={toClose} />}
        {said !== '' && <p role="status">{said}</p>}
        <ErrorNote>{refusal}</ErrorNote>
        <SessionList onOpen={choose} openedKey={lastRead} dateRef={dates} />
      </div>
      {noSale && (
        <NoSaleDialog
          onClose={() => setNoSale(false)}
          onDone={labels => {
            setNoSale(false)
            setSaid(labels)
          }}
        />
      )}
    </Screen>
  )
}

/** What is done with money at an open drawer, besides receipts. */
function workKeys(go: (path: string) => void, noSale: () => void): KeyDeclaration[] {
  const { keys } = movementText
  return [
    { key: 'F4', label: keys.turnIn, run: () => go('/drawer/turn-in') },
    { key: 'F6', label: keys.paid, run: () => go('/drawer/paid') },
    { key: 'F7', label: keys.exchange, run: () => go('/drawer/exchange') },
    { key: 'F8', label: keys.noSale, run: noSale },
  ]
}

/** Why this person may not read this report now, in words; null where they may ask. */
function whyNot(session: SessionSummary, { person }: TillState): string | null {
  if (session.state === 'closed') return null
  if (session.cashierId === person?.personId) return drawerText.ownIsBlind
  return person !== null && OVERSEERS.includes(person.role) ? null : drawerText.xNotAllowed
}

export const screen: ScreenSpec = {
  path: '/drawer/:work?/:id?',
  title: 'Drawer',
  key: 'D',
  place: 40,
  roles: EVERYONE,
  component: DrawerScreen,
}
