/** Words for what stays in a drawer and what leaves it: at the close, and found again at the next opening. */
import { type Cents, formatCents } from '../../../shared/money.ts'

export const partingText = {
  title: 'Put the cash away',
  hint: 'Leave exactly this in the drawer; the rest goes to the safe.',
  stays: 'Stays in the drawer',
  leaves: 'Goes to the safe',
  columns: { denomination: 'Denomination', bundles: 'Straps / rolls', pieces: 'Loose', amount: 'Amount' },
  total: 'Total',
  nothing: 'Nothing.',
  noMix: (left: Cents) => `No mix of the counted pieces leaves exactly ${formatCents(left)}.`,
  changeFirst: (label: string, stays: Cents, goes: Cents) =>
    `Change one ${label}: ${formatCents(stays)} of it stays in the drawer, ${formatCents(goes)} goes to the safe.`,
}

export const leftBeforeText = {
  title: (left: Cents) => `The session before left ${formatCents(left)} in it. Against that you counted:`,
  more: (pieces: number, label: string) => `${label}: ${pieces} more`,
  fewer: (pieces: number, label: string) => `${label}: ${pieces} fewer`,
}
