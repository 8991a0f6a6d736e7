import { Button, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { formatCents, ZERO } from '../../../shared/money.ts'
import type { Denomination } from '../../../shared/rules/cash/denominations.ts'
import { client } from '../../client.ts'
import { useCommand } from '../../command.ts'
import { custodyText } from '../../text/custody/custody.ts'
import { depositText } from '../../text/custody/deposit.ts'
import { type Approval, ApprovalDialog } from '../../ui/dialog/dialogs.tsx'
import { Facts } from '../../ui/facts.tsx'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { AmountField } from '../../ui/money/amount-field.tsx'
import { DenominationGrid } from '../../ui/money/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { sizeOf } from '../count/difference.ts'
import '../count/verdict.css'
import {
  type Counted,
  countedIn,
  type VerificationDraft,
  type VerificationProblem,
  verificationDifference,
} from './verification.ts'

interface VerifyStageProps {
  deposit: DepositView
  denominations: readonly Denomination[]
  draft: VerificationDraft
  onDraft: (draft: VerificationDraft) => void
  onVerified: () => void
  onBack: () => void
}

const PART_OF: Record<VerificationProblem, string> = {
  count: '.deposit-cash input',
  'no-instruments': '[data-field="instrument-count"]',
  reason: 'textarea',
}

interface Asking {
  counted: Counted
  reason: string
}

/** The verifier's count on its way: compared, explained where it differs, and signed with a PIN. */
function useVerifying(props: VerifyStageProps, place: RefObject<HTMLElement | null>) {
  const { deposit, denominations, draft, onVerified } = props
  const [problem, setProblem] = useState<VerificationProblem | null>(null)
  const [differing, setDiffering] = useState<Counted | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const command = useCommand<Asking & { approval: Approval }, unknown>({
    send: (commandId, { counted, reason, approval }) =>
      client.deposit.verify({
        commandId,
        depositId: deposit.depositId,
        pieces: counted.pieces,
        itemCount: counted.itemCount,
        itemsCents: counted.itemsCents,
        reason,
        approval,
      }),
    done: onVerified,
  })
  const stopAt = (found: VerificationProblem) => {
    setProblem(found)
    // A field that has just appeared is there with the next drawing.
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(PART_OF[found])?.focus())
  }
  const verify = () => {
    const { counted, problem: missing } = countedIn(draft, denominations)
    if (counted === null) return stopAt(missing)
    const { differs } = verificationDifference(counted, deposit)
    setDiffering(differs ? counted : null)
    if (differs && draft.reason.trim() === '') return stopAt('reason')
    setProblem(null)
    setAsking({ counted, reason: differs ? draft.reason.trim() : '' })
  }
  const change = (next: VerificationDraft) => {
    props.onDraft(next)
    setProblem(null)
    if (next.reason === draft.reason) setDiffering(null)
  }
  const stop = () => {
    setAsking(null)
    command.clear()
  }
  return { verify, change, stop, asking, problem, differing, command }
}

/** Another person counts what is in the bag: cash by denomination, instruments by number and total. */
export function VerifyStage(props: VerifyStageProps) {
  const { deposit, denominations, draft, onBack } = props
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const { verify, change, stop, asking, problem, differing, command } = useVerifying(props, place)
  const focus = (part: string) => () => place.current?.querySelector<HTMLElement>(part)?.focus()
  const keys: KeyDeclaration[] = [
    { key: 'F3', label: custodyText.keys.instruments, run: focus(PART_OF['no-instruments']) },
    { key: 'F4', label: custodyText.keys.cash, run: focus(PART_OF.count) },
    { key: 'F10', label: custodyText.keys.verify, run: verify },
    { key: 'Escape', label: depositText.keys.back, run: onBack },
  ]
  const title = custodyText.verifyTitle(deposit.number)
  return (
    <Screen title={title} keys={keys} fixed>
      <div className="deposit-form" ref={place}>
        <Panel title={custodyText.verifyCash} hint={custodyText.verifyCashHint} className="deposit-cash">
          <DenominationGrid
            denominations={denominations}
            value={draft.pieces}
            onChange={pieces => change({ ...draft, pieces })}
            totalLabel={custodyText.cashCounted}
            onDone={focus(PART_OF['no-instruments'])}
            autoFocus
          />
        </Panel>
        <Panel title={custodyText.instruments} className="deposit-left">
          <Instruments draft={draft} onChange={change} onDone={verify} />
          {differing !== null && (
            <Differences counted={differing} deposit={deposit}>
              <Textarea
                label={custodyText.reason}
                value={draft.reason}
                onChange={event => change({ ...draft, reason: event.currentTarget.value })}
                maxLength={200}
                autosize
                minRows={2}
              />
            </Differences>
          )}
          <ErrorNote>{problem === null ? null : custodyText.problems[problem]}</ErrorNote>
          <div>
            <Button onClick={verify}>{custodyText.verify}</Button>
          </div>
        </Panel>
      </div>
      {asking !== null && (
        <ApprovalDialog
          title={title}
          pending={command.pending}
          problem={command.problem}
          onApprove={approval => command.run({ ...asking, approval })}
          onCancel={stop}
        >
          <p>{custodyText.verifyApproval(asking.counted.totalCents)}</p>
        </ApprovalDialog>
      )}
    </Screen>
  )
}

interface InstrumentsProps {
  draft: VerificationDraft
  onChange: (draft: VerificationDraft) => void
  onDone: () => void
}

function Instruments({ draft, onChange, onDone }: InstrumentsProps) {
  const total = useRef<HTMLInputElement>(null)
  return (
    <div className="deposit-instruments">
      <TextInput
        label={custodyText.instrumentCount}
        value={draft.instrumentCount}
        onChange={event => onChange({ ...draft, instrumentCount: event.currentTarget.value })}
        onKeyDown={event => {
          if (event.key !== 'Enter' && event.key !== '+') return
          event.preventDefault()
          total.current?.focus()
        }}
        inputMode="numeric"
        maxLength={5}
        data-field="instrument-count"
      />
      <AmountField
        label={custodyText.instrumentTotal}
        value={draft.instrumentTotal}
        onChange={instrumentTotal => onChange({ ...draft, instrumentTotal })}
        onEnter={onDone}
        ref={total}
      />
    </div>
  )
}

interface DifferencesProps {
  counted: Counted
  deposit: DepositView
  children: ReactNode
}

/** What the verifier found beside what was made up, cash and instruments apart; only after the count. */
function Differences({ counted, deposit, children }: DifferencesProps) {
  const found = verificationDifference(counted, deposit)
  const verdict = (cents: typeof ZERO): string => {
    if (cents === ZERO) return custodyText.agrees
    return cents < ZERO ? custodyText.short(sizeOf(cents)) : custodyText.over(sizeOf(cents))
  }
  const instruments =
    found.instruments === 0
      ? ''
      : ` · ${custodyText.instrumentsDiffer(counted.itemCount, deposit.items.length)}`
  return (
    <div className="stack" role="status">
      <p className="verdict-short">{custodyText.differs}</p>
      <Facts
        rows
        facts={[
          [depositText.cash, `${formatCents(counted.cashCents)} · ${verdict(found.cashCents)}`],
          [
            depositText.items,
            `${formatCents(counted.itemsCents)} · ${verdict(found.itemsCents)}${instruments}`,
          ],
          [custodyText.madeUpAs, formatCents(deposit.totalCents)],
        ]}
      />
      {children}
    </div>
  )
}
