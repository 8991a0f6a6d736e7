/** Central's database as those that read and write it have it, whichever engine is behind it. */
import type { Kysely, Transaction } from 'kysely'
import type { CentralTables } from './schema.ts'

export type Flavour = 'postgres' | 'sqlite'

export interface CentralDb {
  kysely: Kysely<CentralTables>
  flavour: Flavour
  /** True where nothing that is acknowledged is sure to survive a power cut. */
  demonstration: boolean
  close(): Promise<void>
}

export interface CentralTx {
  query: Transaction<CentralTables>
  flavour: Flavour
}
