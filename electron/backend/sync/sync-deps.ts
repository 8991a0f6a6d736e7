/** What the line to central is given: time, chance, network and storage, so that a simulation can take its turns. */
import type { Ledger } from '../../../db/ledger/ledger.ts'
import type { SyncStore } from '../../../db/sync/store.ts'
import type { Noun } from '../../../shared/nouns.ts'
import type { Log } from '../runtime/log.ts'
import type { KeyStore } from '../runtime/signing-key.ts'
import type { AccountsFeed } from './accounts/accounts-feed.ts'
import type { Fetch } from './client.ts'
import type { PullFeed } from './pull.ts'
import type { Scheduler } from './scheduler.ts'

export interface SyncDeps {
  ledger: Ledger
  store: SyncStore
  keys: KeyStore
  scheduler: Scheduler
  fetch: Fetch
  log: Log
  /** Tells screens which nouns to ask again. */
  tell: (nouns: readonly Noun[]) => void
  /** Further feeds of central, asked after that of the receipts. */
  feeds?: readonly PullFeed[]
  /** Central's accounts: asked last, since there may be a million of them. */
  accounts?: AccountsFeed
}
