/**
 * What the contract is about, and so what a screen may have to ask again: the names of its parts, which
 * `contract/index.ts` is held against by the compiler. The ledger says of each kind of fact which of them it shows in.
 */
export const NOUNS = [
  'account',
  'basket',
  'deposit',
  'movement',
  'person',
  'receipt',
  'report',
  'safe',
  'session',
  'setup',
  'sync',
  'till',
] as const
export type Noun = (typeof NOUNS)[number]

/** What every fact shows in: the till's own state, the report of all that is done, and what waits to be sent. */
export const SHOWS_EVERY_FACT = ['till', 'report', 'sync'] as const satisfies readonly Noun[]
export type ShownNoun = Exclude<Noun, (typeof SHOWS_EVERY_FACT)[number]>

/** Where people, drawers and tenders are told by their names, which a city may change. */
export const WHERE_NAMES_STAND = [
  'account',
  'deposit',
  'movement',
  'receipt',
  'safe',
  'session',
] as const satisfies readonly ShownNoun[]
