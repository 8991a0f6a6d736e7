import type Database from 'better-sqlite3'
import { canonical } from '../shared/ledger/canonical.ts'
import { GENESIS_HASH, type JournalRow, rowHash } from '../shared/ledger/chain.ts'
import { BODIES, type BodyOf, FACT_VERSION, type Fact, type FactKind } from '../shared/ledger/facts.ts'
import { project } from '../shared/ledger/project.ts'
import type { CredentialRow } from '../shared/ledger/tables.ts'
import type { BusinessDate } from '../shared/time.ts'
import type { Applier } from './apply.ts'
import { credentialDigest } from './credential.ts'
import { nativeHashText } from './native-hash.ts'
import { type KeptRows, Reader } from './reader.ts'

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

export interface WriterParts {
  connection: Database.Database
  applier: Applier
  insert: (row: JournalRow) => void
  saveCredential: (row: CredentialRow) => void
  kept: KeptRows
}

/** Writes facts inside one transaction; nothing else can be written. */
export class Writer extends Reader {
  readonly command: Command
  readonly facts: Fact[] = []
  #head: Head
  readonly #parts: WriterParts

  constructor(parts: WriterParts, command: Command, head: Head) {
    super(parts.connection, parts.kept)
    this.#parts = parts
    this.command = command
    this.#head = head
  }

  get head(): Head {
    return this.#head
  }

  /**
   * Appends a fact to the journal and changes the tables by it. `businessDate` is that of the drawer session
   * that the fact belongs to; facts without one take the calendar's.
   */
  append<K extends FactKind>(kind: K, body: BodyOf<K>, businessDate?: BusinessDate): Fact<K> {
    const { command } = this
    const parsed = BODIES[kind].parse(body) as BodyOf<K>
    const row = {
      tillId: this.#head.tillId,
      epoch: this.#head.epoch,
      seq: this.#head.seq + 1,
      commandId: command.commandId,
      commandHash: command.commandHash,
      kind,
      version: FACT_VERSION,
      at: command.at,
      businessDate: businessDate ?? command.businessDate,
      actorId: command.actorId,
      body: canonical(parsed),
      prevHash: this.#head.seq === 0 ? GENESIS_HASH : this.#head.hash,
    }
    const hash = rowHash(row, nativeHashText)
    this.#parts.insert({ ...row, hash })
    this.#head = { tillId: row.tillId, epoch: row.epoch, seq: row.seq, hash }
    const { commandHash: _, prevHash: __, ...envelope } = row
    const fact = { ...envelope, hash, body: parsed } as Fact<K>
    const changes = project(fact)
    this.#parts.kept.follow(changes)
    this.#parts.applier.apply(changes)
    this.facts.push(fact as Fact)
    return fact
  }

  /** Keeps a PIN's salt and verifier on this machine, and states a digest of them in the journal. */
  setCredential(row: CredentialRow): void {
    this.#parts.saveCredential(row)
    this.append('person.pin-set', { personId: row.person_id, credentialDigest: credentialDigest(row) })
  }
}
