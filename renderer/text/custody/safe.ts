/** Words of the safe. */
import type { SafeContent } from '../../../shared/contract/safe.ts'

export const safeText = {
  title: 'Safe',
  hint: 'What its book says is in it. Two people count it; what they find that differs stays on record.',
  loading: 'Opening the book of the safe',
  cash: 'Cash',
  instruments: (count: number) =>
    count === 1 ? 'One check or money order' : `${count} checks and money orders`,
  piecesTitle: 'Cash by denomination',
  noPieces: 'Nothing is noted yet. Count the safe to bring its change fund in.',
  columns: { denomination: 'Denomination', pieces: 'Pieces', amount: 'Amount' },
  unsorted: 'Not noted by denomination',
  instrumentsTitle: 'Checks and other items',
  noInstruments: 'No checks or other items are in it.',
  instrumentColumns: { kind: 'Kind', count: 'Count', amount: 'Amount' },
  entriesTitle: 'In and out',
  noEntries: 'Nothing has gone in or out.',
  entryColumns: {
    number: 'Slip',
    kind: 'What',
    at: 'At',
    person: 'By',
    second: 'With',
    amount: 'Amount',
    reason: 'Reason',
  },
  kinds: {
    'turn-in': 'Turn-in',
    close: 'Close of a drawer',
    'change-order': 'Change order',
    deposit: 'Deposit handed over',
    count: 'Count of the safe',
  } satisfies Record<SafeContent['entries'][number]['kind'], string>,
  keys: { count: 'Count the safe', sign: 'Sign', cash: 'Cash', reason: 'Reason', back: 'Back' },
  countTitle: 'Count the safe',
  differTitle: 'If it differs from the book',
  countHint: 'Two people count together: all cash in it, piece by piece. The book is not shown meanwhile.',
  counted: 'Cash counted',
  reason: 'Reason',
  reasonHint:
    'The first count brings the change fund in: say so here. Without a difference no reason is needed.',
  signTitle: 'Sign the count',
  signed: (amount: string) => `${amount} counted.`,
  witness: 'Counted with',
  agrees: (amount: string) => `${amount} counted; the book agrees.`,
  differs: (amount: string, difference: string) =>
    `${amount} counted; the book is put right by ${difference}, with the reason on record.`,
  nothing: 'No cash is entered. Count the safe, or go back.',
}
