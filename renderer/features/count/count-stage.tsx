import { type ReactNode, type RefObject, useRef, useState } from 'react'
import type { CountInput, CountSheet } from '../../../shared/contract/session-fields.ts'
import { closeText, listed } from '../../text/session/close.ts'
import { ConfirmDialog } from '../../ui/dialog/dialogs.tsx'
import { useFirstFocus } from '../../ui/keys/first-focus.ts'
import type { KeyDeclaration } from '../../ui/keys/keys.ts'
import { DenominationGrid } from '../../ui/money/denomination-grid.tsx'
import { ErrorNote, Panel } from '../../ui/parts.tsx'
import { Screen } from '../../ui/screen.tsx'
import { type CountPurpose, type LeftOver, leftOver, toCountInput, withExtra } from './count-draft.ts'
import { ExtraDialog } from './extra-dialog.tsx'
import { InstrumentsPanel } from './instruments-panel.tsx'
import { useCountDraft } from './use-count-draft.ts'

export interface CountLabels {
  title: string
  hint: string
  /** What F10 does here. */
  finish: string
  /** Where Esc leads. */
  back: string
  /** Said to a screen reader when the stage appears. */
  announced?: string
  /** What else there is to know before it is finished. */
  note?: ReactNode
}

/** A count as it is sent, under the id that was made with its draft and lasts through reloads. */
export type FinishedCount = CountInput & { commandId: string }

interface CountStageProps {
  sheet: CountSheet
  purpose: CountPurpose
  labels: CountLabels
  /** The till's answer is being asked for; nothing can be entered meanwhile. */
  busy: boolean
  problem: string | null
  onFinish: (count: FinishedCount) => void
  onBack: () => void
}

type Asked = { kind: 'extra' } | { kind: 'confirm'; left: LeftOver } | null

/** The count as it is entered and finished; asks before a count with gaps goes out. */
function useCounting({ sheet, purpose, onFinish }: CountStageProps, place: RefObject<HTMLElement | null>) {
  const { draft, setDraft } = useCountDraft(sheet, purpose)
  const [asked, setAsked] = useState<Asked>(null)
  const [slipsMissing, setSlipsMissing] = useState<LeftOver['slips']>([])
  const send = () => {
    setAsked(null)
    onFinish({ ...toCountInput(sheet, draft), commandId: draft.commandId })
  }
  const finish = () => {
    const left = leftOver(sheet, draft)
    setSlipsMissing(left.slips)
    if (left.slips.length > 0) focusIn(place.current, '.close-slips')
    else if (left.noCash || left.unticked.length > 0) setAsked({ kind: 'confirm', left })
    else send()
  }
  return { draft, setDraft, asked, setAsked, slipsMissing, send, finish }
}

/** One blind count: cash by denomination, instruments by tick, slips by total. What should be there is not known here. */
export function CountStage(props: CountStageProps) {
  const { sheet, labels, busy, problem, onBack } = props
  const place = useRef<HTMLDivElement>(null)
  useFirstFocus(place)
  const counting = useCounting(props, place)
  const { draft, setDraft, asked, setAsked, slipsMissing, send, finish } = counting
  const toExtra = () => setAsked({ kind: 'extra' })
  const keys = countKeys({ place, sheet, labels, busy, toExtra, finish, back: onBack })
  return (
    <Screen title={labels.title} keys={keys} fixed>
      <div role="alert" className="hidden-words">
        {labels.announced}
      </div>
      <div className="close-count" ref={place} inert={busy}>
        <Panel title={labels.title} hint={labels.hint} className="close-cash">
          <DenominationGrid
            denominations={sheet.denominations}
            value={draft.pieces}
            onChange={pieces => setDraft({ ...draft, pieces })}
            totalLabel={closeText.cashSoFar}
            onDone={() => focusIn(place.current, '.close-instruments')}
            autoFocus
          />
          <ErrorNote>{problem}</ErrorNote>
        </Panel>
        <InstrumentsPanel
          {...{ sheet, draft, slipsMissing }}
          note={labels.note}
          onDraft={setDraft}
          onExtra={toExtra}
          onLastField={finish}
        />
      </div>
      {asked?.kind === 'extra' && (
        <ExtraDialog
          tenders={sheet.tenders.filter(tender => tender.counted === 'items')}
          entered={draft.extraItems}
          onAdd={extra => {
            setDraft(withExtra(draft, extra))
            setAsked(null)
          }}
          onClose={() => setAsked(null)}
        />
      )}
      {asked?.kind === 'confirm' && (
        <FinishQuestion left={asked.left} onFinish={send} onStay={() => setAsked(null)} />
      )}
    </Screen>
  )
}

interface KeyParts {
  place: RefObject<HTMLElement | null>
  sheet: CountSheet
  labels: CountLabels
  busy: boolean
  toExtra: () => void
  finish: () => void
  back: () => void
}

function countKeys({ place, sheet, labels, busy, toExtra, finish, back }: KeyParts): KeyDeclaration[] {
  const has = (how: string) => sheet.tenders.some(tender => tender.counted === how)
  const { keys } = closeText
  return [
    { key: 'F2', label: keys.cash, run: () => focusIn(place.current, '.close-cash') },
    {
      key: 'F3',
      label: keys.instruments,
      run: () => focusIn(place.current, '.instruments'),
      disabled: sheet.items.length === 0,
    },
    {
      key: 'F4',
      label: keys.slips,
      run: () => focusIn(place.current, '.close-slips'),
      disabled: !has('slips'),
    },
    { key: 'F6', label: keys.extra, run: toExtra, disabled: !has('items') },
    { key: 'F10', label: labels.finish, run: finish, disabled: busy },
    { key: 'Escape', label: labels.back, run: back },
  ]
}

/** Focuses the first field of a part of the screen: the marked one, else the first that Tab would reach. */
function focusIn(place: HTMLElement | null, part: string): void {
  const within = place?.querySelector(part)
  const first =
    within?.querySelector<HTMLElement>('[data-autofocus]') ??
    within?.querySelector<HTMLElement>('input:not([tabindex="-1"]), button')
  first?.focus()
}

interface FinishQuestionProps {
  left: LeftOver
  onFinish: () => void
  onStay: () => void
}

/** Asked before a count with gaps is sent. It names the gaps, and says nothing of what should be there. */
function FinishQuestion({ left, onFinish, onStay }: FinishQuestionProps) {
  const names = left.unticked.map(item => item.reference || closeText.noNumber)
  return (
    <ConfirmDialog
      title={closeText.confirmTitle}
      confirmLabel={closeText.confirmFinish}
      cancelLabel={closeText.keepCounting}
      onConfirm={onFinish}
      onCancel={onStay}
    >
      {left.noCash && <p>{closeText.confirmNoCash}</p>}
      {names.length > 0 && <p>{closeText.confirmUnticked(listed(names))}</p>}
      <p className="muted small">{closeText.confirmAdvice}</p>
    </ConfirmDialog>
  )
}
