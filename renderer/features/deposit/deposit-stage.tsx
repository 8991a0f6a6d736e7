import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { formatCents } from '../../../shared/money.ts'
import { APPROVERS } from '../../../shared/roles.ts'
import type { Denomination } from '../../../shared/rules/denominations.ts'
import { client, orpc } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { depositText } from '../../text/deposit.ts'
import { usePerson, useTill } from '../../till.ts'
import { Answer } from '../../ui/answer.tsx'
import { type Approval, ApprovalDialog } from '../../ui/dialogs.tsx'
import type { KeyDeclaration } from '../../ui/keys.ts'
import { usePaper } from '../../ui/paper.tsx'
import { Panel, Tag } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { DepositDetails } from './deposit-view.tsx'

interface DepositStageProps {
  depositId: string
  denominations: readonly Denomination[]
  /** Just made up: the next thing is another person's verification. */
  isNew: boolean
  onBack: () => void
}

/** One deposit: what is in it, its verification by another person, its papers. */
export function DepositStage({ depositId, denominations, isNew, onBack }: DepositStageProps) {
  const asked = useQuery(orpc.deposit.get.queryOptions({ input: { depositId } }))
  if (asked.data !== undefined) {
    return <Deposit deposit={asked.data} {...{ denominations, isNew, onBack }} />
  }
  const keys = [{ key: 'Escape', label: depositText.keys.back, run: onBack }]
  return (
    <Screen title={depositText.title} keys={keys}>
      <Panel>
        <Answer asked={asked} loading={depositText.loading}>
          {() => null}
        </Answer>
      </Panel>
    </Screen>
  )
}

type DepositProps = Omit<DepositStageProps, 'depositId'> & { deposit: DepositView }

/** The other person's PIN for a deposit, in a dialog. */
function useVerification(depositId: string) {
  const [asking, setAsking] = useState(false)
  const command = useCommand<Approval, { number: string }>({
    send: (commandId, approval) => client.deposit.verify({ commandId, depositId, approval }),
    done: () => setAsking(false),
  })
  return {
    asking,
    ask: () => setAsking(true),
    stop: () => {
      setAsking(false)
      command.clear()
    },
    approve: command.run,
    pending: command.pending,
    problem: command.problem,
  }
}

function DepositHead({ deposit, isNew }: { deposit: DepositView; isNew: boolean }) {
  const { number, state, totalCents } = deposit
  const verified = state === 'verified'
  const open = isNew ? depositText.made(number) : depositText.slipNeedsVerifying
  return (
    <>
      <div className="between">
        <h2>
          {depositText.viewTitle(number)}{' '}
          <Tag tone={verified ? 'good' : 'warn'}>{depositText.states[state]}</Tag>
        </h2>
        <strong className="figure medium">{formatCents(totalCents)}</strong>
      </div>
      <p role="status" className="muted">
        {verified ? depositText.verified(number) : open}
      </p>
    </>
  )
}

function Deposit({ deposit, denominations, isNew, onBack }: DepositProps) {
  const { timeZone } = useTill()
  const { role } = usePerson()
  const paper = usePaper()
  const { depositId, number, state } = deposit
  const verification = useVerification(depositId)
  const show = (kind: 'slip' | 'tape', title: string) =>
    paper.show(`${title} ${number}`, () => client.deposit.document({ depositId, paper: kind }))
  const verified = state === 'verified'
  const keys: KeyDeclaration[] = [
    ...(verified || !APPROVERS.includes(role)
      ? []
      : [{ key: 'F10', label: depositText.keys.verify, run: verification.ask }]),
    {
      key: 'Ctrl+P',
      label: depositText.keys.slip,
      run: () => show('slip', depositText.slip),
      disabled: !verified,
    },
    {
      key: 'F9',
      label: depositText.keys.tape,
      run: () => show('tape', depositText.tape),
      disabled: !verified,
    },
    { key: 'Escape', label: depositText.keys.back, run: onBack },
  ]
  return (
    <Screen title={depositText.viewTitle(number)} keys={keys}>
      <div className="stack">
        <Panel className="stack">
          <DepositHead deposit={deposit} isNew={isNew} />
          <DepositDetails {...{ deposit, denominations, timeZone }} />
        </Panel>
      </div>
      {verification.asking && (
        <ApprovalDialog
          title={depositText.verifyTitle(number)}
          pending={verification.pending}
          problem={verification.problem}
          onApprove={verification.approve}
          onCancel={verification.stop}
        >
          <p>{depositText.verifyIntro(deposit.totalCents)}</p>
        </ApprovalDialog>
      )}
      {paper.dialog}
    </Screen>
  )
}
