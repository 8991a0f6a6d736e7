/**
 * A number as people read it: the till's code and the running number, `W1-000123`. A till that was reinstalled
 * or restored says so in its numbers (`W1B-000124` in its second epoch), so that none is ever used twice: a code ends in
 * a digit. The running number goes on.
 */
export function humanNumber(till: { code: string; epoch: number }, runningNo: number, kind = ''): string {
  const epoch = till.epoch === 1 ? '' : epochLetters(till.epoch)
  return `${till.code}${epoch}-${kind}${String(runningNo).padStart(kind === '' ? 6 : 4, '0')}`
}

/** Whether a number is one that a till of this code gives, in whatever epoch. */
export const isNumberOf = (code: string, number: string): boolean =>
  number.startsWith(code) && /^[A-Z]*-/.test(number.slice(code.length))

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** 2 → B, 26 → Z, 27 → AA, as columns of a spreadsheet. */
function epochLetters(epoch: number): string {
  const before = Math.floor((epoch - 1) / LETTERS.length)
  const letter = LETTERS[(epoch - 1) % LETTERS.length] ?? ''
  return before === 0 ? letter : epochLetters(before) + letter
}
