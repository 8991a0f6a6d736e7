/**
 * The words of the find index. Every beginning of each word and every run of three to five digits is a term
 * of its own, so that each part of a query is one exact look-up, met lazily in the order of the index: no
 * term, however common, is ever gathered whole or ranked.
 */
import { accountNumberKey } from '../../shared/account.ts'

const LONGEST_BEGINNING = 16
const SHORTEST_RUN = 3
const LONGEST_RUN = 5
const MOST_PARTS = 12
const LONGEST_QUERY = 200

const LETTERS_APART: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
}

/** Lower case without diacritics: `Peña` and `pena` are the same word, and so are `Łódź` and `lodz`. */
function fold(text: string): string {
  const lower = text.toLowerCase()
  if (/^[\x20-\x7e]*$/.test(lower)) return lower
  const bare = lower.normalize('NFKD').replace(/\p{M}+/gu, '')
  return bare.replace(/[ßæœøđðłıþ]/g, letter => LETTERS_APART[letter] ?? letter)
}

const APOSTROPHES = /['`´ʹʻʼʽˈ‘’‛′＇]/g

/** The words of a text; an apostrophe joins, so that `O'Brien` is found as `obrien`. */
function wordsOf(text: string): string[] {
  return fold(text.replace(APOSTROPHES, '')).match(/[\p{L}\p{N}]+/gu) ?? []
}

/** What follows an apostrophe is a word too: `O'Brien` is found as `brien`. */
function wordsAfterApostrophe(text: string): string[] {
  return fold(text).split(APOSTROPHES).slice(1).flatMap(wordsOf)
}

function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '')
}

export interface Findable {
  number: string
  name: string
  address: string
  phones: readonly string[]
}

function findableWords(account: Findable): string[] {
  return [
    accountNumberKey(account.number).toLowerCase(),
    ...wordsOf(account.number),
    ...wordsOf(account.name),
    ...wordsAfterApostrophe(account.name),
    ...wordsOf(account.address),
    ...wordsAfterApostrophe(account.address),
  ]
}

function findableDigits(account: Findable): string[] {
  return [account.number, ...account.phones].map(digitsOf)
}

/** The terms under which an account is found, with spaces between. */
export function findTerms(account: Findable): string {
  const terms = new Set<string>()
  for (const word of findableWords(account)) {
    const longest = Math.min(word.length, LONGEST_BEGINNING)
    for (let end = 1; end <= longest; end += 1) terms.add(word.slice(0, end))
  }
  for (const digits of findableDigits(account)) {
    for (let start = 0; start + SHORTEST_RUN <= digits.length; start += 1) {
      const last = Math.min(start + LONGEST_RUN, digits.length)
      for (let end = start + SHORTEST_RUN; end <= last; end += 1) terms.add(`#${digits.slice(start, end)}`)
    }
  }
  // Cutting between the halves of a character beyond the basic plane would leave text that is no UTF-8.
  return [...terms].join(' ').toWellFormed()
}

/** A query as the index takes it, and the test for what its terms are too short to decide. */
export interface FindQuery {
  match: string
  /** Undefined where the terms alone decide. */
  fits: ((account: Findable) => boolean) | undefined
}

interface Part {
  match: string
  fits: ((words: readonly string[], digits: readonly string[]) => boolean) | undefined
}

/** Quoted, so that nothing typed can be read as the index's own syntax; terms hold letters, digits and `#`. */
function quoted(term: string): string {
  return `"${term}"`
}

function all(matches: readonly string[]): string {
  return matches.length === 1 ? (matches[0] ?? '') : `(${matches.join(' AND ')})`
}

function wordPart(word: string): Part {
  const match = quoted(word.slice(0, LONGEST_BEGINNING).toWellFormed())
  if (word.length <= LONGEST_BEGINNING) return { match, fits: undefined }
  return { match, fits: words => words.some(known => known.startsWith(word)) }
}

function runsOf(digits: string): string[] {
  const length = Math.min(digits.length, LONGEST_RUN)
  const count = digits.length - length + 1
  return Array.from({ length: count }, (_, start) => `#${digits.slice(start, start + length)}`)
}

/** Digits stand for the beginning of a word (a house number) or for any part of a number or phone. */
function digitPart(pieces: readonly string[]): Part {
  const digits = pieces.join('')
  const asWords = all(pieces.map(piece => wordPart(piece).match))
  if (digits.length < SHORTEST_RUN) return { match: asWords, fits: undefined }
  const match = `(${asWords} OR ${all(runsOf(digits).map(quoted))})`
  if (digits.length <= LONGEST_RUN) return { match, fits: undefined }
  const fits = (words: readonly string[], known: readonly string[]) =>
    known.some(text => text.includes(digits)) ||
    pieces.every(piece => words.some(word => word.startsWith(piece)))
  return { match, fits }
}

function isDigits(word: string): boolean {
  return /^[0-9]+$/.test(word)
}

function partsOf(chunk: string): Part[] {
  const words = wordsOf(chunk)
  const isNumber = words.length > 0 && words.every(isDigits)
  return isNumber
    ? [digitPart(words)]
    : words.map(word => (isDigits(word) ? digitPart([word]) : wordPart(word)))
}

/** Reads what was typed into the find box; null where it holds nothing to look for. */
export function readFindQuery(typed: string): FindQuery | null {
  const chunks = typed.slice(0, LONGEST_QUERY).split(/\s+/)
  const parts = chunks.flatMap(partsOf).slice(0, MOST_PARTS)
  if (parts.length === 0) return null
  const tests = parts.flatMap(part => (part.fits === undefined ? [] : [part.fits]))
  const fits = (account: Findable): boolean => {
    const words = findableWords(account)
    const digits = findableDigits(account)
    return tests.every(test => test(words, digits))
  }
  return { match: parts.map(part => part.match).join(' AND '), fits: tests.length === 0 ? undefined : fits }
}
