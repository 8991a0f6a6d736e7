/** A deposit as a chain of hands: what happened, what is next, what comes later. */
import type { DepositView } from '../../../shared/contract/deposit.ts'
import { formatBusinessDate, parseBusinessDate } from '../../../shared/time.ts'
import { custodyText } from '../../text/custody/custody.ts'
import { sizeOf } from '../count/difference.ts'

export type Step = DepositView['steps'][number]
export type StepName = DepositView['state']

const ORDER: readonly StepName[] = ['made-up', 'verified', 'sealed', 'released', 'validated', 'credited']

/** The step that comes after where a deposit is; null where none does. */
export function nextStep(state: StepName): StepName | null {
  const at = ORDER.indexOf(state)
  return at === -1 ? null : (ORDER[at + 1] ?? null)
}

/** Only a bag that is not sealed yet is opened again. */
export function canReopen(state: StepName): boolean {
  return state === 'made-up' || state === 'verified'
}

export type Link = { kind: 'done'; step: Step } | { kind: 'next' | 'later'; name: StepName }

/** Every hand so far, and those that are still to come. */
export function chainOf(deposit: Pick<DepositView, 'state' | 'steps'>): Link[] {
  const done = deposit.steps.map((step): Link => ({ kind: 'done', step }))
  const at = ORDER.indexOf(deposit.state)
  if (at === -1) return done
  const coming = ORDER.slice(at + 1)
  return [...done, ...coming.map((name, i): Link => ({ kind: i === 0 ? 'next' : 'later', name }))]
}

/** The day of the bank, as people write it. */
function dayText(text: string): string {
  const day = parseBusinessDate(text)
  return day === null ? text : formatBusinessDate(day, 'short')
}

/** What a step wrote down, in words. */
export function notesOf({ step, reference, secondReference }: Step): string[] {
  if (step === 'made-up') return [custodyText.bag(reference)]
  if (step === 'sealed') return [custodyText.bag(reference), custodyText.seal(secondReference)]
  if (step === 'released') return [custodyText.to(reference), custodyText.signed(secondReference)]
  if (step === 'validated')
    return [custodyText.slip(reference), custodyText.bankDate(dayText(secondReference))]
  return step === 'credited' ? [custodyText.creditDate(dayText(secondReference))] : []
}

/** Whether the verifier found cash and papers each off, although together they agree. */
function isSwapped({ verified, cashCents, items }: DepositView): boolean {
  return verified !== null && (verified.cashCents !== cashCents || verified.itemCount !== items.length)
}

/** A step's difference in words; empty where it agrees. */
export function differenceText({ step, differenceCents }: Step, deposit: DepositView): string {
  if (differenceCents < 0) return custodyText.short(sizeOf(differenceCents))
  if (differenceCents > 0) return custodyText.over(sizeOf(differenceCents))
  return step === 'verified' && isSwapped(deposit) ? custodyText.swapped : ''
}
