import { type ReactNode, useState } from 'react'
import type { CountInput, CountSheet } from '../../../../shared/contract/session-fields.ts'
import type { PieceCount } from '../../../../shared/rules/cash/denominations.ts'
import { useSending } from '../../../command.ts'
import { refusalCode, sayError } from '../../../text/refusals/refusals.ts'
import { twoCountsText } from '../../../text/session/two-counts.ts'
import { ConfirmDialog } from '../../../ui/dialog/dialogs.tsx'
import type { Signatures } from '../../../ui/dialog/signing-dialog.tsx'
import { type CountPurpose, toCountInput } from '../count-draft.ts'
import { type CountLabels, CountStage } from '../count-stage.tsx'
import { SignBoth } from '../sign-both.tsx'
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
  first: (secondName: string) => Omit<CountLabels, 'back'>
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
  return <Counting {...props} draft={draft} put={put} second={second} />
}

interface CountingProps<O> extends TwoCountsProps<O> {
  draft: SecondDraft
  put: (draft: SecondDraft | null) => void
  second: OtherPerson
}

/** From the first count to both PINs. There is no way back to a sheet that the other one may read: only to two empty ones. */
function Counting<O>(props: CountingProps<O>) {
  const { sheet, purpose, labels, draft, put, second } = props
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const again = (why: string | null) => {
    forgetCount(sheet, purpose)
    setAsking(false)
    setProblem(why)
    put(beginAgain(draft))
  }
  const to = (stage: SecondDraft['stage']) => {
    setProblem(null)
    put({ ...draft, stage })
  }
  if (draft.stage === 'first')
    return (
      <CountStage
        sheet={sheet}
        purpose={purpose}
        labels={{ ...labels.first(second.name), back: twoCountsText.keys.person }}
        busy={false}
        problem={problem}
        onFinish={() => to('pass')}
        onBack={() => put(null)}
      />
    )
  const stage = {
    pass: <PassStage name={second.name} onTaken={() => to('second')} onAgain={() => setAsking(true)} />,
    second: (
      <SecondCount
        sheet={sheet}
        name={second.name}
        pieces={draft.pieces}
        onPieces={pieces => put({ ...draft, pieces })}
        onFinish={() => to('sign')}
        onAgain={() => setAsking(true)}
      />
    ),
    sign: <Signing {...props} onAgain={() => setAsking(true)} onDiffer={again} />,
  }[draft.stage]
  return (
    <>
      {stage}
      {asking && (
        <ConfirmDialog
          title={twoCountsText.againTitle}
          confirmLabel={twoCountsText.againConfirm}
          cancelLabel={twoCountsText.keepCounting}
          onConfirm={() => again(null)}
          onCancel={() => setAsking(false)}
        >
          {twoCountsText.again}
        </ConfirmDialog>
      )}
    </>
  )
}

interface SigningProps<O> extends CountingProps<O> {
  onAgain: () => void
  /** The two found different amounts; why, in words. */
  onDiffer: (why: string) => void
}

function Signing<O>(props: SigningProps<O>) {
  const { sheet, purpose, labels, send, done, draft, put, second, onAgain, onDiffer } = props
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
    failed: error => {
      if (refusalCode(error) === 'COUNTS_DIFFER') onDiffer(sayError(error))
    },
  })
  return (
    <SignBoth
      title={labels.signTitle}
      otherLabel={labels.otherLabel}
      people={[second]}
      pending={command.pending}
      problem={command.problem}
      onSign={command.run}
      onCleared={command.clear}
      onAgain={onAgain}
    >
      <p>{labels.signFor(second.name)}</p>
    </SignBoth>
  )
}
