/** What is kept at central for all tills: its parts by name, what tells two versions apart, and what can stay out. */
import { z } from 'zod'
import { canonical } from '../ledger/canonical.ts'
import { type HashText, hashText } from '../ledger/chain.ts'
import type { CityNews } from './protocol.ts'

export const CITY_NOUNS = ['catalog', 'tenders', 'bankAccounts', 'policies', 'people'] as const
export type CityNoun = (typeof CITY_NOUNS)[number]

const DIGEST_SIGNS = 16

/** The beginning of a SHA-256 over a version and everything in it as it was sent, in hex. */
export function cityDigest(city: object, hash: HashText = hashText): string {
  return hash(canonical(city)).slice(0, DIGEST_SIGNS)
}

/** Whether a version says anything of one thing, by its id; a tender's is its key, a policy's the name of its setting. */
export function mentions(city: CityNews, noun: CityNoun, id: string): boolean {
  switch (noun) {
    case 'catalog':
      return city.catalog.some(item => item.catalogItemId === id)
    case 'tenders':
      return city.tenders.some(type => type.tender === id)
    case 'bankAccounts':
      return city.bankAccounts.some(bank => bank.bankAccountId === id)
    case 'policies':
      return city.policies !== null && id in city.policies
    case 'people':
      return city.people.some(person => person.personId === id)
  }
}

/** Why a till could not take something over: the refusals that its own screens would give. */
export const LEFT_OUT_CODES = [
  'TEXT_NOT_ALLOWED',
  'CODE_TAKEN',
  'PRICE_MISSING',
  'CASH_IS_NEEDED',
  'TENDER_BANKED_BY_ITEM',
  'TENDER_NOT_READY',
  'TENDER_KIND_FIXED',
  'TENDER_IN_USE',
  'NAME_TAKEN',
  'ROUTING_NUMBER_WRONG',
  'BANK_ACCOUNT_IN_USE',
  'UNKNOWN_BANK_ACCOUNT',
  'POLICY_NOT_VALID',
  'TIME_ZONE_UNKNOWN',
  'LAST_ADMINISTRATOR',
  'SESSION_OPEN',
] as const
export type LeftOutCode = (typeof LEFT_OUT_CODES)[number]

const leftOutField = z.object({
  noun: z.enum(CITY_NOUNS),
  /** As people call it: an item's code, a name; empty for the policy. */
  name: z.string(),
  code: z.enum(LEFT_OUT_CODES),
})
/** Something that could not be taken over now. */
export type LeftOut = z.infer<typeof leftOutField>

/** As it is kept in an alarm's detail. */
export function leftOutDetail(left: readonly LeftOut[]): string {
  return JSON.stringify(left)
}

/** Read back; empty where the detail is of another version of this program. */
export function leftOutOf(detail: string): LeftOut[] {
  try {
    return z.array(leftOutField).catch([]).parse(JSON.parse(detail))
  } catch {
    return []
  }
}
