/** Every kind of fact that a till can state, put together from the subjects. Nothing here is about one of them. */
import { accountKinds, accountTables } from './account.ts'
import { canonical } from './canonical.ts'
import { depositKinds, depositTables } from './deposit.ts'
import type { BodyIn, FactOf, Kind, NameOf, TextsIn } from './kind.ts'
import { movementKinds, movementTables } from './movement.ts'
import { personKinds, personTables } from './person.ts'
import { receiptKinds } from './receipt.ts'
import { receiptTables } from './rows/receipt-rows.ts'
import type { RowChange, RowsOf } from './rows/table.ts'
import { safeKinds, safeTables } from './safe.ts'
import { sessionKinds, sessionTables } from './session.ts'
import { setupKinds, setupTables } from './setup.ts'
import { tillKinds, tillTables } from './till.ts'

export const SUBJECTS = {
  till: tillKinds,
  setup: setupKinds,
  person: personKinds,
  account: accountKinds,
  receipt: receiptKinds,
  session: sessionKinds,
  movement: movementKinds,
  safe: safeKinds,
  deposit: depositKinds,
} as const
export type Subject = keyof typeof SUBJECTS
export type KindOf<S extends Subject> = keyof (typeof SUBJECTS)[S]

export const KINDS = {
  ...tillKinds,
  ...setupKinds,
  ...personKinds,
  ...accountKinds,
  ...receiptKinds,
  ...sessionKinds,
  ...movementKinds,
  ...safeKinds,
  ...depositKinds,
} as const

/** Every table that facts alone make, by name. */
export const TABLES = {
  ...tillTables,
  ...setupTables,
  ...personTables,
  ...accountTables,
  ...receiptTables,
  ...sessionTables,
  ...movementTables,
  ...safeTables,
  ...depositTables,
} as const
export type ProjectedTable = keyof typeof TABLES
export type ProjectedRows = RowsOf<typeof TABLES>
export const PROJECTED_TABLES = Object.keys(TABLES) as ProjectedTable[]

export type FactKind = keyof typeof KINDS
export const FACT_KINDS = Object.keys(KINDS) as FactKind[]
export type BodyOf<K extends FactKind> = BodyIn<(typeof KINDS)[K]>
export type TextsOf<K extends FactKind> = TextsIn<(typeof KINDS)[K]>

/** A fact as it is read: who stated it, when, and its body in the newest shape of its kind. */
export type Fact<K extends FactKind = FactKind> = {
  [P in K]: FactOf<BodyOf<P>, TextsOf<P>> & { kind: P }
}[K]

/** Kinds with which central does more than keep them. */
export type PostedKind = {
  [K in FactKind]: (typeof KINDS)[K] extends Kind<infer _B, infer _T, true> ? K : never
}[FactKind]

/** A kind, or a version of one, that a newer program wrote. */
export class UnknownFact extends Error {
  override readonly name = 'UnknownFact'
  readonly kind: string
  readonly version: number
  constructor(kind: string, version: number) {
    super(`Facts ${kind} of version ${version} are not known to this program`)
    this.kind = kind
    this.version = version
  }
}

type AnyKind = Kind<unknown, unknown>

export const isFactKind = (kind: string): kind is FactKind => Object.hasOwn(KINDS, kind)

/** What is known of a kind, whichever it is. */
export const kindOf = (kind: FactKind): AnyKind => KINDS[kind] as unknown as AnyKind

/** The version in which this program writes a kind. */
export const newestVersion = (kind: FactKind): number => kindOf(kind).body.newest

/** Which kinds and versions this program reads: every version up to the one named. */
export const knownVersions = (): Record<FactKind, number> =>
  Object.fromEntries(FACT_KINDS.map(kind => [kind, newestVersion(kind)])) as Record<FactKind, number>

/** Whether this program reads what is stated. */
export const isKnown = (kind: string, version: number): boolean =>
  isFactKind(kind) && version >= 1 && version <= newestVersion(kind)

/** A body as it was read: in its own shape, which must give the same bytes again, and in the newest. */
export interface ReadBody {
  body: unknown
  /** Whether what was read stands for every byte that was written: nothing was filled in, and nothing left out. */
  exact: boolean
}

/** Reads the text of a body. Throws UnknownFact, and what the schema says of a body that does not fit. */
export function readBody(kind: string, version: number, text: string): ReadBody {
  if (!isFactKind(kind) || !isKnown(kind, version)) throw new UnknownFact(kind, version)
  const { body } = kindOf(kind)
  const parsed = body.parse(version, JSON.parse(text))
  return { body: body.read(version, parsed), exact: canonical(parsed) === text }
}

/** A payer's words as a fact has them: read from beside it, or empty where they were removed or there never were any. */
export function readTexts(kind: FactKind, body: unknown, texts: unknown): unknown {
  const { texts: words } = kindOf(kind)
  if (words === null) return null
  return texts === undefined ? words.none(body) : words.schema.parse(texts)
}

/** The row changes that one fact makes, in the order in which they must be applied. */
export const project = (fact: Fact): RowChange[] => kindOf(fact.kind).project(fact)

/** What of a fact cannot be, in words after its name; null where all is well. */
export function lackOf(fact: Fact): string | null {
  try {
    return kindOf(fact.kind).lack(fact.body)
  } catch (error) {
    // Each figure fits its field, and their sum is more than can be counted.
    if (error instanceof RangeError) return 'has figures that cannot be added up'
    throw error
  }
}

/** What a fact says, in one line that an auditor can read. */
export const summarize = (fact: Fact, nameOf: NameOf): string => kindOf(fact.kind).says(fact, nameOf)
