import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { formatCents } from '../../../shared/money.ts'
import { APPROVERS } from '../../../shared/roles.ts'
import type { Denomination } from '../../../shared/rules/cash/denominations.ts'
import { businessDateOf } from '../../../shared/time.ts'
import { client, orpc } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { custodyText, STATE_NAMES, STATE_SENTENCES } from '../../text/custody/custody.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { usePerson, useTill } from '../../till.ts'
import { Answer } from '../../ui/dialog/answer.tsx'
import { type Approval, ApprovalDialog } from '../../ui/dialog/dialogs.tsx'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { usePaper } from '../../ui/paper.tsx'
import { Panel, Tag } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { canReopen, nextStep, type StepName } from './custody-chain.ts'
import { CustodyList } from './custody-list.tsx'
import { isInTheHouse } from './deposit-due.ts'
import { DepositContents, DepositFacts } from './deposit-view.tsx'
import { DueNote } from './due-note.tsx'
import { CreditDialog, HandOverDialog, SealDialog, ValidateDialog } from './step-dialogs.tsx'
import { NO_VERIFICATION } from './verification.ts'
import { VerifyStage } from './verify-stage.tsx'

interface DepositStageProps {
  depositId: string
  denominations: readonly Denomination[]
  onBack: () => void
}

/** One deposit: every hand that it went through, the next one to act, what is in it, its papers. */
export function DepositStage({ depositId, denominations, onBack }: DepositStageProps) {
  const asked = useQuery(orpc.deposit.get.queryOptions({ input: { depositId } }))
  if (asked.data !== undefined) return <Deposit deposit={asked.data} {...{ denominations, onBack }} />
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
type Doing = StepName | null

/** What is done next, as its button and key call it. */
const ACTIONS: Partial<Record<StepName, string>> = {
  verified: custodyText.verify,
  sealed: custodyText.sealAction,
  released: custodyText.handOverAction,
  validated: custodyText.validateAction,
  credited: custodyText.creditAction,
}

const DIALOGS = {
  sealed: SealDialog,
  released: HandOverDialog,
  validated: ValidateDialog,
  credited: CreditDialog,
} as const

function Deposit({ deposit, denominations, onBack }: DepositProps) {
  const [doing, setDoing] = useState<Doing>(null)
  const [draft, setDraft] = useState(NO_VERIFICATION)
  const stop = () => setDoing(null)
  if (doing === 'verified' && deposit.state === 'made-up')
    return (
      <VerifyStage
        {...{ deposit, denominations, draft }}
        onDraft={setDraft}
        onVerified={stop}
        onBack={stop}
      />
    )
  return <DepositScreenView {...{ deposit, denominations, doing, setDoing, onBack }} />
}

interface ViewProps extends DepositProps {
  doing: Doing
  setDoing: (doing: Doing) => void
}

function useKeysOf({ deposit, setDoing, onBack }: ViewProps) {
  const { role } = usePerson()
  const paper = usePaper()
  const { depositId, number, state } = deposit
  const show = (kind: 'slip' | 'tape' | 'custody') =>
    paper.show(`${depositText[kind]} ${number}`, () => client.deposit.document({ depositId, paper: kind }))
  const mayAct = APPROVERS.includes(role)
  const next = mayAct ? nextStep(state) : null
  const noSlip = state === 'made-up' || state === 'reopened'
  const keys: KeyDeclaration[] = [
    ...(next === null ? [] : [{ key: 'F10', label: ACTIONS[next] ?? '', run: () => setDoing(next) }]),
    { key: 'Ctrl+P', label: depositText.keys.slip, run: () => show('slip'), disabled: noSlip },
    { key: 'F9', label: depositText.keys.tape, run: () => show('tape'), disabled: noSlip },
    { key: 'F8', label: depositText.keys.custody, run: () => show('custody') },
    ...(mayAct && canReopen(state)
      ? [{ key: 'F4', label: depositText.keys.reopen, run: () => setDoing('reopened') }]
      : []),
    { key: 'Escape', label: depositText.keys.back, run: onBack },
  ]
  return { keys, next, dialog: paper.dialog }
}

function DepositScreenView(props: ViewProps) {
  const { deposit, denominations, doing, setDoing } = props
  const { timeZone } = useTill()
  const { keys, next, dialog } = useKeysOf(props)
  const stop = () => setDoing(null)
  return (
    <Screen title={depositText.viewTitle(deposit.number)} keys={keys}>
      <div className="stack">
        <Panel className="stack">
          <DepositHead deposit={deposit}>
            {next !== null && (
              <Button data-autofocus onClick={() => setDoing(next)}>
                {ACTIONS[next]}
              </Button>
            )}
          </DepositHead>
          <DepositFacts deposit={deposit} />
        </Panel>
        <div className="deposit-columns">
          <Panel title={custodyText.chain} className="stack">
            <CustodyList {...{ deposit, timeZone }} />
          </Panel>
          <DepositContents {...{ deposit, denominations }} />
        </div>
      </div>
      <StepInDialog {...{ deposit, doing, timeZone, stop }} />
      {dialog}
    </Screen>
  )
}

/** Where the deposit is, how much is in it, by when it must go, and the one thing to do next. */
function DepositHead({ deposit, children }: { deposit: DepositView; children: ReactNode }) {
  const { number, state, foundCents } = deposit
  return (
    <>
      <div className="between">
        <h2>
          {depositText.viewTitle(number)}{' '}
          <Tag tone={state === 'credited' ? 'good' : isInTheHouse(state) ? 'warn' : 'plain'}>
            {STATE_NAMES[state]}
          </Tag>
        </h2>
        <strong className="figure medium">{formatCents(foundCents)}</strong>
      </div>
      <div className="between">
        <p role="status" className="muted">
          {STATE_SENTENCES[state](number)}
        </p>
        {children}
      </div>
      {isInTheHouse(state) && <DueNote dueAtMs={deposit.dueAtMs} />}
    </>
  )
}

interface StepInDialogProps {
  deposit: DepositView
  doing: Doing
  timeZone: string
  stop: () => void
}

function StepInDialog({ deposit, doing, timeZone, stop }: StepInDialogProps) {
  if (doing === 'reopened') return <ReopenDialog deposit={deposit} stop={stop} />
  if (doing === null || doing === 'made-up' || doing === 'verified') return null
  // The answer to a step may come with the deposit already a step further.
  if (nextStep(deposit.state) !== doing) return null
  const StepDialog = DIALOGS[doing]
  const today = businessDateOf(Date.now(), timeZone)
  return <StepDialog deposit={deposit} today={today} onDone={stop} onClose={stop} />
}

function ReopenDialog({ deposit, stop }: { deposit: DepositView; stop: () => void }) {
  const { depositId, number } = deposit
  const command = useCommand<{ reason: string; approval: Approval }, unknown>({
    send: (commandId, input) => client.deposit.reopen({ commandId, depositId, ...input }),
    done: stop,
  })
  return (
    <ApprovalDialog
      title={custodyText.reopenTitle(number)}
      reasonLabel={custodyText.reopenReason}
      pending={command.pending}
      problem={command.problem}
      onApprove={(approval, reason) => command.run({ reason, approval })}
      onCancel={stop}
    >
      <p>{custodyText.reopenIntro}</p>
    </ApprovalDialog>
  )
}
