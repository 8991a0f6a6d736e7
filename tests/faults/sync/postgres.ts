/** The receiver of a simulation on a real PostgreSQL, whose copies are databases made from it as a template. */
import type { CentralDb } from '../../../db/central/connection.ts'
import { openPostgres } from '../../../db/central/open.ts'
import { type Cluster, databaseOf, dropDatabase, freshDatabase } from '../../support/central/postgres.ts'
import { snapshotOf } from '../kill/central-snapshot.ts'
import { billSimulated, type CentralOptions, SimCentral } from './central.ts'
import type { CentralEnd } from './checks.ts'
import type { VirtualTime } from './time.ts'

/** Requests that come at once find a connection each. */
const CONNECTIONS = 3

const openAt = (url: string): Promise<CentralDb> => openPostgres(url, { connections: CONNECTIONS })

/** A database with the accounts that every simulation begins with, to be copied for each seed. */
export async function simulatedTemplate(cluster: Cluster): Promise<string> {
  const url = await freshDatabase(cluster)
  const db = await openAt(url)
  await billSimulated(db)
  await db.close()
  return url
}

export class PostgresCentral extends SimCentral {
  readonly #cluster: Cluster
  #url: string
  #copies: string[] = []
  #looks: { close(): unknown }[] = []

  private constructor(
    at: { cluster: Cluster; url: string },
    db: CentralDb,
    ...rest: [VirtualTime, CentralOptions]
  ) {
    super(db, ...rest)
    this.#cluster = at.cluster
    this.#url = at.url
  }

  static async open(
    { cluster, template }: { cluster: Cluster; template: string },
    time: VirtualTime,
    options: CentralOptions,
  ): Promise<PostgresCentral> {
    const url = await freshDatabase(cluster, databaseOf(template))
    return new PostgresCentral({ cluster, url }, await openAt(url), time, options)
  }

  /** A database can only be copied while nobody is connected to it. */
  async copy(): Promise<void> {
    await this.db.close()
    this.#copies.push(await freshDatabase(this.#cluster, databaseOf(this.#url)))
    this.db = await openAt(this.#url)
  }

  async restore(below: (most: number) => number): Promise<boolean> {
    const copy = this.#copies[below(Math.max(1, this.#copies.length))]
    if (!copy) return false
    await this.db.close()
    await dropDatabase(this.#cluster, this.#url)
    this.#url = await freshDatabase(this.#cluster, databaseOf(copy))
    this.db = await openAt(this.#url)
    return true
  }

  async look(): Promise<CentralEnd> {
    const connection = await snapshotOf(this.db)
    this.#looks.push(connection)
    return { connection, forgotten: [] }
  }

  async close(): Promise<void> {
    await this.db.close()
    for (const look of this.#looks) look.close()
    for (const url of [this.#url, ...this.#copies]) await dropDatabase(this.#cluster, url)
  }
}
