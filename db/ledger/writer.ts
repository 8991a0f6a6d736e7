import type Database from 'better-sqlite3'
import { canonical } from '../../shared/ledger/canonical.ts'
import { EPOCH_BEGINS, lineHash, MOST_BODY, MOST_TEXT, textLine } from '../../shared/ledger/chain.ts'
import {
  type BodyOf,
  type Fact,
  type FactKind,
  kindOf,
  lackOf,
  newestVersion,
  project,
  readTexts,
  type TextsOf,
} from '../../shared/ledger/facts.ts'
import type { CredentialRow } from '../../shared/ledger/person.ts'
import type { BusinessDate } from '../../shared/time.ts'
import type { Applier } from './apply.ts'
import { credentialDigest } from './credential.ts'
import { factOfParts, rowOf } from './journal.ts'
import { nativeHashText } from './native-hash.ts'
import { type KeptRows, Reader } from './reader.ts'
import type { JournalTableRow } from './schema.ts'

/** Who asks for what, when: the part of every fact that does not depend on its kind. */
export interface Command {
  commandId: string
  commandHash: string
  actorId: string
  /** UTC milliseconds. */
  at: number
  /** The business date of facts that belong to no drawer session. */
  businessDate: BusinessDate
}

/** Where the chain stands: the position and hash of its last row. */
export interface Head {
  tillId: string
  epoch: number
  seq: number
  hash: string
}

/** A payer's words, and the sixteen random bytes (base64url) that keep their hash from being guessed. */
export interface Words<T> {
  texts: T
  salt: string
}

type WordsOf<K extends FactKind> = [TextsOf<K>] extends [null] ? undefined : Words<TextsOf<K>>

export interface WriterDeps {
  connection: Database.Database
  applier: Applier
  insert: (row: JournalTableRow) => void
  saveCredential: (row: CredentialRow) => void
  kept: KeptRows
}

/** More than one fact can hold: nothing of the command is written. */
export class FactTooLong extends Error {
  override readonly name = 'FactTooLong'
  constructor(kind: FactKind) {
    super(`A fact ${kind} that is too long`)
  }
}

/** Writes facts inside one transaction; nothing else can be written. */
export class Writer extends Reader {
  readonly command: Command
  readonly facts: Fact[] = []
  #head: Head
  readonly #deps: WriterDeps

  constructor(deps: WriterDeps, command: Command, head: Head) {
    super(deps.connection, deps.kept)
    this.#deps = deps
    this.command = command
    this.#head = head
  }

  get head(): Head {
    return this.#head
  }

  /**
   * Appends a fact to the journal and changes the tables by it. `businessDate` is that of the drawer session
   * that the fact belongs to; facts without one take the calendar's. A kind with a payer's words is given them beside
   * its body. Throws FactTooLong beyond MOST_BODY and MOST_TEXT.
   */
  append<K extends FactKind>(
    kind: K,
    body: BodyOf<K>,
    ...[given = {}]: WordsOf<K> extends undefined
      ? [given?: { businessDate?: BusinessDate }]
      : [given: { businessDate?: BusinessDate; words: WordsOf<K> }]
  ): Fact<K> {
    const words = 'words' in given ? (given.words as Words<unknown>) : undefined
    return this.#append(kind, body, {
      at: this.#nextPlace(kind),
      words,
      businessDate: given.businessDate,
    }) as Fact<K>
  }

  /**
   * Begins a new epoch at a number that was claimed for it: the till was restored, moved or put back, and goes on after
   * the row that the journal ends with. Refuses (RangeError) a number that is no later one.
   */
  beginEpoch(epoch: number, body: BodyOf<'epoch.begun'>): Fact<'epoch.begun'> {
    if (epoch <= this.#head.epoch || this.#head.seq === 0)
      throw new RangeError(`Epoch ${epoch} cannot begin here`)
    const at = { epoch, seq: 1 }
    return this.#append(EPOCH_BEGINS, body, {
      at,
      words: undefined,
      businessDate: undefined,
    }) as Fact<'epoch.begun'>
  }

  #nextPlace(kind: FactKind): { epoch: number; seq: number } {
    if (kind === EPOCH_BEGINS) throw new RangeError('An epoch is begun by its number')
    return { epoch: this.#head.epoch, seq: this.#head.seq + 1 }
  }

  #append(
    kind: FactKind,
    body: unknown,
    {
      at,
      words,
      businessDate,
    }: {
      at: { epoch: number; seq: number }
      words: Words<unknown> | undefined
      businessDate: BusinessDate | undefined
    },
  ): Fact {
    const { command } = this
    const version = newestVersion(kind)
    const parsed = kindOf(kind).body.parse(version, body)
    const texts = readTexts(kind, parsed, words?.texts)
    const text = words && saysSomething(texts) ? textLine({ ...at, salt: words.salt, texts }) : null
    const stated = canonical(parsed)
    if (stated.length > MOST_BODY || (text?.length ?? 0) > MOST_TEXT) throw new FactTooLong(kind)
    const line = {
      actorId: command.actorId,
      at: command.at,
      body: stated,
      businessDate: businessDate ?? command.businessDate,
      commandHash: command.commandHash,
      commandId: command.commandId,
      ...at,
      kind,
      prevHash: this.#head.hash,
      texts: text === null ? '' : nativeHashText(text),
      tillId: this.#head.tillId,
      version,
    }
    const hash = lineHash(line, nativeHashText)
    const row = rowOf(line, { hash, text })
    const fact = factOfParts(row, parsed, texts)
    const lack = lackOf(fact)
    if (lack !== null) throw new RangeError(`A ${kind} that ${lack} is stated nowhere`)
    this.#deps.insert(row)
    this.#head = { tillId: line.tillId, ...at, hash }
    const changes = project(fact)
    this.#deps.kept.follow(changes)
    this.#deps.applier.apply(changes)
    this.facts.push(fact)
    return fact
  }

  /**
   * Keeps a PIN's salt and verifier on this machine, and states a digest of them in the journal; `by` is who set it for
   * somebody else, and who approved that.
   */
  setCredential(row: CredentialRow, by: { setBy: string; approvedBy: string | null } | null = null): void {
    this.#deps.saveCredential(row)
    this.append('person.pin-set', {
      personId: row.person_id,
      credentialDigest: credentialDigest(row),
      setBy: by?.setBy ?? null,
      approvedBy: by?.approvedBy ?? null,
    })
  }
}

/** Whether there is a word among a payer's words: a line of nothing but empty ones is not kept. */
function saysSomething(texts: unknown): boolean {
  if (typeof texts === 'string') return texts !== ''
  return typeof texts === 'object' && texts !== null && Object.values(texts).some(saysSomething)
}
