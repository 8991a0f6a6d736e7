import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import { APPROVERS, EVERYONE } from '../../../shared/roles.ts'
import { orpc } from '../../client.ts'
import type { ScreenSpec } from '../../screen-spec.ts'
import { usePerson, useSettings } from '../../till.ts'
import { useWayBack } from '../../ui/keys/way-back.ts'
import { DepositHome } from './deposit-home.tsx'
import { DepositStage } from './deposit-stage.tsx'
import { MakeUpStage } from './make-up-stage.tsx'
import './deposit.css'

/** Deposits: the money of closed sessions on its way to the bank. */
function DepositScreen() {
  const { role } = usePerson()
  const settings = useSettings()
  const mayMakeUp = APPROVERS.includes(role)
  const waiting = useQuery(orpc.deposit.waiting.queryOptions({ enabled: mayMakeUp }))
  const bankAccounts = useQuery(orpc.setup.bankAccounts.queryOptions())
  const { depositId } = useParams<{ depositId?: string }>()
  const [, go] = useLocation()
  const wayBack = useWayBack()
  const [making, setMaking] = useState(false)
  const [last, setLast] = useState<string | null>(null)
  const toHome = () => {
    setMaking(false)
    go('/deposits', { replace: true })
  }
  const denominations = settings?.denominations ?? []
  const show = (shownId: string) => {
    setLast(shownId)
    setMaking(false)
    go(`/deposits/${shownId}`, { replace: true })
  }
  if (depositId !== undefined)
    return <DepositStage depositId={depositId} denominations={denominations} onBack={wayBack ?? toHome} />
  // Begun without the bank accounts it would have none, and ask for one that the screen shows as chosen.
  if (making && waiting.data !== undefined && bankAccounts.data !== undefined && settings !== null) {
    return (
      <MakeUpStage
        waiting={waiting.data}
        bankAccounts={bankAccounts.data.filter(account => account.active)}
        denominations={denominations}
        onMade={made => show(made.depositId)}
        onLeave={toHome}
      />
    )
  }
  return (
    <DepositHome
      waiting={mayMakeUp ? waiting : null}
      bankAccounts={bankAccounts.data ?? []}
      lastShown={last}
      onMakeUp={() => setMaking(true)}
      onShow={show}
    />
  )
}

export const screen: ScreenSpec = {
  path: '/deposits/:depositId?',
  title: 'Deposits',
  key: 'B',
  place: 80,
  roles: EVERYONE,
  component: DepositScreen,
}
