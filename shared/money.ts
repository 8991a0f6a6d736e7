import Big from 'big.js'

/** An amount of US money as a whole number of cents; negative for money that goes the other way. */
export type Cents = number & { readonly __unit: 'cents' }

export type AmountReason = 'empty' | 'not-a-number' | 'too-precise' | 'negative' | 'too-large'

export type ParsedAmount = { ok: true; cents: Cents } | { ok: false; reason: AmountReason }

/**
 * The only way to make an amount out of a number. Refuses (RangeError) a fraction of a cent, NaN, an
 * infinity, and whatever a double can no longer count one by one.
 */
export function cents(n: number): Cents {
  if (!Number.isSafeInteger(n)) throw new RangeError(`${n} is not a whole number of cents`)
  // Adding zero turns the negative zero of a negation into plain zero, so that equal amounts are identical.
  return (n + 0) as Cents
}

export const ZERO: Cents = cents(0)

/** The largest amount that a person may enter: 99,999,999.99. Totals may be larger. */
export const MAX_ENTRY: Cents = cents(9_999_999_999)

/** Adds amounts; throws RangeError when the result can no longer be exact. */
export function add(...amounts: Cents[]): Cents {
  return sum(amounts)
}

/** `a` less `b`. */
export function subtract(a: Cents, b: Cents): Cents {
  return cents(a - b)
}

/** The same amount going the other way. */
export function negate(c: Cents): Cents {
  return cents(-c)
}

/** The total of a list; zero for an empty one. Every running total is checked to be exact. */
export function sum(list: readonly Cents[]): Cents {
  return list.reduce((total, c) => cents(total + c), ZERO)
}

/** `count` pieces of `c` each. Refuses (RangeError) a count that is not a whole number. */
export function times(c: Cents, count: number): Cents {
  if (!Number.isSafeInteger(count)) throw new RangeError(`${count} is not a whole number of pieces`)
  return cents(c * count)
}

