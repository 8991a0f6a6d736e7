/** One cell of an import at a time: a value, or the reason why it is none. */
import { ACCOUNT_LIMITS, isAccountNumber } from '../../shared/account.ts'
import { type Cents, parseImportedAmount, ZERO } from '../../shared/money.ts'
import type { ImportReason } from '../../shared/rules/account/account-file.ts'
import { checkText } from '../../shared/rules/text/free-text.ts'
import { type BusinessDate, parseBusinessDate } from '../../shared/time.ts'

export type Read<T> = { ok: true; value: T } | { ok: false; reason: ImportReason }

function value<T>(read: T): Read<T> {
  return { ok: true, value: read }
}

function bad(reason: ImportReason): { ok: false; reason: ImportReason } {
  return { ok: false, reason }
}

/** A number as spreadsheets mangle it: `4.12291E+08`. */
const MANGLED = /^\d+(\.\d+)?E[+-]?\d+$/i

/** An account number, separators and leading zeros kept. It needs a digit, which keeps a "Total" row out. */
export function readNumber(cell: string): Read<string> {
  const text = cell.trim().normalize('NFC')
  if (text === '') return bad('missing-number')
  if (MANGLED.test(text)) return bad('spreadsheet-number')
  if (text.length > ACCOUNT_LIMITS.number) return bad('too-long')
  if (!isAccountNumber(text)) return bad('wrong-number')
  return value(text)
}

/** Text for people; an empty cell is the empty text. */
export function readText(cell: string, maxLength: number): Read<string> {
  if (cell === '') return value('')
  const checked = checkText(cell, { maxLength })
  if (checked.ok) return value(checked.text)
  // 'empty' is only said of text that is required, and none is here.
  return checked.reason === 'empty' ? value('') : bad(checked.reason)
}

/** Money as other systems write it; an empty cell is null. */
export function readMoney(cell: string): Read<Cents | null> {
  if (cell.trim() === '') return value(null)
  const parsed = parseImportedAmount(cell)
  return parsed.ok ? value(parsed.cents) : bad('wrong-money')
}

/** A credit balance, zero or more; an empty cell is zero. */
export function readCredit(cell: string): Read<Cents> {
  const read = readMoney(cell)
  if (!read.ok) return read
  if (read.value !== null && read.value < 0) return bad('negative-credit')
  return value(read.value ?? ZERO)
}

const US_DATE = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/
const PLAIN_DATE = /^(\d{4})(\d{2})(\d{2})$/
const MIDNIGHT = /[T ]00:00(:00(\.0+)?)?Z?$/

/** A day as `2026-11-20`, `11/20/2026` or `20261120`; a midnight after it is dropped. An empty cell is null. */
export function readDate(cell: string): Read<BusinessDate | null> {
  const text = cell.trim().replace(MIDNIGHT, '')
  if (text === '') return value(null)
  const us = US_DATE.exec(text)
  const ordered = us === null ? PLAIN_DATE.exec(text)?.slice(1) : [us[3], us[1], us[2]]
  const date = parseBusinessDate(ordered?.map(part => (part ?? '').padStart(2, '0')).join('-') ?? text)
  return date === null ? bad('wrong-date') : value(date)
}

const YES = new Set(['1', 'y', 'yes', 'true', 't', 'x'])
const NO = new Set(['', '0', 'n', 'no', 'false', 'f'])

export function readFlag(cell: string): Read<boolean> {
  const text = cell.trim().toLowerCase()
  if (YES.has(text)) return value(true)
  return NO.has(text) ? value(false) : bad('wrong-flag')
}

const OPEN = new Set(['', 'open', 'active', 'a', 'o', 'current', '1', 'y', 'yes', 'true'])
const CLOSED = new Set([
  'closed',
  'inactive',
  'c',
  'i',
  'final',
  'finaled',
  'terminated',
  '0',
  'n',
  'no',
  'false',
])

export function readStatus(cell: string): Read<'open' | 'closed'> {
  const text = cell.trim().toLowerCase()
  if (OPEN.has(text)) return value('open')
  return CLOSED.has(text) ? value('closed') : bad('wrong-status')
}

/** Place of a service in a bill, 0 to 999; an empty cell is null. */
export function readOrder(cell: string): Read<number | null> {
  const text = cell.trim()
  if (text === '') return value(null)
  return /^\d{1,3}$/.test(text) ? value(Number(text)) : bad('wrong-order')
}
