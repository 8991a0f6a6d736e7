/** The layout of a bill's scan line as it is typed, its places counted from 1 as people count them. */

import { formatCents } from '../../../../shared/money.ts'
import {
  type CheckDigitMethod,
  checkDigit,
  readScanLine,
  type ScanField,
  type TemplateFault,
  templateFault,
} from '../../../../shared/rules/account/scan-line.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { billsText } from '../../../text/account/bills.ts'
import { type FoundProblem, isBlank, problemAt, readCount } from '../../forms/found-problem.ts'

export type BillLayout = Settings['scanTemplates'][number]

export interface BillDraft {
  /** The name that it is saved under; null while it is new. */
  was: string | null
  name: string
  length: string
  accountFrom: string
  accountTo: string
  format: string
  amountFrom: string
  amountTo: string
  position: string
  from: string
  to: string
  method: CheckDigitMethod
  weights: string
  modulus: string
}

export const METHODS: readonly CheckDigitMethod[] = [
  'mod10-double-from-left',
  'mod10-weights',
  'weighted-remainder',
]
export const MOST_LAYOUTS = 20

const PLACE = { least: 1, most: 200 }
const LENGTH = { least: 4, most: 200 }
const MODULUS = { least: 2, most: 99 }

/** A layout to begin with: nine digits of account, ten of amount, and the check digit at the end. */
export function newBill(name = ''): BillDraft {
  return {
    was: null,
    name,
    length: '20',
    accountFrom: '1',
    accountTo: '9',
    format: '',
    amountFrom: '10',
    amountTo: '19',
    position: '20',
    from: '1',
    to: '19',
    method: 'mod10-double-from-left',
    weights: '',
    modulus: '10',
  }
}

export function billDraft(layout: BillLayout): BillDraft {
  const { account, amount, checkDigit: digit } = layout
  return {
    was: layout.name,
    name: layout.name,
    length: String(layout.length),
    accountFrom: String(account.start + 1),
    accountTo: String(account.end),
    format: layout.accountFormat ?? '',
    amountFrom: amount === undefined ? '' : String(amount.start + 1),
    amountTo: amount === undefined ? '' : String(amount.end),
    position: String(digit.position + 1),
    from: String(digit.start + 1),
    to: String(digit.end),
    method: digit.method,
    weights: (digit.weights ?? []).join(' '),
    modulus: String(digit.modulus ?? 10),
  }
}

export function usesWeights(draft: BillDraft): boolean {
  return draft.method !== 'mod10-double-from-left'
}

export function usesModulus(draft: BillDraft): boolean {
  return draft.method === 'weighted-remainder'
}

function hasAmount(draft: BillDraft): boolean {
  return !isBlank(draft.amountFrom) || !isBlank(draft.amountTo)
}

function readWeights(text: string): number[] | null {
  const words = text.trim().split(/[\s,;]+/)
  if (!words.every(word => /^\d{1,3}$/.test(word))) return null
  return words.map(word => Number.parseInt(word, 10))
}

const FIELD_OF: Record<TemplateFault, keyof BillDraft> = {
  account: 'accountFrom',
  amount: 'amountFrom',
  position: 'position',
  digits: 'from',
  weights: 'weights',
  format: 'format',
}

/** What is not a figure at all, in the order of the fields. */
function figureProblem(draft: BillDraft): FoundProblem | null {
  const { problems } = billsText
  if (readCount(draft.length, LENGTH) === null) return problemAt('length', problems.length)
  const amount = hasAmount(draft) ? (['amountFrom', 'amountTo'] as const) : []
  const places = ['accountFrom', 'accountTo', ...amount, 'position', 'from', 'to'] as const
  const wrong = places.find(field => readCount(draft[field], PLACE) === null)
  if (wrong !== undefined) return problemAt(wrong, problems.place)
  if (usesWeights(draft) && readWeights(draft.weights) === null) return problemAt('weights', problems.weights)
  if (usesModulus(draft) && readCount(draft.modulus, MODULUS) === null)
    return problemAt('modulus', problems.modulus)
  return null
}

