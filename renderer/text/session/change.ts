/** Change in words, as it is counted out into the customer's hand. */
import type { ChangePiece } from '../../../shared/rules/cash/make-change.ts'

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count)
}

function singular(label: string): string {
  if (label.endsWith('ies')) return `${label.slice(0, -3)}y`
  return label.endsWith('s') ? label.slice(0, -1) : label
}

function pieceName({ kind, label, pieces }: ChangePiece): string {
  if (kind === 'note') return `${label.replace(/^\$/, '')}${pieces === 1 ? '' : 's'}`
  return (pieces === 1 ? singular(label) : label).toLowerCase()
}

export interface SaidPiece {
  count: string
  name: string
}

/** `One 20`, `two quarters`, `three pennies`: the number as a word, the piece by its name; the first with a capital. */
export function sayPieces(pieces: readonly ChangePiece[]): SaidPiece[] {
  return pieces.map((piece, i) => {
    const word = numberWord(piece.pieces)
    return { count: i === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word, name: pieceName(piece) }
  })
}
