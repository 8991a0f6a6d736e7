import type { DepositView } from '../../../shared/contract/deposit.ts'
import { formatCents } from '../../../shared/money.ts'
import { formatInstant } from '../../../shared/time.ts'
import { custodyText, STEP_NAMES } from '../../text/custody/custody.ts'
import { chainOf, differenceText, type Link, notesOf, type Step } from './custody-chain.ts'
import { spanText } from './deposit-due.ts'

interface CustodyListProps {
  deposit: DepositView
  timeZone: string
}

/** Every hand that the deposit went through, one under the other, and what is still to come. */
export function CustodyList({ deposit, timeZone }: CustodyListProps) {
  return (
    <ol className="custody" aria-label={custodyText.chain}>
      {chainOf(deposit).map(link => (
        <li key={keyOf(link)} className={`custody-${link.kind}`}>
          {link.kind === 'done' ? (
            <DoneStep step={link.step} {...{ deposit, timeZone }} />
          ) : (
            <p className="custody-head">
              <strong>{STEP_NAMES[link.name]}</strong>
              <span className="muted small">
                {link.kind === 'next' ? custodyText.next : custodyText.later}
              </span>
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

const keyOf = (link: Link): string => (link.kind === 'done' ? link.step.step : link.name)

/** Whoever signed for a step first; the person at the screen after it. */
function hands({ step, personName, secondPersonName }: Step): string {
  if (secondPersonName === null) return personName
  return step === 'verified' || step === 'reopened'
    ? `${secondPersonName} ${custodyText.with(personName)}`
    : personName
}

function DoneStep({ step, deposit, timeZone }: CustodyListProps & { step: Step }) {
  const difference = differenceText(step, deposit)
  const lateMs = step.step === 'released' ? step.atMs - deposit.dueAtMs : 0
  return (
    <>
      <p className="custody-head">
        <strong>{STEP_NAMES[step.step]}</strong>
        {step.cents !== null && <strong className="number">{formatCents(step.cents)}</strong>}
      </p>
      <p className="small">
        {hands(step)} · {formatInstant(step.atMs, timeZone, 'date-time')}
        {notesOf(step).map(note => (
          <span key={note}> · {note}</span>
        ))}
      </p>
      {lateMs > 0 && <p className="small custody-differs">{custodyText.late(spanText(lateMs))}</p>}
      {difference !== '' && <p className="small custody-differs">{difference}</p>}
      {step.reason !== '' && <p className="small">{custodyText.reasonOf(step.reason)}</p>}
    </>
  )
}
