/** The city's policy for drawers, safe and deposits as it is typed. */

import { add, type Cents, plainCents, subtract, times, ZERO } from '../../../../shared/money.ts'
import { type Denomination, denominationKey } from '../../../../shared/rules/cash/denominations.ts'
import type { PaidCategory } from '../../../../shared/settings/drawers.ts'
import type { Policies, SettingFamily, Settings } from '../../../../shared/settings/index.ts'
import { type BusinessDate, parseBusinessDate } from '../../../../shared/time.ts'
import { policyText } from '../../../text/setup/policies.ts'
import { readAmount } from '../../../ui/money/amount.ts'
import { type FoundProblem, isBlank, linesOf, problemAt, readCount } from '../../forms/found-problem.ts'
import { type AskedTexts, askedProblem, askedTexts, askedValues } from '../asked.ts'

/** A row keeps its key while rows before it come and go. */
export interface CategoryRow extends PaidCategory {
  key: string
}
export interface RuleRow {
  key: string
  glPrefix: string
  /** Empty until one is chosen. */
  bankAccountId: string
}
export interface PieceRow {
  denomination: Denomination
  wanted: string
  low: string
}

export interface PolicyDraft {
  asked: AskedTexts
  categories: readonly CategoryRow[]
  pieces: readonly PieceRow[]
  rules: readonly RuleRow[]
  /** Empty for the first one in use. */
  defaultBank: string
  businessDays: string
  sameDay: string
  cutOff: string
  weekdays: readonly number[]
  holidays: string
}

const FAMILIES = ['drawers', 'deposits'] as const satisfies readonly SettingFamily[]
const DAYS = { least: 0, most: 10 }
const PIECES = { least: 0, most: 100_000 }
const DAY_MINUTES = 24 * 60

