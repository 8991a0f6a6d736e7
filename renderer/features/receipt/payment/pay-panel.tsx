import { Button, CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { KeyboardEvent, Ref } from 'react'
import type { TenderInput } from '../../../../shared/contract/receipt.ts'
import { formatCents } from '../../../../shared/money.ts'
import { shownDetails, type TenderType } from '../../../../shared/tenders.ts'
import { orpc } from '../../../client.ts'
import { TENDER_FORM, WINDOW } from '../../../text/receipt/window.ts'
import { BigFigure, ErrorNote } from '../../../ui/parts.tsx'
import { type Draft, type Figures, tenderKey } from '../basket/basket.ts'
import { RunningLow } from './change-advice.tsx'
import { TenderEntry } from './tender-entry.tsx'
import type { TenderForm } from './tender-form.ts'

function detailOf({ reference, details }: TenderInput, type: TenderType | undefined): string {
  const number = reference === '' ? [] : [TENDER_FORM.numberLine(reference)]
  const shown = type === undefined ? [] : shownDetails(type, details, labels => labels.en)
  return [...number, ...shown].join(' · ')
}

interface PayPanelProps {
  draft: Draft
  figures: Figures
  types: readonly TenderType[]
  form: TenderForm | null
  problem: string | null
  /** Every line is complete, so that what they come to is known. */
  complete: boolean
  /** Nothing stops the posting. */
  ready: boolean
  posting: boolean
  /** Given where the basket was posted already and only the next one can be begun. */
  onNextCustomer: (() => void) | null
  postRef: Ref<HTMLButtonElement>
  onForm: (form: TenderForm) => void
  onAdd: (tender: TenderInput) => void
  onTakeBack: (index: number) => void
  onPost: () => void
}

function Tenders({ draft, types, onTakeBack }: Pick<PayPanelProps, 'draft' | 'types' | 'onTakeBack'>) {
  // One that was switched off since is still called by its name.
  const known = useQuery(orpc.setup.tenders.queryOptions()).data ?? []
  return (
    <ul className="tenders">
      {draft.tenders.map((tender, index) => {
        const type = types.find(candidate => candidate.tender === tender.tender)
        const name = (type ?? known.find(one => one.tender === tender.tender))?.name ?? tender.tender
        return (
          <li key={tenderKey(draft, index)}>
            <span>
              {name}
              <span className="sub">{type === undefined ? WINDOW.switchedOff : detailOf(tender, type)}</span>
            </span>
            <span className="number">{formatCents(tender.cents)}</span>
            <CloseButton aria-label={WINDOW.removeTender(name)} onClick={() => onTakeBack(index)} />
          </li>
        )
      })}
    </ul>
  )
}

/** A key that is held down presses a button again and again; money is only posted by a fresh press. */
function onlyFreshKeys(event: KeyboardEvent): void {
  if (event.repeat) event.preventDefault()
}

/** What is still due, or the change; neither while a line is not complete. */
function leftFigure({ dueCents, changeCents }: Figures, complete: boolean): string {
  if (dueCents > 0) return formatCents(dueCents)
  return complete ? formatCents(changeCents) : WINDOW.noFigure
}

/** To pay, what was handed over, what remains or is given back, and the button that posts. */
export function PayPanel(props: PayPanelProps) {
  const { draft, figures, types, form, problem, ready, posting, onForm, onAdd, onTakeBack } = props
  const type = types.find(t => t.tender === form?.tender)
  const due = figures.dueCents > 0
  return (
    <section className="panel pay" aria-label={WINDOW.payment}>
      <div className="pay-upper">
        <BigFigure label={WINDOW.toPay} value={formatCents(figures.totalCents)} />
        <Tenders draft={draft} types={types} onTakeBack={onTakeBack} />
        {form !== null && type !== undefined && (
          <TenderEntry
            key={`${draft.basketId} ${form.tender}`}
            form={form}
            type={type}
            onForm={onForm}
            onAdd={onAdd}
          />
        )}
      </div>
      <ErrorNote>{problem}</ErrorNote>
      {props.onNextCustomer !== null && (
        <Button variant="default" onClick={props.onNextCustomer}>
          {WINDOW.nextCustomer}
        </Button>
      )}
      <RunningLow />
      <div className="left" role="status">
        <span className="muted">{due ? WINDOW.stillDue : WINDOW.change}</span>
        <strong>{leftFigure(figures, props.complete)}</strong>
      </div>
      <Button
        ref={props.postRef}
        size="lg"
        fullWidth
        className={ready ? 'post' : 'post not-yet'}
        onKeyDown={onlyFreshKeys}
        onClick={props.onPost}
        disabled={posting}
      >
        {posting ? WINDOW.posting : WINDOW.post}
        <kbd>Enter</kbd>
      </Button>
    </section>
  )
}
