/** One replacement of the mirror: accounts are put, the find index and the root follow, and all of it is one transaction. */

import { type AccountWithItems, BEFORE_ALL } from '../../../shared/account.ts'
import type { JournalPosition } from '../../../shared/ledger/journal-position.ts'
import { AccountsUnavailable } from '../errors.ts'
import { ALL_INDEXED, FindIndexUpdate, NONE_INDEXED } from '../find-index.ts'
import type { ImportMark, StateMark } from '../mark.ts'
import { type AccountRow, asOfPositionOf } from '../rows.ts'
import { CREATE_ID_INDEX, DROP_ID_INDEX } from '../schema.ts'
import type { AccountsWriter } from '../writer.ts'
import { MirrorRows, type Put } from './mirror-rows.ts'
import { isAsSealed, type MarkSource, seal } from './seal.ts'

const OPEN_AFTER = "SELECT * FROM account WHERE seq > ? AND status = 'open' ORDER BY seq LIMIT 500"

/** How far the find index is. */
export interface IndexStep {
  done: number
  total: number
}

/**
 * Replaces accounts inside one transaction. Nothing is seen by readers before `finish` ends, and `abandon`
 * leaves the file as it was.
 */
export class MirrorUpdate {
  readonly #writer: AccountsWriter
  readonly #isFirst: boolean
  readonly #index: FindIndexUpdate
  readonly #rows: MirrorRows
  readonly #asOfPosition: JournalPosition | undefined
  readonly #met = new Set<number>()
  #changes = 0

  /** `through` is how far this till's journal is in the figures; without it an account keeps what it had. */
  constructor(writer: AccountsWriter, asOfPosition?: JournalPosition) {
    this.#writer = writer
    this.#asOfPosition = asOfPosition
    writer.begin()
    // An index that does not hold every account yet is the pull's to complete.
    if ((writer.pullState()?.indexedTo ?? null) !== null) {
      writer.rollback()
      throw new AccountsUnavailable('in-use', writer.connection.name)
    }
    // What stays of it would else be stated as if it had come with this file.
    if (!isAsSealed(writer)) {
      writer.rollback()
      throw new AccountsUnavailable('damaged', writer.connection.name)
    }
    this.#isFirst = writer.prepared<number>('SELECT count(*) FROM account LIMIT 1').pluck().get() === 0
    this.#index = new FindIndexUpdate(writer, this.#isFirst ? NONE_INDEXED : ALL_INDEXED)
    this.#rows = new MirrorRows(writer, this.#index)
    if (this.#isFirst) writer.connection.exec(DROP_ID_INDEX)
  }

  /** Whether anything differs from what was there before. */
  get hasChanges(): boolean {
    return this.#changes > 0
  }

  /** Adds the account or makes the stored one the same, items included. */
  put(given: AccountWithItems): Put {
    const known = this.#known(given.account.number)
    const asOfPosition = this.#asOfPosition ?? (known ? asOfPositionOf(known) : BEFORE_ALL)
    const put = known ? this.#rows.replace(known, { ...given, asOfPosition }) : 'added'
    this.#met.add(known?.seq ?? this.#rows.add({ ...given, asOfPosition }))
    if (put !== 'unchanged') this.#changes += 1
    return put
  }

  /** Says that the account is in the file although it is left as it was. */
  leave(number: string): void {
    const known = this.#known(number)
    if (known !== undefined) this.#met.add(known.seq)
  }

  /** Closes the accounts that were there before and were neither put nor left; gives back how many. */
  closeOthers(): number {
    let closed = 0
    let lastSeq = this.#isFirst ? Number.MAX_SAFE_INTEGER : -1
    for (;;) {
      const rows = this.#writer.prepared<AccountRow>(OPEN_AFTER).all(lastSeq)
      const last = rows.at(-1)
      if (last === undefined) return closed
      for (const row of rows.filter(({ seq }) => !this.#met.has(seq))) {
        this.#rows.close(row)
        this.#changes += 1
        closed += 1
      }
      lastSeq = last.seq
    }
  }

  /**
   * Brings the find index up to date, writes the mark, has it stated and commits. Yields between steps; gives back the
   * mark. What `state` throws leaves the file as it was.
   */
  *finish(source: Omit<MarkSource, 'changedCount'>, state: StateMark): Generator<IndexStep, ImportMark> {
    yield* this.#isFirst ? this.#index.stepsBeyond() : this.#index.steps()
    if (this.#isFirst) this.#writer.connection.exec(CREATE_ID_INDEX)
    this.#index.settle()
    const mark = seal(this.#writer, { ...source, changedCount: this.#changes })
    state(mark)
    this.#writer.commit()
    return mark
  }

  abandon(): void {
    this.#writer.rollback()
  }

  #known(number: string): AccountRow | undefined {
    return this.#isFirst ? undefined : this.#rows.byNumber(number)
  }
}