const PLAIN_DECIMAL = /^(-?)(\d*|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?$/

interface Decimal {
  negative: boolean
  whole: string
  fraction: string
}

function readDecimal(text: string): Decimal | null {
  const match = PLAIN_DECIMAL.exec(text)
  if (match === null) return null
  const [, minus, grouped = '', fraction = ''] = match
  const whole = grouped.replaceAll(',', '')
  return whole + fraction === '' ? null : { negative: minus === '-', whole, fraction }
}

function refused(reason: AmountReason): ParsedAmount {
  return { ok: false, reason }
}

/** Digits before and after the point, at most two after it, as cents of either sign. */
function fromDecimal({ negative, whole, fraction }: Decimal): ParsedAmount {
  const significant = whole.replace(/^0+/, '')
  if (significant.length > String(MAX_ENTRY).length) return refused('too-large')
  const value = new Big(`${significant || '0'}.${fraction || '0'}`).times(100).toNumber()
  if (value > MAX_ENTRY) return refused('too-large')
  return { ok: true, cents: cents(negative ? -value : value) }
}

/**
 * Reads a plain decimal amount in dollars as a person types it: `1234.5`, `1,234.50`, `.5`. Spaces around
 * it are dropped. Refuses, in this order: nothing typed; anything but digits, commas in the right places
 * and one point (`1e5`, full-width digits); a minus sign; more than two decimals; more than `MAX_ENTRY`.
 */
export function parseAmount(text: string): ParsedAmount {
  const typed = text.trim()
  if (typed === '') return refused('empty')
  const decimal = readDecimal(typed)
  if (decimal === null) return refused('not-a-number')
  if (decimal.negative) return refused('negative')
  if (decimal.fraction.length > 2) return refused('too-precise')
  return fromDecimal(decimal)
}

/**
 * Reads adding-machine entry: digits alone are cents (`10000` is 100.00), a typed point wins (`100.` is
 * 100.00). Thousands commas are refused without a point, since `1,000` could then be meant either way.
 */
export function parseTenKey(text: string): ParsedAmount {
  const typed = text.trim()
  if (typed === '') return refused('empty')
  if (typed.includes('.')) return parseAmount(typed)
  if (/^-\d+$/.test(typed)) return refused('negative')
  if (!/^\d+$/.test(typed)) return refused('not-a-number')
  const padded = typed.padStart(3, '0')
  return fromDecimal({ negative: false, whole: padded.slice(0, -2), fraction: padded.slice(-2) })
}

/** Takes one sign off: parentheses around the amount, or a minus before or after it. */
function withoutSign(text: string): { negative: boolean; rest: string } {
  if (text.startsWith('(') && text.endsWith(')')) return { negative: true, rest: text.slice(1, -1).trim() }
  if (text.startsWith('-')) return { negative: true, rest: text.slice(1).trim() }
  if (text.endsWith('-')) return { negative: true, rest: text.slice(0, -1).trim() }
  return { negative: false, rest: text }
}

function withoutDollar(text: string): string {
  return text.startsWith('$') ? text.slice(1).trim() : text
}

/** The sign may stand outside the dollar sign or inside it: `-$5.00`, `$-5.00`. */
function withoutSignAndDollar(text: string): { negative: boolean; rest: string } {
  const outer = withoutSign(text)
  const bare = withoutDollar(outer.rest)
  return outer.negative ? { negative: true, rest: bare } : withoutSign(bare)
}

/**
 * Reads an amount from another system's export: a dollar sign, thousands commas, and a negative amount
 * in parentheses or with a minus before or after it. Zeros beyond the second decimal are accepted, as
 * databases write them (`45.0000`); any other digit there is refused as too precise.
 */
export function parseImportedAmount(text: string): ParsedAmount {
  const given = text.trim()
  if (given === '') return refused('empty')
  const { negative, rest } = withoutSignAndDollar(given)
  const decimal = readDecimal(rest)
  if (decimal === null || decimal.negative) return refused('not-a-number')
  if (!/^\d{0,2}0*$/.test(decimal.fraction)) return refused('too-precise')
  return fromDecimal({ negative, whole: decimal.whole, fraction: decimal.fraction.slice(0, 2) })
}

function digitsOf(c: Cents): { sign: string; dollars: string; hundredths: string } {
  const digits = String(Math.abs(c)).padStart(3, '0')
  return { sign: c < 0 ? '-' : '', dollars: digits.slice(0, -2), hundredths: digits.slice(-2) }
}

/** For people: `1,234.56`, with a plain minus sign before a negative amount and no currency sign. */
export function formatCents(c: Cents): string {
  const { sign, dollars, hundredths } = digitsOf(c)
  return `${sign}${dollars.replace(/\B(?=(\d{3})+$)/g, ',')}.${hundredths}`
}

/** For files that programs read: `1234.56`. */
export function plainCents(c: Cents): string {
  const { sign, dollars, hundredths } = digitsOf(c)
  return `${sign}${dollars}.${hundredths}`
}

/**
 * The share of `c` at a rate in millionths (2.5 % is 25,000), rounded half up, that is away from zero.
 * Refuses (RangeError) a rate that is negative or not a whole number of millionths.
 */
export function percentOf(c: Cents, rateMillionths: number): Cents {
  if (!Number.isSafeInteger(rateMillionths) || rateMillionths < 0) {
    throw new RangeError(`${rateMillionths} is not a rate in millionths`)
  }
  const exact = new Big(c).times(rateMillionths).div(1_000_000)
  return cents(exact.round(0, Big.roundHalfUp).toNumber())
}

function wholePart(product: Big, divisor: Big): number {
  // Taking the remainder off first leaves an exact division; dividing at once would round at 20 places.
  return product.minus(product.mod(divisor)).div(divisor).toNumber()
}

/**
 * Splits an amount by weight. The shares always add up to the total; spare cents go one each to the first
 * shares from the left that have a weight. A zero weight gets nothing. Refuses (RangeError) a negative or
 * infinite weight and weights that are all zero.
 */
export function split(total: Cents, weights: readonly number[]): Cents[] {
  if (weights.some(w => !Number.isFinite(w) || w < 0)) throw new RangeError('a weight must be zero or more')
  const allWeights = weights.reduce((all, w) => all.plus(w), new Big(0))
  if (allWeights.eq(0)) throw new RangeError('at least one weight must be above zero')
  const shares = weights.map(w => wholePart(new Big(total).times(w), allWeights))
  let spare = total - shares.reduce((given, share) => given + share, 0)
  const step = Math.sign(spare)
  return shares.map((share, i) => {
    if (spare === 0 || weights[i] === 0) return cents(share)
    spare -= step
    return cents(share + step)
  })
}
