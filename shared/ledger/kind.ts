/**
 * A kind of fact: the shape of its body in every version that was ever written, how an older one is read as today's,
 * what it does to the tables, and what people call it. Facts are never edited; a new shape is a new version.
 */
import type { z } from 'zod'
import type { ShownNoun } from '../nouns.ts'
import type { BusinessDate } from '../time.ts'
import type { RowChange } from './rows/table.ts'

/** What every fact has besides its body: who stated it, where in which journal, and when. */
export interface Envelope {
  kind: string
  tillId: string
  epoch: number
  seq: number
  commandId: string
  /** Of the body as it was written; a fact that was read has the body of the newest version. */
  version: number
  /** UTC milliseconds by the till's clock. */
  at: number
  businessDate: BusinessDate
  actorId: string
  /** SHA-256 of its journal line, hex. */
  hash: string
}

/** A fact with the body `B`, and with the payer's words `T` that stand outside of what is hashed; null where it has none. */
export interface FactOf<B, T = null> extends Envelope {
  body: B
  texts: T
}

/** The shapes of a body, the oldest first. `B` is the newest. */
export class Versions<B> {
  readonly schemas: readonly z.ZodType[]
  readonly #up: readonly ((body: never) => unknown)[]

  constructor(schemas: readonly z.ZodType[], up: readonly ((body: never) => unknown)[]) {
    this.schemas = schemas
    this.#up = up
  }

  /** The next version, and how a body of the one before is read as one. `up` is pure and knows no tables. */
  next<S extends z.ZodType>(schema: S, up: (before: B) => z.infer<S>): Versions<z.infer<S>> {
    return new Versions<z.infer<S>>([...this.schemas, schema], [...this.#up, up])
  }

  get newest(): number {
    return this.schemas.length
  }

  /** A body as it was written in a version, in that version's own shape. Throws where it does not fit, or no such version is known. */
  parse(version: number, body: unknown): unknown {
    const schema = this.schemas[version - 1]
    if (!schema) throw new RangeError(`Version ${version} is not known`)
    return schema.parse(body)
  }

  /** A parsed body of any version in the shape of the newest. */
  read(version: number, parsed: unknown): B {
    return this.#up.slice(version - 1).reduce<unknown>((body, up) => up(body as never), parsed) as B
  }
}

/** The first version of a body. */
export const body = <S extends z.ZodType>(schema: S): Versions<z.infer<S>> => new Versions([schema], [])

/** Payers' words of a fact: they stand beside the hashed body under a salted hash, so that they can be removed one day. */
export interface Texts<B, T> {
  schema: z.ZodType<T>
  /** The same with every word empty: what is read once the words were removed, or where there were none. */
  none(body: B): T
}

/** What a fact is about, so that a list of facts can lead there. */
export interface About {
  what: 'receipt' | 'session' | 'movement' | 'deposit'
  id: string
}

export type NameOf = (personId: string) => string

export interface Kind<B, T = null, P extends boolean = boolean> {
  body: Versions<B>
  texts: Texts<B, T> | null
  /** What lists of facts call it. */
  label: string
  /** In which of the contract's nouns it shows, besides those that every fact does; a screen asks those again. */
  shows: readonly ShownNoun[]
  /** Whether central does more with it than keep it: `central/posting` has to say what, for each kind that does. */
  posts: P
  /** In one line that an auditor can read. */
  says(fact: FactOf<B, T>, nameOf: NameOf): string
  about(body: B): About | null
  /**
   * What of a body cannot be though every figure fits its field, in words after its name; null where all is well. A till
   * states none such, `verify` tells of one, and central keeps it without booking it.
   */
  lack(body: B): string | null
  /** The row changes that it makes, in the order in which they must be applied. */
  project(fact: FactOf<B, T>): RowChange[]
}

/** As a subject declares it: what a fact does and is about can be left out where it is nothing. */
interface Given<B, T, P extends boolean> extends Pick<Kind<B, T, P>, 'body' | 'label' | 'shows' | 'posts'> {
  says: Kind<NoInfer<B>, NoInfer<T>>['says']
  about?: Kind<NoInfer<B>>['about']
  lack?: Kind<NoInfer<B>>['lack']
  project?: Kind<NoInfer<B>, NoInfer<T>>['project']
}

const NOTHING = { about: () => null, lack: () => null, project: () => [] }

/** A kind of fact without words of a payer. */
export function kind<B, const P extends boolean>(given: Given<B, null, P>): Kind<B, null, P> {
  return { ...NOTHING, ...given, texts: null }
}

/** A kind of fact with words of a payer beside its body. */
export function kindWithTexts<B, T, const P extends boolean>(
  given: Given<B, T, P> & { texts: Texts<B, T> },
): Kind<B, T, P> {
  return { ...NOTHING, ...given }
}

export type BodyIn<K> = K extends Kind<infer B, infer _T, boolean> ? B : never
export type TextsIn<K> = K extends Kind<infer _B, infer T, boolean> ? T : never
