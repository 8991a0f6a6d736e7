/** What is wrong with the papers of a count, in words that say what to look for. */
import type { CompositionTold } from '../../shared/contract/drawer.ts'
import { formatCents } from '../../shared/money.ts'

export const compositionText = {
  title: 'Checks and receipts',
  intro: 'Every check needs its receipt and every receipt its check, though a total may agree.',
}

function paper({ name, reference }: { name: string; reference: string }): string {
  return reference === '' ? `${name} without a number` : `${name} ${reference}`
}

function ofReceipt({ receiptNumber }: CompositionTold): string {
  return receiptNumber === null ? '' : `, receipt ${receiptNumber},`
}

/** One finding as a sentence. */
export function sayFinding(finding: CompositionTold): string {
  const what = paper(finding)
  const amount = formatCents(finding.cents)
  const { found } = finding
  switch (finding.kind) {
    case 'missing-check':
      return `${what}${ofReceipt(finding)} over ${amount} is not there.`
    case 'extra-check':
      return `${what} over ${amount} is there, and no receipt has it.`
    case 'cash-for-check':
      return `${what}${ofReceipt(finding)} over ${amount} is not there, and cash is over by it: cash lies in its place.`
    case 'check-for-cash':
      return `${what} over ${amount} is there without a receipt, and cash is short by it: it lies in the place of cash.`
    case 'wrong-amount':
      return `${what}${ofReceipt(finding)} says ${amount} on its receipt and ${formatCents(found?.cents ?? finding.cents)} in the count.`
    case 'other-check':
      return `${what}${ofReceipt(finding)} over ${amount} is not there; in its place lies ${paper(found ?? finding)} over the same amount.`
  }
}
