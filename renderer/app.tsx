import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Route, Router, Switch, useLocation } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { CASHIERS } from '../shared/roles.ts'
import { followChanges, useConnection } from './changes.ts'
import { orpc } from './client.ts'
import SignInScreen from './features/person/sign-in-screen.tsx'
import { FirstRunScreen } from './features/setup/first-run/first-run-screen.tsx'
import { pathOf, routesFor } from './routes.ts'
import { Header } from './shell/header.tsx'
import { LockScreen } from './shell/lock-screen.tsx'
import { Menu } from './shell/menu.tsx'
import { Palette } from './shell/palette.tsx'
import { useIdleLock, useLeaving } from './shell/use-lock.ts'
import { sayError } from './text/refusals/refusals.ts'
import { LEDGER_PROBLEMS } from './text/refusals/refusals-common.ts'
import { SHELL } from './text/shell.ts'
import { UI } from './text/ui.ts'
import { TillContext, usePerson, useTill } from './till.ts'
import { listenForKeys, useKeys } from './ui/keys/keys.ts'
import { ErrorNote, Panel } from './ui/parts.tsx'
import { Screen } from './ui/screen.tsx'

function Loading() {
  return (
    <p className="panel padded" role="status">
      {UI.loading}
    </p>
  )
}

function ConnectionNotice() {
  const connection = useConnection()
  return (
    <div role="status" className={connection === 'up' ? 'hidden-words' : 'notice'}>
      {connection === 'down' && SHELL.notAnswering}
      {connection === 'other-launch' && SHELL.otherLaunch}
    </div>
  )
}

function NotFound() {
  return (
    <Screen title={SHELL.notFoundTitle} heading>
      <p>{SHELL.notFound}</p>
    </Screen>
  )
}

/** Who was signed in here last, for as long as this window is open. */
const lastAtWork: { personId: string | null } = { personId: null }

function Screens() {
  const { role, personId } = usePerson()
  const mine = routesFor(role)
  const [at, go] = useLocation()
  const isMine = mine.some(
    route => at === pathOf(route) || (pathOf(route) !== '/' && at.startsWith(`${pathOf(route)}/`)),
  )
  const arrived = useRef(false)
  const isStart = at === '/'
  // Whoever signs in where somebody else signed out begins at their own work, which for most is the Window.
  useEffect(() => {
    const isAnother = !arrived.current && lastAtWork.personId !== null && lastAtWork.personId !== personId
    if (isAnother || (!isMine && (isStart || !arrived.current)))
      go(CASHIERS.includes(role) ? '/' : '/receipts', { replace: true })
    arrived.current = true
    lastAtWork.personId = personId
  }, [isMine, isStart, role, personId, go])
  return (
    <Switch>
      {mine.map(route => (
        <Route key={route.path} path={route.path} component={route.component} />
      ))}
      <Route component={isStart ? Loading : NotFound} />
    </Switch>
  )
}

/** A ledger that cannot be used leaves one plain screen that says what to do. */
function Unavailable() {
  const { problem } = useTill()
  return (
    <Screen title={SHELL.unavailable} heading>
      <Panel className="stack">
        <ErrorNote>{problem === null ? '' : LEDGER_PROBLEMS[problem.problem]}</ErrorNote>
        <p className="muted">{problem?.detail}</p>
      </Panel>
    </Screen>
  )
}

type Open = 'menu' | 'find' | null

/** Header, screens, menu, find and lock of a person who is signed in. */
function Desk() {
  const till = useTill()
  const { lock, signOut, coveredHere, uncover } = useLeaving()
  const locked = till.locked || coveredHere
  const [open, setOpen] = useState<Open>(null)
  const wasOpen = useRef(false)
  if (!locked) wasOpen.current = true
  const lockNow = () => void lock()
  const lockIdle = useCallback(() => void lock(true), [lock])
  useIdleLock({ active: !locked, minutes: till.idleLockMinutes, lock: lockIdle })
  useKeys(
    locked
      ? []
      : [
          { key: 'F1', label: SHELL.menu, run: () => setOpen('menu') },
          { key: 'Ctrl+K', label: SHELL.find, run: () => setOpen('find') },
          { key: 'Ctrl+L', label: SHELL.lock, run: lockNow },
        ],
    'global',
  )
  return (
    <>
      <div className="app" inert={locked}>
        <Header onMenu={() => setOpen('menu')} onLock={lockNow} />
        <ConnectionNotice />
        {till.basketsSetAside !== null && (
          <p role="status" className="notice">
            {SHELL.basketsSetAside(till.basketsSetAside)}
          </p>
        )}
        {wasOpen.current && <Screens />}
        {open === 'menu' && (
          <Menu onClose={() => setOpen(null)} onLock={lockNow} onSignOut={() => void signOut()} />
        )}
        {open === 'find' && <Palette onClose={() => setOpen(null)} />}
      </div>
      {locked && <LockScreen onUnlocked={uncover} onSignOut={() => void signOut()} />}
    </>
  )
}

/** The frame of screens that nobody has signed in to. */
function framed(screen: ReactNode): ReactNode {
  const nothing = () => {}
  return (
    <div className="app">
      <Header onMenu={nothing} onLock={nothing} />
      <ConnectionNotice />
      {screen}
    </div>
  )
}

function Phase() {
  const till = useTill()
  if (till.phase === 'unavailable') return framed(<Unavailable />)
  if (till.phase === 'first-run') return framed(<FirstRunScreen />)
  return till.person === null ? framed(<SignInScreen />) : <Desk key={till.person.personId} />
}

/** The whole page: follows the till's changes and shows what its state calls for. */
export function App() {
  const queries = useQueryClient()
  const state = useQuery(orpc.till.state.queryOptions())
  useEffect(listenForKeys, [])
  useEffect(() => {
    const ending = new AbortController()
    void followChanges(queries, ending.signal)
    return () => ending.abort()
  }, [queries])
  if (state.data === undefined) {
    return (
      <main className="app">
        <ConnectionNotice />
        {state.error === null ? <Loading /> : <ErrorNote>{sayError(state.error)}</ErrorNote>}
      </main>
    )
  }
  return (
    <TillContext.Provider value={state.data}>
      <Router hook={useHashLocation}>
        <Phase />
      </Router>
    </TillContext.Provider>
  )
}
