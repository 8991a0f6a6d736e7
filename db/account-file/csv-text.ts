/** Writing CSV that a spreadsheet shows and never runs. */

/**
 * What a spreadsheet takes for the beginning of a formula (OWASP ASVS 5.0, 1.2.10: = + - @ tab and NUL),
 * with carriage return and the full-width forms, also after spaces or quotes.
 */
const FORMULA_START = /^[\s'"]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
const NEGATIVE_NUMBER = /^-\$?\d[\d,]*(\.\d+)?$/

const couldBeFormula = (text: string): boolean =>
  (FORMULA_START.test(text) || text.replace(/^[\s'"]+/, '').startsWith('\u0000')) &&
  !NEGATIVE_NUMBER.test(text)

/** A cell that `csvCell` wrote, as it was before. */
export function unguarded(cell: string): string {
  const rest = cell.slice(1)
  return cell.startsWith("'") && couldBeFormula(rest) ? rest : cell
}

/**
 * One cell: quoted where it must be, with an apostrophe before anything that could begin a formula. A
 * negative number stays a number.
 */
export function csvCell(text: string): string {
  const safe = couldBeFormula(text) ? `'${text}` : text
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line, ended by carriage return and line feed as RFC 4180 has it. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
