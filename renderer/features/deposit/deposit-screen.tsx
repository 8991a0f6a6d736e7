import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { APPROVERS } from '../../../shared/roles.ts'
import { orpc } from '../../client.ts'
import { usePerson, useSettings } from '../../till.ts'
import { DepositHome } from './deposit-home.tsx'
import { DepositStage } from './deposit-stage.tsx'
import { MakeUpStage } from './make-up-stage.tsx'
import './deposit.css'

type Stage = { kind: 'home' } | { kind: 'make-up' } | { kind: 'deposit'; depositId: string }

/** Deposits: the money of closed sessions on its way to the bank. */
export default function DepositScreen() {
  const { role } = usePerson()
  const settings = useSettings()
  const mayMakeUp = APPROVERS.includes(role)
  const waiting = useQuery(orpc.deposit.waiting.queryOptions({ enabled: mayMakeUp }))
  const bankAccounts = useQuery(orpc.setup.bankAccounts.queryOptions())
  const [stage, setStage] = useState<Stage>({ kind: 'home' })
  const [last, setLast] = useState<string | null>(null)
  const toHome = () => setStage({ kind: 'home' })
  const denominations = settings?.denominations ?? []
  const show = (depositId: string) => {
    setLast(depositId)
    setStage({ kind: 'deposit', depositId })
  }
  if (stage.kind === 'deposit')
    return <DepositStage depositId={stage.depositId} denominations={denominations} onBack={toHome} />
  if (stage.kind === 'make-up' && waiting.data !== undefined && settings !== null) {
    return (
      <MakeUpStage
        waiting={waiting.data}
        bankAccounts={(bankAccounts.data ?? []).filter(account => account.active)}
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
      onMakeUp={() => setStage({ kind: 'make-up' })}
      onShow={show}
    />
  )
}