function writeTime(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Minutes after midnight of a time as `14:00`; null for anything else. */
export function readTime(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? []
  if (hours === undefined || minutes === undefined) return null
  const total = Number.parseInt(hours, 10) * 60 + Number.parseInt(minutes, 10)
  return Number.parseInt(minutes, 10) < 60 && total < DAY_MINUTES ? total : null
}

function pieceRows({ denominations, wantedPieces, lowPieces }: Settings): PieceRow[] {
  const typed = (list: Policies['wantedPieces'], key: string): string => {
    const found = list.find(of => denominationKey(of) === key)
    return found === undefined || found.pieces === 0 ? '' : String(found.pieces)
  }
  return denominations.map(denomination => {
    const key = denominationKey(denomination)
    return { denomination, wanted: typed(wantedPieces, key), low: typed(lowPieces, key) }
  })
}

export function policyDraft(settings: Settings): PolicyDraft {
  const { paidCategories, bankRules, deadline, defaultBankAccountId } = settings
  return {
    asked: askedTexts(settings, FAMILIES),
    categories: paidCategories.map((category, at) => ({ ...category, key: String(at) })),
    pieces: pieceRows(settings),
    rules: bankRules.map((rule, at) => ({ ...rule, key: String(at) })),
    defaultBank: defaultBankAccountId ?? '',
    businessDays: String(deadline.businessDays),
    sameDay: deadline.sameDayFromCents === null ? '' : plainCents(deadline.sameDayFromCents),
    cutOff: writeTime(deadline.cutOffMinutes),
    weekdays: deadline.weekdays.toSorted((a, b) => a - b),
    holidays: deadline.holidays.join('\n'),
  }
}

/** A key that no row has. */
export function freeKey(rows: readonly { key: string }[]): string {
  return String(Math.max(-1, ...rows.map(row => Number.parseInt(row.key, 10))) + 1)
}

/** The field of one of several rows. */
export function rowField(list: 'categories' | 'rules', key: string, field: string): string {
  return `${list}.${key}.${field}`
}

const same = (text: string): string => text.trim().toLowerCase()

function categoryProblem(rows: readonly CategoryRow[]): FoundProblem | null {
  const { problems } = policyText
  const names = rows.map(row => `${row.direction} ${same(row.name)}`)
  for (const [at, { key, name, glAccount }] of rows.entries()) {
    if (isBlank(name)) return problemAt(rowField('categories', key, 'name'), problems.categoryName)
    if (names.indexOf(names[at] ?? '') !== at)
      return problemAt(rowField('categories', key, 'name'), problems.categoryTwice)
    if (isBlank(glAccount)) return problemAt(rowField('categories', key, 'glAccount'), problems.categoryGl)
  }
  return null
}

function ruleProblem(rows: readonly RuleRow[]): FoundProblem | null {
  const { problems } = policyText
  const prefixes = rows.map(row => same(row.glPrefix))
  for (const [at, { key, glPrefix, bankAccountId }] of rows.entries()) {
    if (isBlank(glPrefix)) return problemAt(rowField('rules', key, 'glPrefix'), problems.prefix)
    if (prefixes.indexOf(prefixes[at] ?? '') !== at)
      return problemAt(rowField('rules', key, 'glPrefix'), problems.prefixTwice)
    if (bankAccountId === '') return problemAt(rowField('rules', key, 'bankAccountId'), problems.ruleBank)
  }
  return null
}

/** Pieces as typed; nothing typed is none. Null where it is no number of pieces. */
export function readPieces(text: string): number | null {
  return isBlank(text) ? 0 : readCount(text, PIECES)
}

function piecesProblem(rows: readonly PieceRow[]): FoundProblem | null {
  const wrong = rows.some(row => readPieces(row.wanted) === null || readPieces(row.low) === null)
  return wrong ? problemAt('pieces', policyText.problems.pieces) : null
}

function readHolidays(text: string): BusinessDate[] | FoundProblem {
  const { holiday, holidayTwice } = policyText.problems
  const dates: BusinessDate[] = []
  for (const line of linesOf(text)) {
    const date = parseBusinessDate(line)
    if (date === null) return problemAt('holidays', holiday(line))
    if (dates.includes(date)) return problemAt('holidays', holidayTwice(line))
    dates.push(date)
  }
  return dates.toSorted()
}

function deadlineProblem(draft: PolicyDraft): FoundProblem | null {
  const { problems } = policyText
  if (readCount(draft.businessDays, DAYS) === null) return problemAt('businessDays', problems.businessDays)
  if (!isBlank(draft.sameDay) && readAmount(draft.sameDay).cents === null)
    return problemAt('sameDay', problems.sameDay)
  if (readTime(draft.cutOff) === null) return problemAt('cutOff', problems.cutOff)
  if (draft.weekdays.length === 0) return problemAt('weekdays', problems.weekdays)
  const holidays = readHolidays(draft.holidays)
  return Array.isArray(holidays) ? null : holidays
}

export function policyProblem(draft: PolicyDraft): FoundProblem | null {
  return (
    askedProblem(draft.asked, FAMILIES) ??
    deadlineProblem(draft) ??
    ruleProblem(draft.rules) ??
    categoryProblem(draft.categories) ??
    piecesProblem(draft.pieces)
  )
}

/** What the wanted pieces are worth; null while one of them cannot be read. */
export function wantedCents(rows: readonly PieceRow[]): Cents | null {
  let total: Cents = ZERO
  for (const { denomination, wanted } of rows) {
    const pieces = readPieces(wanted)
    if (pieces === null) return null
    total = add(total, times(denomination.valueCents, pieces))
  }
  return total
}

/** How the wanted pieces stand to a drawer's change fund, in words. */
export function sayFit(
  wanted: Cents,
  drawer: { name: string; changeFundCents: Cents },
  format: (cents: Cents) => string,
): string {
  const { name, changeFundCents } = drawer
  const changeFund = format(changeFundCents)
  if (wanted === changeFundCents) return policyText.fits(name, changeFund)
  return wanted > changeFundCents
    ? policyText.moreThanChangeFund(name, changeFund, format(subtract(wanted, changeFundCents)))
    : policyText.lessThanChangeFund(name, changeFund, format(subtract(changeFundCents, wanted)))
}

function piecePolicy(rows: readonly PieceRow[], field: 'wanted' | 'low'): Policies['wantedPieces'] {
  return rows.flatMap(({ denomination: { valueCents, kind }, ...row }) => {
    const pieces = readPieces(row[field])
    return pieces === null || pieces === 0 ? [] : [{ valueCents, kind, pieces }]
  })
}

/** A figure that the form's own check has read before; a form that was not checked is a defect. */
function checked<T>(figure: T | null): T {
  if (figure === null) throw new RangeError('a policy was sent before it was checked')
  return figure
}

/** What was typed laid over the settings that the form does not show. */
export function withPolicy(before: Settings, draft: PolicyDraft): Settings {
  const holidays = readHolidays(draft.holidays)
  return {
    ...before,
    ...askedValues(draft.asked, FAMILIES),
    paidCategories: draft.categories.map(({ name, direction, glAccount }) => {
      return { name: name.trim(), direction, glAccount: glAccount.trim() }
    }),
    wantedPieces: piecePolicy(draft.pieces, 'wanted'),
    lowPieces: piecePolicy(draft.pieces, 'low'),
    bankRules: draft.rules.map(({ glPrefix, bankAccountId }) => ({
      glPrefix: glPrefix.trim(),
      bankAccountId,
    })),
    defaultBankAccountId: draft.defaultBank === '' ? null : draft.defaultBank,
    deadline: {
      businessDays: checked(readCount(draft.businessDays, DAYS)),
      sameDayFromCents: isBlank(draft.sameDay) ? null : checked(readAmount(draft.sameDay).cents),
      cutOffMinutes: checked(readTime(draft.cutOff)),
      weekdays: [...draft.weekdays],
      holidays: checked(Array.isArray(holidays) ? holidays : null),
    },
  }
}
