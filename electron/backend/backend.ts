/** The till behind its transports: ledger, accounts, work in hand, and what they run with. */
import type { AccountsReader } from '../../db/accounts/reader.ts'
import type { LedgerUnavailable } from '../../db/file/problem.ts'
import type { Ledger } from '../../db/ledger/ledger.ts'
import { settingsOf } from '../../db/queries/setup.ts'
import type { Workspace } from '../../db/workspace/workspace.ts'
import { type BusinessDate, businessDateOf } from '../../shared/time.ts'
import type { Uploads } from './account/import/uploads.ts'
import type { Guesses } from './request/guesses.ts'
import type { SignIns } from './request/sign-ins.ts'
import type { Changes } from './runtime/changes.ts'
import type { Jobs } from './runtime/jobs.ts'
import type { Log } from './runtime/log.ts'
import type { Turns } from './runtime/turns.ts'
import type { KeptAtCentral } from './sync/city/city.ts'
import type { Sync } from './sync/sync.ts'

/** UTC milliseconds; tests give their own. */
export type Clock = () => number

export interface Backend {
  ledger: Ledger
  accounts: AccountsReader
  workspace: Workspace
  signIns: SignIns
  guesses: Guesses
  /** Tries at PINs come one by one. */
  pinTurns: Turns
  /** How many tries at each person's PIN wait for their turn. */
  pinsWaiting: Map<string, number>
  changes: Changes
  jobs: Jobs
  /** The line to central; it stands still until it is started. */
  sync: Sync
  keptAtCentral: KeptAtCentral
  uploads: Uploads
  log: Log
  clock: Clock
  newId: () => string
  dataDir: string
  /** Tables of the ledger that wait to be made anew from its journal. */
  tablesWanted: readonly string[]
  /** Key of the keyed hash over check account numbers; stays on this machine. */
  tillKey: Buffer
  close(): Promise<void>
}

/** What a transport holds when the ledger could not be opened: every operation is answered with the reason. */
export interface Unavailable {
  unavailable: LedgerUnavailable
  log: Log
  clock: Clock
}

/** The calendar date at the city, for facts that belong to no drawer session. */
export function calendarDate(backend: Backend): BusinessDate {
  return businessDateOf(backend.clock(), settingsOf(backend.ledger.reader)?.timeZone ?? 'UTC')
}
