import { basename } from 'node:path'
import { containsCardNumber } from '../../shared/rules/text/card-number.ts'

/** Characters; each may take four of the 255 bytes that a file's name may have. */
const MOST_NAME = 60
const NAMELESS = 'accounts.csv'

/**
 * A file's name as it may stand in the journal, on a screen and on a disk: its end, of letters, digits, spaces and . _ -
 * alone, and no card number.
 */
export function sourceName(path: string): string {
  // Digits of every kind are digits then: ① and １ too.
  const given = basename(path).normalize('NFKC')
  const plain = given.replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '_')
  // Whatever stands between its digits: what is put in the place of it must not hide the number from the check.
  const hasCard =
    containsCardNumber(given) || containsCardNumber(given.replace(/[^\p{Lu}\p{Ll}\p{Nd}]+/gu, '-'))
  return hasCard ? NAMELESS : [...plain].slice(-MOST_NAME).join('') || NAMELESS
}
