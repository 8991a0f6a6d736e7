const SHORTEST = 13
const LONGEST = 19

/** Up to four spaces, dashes, dots or invisible characters may stand between two digits of one number. */
const DIGIT_RUN = /\d(?:[\s.\p{Pd}\p{Cf}]{0,4}\d){12,}/gu

/**
 * Whatever else stands between the digits, they have to be grouped as on a card: dates, telephone numbers and amounts in a row have
 * as many.
 */
const GROUPED = [
  /(?<!\d)\d{4}(?:[^\p{L}\p{N}]{1,4}\d{4}){2}[^\p{L}\p{N}]{1,4}\d{1,7}(?!\d)/gu,
  /(?<!\d)\d{4}[^\p{L}\p{N}]{1,4}\d{6}[^\p{L}\p{N}]{1,4}\d{4,5}(?!\d)/gu,
  /(?<!\d)\d(?:[^\p{L}\p{N}]{1,4}\d){12,18}(?!\d)/gu,
]
/** How the numbers of payment cards begin (ISO/IEC 7812-1: travel, banking, merchandising). */
const ISSUED = /^[2-6]/

/** The value of a decimal digit of any script: Unicode sets them in unbroken blocks of ten, zero first. */
function digitValue(digit: string): number {
  const codePoint = digit.codePointAt(0) ?? 0
  let first = codePoint
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1
  return (codePoint - first) % 10
}

function withAsciiDigits(text: string): string {
  return text.normalize('NFKC').replace(/(?!\d)\p{Nd}/gu, digit => String(digitValue(digit)))
}

/** Luhn's check (ISO/IEC 7812-1, annex B) over the digits from `start` to before `end`. */
function passesLuhn(digits: readonly number[], start: number, end: number): boolean {
  let sum = 0
  for (let i = end - 1, doubled = false; i >= start; i -= 1, doubled = !doubled) {
    const digit = digits[i] ?? 0
    const product = doubled ? digit * 2 : digit
    sum += product > 9 ? product - 9 : product
  }
  return sum % 10 === 0
}

function hidesCardNumber(digits: readonly number[]): boolean {
  for (let start = 0; start + SHORTEST <= digits.length; start += 1) {
    const last = Math.min(start + LONGEST, digits.length)
    for (let end = start + SHORTEST; end <= last; end += 1) {
      if (passesLuhn(digits, start, end)) return true
    }
  }
  return false
}

const digitsOf = (text: string): number[] => Array.from(text.replace(/\D/g, ''), Number)

function isWholeCard(text: string): boolean {
  const digits = digitsOf(text)
  return ISSUED.test(digits.join('')) && digits.length >= SHORTEST && passesLuhn(digits, 0, digits.length)
}

/**
 * Whether 13 to 19 digits in a row, written in any script and with separators between, pass Luhn's check.
 *
 * Every part of a longer run is tried, since a card number may stand between other digits. The price is
 * false alarms: a number of 13 digits that is no card is refused one time in ten, one of 16 digits about
 * two times in three, a longer one nearly always. Free text at a counter has little use for such numbers,
 * and a card number that was stored once cannot be taken back out of a journal.
 */
export function containsCardNumber(text: string): boolean {
  const plain = withAsciiDigits(text)
  const runs = plain.match(DIGIT_RUN) ?? []
  const isHidden = runs.some(run => hidesCardNumber(digitsOf(run)))
  return isHidden || GROUPED.some(shape => (plain.match(shape) ?? []).some(isWholeCard))
}
