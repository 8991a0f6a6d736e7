/** The file in which a city writes down what all of its tills are to have: read, and everything wrong in it named. */

import { z } from 'zod'
import { type City, cityField } from '../../shared/central/protocol.ts'
import { isRoutingNumber } from '../../shared/rules/deposit/aba.ts'
import { policyFault } from '../../shared/rules/setup/policy-fault.ts'
import { hasPrice, tenderFault, tidyTexts } from '../../shared/rules/setup/setup-faults.ts'
import {
  BANK_TEXTS,
  CATALOG_TEXTS,
  CATEGORY_TEXTS,
  PERSON_TEXTS,
  RULE_TEXTS,
  TENDER_TEXTS,
} from '../../shared/rules/setup/setup-texts.ts'
import type { TextReason } from '../../shared/rules/text/free-text.ts'
import { CASH } from '../../shared/tenders.ts'

/** A list that is left out says nothing, as an empty one does. `version` is the one that the file was made from. */
const fileField = z.strictObject({
  version: cityField.shape.version.optional(),
  catalog: cityField.shape.catalog.default([]),
  tenders: cityField.shape.tenders.default([]),
  bankAccounts: cityField.shape.bankAccounts.default([]),
  policies: cityField.shape.policies.default(null),
  people: cityField.shape.people.default([]),
})

/** What central knows besides the file. */
export interface KnownHere {
  /** The newest version; 0 before the first. */
  version: number
  /** GL accounts of bills, and of the tills' own settings. */
  glAccounts: ReadonlySet<string>
}

type CityContent = Omit<City, 'version'>
export type ReadCity = { ok: true; city: CityContent } | { ok: false; problems: string[] }

/** Collects what is wrong, each with the path of its field: `catalog[3].priceCents: …`. */
type Problem = (path: string, what: string) => void

