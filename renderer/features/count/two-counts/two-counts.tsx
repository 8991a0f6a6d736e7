import { type ReactNode, useState } from 'react'
import type { CountInput, CountSheet } from '../../../../shared/contract/session-fields.ts'
import type { PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import { useSending } from '../../../command.ts'
import { refusalCode } from '../../../text/refusals/refusals.ts'
import { type Signatures, SigningDialog } from '../../../ui/dialog/signing-dialog.tsx'
import { type CountPurpose, toCountInput } from '../count-draft.ts'
import { type CountLabels, CountStage } from '../count-stage.tsx'
import { forgetCount, keptCount } from '../use-count-draft.ts'
import { ChooseSecond, type OtherPerson } from './choose-second.tsx'
import { PassStage, SecondCount } from './second-count.tsx'
import { beginAgain, type SecondDraft } from './second-draft.ts'
import { useSecondDraft } from './use-second-draft.ts'
import './two-counts.css'

/** What both have counted and signed, as it is sent. */
export interface TwoCountsInput extends Signatures {
  commandId: string
  count: CountInput
  secondPieces: PieceCount[]
  reason: string
}

export interface TwoCountsLabels {
  title: string
  question: string
  chooseHint: string
  reason: { label: string; missing: string } | null
  first: (secondName: string) => CountLabels
  otherLabel: string
  signTitle: string
  signFor: (secondName: string) => ReactNode
}

interface TwoCountsProps<O> {
  sheet: CountSheet
  purpose: CountPurpose
  labels: TwoCountsLabels
  people: readonly OtherPerson[]
  send: (input: TwoCountsInput) => Promise<O>
  /** `again` keeps the two together for a recount, each from an empty sheet. */
  done: (output: O, again: () => void) => void
  onBack: () => void
}

const PIN_REFUSALS = ['PIN_WRONG', 'OWN_PIN_WRONG', 'LOCKED_OUT']

/** The first count as it was finished; what was kept of it while the second person counts. */
function sentCount(sheet: CountSheet, purpose: CountPurpose) {
  const kept = keptCount(sheet, purpose)
  if (kept === null) throw new Error('The first count is not kept')
  return { commandId: kept.commandId, count: toCountInput(sheet, kept) }
}

/**
 * The same money counted by two people at one screen: who the other one is, the first count with checks and
 * slips, the keyboard changing hands, the cash again, and both PINs. Neither sees what the other has entered,
 * and nothing but the PINs is lost by a reload.
 */
export function TwoCounts<O>(props: TwoCountsProps<O>) {
  const { sheet, purpose, labels, people, onBack } = props
  const { draft, put } = useSecondDraft(sheet, purpose)
  const second = people.find(({ personId }) => personId === draft?.secondId)
  if (draft === null || second === undefined)
    return (
      <ChooseSecond
        title={labels.title}
        question={labels.question}
        hint={labels.chooseHint}
        people={people}
        reason={labels.reason}
        onChosen={(secondId, reason) => put({ secondId, reason, stage: 'first', pieces: [] })}
        onBack={onBack}
      />
    )
  const to = (stage: SecondDraft['stage']) => put({ ...draft, stage })
  if (draft.stage === 'first')
    return (
      <CountStage
        sheet={sheet}
        purpose={purpose}
        labels={labels.first(second.name)}
        busy={false}
        problem={null}
        onFinish={() => to('pass')}
        onBack={() => put(null)}
      />
    )
  if (draft.stage === 'pass')
    return <PassStage name={second.name} onTaken={() => to('second')} onBack={() => to('first')} />
  return <Signing {...props} draft={draft} put={put} second={second} />
}

interface SigningProps<O> extends TwoCountsProps<O> {
  draft: SecondDraft
  put: (draft: SecondDraft | null) => void
  second: OtherPerson
}

function Signing<O>({ sheet, purpose, labels, send, done, draft, put, second }: SigningProps<O>) {
  const [signing, setSigning] = useState(false)
  const command = useSending<Signatures, O>({
    send: signatures => {
      const { pieces: secondPieces, reason } = draft
      return send({ ...sentCount(sheet, purpose), ...signatures, secondPieces, reason })
    },
    done: output => {
      forgetCount(sheet, purpose)
      let kept: SecondDraft | null = null
      done(output, () => {
        kept = beginAgain(draft)
      })
      put(kept)
    },
    // A wrong PIN is typed again at once; whatever else was refused is for the counts, which lie below.
    failed: error => setSigning(PIN_REFUSALS.includes(refusalCode(error) ?? '')),
  })
  return (
    <SecondCount
      sheet={sheet}
      name={second.name}
      pieces={draft.pieces}
      problem={signing ? null : command.problem}
      onPieces={pieces => put({ ...draft, pieces })}
      onFinish={() => setSigning(true)}
      onBack={() => put({ ...draft, stage: 'pass' })}
    >
      {signing && (
        <SigningDialog
          title={labels.signTitle}
          otherLabel={labels.otherLabel}
          people={[second]}
          pending={command.pending}
          problem={command.problem}
          onSign={command.run}
          onCancel={() => {
            setSigning(false)
            command.clear()
          }}
        >
          <p>{labels.signFor(second.name)}</p>
        </SigningDialog>
      )}
    </SecondCount>
  )
}
