import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Redirect } from 'wouter'
import { CASHIERS } from '../../shared/roles.ts'
import type { Tender } from '../../shared/tenders.ts'
import { orpc } from '../client.ts'
import { TakePayment } from '../features/receipt/payment/take-payment.tsx'
import { OpenDrawerScreen, OpenedPanel } from '../features/session/open/open-drawer-screen.tsx'
import type { Opened } from '../features/session/open/use-opening.ts'
import type { ScreenSpec } from '../screen-spec.ts'
import { WINDOW } from '../text/receipt/window.ts'
import { sayError } from '../text/refusals/refusals.ts'
import { UI } from '../text/ui.ts'
import { useTill } from '../till.ts'
import { ErrorNote } from '../ui/parts.tsx'
import { Screen } from '../ui/screen.tsx'
import '../features/receipt/window/window.css'

/** Everything that the Window needs before the first key: what is sold, how it is paid, and the basket that was kept. */
function LoadedWindow({ balanced }: { balanced: readonly Tender[] }) {
  const settings = useQuery(orpc.setup.settings.queryOptions())
  const tenders = useQuery(orpc.setup.tenders.queryOptions())
  const catalog = useQuery(orpc.setup.catalog.queryOptions())
  const kept = useQuery(orpc.basket.current.queryOptions({ staleTime: 0, gcTime: 0 }))
  const error = settings.error ?? tenders.error ?? catalog.error ?? kept.error
  const first = kept.isFetchedAfterMount ? kept.data : undefined
  if (
    settings.data === undefined ||
    tenders.data === undefined ||
    catalog.data === undefined ||
    first === undefined
  ) {
    return (
      <Screen title={WINDOW.title}>
        {error === null ? <p role="status">{UI.loading}</p> : <ErrorNote>{sayError(error)}</ErrorNote>}
      </Screen>
    )
  }
  return (
    <TakePayment
      settings={settings.data}
      types={tenders.data
        .filter(type => type.active && balanced.includes(type.tender))
        .sort((a, b) => a.sort - b.sort)}
      catalog={catalog.data.filter(item => item.active)}
      kept={first}
    />
  )
}

/** Nine tenths of the day: with an open drawer the Window, without one the opening count. */
function WindowScreen() {
  const { session } = useTill()
  const [opened, setOpened] = useState<Opened | null>(null)
  if (opened !== null) return <OpenedPanel opened={opened} onBegin={() => setOpened(null)} />
  if (session === null || session.state === 'closed') return <OpenDrawerScreen onOpened={setOpened} />
  if (session.state === 'counted') return <Redirect to="/close" />
  return <LoadedWindow key={session.sessionId} balanced={session.tenders} />
}

export const screen: ScreenSpec = {
  path: '/',
  title: 'Window',
  key: 'W',
  place: 10,
  roles: CASHIERS,
  component: WindowScreen,
}