/** The first thing wrong with where things stand; the name is not looked at. */
function layoutProblem(draft: BillDraft): FoundProblem | null {
  const figure = figureProblem(draft)
  if (figure !== null) return figure
  const fault = templateFault(toLayout(draft))
  return fault === null ? null : problemAt(FIELD_OF[fault], billsText.problems[fault])
}

/** The first thing wrong in the form. `taken` are the names of the other layouts. */
export function billProblem(draft: BillDraft, taken: readonly string[]): FoundProblem | null {
  const { problems } = billsText
  const plain = (text: string) => text.trim().toLowerCase()
  if (isBlank(draft.name)) return problemAt('name', problems.name)
  if (taken.some(name => plain(name) === plain(draft.name))) return problemAt('name', problems.nameTaken)
  return layoutProblem(draft)
}

function countIn(text: string): number {
  const count = readCount(text, PLACE)
  if (count === null) throw new RangeError('a layout was read before it was checked')
  return count
}

function rangeIn(from: string, to: string): ScanField {
  return { start: countIn(from) - 1, end: countIn(to) }
}

/** What was typed as the till keeps it: places from zero. Throws RangeError for what is no figure. */
export function toLayout(draft: BillDraft): BillLayout {
  const { method } = draft
  const weights = usesWeights(draft) ? { weights: readWeights(draft.weights) ?? [] } : {}
  const modulus = usesModulus(draft) ? { modulus: countIn(draft.modulus) } : {}
  const range = rangeIn(draft.from, draft.to)
  return {
    name: draft.name.trim(),
    length: countIn(draft.length),
    account: rangeIn(draft.accountFrom, draft.accountTo),
    ...(hasAmount(draft) ? { amount: rangeIn(draft.amountFrom, draft.amountTo) } : {}),
    checkDigit: { ...range, position: countIn(draft.position) - 1, method, ...weights, ...modulus },
    ...(isBlank(draft.format) ? {} : { accountFormat: draft.format.trim() }),
  }
}

/** The layouts with this one put in its place, or added. Doing it twice comes to the same. */
export function withLayout(layouts: readonly BillLayout[], draft: BillDraft): BillLayout[] {
  const layout = toLayout(draft)
  const at = layouts.findIndex(({ name }) => name === (draft.was ?? layout.name))
  return at < 0 ? [...layouts, layout] : layouts.map((other, i) => (i === at ? layout : other))
}

export function withoutLayout(layouts: readonly BillLayout[], { was }: BillDraft): BillLayout[] {
  return layouts.filter(({ name }) => name !== was)
}

export interface Trial {
  read: boolean
  message: string
}

/** What a scanned line comes to by this layout, or why it does not; null while nothing is typed. */
export function trialOf(draft: BillDraft, typed: string): Trial | null {
  const line = typed.replace(/\s/g, '')
  if (line === '') return null
  const problem = layoutProblem(draft)
  if (problem !== null) return { read: false, message: billsText.incomplete(problem.message) }
  const layout = toLayout(draft)
  const reading = readScanLine(line, [layout])
  if (reading.kind === 'bill') return { read: true, message: wordsOf(layout, reading) }
  if (reading.kind === 'wrong-check-digit') return { read: false, message: wrongDigit(layout, line) }
  const notDigits = !/^\d+$/.test(line)
  const message = notDigits ? billsText.notDigits : billsText.otherLength(line.length, layout.length)
  return { read: false, message }
}

type Bill = Extract<ReturnType<typeof readScanLine>, { kind: 'bill' }>

function wordsOf(layout: BillLayout, { accountNumber, amountCents }: Bill): string {
  if (layout.amount === undefined) return billsText.readWithoutAmount(accountNumber)
  if (amountCents === null) return billsText.amountUnreadable(accountNumber)
  return billsText.read(accountNumber, formatCents(amountCents))
}

function wrongDigit({ checkDigit: rule }: BillLayout, line: string): string {
  const wanted = checkDigit(line.slice(rule.start, rule.end), rule)
  return wanted === null ? billsText.noDigit : billsText.wrongDigit(line.charAt(rule.position), wanted)
}