/** Reads the text of a city file. Refuses it whole where anything in it is wrong. */
export function readCity(text: string, known: KnownHere): ReadCity {
  const json = jsonOf(text)
  if (json === undefined) return { ok: false, problems: ['the file is not JSON'] }
  const read = fileField.safeParse(json)
  if (!read.success) return { ok: false, problems: read.error.issues.map(issueLabels) }
  const { version, ...given } = read.data
  const problems: string[] = []
  const problem: Problem = (path, what) => void problems.push(`${path}: ${what}`)
  if (version !== undefined && version !== known.version)
    problem('version', `made from version ${version}, and ${known.version} is the newest`)
  const city = tidied(given, problem)
  checkCatalog(city, problem)
  checkTenders(city, problem)
  checkBanks(city, problem)
  checkPolicy(city, known, problem)
  checkPeople(city, problem)
  return problems.length === 0 ? { ok: true, city } : { ok: false, problems }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function issueLabels({ path, message }: z.core.$ZodIssue): string {
  const where = path.map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return `${where.replace(/^\./, '') || 'the file'}: ${message}`
}

const TEXT_WORDS: Record<TextReason, string> = {
  empty: 'is empty',
  'too-long': 'is too long',
  'control-characters': 'holds characters that cannot be printed',
  'card-number': 'looks like a card number',
}

function tidied(given: CityContent, problem: Problem): CityContent {
  const tidyAll = <T extends object>(
    path: string,
    list: readonly T[],
    limits: Parameters<typeof tidyTexts<T>>[1],
  ): T[] =>
    list.map((record, at) =>
      tidyTexts(record, limits, (field, reason) => {
        problem(`${path}[${at}].${field}`, TEXT_WORDS[reason])
        return ''
      }),
    )
  const { policies } = given
  return {
    catalog: tidyAll('catalog', given.catalog, CATALOG_TEXTS),
    tenders: tidyAll('tenders', given.tenders, TENDER_TEXTS),
    bankAccounts: tidyAll('bankAccounts', given.bankAccounts, BANK_TEXTS),
    people: tidyAll('people', given.people, PERSON_TEXTS),
    policies: policies && {
      ...policies,
      paidCategories: tidyAll('policies.paidCategories', policies.paidCategories, CATEGORY_TEXTS),
      bankRules: tidyAll('policies.bankRules', policies.bankRules, RULE_TEXTS),
    },
  }
}

/** Names what is there twice, as people read it: without its capitals. */
function checkOnce(path: (at: number) => string, texts: readonly string[], problem: Problem): void {
  const first = new Map<string, number>()
  for (const [at, text] of texts.entries()) {
    const key = text.toLowerCase()
    const before = first.get(key)
    if (before === undefined) first.set(key, at)
    else problem(path(at), `${text} is there already, at ${path(before)}`)
  }
}

function checkCatalog({ catalog }: CityContent, problem: Problem): void {
  const ids = catalog.map(item => item.catalogItemId)
  checkOnce(at => `catalog[${at}].catalogItemId`, ids, problem)
  const codes = catalog.map(item => item.code)
  checkOnce(at => `catalog[${at}].code`, codes, problem)
  for (const [at, item] of catalog.entries()) {
    if (hasPrice(item)) continue
    const field = item.pricing === 'percent' ? 'rateMillionths' : 'priceCents'
    problem(`catalog[${at}].${field}`, `does not go with ${item.pricing} pricing`)
  }
}

const TENDER_WORDS = {
  CASH_IS_NEEDED: 'cash, and cash alone, is counted by pieces; it is active and gives change',
  TENDER_BANKED_BY_ITEM: 'checks and the like go to the bank, and what goes there is counted one by one',
  TENDER_NOT_READY: 'credit on account cannot be taken as a payment yet; leave it inactive',
} as const

function checkTenders({ tenders }: CityContent, problem: Problem): void {
  const kinds = tenders.map(type => type.tender)
  checkOnce(at => `tenders[${at}].tender`, kinds, problem)
  const names = tenders.map(type => type.name.toLowerCase())
  checkOnce(at => `tenders[${at}].name`, names, problem)
  if (tenders.length > 0 && !kinds.includes(CASH)) problem('tenders', 'cash is missing')
  for (const [at, type] of tenders.entries()) {
    const fault = tenderFault(type)
    if (fault !== null) problem(`tenders[${at}]`, TENDER_WORDS[fault])
  }
}

function checkBanks({ bankAccounts }: CityContent, problem: Problem): void {
  const ids = bankAccounts.map(bank => bank.bankAccountId)
  checkOnce(at => `bankAccounts[${at}].bankAccountId`, ids, problem)
  const names = bankAccounts.map(bank => bank.name)
  checkOnce(at => `bankAccounts[${at}].name`, names, problem)
  for (const [at, { routingNumber }] of bankAccounts.entries())
    if (!isRoutingNumber(routingNumber))
      problem(`bankAccounts[${at}].routingNumber`, 'is no routing number: its check digit is wrong')
}

const POLICY_WORDS = {
  'category-twice': 'two categories in one direction have the same name',
  'unknown-denomination': 'a denomination is not known',
  'denomination-twice': 'a denomination is named twice',
  'denomination-in-use': 'pieces of a denomination are still in a drawer or in the safe',
  'rule-twice': 'two bank rules have the same GL prefix',
  'day-twice': 'a day of the week or a holiday is named twice',
} as const

function checkPolicy(city: CityContent, known: KnownHere, problem: Problem): void {
  const { policies, bankAccounts } = city
  if (policies === null) return
  const { wantedPieces, lowPieces, bankRules, defaultBankAccountId } = policies
  // Which money is counted is each till's own setting, and held against it there.
  const fault = policyFault(policies, [...wantedPieces, ...lowPieces])
  if (fault !== null) problem('policies', POLICY_WORDS[fault])
  const active = bankAccounts.filter(bank => bank.active).map(bank => bank.bankAccountId)
  const glAccounts = [...known.glAccounts, ...glAccountsOf(city)]
  for (const [at, { glPrefix, bankAccountId }] of bankRules.entries()) {
    if (!active.includes(bankAccountId))
      problem(`policies.bankRules[${at}].bankAccountId`, 'is no bank account in use in this file')
    if (!glAccounts.some(account => account.startsWith(glPrefix)))
      problem(`policies.bankRules[${at}].glPrefix`, `no GL account that is known begins with ${glPrefix}`)
  }
  if (defaultBankAccountId !== null && !active.includes(defaultBankAccountId))
    problem('policies.defaultBankAccountId', 'is no bank account in use in this file')
}

function glAccountsOf({ catalog, tenders, policies }: CityContent): string[] {
  return [...catalog, ...tenders, ...(policies?.paidCategories ?? [])].map(one => one.glAccount)
}

function checkPeople({ people }: CityContent, problem: Problem): void {
  const ids = people.map(person => person.personId)
  checkOnce(at => `people[${at}].personId`, ids, problem)
  const names = people.map(person => person.name)
  checkOnce(at => `people[${at}].name`, names, problem)
}
