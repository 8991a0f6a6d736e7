import { type ComponentType, useRef, useState } from 'react'
import { useLocation, useParams } from 'wouter'
import type { TillState } from '../../../shared/contract/till.ts'
import { CASHIERS, OVERSEERS } from '../../../shared/roles.ts'
import { drawerText } from '../../text/drawer.ts'
import { movementText } from '../../text/movement.ts'
import { usePerson, useTill } from '../../till.ts'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { ErrorNote } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { ExchangeWork } from '../movement/exchange-work.tsx'
import { NoSaleDialog } from '../movement/no-sale-dialog.tsx'
import { PaidWork } from '../movement/paid-work.tsx'
import { SlipsWork } from '../movement/slips-work.tsx'
import { TurnInWork } from '../movement/turn-in-work.tsx'
import { OpenedReport } from './opened-report.tsx'
import { OwnDrawer } from './own-drawer.tsx'
import { SessionList } from './session-list.tsx'
import { type SessionSummary, useReading } from './use-reading.ts'
import './drawer.css'

/** Work at the drawer that has a screen of its own, by the last part of its address: a reload goes on with it. */
const WORKS: Readonly<Record<string, ComponentType>> = {
  'turn-in': TurnInWork,
  paid: PaidWork,
  exchange: ExchangeWork,
  slips: SlipsWork,
}

/** This person's drawer, the work at it, and the reports of every session. */
export default function DrawerScreen() {
  const { work = '' } = useParams<{ work?: string }>()
  const Work = Object.hasOwn(WORKS, work) ? WORKS[work] : undefined
  return Work === undefined ? <Reports /> : <Work />
}

function Reports() {
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
  const [noSale, setNoSale] = useState(false)
  const [said, setSaid] = useState('')
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
    ...(session?.state === 'open' ? workKeys(go, () => setNoSale(true)) : []),
    ...(session === null
      ? []
      : [{ key: 'F2', label: drawerText.keys.handOver, run: () => go('/hand-over') }]),
    { key: 'F9', label: movementText.keys.slips, run: () => go('/drawer/slips') },
    { key: 'F3', label: drawerText.keys.dates, run: () => dates.current?.focus() },
    { key: 'Escape', label: drawerText.keys.back, run: () => go('/') },
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
          onDone={words => {
            setNoSale(false)
            setSaid(words)
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
