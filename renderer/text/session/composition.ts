/** What is wrong with the checks and other instruments of a count, in words that say what to look for. */
import type { CompositionTold } from '../../../shared/contract/session-fields.ts'
import { formatCents } from '../../../shared/money.ts'

export const compositionText = {
  title: 'Checks and receipts',
  intro: 'Every item needs its receipt, and every receipt its item, though a total may agree.',
}

function instrument({ name, reference }: { name: string; reference: string }): string {
  return reference === '' ? `${name} without a number` : `${name} ${reference}`
}

/** An instrument with its amount, and its receipt where it has one. */
function whole(finding: CompositionTold): string {
  const { receiptNumber, cents } = finding
  const receipt = receiptNumber === null ? '' : ` (receipt ${receiptNumber})`
  return `${instrument(finding)} of ${formatCents(cents)}${receipt}`
}

/** One finding as a sentence. */
export function sayFinding(finding: CompositionTold): string {
  const found = finding.found ?? finding
  switch (finding.kind) {
    case 'missing-check':
      return `${whole(finding)} is not there.`
    case 'extra-check':
      return `${whole(finding)} is there, and no receipt has it.`
    case 'cash-for-check':
      return `${whole(finding)} is not there, and there is as much cash too much: cash lies in its place.`
    case 'check-for-cash':
      return `${whole(finding)} is there without a receipt, and as much cash is missing: it lies in the place of cash.`
    case 'wrong-amount':
      return `${whole(finding)} was entered as ${formatCents(found.cents)} in the count.`
    case 'other-check':
      return `${whole(finding)} is not there. In its place lies ${instrument(found)} of the same amount.`
  }
}
