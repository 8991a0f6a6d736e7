import { type Cents, parseTenKey } from '../../money.ts'

/** Positions count from zero; `end` is the first position after the field. */
export interface ScanField {
  start: number
  end: number
}

export type CheckDigitMethod = 'mod10-double-from-left' | 'mod10-weights' | 'weighted-remainder'

export interface CheckDigitRule {
  method: CheckDigitMethod
  /** Weights from the left, begun again when they run out; needed by the two weighted methods. */
  weights?: readonly number[]
  /** For `weighted-remainder` only; 10 when left out. */
  modulus?: number
}

export interface ScanTemplate {
  name: string
  length: number
  account: ScanField
  /** In cents. */
  amount?: ScanField
  checkDigit: CheckDigitRule & ScanField & { position: number }
  /** How the account number is written, a `#` for each digit: `###-#####-#`. As scanned when left out. */
  accountFormat?: string
}

interface Bill {
  kind: 'bill'
  accountNumber: string
  amountCents: Cents | null
  template: string
}

export type ScanReading = Bill | { kind: 'wrong-check-digit'; template: string } | { kind: 'not-a-scan-line' }

function digitSum(n: number): number {
  return Array.from(String(n), Number).reduce((sum, digit) => sum + digit, 0)
}

function weightedProducts(digits: string, weights: readonly number[]): number[] {
  if (weights.length === 0) throw new RangeError('a weighted check digit needs weights')
  return Array.from(digits, (digit, i) => Number(digit) * (weights[i % weights.length] ?? 0))
}

function total(products: readonly number[]): number {
  return products.reduce((sum, product) => sum + product, 0)
}

/**
 * The check digit of some digits, or null when the rule gives none of one digit (a remainder of 10 by 11).
 * - `mod10-double-from-left`: weights 2, 1, 2, 1… from the left, digits of the products added, up to the next ten.
 * - `mod10-weights`: configured weights, products added whole, up to the next ten.
 * - `weighted-remainder`: configured weights, products added whole, the remainder by the modulus itself.
 */
export function checkDigit(digits: string, rule: CheckDigitRule): number | null {
  if (rule.method === 'mod10-double-from-left') {
    return (10 - (total(weightedProducts(digits, [2, 1]).map(digitSum)) % 10)) % 10
  }
  const weighted = total(weightedProducts(digits, rule.weights ?? []))
  if (rule.method === 'mod10-weights') return (10 - (weighted % 10)) % 10
  const remainder = weighted % (rule.modulus ?? 10)
  return remainder < 10 ? remainder : null
}

/** What keeps a template from ever reading a line: a field outside of it, or a rule that lacks something. */
export type TemplateFault = 'account' | 'amount' | 'position' | 'digits' | 'weights' | 'format'

/** The first thing wrong with a template, in the order in which it is set up; null for one that can read. */
export function templateFault(template: ScanTemplate): TemplateFault | null {
  const { length, account, amount, accountFormat, checkDigit: rule } = template
  const isWithin = ({ start, end }: ScanField): boolean => start >= 0 && start < end && end <= length
  if (!isWithin(account)) return 'account'
  if (accountFormat !== undefined && accountFormat.split('#').length - 1 !== account.end - account.start)
    return 'format'
  if (amount !== undefined && !isWithin(amount)) return 'amount'
  if (rule.position >= length) return 'position'
  // A digit that vouches for itself would make every line of one account right or wrong by chance.
  if (!isWithin(rule) || (rule.position >= rule.start && rule.position < rule.end)) return 'digits'
  const needsWeights = rule.method !== 'mod10-double-from-left'
  return needsWeights && !(rule.weights ?? []).some(weight => weight !== 0) ? 'weights' : null
}

function fieldOf(line: string, field: ScanField): string {
  return line.slice(field.start, field.end)
}

function formatAccount(digits: string, format: string | undefined): string {
  if (format === undefined) return digits
  let next = 0
  const written = format.replace(/#/g, () => digits.charAt(next++))
  if (next !== digits.length)
    throw new RangeError(`account format ${format} is not for ${digits.length} digits`)
  return written
}

function hasRightDigit(line: string, rule: ScanTemplate['checkDigit']): boolean {
  return line.charAt(rule.position) === String(checkDigit(fieldOf(line, rule), rule))
}

/** An amount in cents as a bill carries it; null for one that no bill can come to. */
function amountIn(digits: string): Cents | null {
  const amount = parseTenKey(digits)
  return amount.ok ? amount.cents : null
}

function readBill(line: string, template: ScanTemplate): Bill {
  const { account, amount, accountFormat, name } = template
  return {
    kind: 'bill',
    accountNumber: formatAccount(fieldOf(line, account), accountFormat),
    amountCents: amount === undefined ? null : amountIn(fieldOf(line, amount)),
    template: name,
  }
}

/**
 * Reads a scanned bill line by the configured templates; spaces in it are dropped. A line of a template's
 * length with another check digit is named as that and never mended. Where several templates of one length
 * accept a line and read different accounts or amounts out of it, it is taken for none: better typed by
 * hand than paid to a neighbour.
 */
export function readScanLine(text: string, templates: readonly ScanTemplate[]): ScanReading {
  const line = text.replace(/\s/g, '')
  if (!/^\d+$/.test(line)) return { kind: 'not-a-scan-line' }
  const fitting = templates.filter(template => template.length === line.length)
  const [first] = fitting
  if (first === undefined) return { kind: 'not-a-scan-line' }
  const bills = fitting.filter(t => hasRightDigit(line, t.checkDigit)).map(t => readBill(line, t))
  const [bill] = bills
  if (bill === undefined) return { kind: 'wrong-check-digit', template: first.name }
  const agree = bills.every(b => b.accountNumber === bill.accountNumber && b.amountCents === bill.amountCents)
  return agree ? bill : { kind: 'not-a-scan-line' }
}

function place(line: string, field: ScanField, digits: string): string {
  const width = field.end - field.start
  if (!/^\d*$/.test(digits) || digits.length > width) {
    throw new RangeError(`${digits} does not fit into ${width} digits`)
  }
  return line.slice(0, field.start) + digits.padStart(width, '0') + line.slice(field.end)
}

/**
 * Writes the line that a bill of this template would carry; positions that belong to no field are zero.
 * The account may be given with or without the template's punctuation. Refuses (RangeError) what does
 * not fit, and an account for which the rule gives no check digit.
 */
export function composeScanLine(
  template: ScanTemplate,
  fields: { account: string; amountCents?: Cents },
): string {
  const account = place(
    '0'.repeat(template.length),
    template.account,
    fields.account.replace(/[^0-9A-Za-z]/g, ''),
  )
  const body = template.amount ? place(account, template.amount, String(fields.amountCents ?? 0)) : account
  const digit = checkDigit(fieldOf(body, template.checkDigit), template.checkDigit)
  if (digit === null) throw new RangeError(`account ${fields.account} has no check digit of one digit`)
  const { position } = template.checkDigit
  return place(body, { start: position, end: position + 1 }, String(digit))
}
