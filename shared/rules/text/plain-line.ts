const ORDERS = /(?!\t)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** As JSON writes it, so that JSON stays JSON. */
const asCode = (sign: string): string =>
  sign
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

/** A line for a terminal or a log, which must never take a name out of a file for an order of its own. */
export const plainLine = (line: string): string => line.replace(ORDERS, asCode)

/** The same of a text of several lines, whichever ends they have. */
export const plainLines = (text: string): string =>
  text
    .split('\n')
    .map(line => (line.endsWith('\r') ? `${plainLine(line.slice(0, -1))}\r` : plainLine(line)))
    .join('\n')
