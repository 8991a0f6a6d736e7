/**
 * Work in hand that is not money yet: baskets as they are typed, and suspended ones. It has a file of its own,
 * so that typing never waits for the ledger, and a damaged basket can be thrown away without touching a receipt.
 */
import { join } from 'node:path'
import type Database from 'better-sqlite3'
import { openOrSetAside } from '../file/sqlite-file.ts'

export const WORKSPACE_FILE = 'workspace.sqlite'

/** A basket as it is stored: the renderer's own content, as JSON. */
export interface StoredBasket {
  basketId: string
  personId: string
  revision: number
  /** Null while it is somebody's current basket. */
  suspendedName: string | null
  savedAtMs: number
  content: string
}

/** "TpWs" in ASCII: tells this file from every other SQLite database. */
const APPLICATION_ID = 0x54705773

const STEPS = [
  `
CREATE TABLE basket (
  basket_id TEXT PRIMARY KEY,
  person_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  suspended_name TEXT,
  saved_at INTEGER NOT NULL,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_current_basket ON basket (person_id) WHERE suspended_name IS NULL;
`,
]
const SELECT = `SELECT basket_id AS basketId, person_id AS personId, revision, suspended_name AS suspendedName,
  saved_at AS savedAtMs, content FROM basket`

export class Workspace {
  readonly #connection: Database.Database
  /** Asked before every command is carried out. */
  readonly #byId: Database.Statement<[string], StoredBasket>
  /** Where a file that was of no use lies since this one was opened; null where there was none. */
  readonly setAside: string | null

  constructor(connection: Database.Database, setAside: string | null) {
    this.#connection = connection
    this.#byId = connection.prepare(`${SELECT} WHERE basket_id = ?`)
    this.setAside = setAside
  }

  currentOf(personId: string): StoredBasket | undefined {
    return this.#connection
      .prepare<[string], StoredBasket>(`${SELECT} WHERE person_id = ? AND suspended_name IS NULL`)
      .get(personId)
  }

  byId(basketId: string): StoredBasket | undefined {
    return this.#byId.get(basketId)
  }

  suspended(): StoredBasket[] {
    return this.#connection
      .prepare<[], StoredBasket>(`${SELECT} WHERE suspended_name IS NOT NULL ORDER BY saved_at`)
      .all()
  }

  /** Keeps a basket as a person's current one. A revision that is not newer arrived late and is dropped. */
  save(basket: StoredBasket): void {
    this.#connection.transaction(() => {
      const known = this.byId(basket.basketId)
      if (known && known.revision >= basket.revision) return
      this.#connection
        .prepare('DELETE FROM basket WHERE person_id = ? AND suspended_name IS NULL AND basket_id <> ?')
        .run(basket.personId, basket.basketId)
      this.#connection
        .prepare('INSERT OR REPLACE INTO basket VALUES (?, ?, ?, ?, ?, ?)')
        .run(basket.basketId, basket.personId, basket.revision, null, basket.savedAtMs, basket.content)
    })()
  }

  suspend(basketId: string, name: string, atMs: number): void {
    this.#connection
      .prepare('UPDATE basket SET suspended_name = ?, saved_at = ? WHERE basket_id = ?')
      .run(name, atMs, basketId)
  }

  /** Hands a suspended basket to a person as the current one, in the place of what they had in hand. */
  resume(basketId: string, personId: string): void {
    this.#connection.transaction(() => {
      this.#connection
        .prepare('DELETE FROM basket WHERE person_id = ? AND suspended_name IS NULL')
        .run(personId)
      this.#connection
        .prepare('UPDATE basket SET suspended_name = NULL, person_id = ? WHERE basket_id = ?')
        .run(personId, basketId)
    })()
  }

  discard(basketId: string): void {
    this.#connection.prepare('DELETE FROM basket WHERE basket_id = ?').run(basketId)
  }

  close(): void {
    this.#connection.close()
  }
}

/** Opens the work in hand. A file that is damaged, newer or a stranger's is set aside: no money is in it. */
export function openWorkspace(dir: string, nowMs: number): Workspace {
  const path = join(dir, WORKSPACE_FILE)
  const { connection, setAside } = openOrSetAside(
    path,
    { applicationId: APPLICATION_ID, steps: STEPS },
    nowMs,
  )
  return new Workspace(connection, setAside)
}
