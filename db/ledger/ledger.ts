import type Database from 'better-sqlite3'
import { CHAIN_BEGINS } from '../../shared/ledger/chain.ts'
import type { Fact } from '../../shared/ledger/facts.ts'
import { LedgerUnavailable } from '../file/problem.ts'
import { Applier } from './apply.ts'
import { credentialSave } from './credential.ts'
import { factOf, journalInsert, lastJournalRow, rowsOfCommand } from './journal.ts'
import { KeptRows, Reader } from './reader.ts'
import { type Command, type Head, Writer, type WriterDeps } from './writer.ts'

/** A command that is on record already: what it recorded, and under which content. */
export interface Recorded {
  commandHash: string
  facts: Fact[]
}

const SYNCHRONOUS_FULL = 2

/** What it throws lets no transaction begin, or undoes it. */
export interface Guard {
  /** Asked before each transaction. */
  mayWrite(): void
  /** Asked once it has begun, and nobody else can write. */
  begun(): void
  /** Asked right before its end. */
  mayCommit(): void
  /** Asked where a transaction ended with nothing written: what it read may have been another's. */
  refuseOther(): void
  /** Told of its end, and whether it is on record. */
  wrote(isCommitted: boolean): void
}

const nothing = (): void => undefined
const NOBODY: Guard = {
  mayWrite: nothing,
  begun: nothing,
  mayCommit: nothing,
  refuseOther: nothing,
  wrote: nothing,
}

/**
 * The till's own ledger. Reads answer at once; a write is one immediate transaction in which facts are
 * appended and the tables follow. The work inside is synchronous by type, so nothing can wait in it.
 */
export class Ledger {
  readonly reader: Reader
  readonly #connection: Database.Database
  readonly #deps: WriterDeps
  readonly #begin: Database.Statement
  readonly #commit: Database.Statement
  readonly #listeners = new Set<(facts: readonly Fact[]) => void>()
  /** Told what went wrong in a listener, for the log. */
  onFault: (error: unknown) => void = () => undefined
  /** Whoever keeps the file for this program alone. */
  guard: Guard = NOBODY
  #head: Head
  #durabilityChecked = false

  /** `newTillId` names the till if this ledger has no facts yet. */
  constructor(connection: Database.Database, newTillId: string) {
    this.#connection = connection
    const kept = new KeptRows()
    this.reader = new Reader(connection, kept)
    this.#deps = {
      connection,
      applier: new Applier(connection),
      insert: journalInsert(connection),
      saveCredential: credentialSave(connection),
      kept,
    }
    this.#begin = connection.prepare('BEGIN IMMEDIATE')
    this.#commit = connection.prepare('COMMIT')
    const last = this.reader.one(lastJournalRow, {})
    this.#head = last
      ? { tillId: last.till_id, epoch: last.epoch, seq: last.seq, hash: last.hash }
      : { tillId: newTillId, ...CHAIN_BEGINS }
  }

  get head(): Head {
    return this.#head
  }

  /** What a command recorded when it was carried out; undefined for a command that is new. Ids never expire. */
  recorded(commandId: string): Recorded | undefined {
    const rows = this.reader.many(rowsOfCommand, { commandId })
    const first = rows[0]
    return first && { commandHash: first.command_hash, facts: rows.map(factOf) }
  }

  /**
   * Carries out a command that has a new id. All of its facts and rows are there or none; when this returns they
   * are on disk. Whatever `work` throws is thrown again after the rollback.
   */
  write(command: Command, work: (tx: Writer) => void): Fact[] {
    this.#beginAlone()
    return this.#carryOut(command, work)
  }

  /**
   * The same for a command that may be on record already: then `work` is not asked, and what was recorded comes
   * back. The caller compares the hashes. Looked up inside the transaction, so that no twin can come between.
   */
  once(command: Command, work: (tx: Writer) => void): Recorded {
    this.#beginAlone()
    const before = this.#recordedInTransaction(command.commandId)
    if (before) {
      this.guard.refuseOther()
      return before
    }
    return { commandHash: command.commandHash, facts: this.#carryOut(command, work) }
  }

  #beginAlone(): void {
    this.guard.mayWrite()
    this.#begin.run()
    try {
      this.guard.begun()
    } catch (error) {
      this.#connection.exec('ROLLBACK')
      throw error
    }
  }

  #recordedInTransaction(commandId: string): Recorded | undefined {
    let isNew = false
    try {
      const before = this.recorded(commandId)
      isNew = before === undefined
      return before
    } finally {
      // Nothing was written, and nothing will be: neither for a command that is on record nor after an error.
      if (!isNew) this.#connection.exec('ROLLBACK')
    }
  }

  #carryOut(command: Command, work: (tx: Writer) => void): Fact[] {
    const writer = new Writer(this.#deps, command, this.#head)
    try {
      work(writer)
      this.guard.mayCommit()
      this.#commit.run()
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('ROLLBACK')
      this.#deps.kept.forget()
      this.#ended(false)
      // What another file says is no reason of this one's.
      this.guard.refuseOther()
      throw error
    }
    this.#ended(true)
    this.#head = writer.head
    this.#checkDurability()
    this.#tell(writer.facts)
    return writer.facts
  }

  /** It is on record, or is not: nothing that comes after it makes the one the other. */
  #ended(isCommitted: boolean): void {
    try {
      this.guard.wrote(isCommitted)
    } catch (error) {
      this.onFault(error)
    }
  }

  /** It is on record: what one listener cannot do must neither turn the answer into a refusal nor keep it from the others. */
  #tell(facts: readonly Fact[]): void {
    for (const listener of this.#listeners)
      try {
        listener(facts)
      } catch (error) {
        this.onFault(error)
      }
  }

  /** Calls back after each commit with what was stated; returns the way to stop it. */
  onCommit(listener: (facts: readonly Fact[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  // better-sqlite3 is compiled with a weaker default for WAL that returns with the first write of a new
  // file, so what was set before it proves nothing.
  #checkDurability(): void {
    if (this.#durabilityChecked) return
    const level: unknown = this.#connection.pragma('synchronous', { simple: true })
    if (level !== SYNCHRONOUS_FULL)
      throw new LedgerUnavailable('not-durable', `synchronous is ${String(level)}, not FULL`)
    this.#durabilityChecked = true
  }
}
