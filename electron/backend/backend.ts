/** The till behind its doors: ledger, accounts, work in hand, and what they run with. */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accountsProblemOf } from '../../db/accounts/errors.ts'
import { ensureAccountsFile, openAccountsReader, removeAccountsFile } from '../../db/accounts/open.ts'
import type { AccountsReader } from '../../db/accounts/reader.ts'
import type { Ledger } from '../../db/ledger.ts'
import { LedgerUnavailable } from '../../db/ledger-errors.ts'
import { settingsOf, tillOf } from '../../db/queries/setup.ts'
import { openSyncStore } from '../../db/sync/open.ts'
import { openTill } from '../../db/till.ts'
import { openWorkspace, type Workspace } from '../../db/workspace.ts'
import { newId } from '../../shared/id.ts'
import { type BusinessDate, businessDateOf } from '../../shared/time.ts'
import { Changes } from './changes.ts'
import { Uploads } from './imports.ts'
import { Jobs } from './jobs.ts'
import type { Log } from './log.ts'
import { SignIns, Turns } from './sign-ins.ts'
import { AccountsFeed } from './sync/accounts-feed.ts'
import { accountsMirror } from './sync/accounts-mirror.ts'
import { CityFeed, type KeptAtCentral, keptAtCentral } from './sync/city.ts'
import type { Fetch } from './sync/client.ts'
import { fileKeyStore, type KeyStore } from './sync/key-store.ts'
import { machinePace, type Pace } from './sync/pace.ts'
import { sessionChecksFeed } from './sync/session-checks.ts'
import { Sync } from './sync/sync.ts'

/** UTC milliseconds; tests give their own. */
export type Clock = () => number

export interface Backend {
  ledger: Ledger
  accounts: AccountsReader
  workspace: Workspace
  signIns: SignIns
  /** Tries at one person's PIN come one by one. */
  pinTurns: Turns
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
  /** Key of the keyed hash over check account numbers; stays on this machine. */
  tillKey: Buffer
  close(): Promise<void>
}

/** What a door holds when the ledger could not be opened: every operation is answered with the reason. */
export interface Unavailable {
  unavailable: LedgerUnavailable
  log: Log
  clock: Clock
}

export interface BackendOptions {
  dataDir: string
  log: Log
  clock?: Clock
  newId?: () => string
  /** Where the private key for central lies; a file of its owner alone if nothing is said. */
  keys?: KeyStore
  /** Network and time of the line to central; the machine's own if nothing is said. */
  fetch?: Fetch
  pace?: Pace
}

/** Opens everything in a data folder, or throws LedgerUnavailable with nothing left open. */
export function openBackend(options: BackendOptions): Backend {
  const clock = options.clock ?? Date.now
  const makeId = options.newId ?? (() => newId())
  const { dataDir, log } = options
  const till = openTill(dataDir, { nowMs: clock(), newTillId: makeId() })
  try {
    const workspace = openWorkspace(dataDir, clock())
    // A sample city that was killed half-way has its accounts, and no till to go with them.
    if (!tillOf(till.ledger.reader)) removeAccountsFile(dataDir)
    ensureAccountsFile(dataDir)
    const accounts = openAccountsReader(dataDir)
    const changes = new Changes(till.ledger)
    const jobs = new Jobs(dataDir)
    const uploads = new Uploads(dataDir)
    const { ledger } = till
    const signIns = new SignIns()
    const sides = { ledger, accounts, jobs, clock, newId: makeId, dataDir, changes, signIns }
    const sync = openSync(options, sides)
    return {
      ledger: till.ledger,
      accounts,
      workspace,
      signIns,
      pinTurns: new Turns(),
      changes,
      jobs,
      sync,
      keptAtCentral: keptAtCentral(sync.store),
      uploads,
      log,
      clock,
      newId: makeId,
      dataDir,
      tillKey: loadTillKey(dataDir),
      close: async () => {
        await sync.close()
        changes.close()
        await jobs.close()
        await uploads.close()
        workspace.close()
        accounts.close()
        till.close()
      },
    }
  } catch (error) {
    till.close()
    const problem = accountsProblemOf(error)
    if (problem)
      throw new LedgerUnavailable(
        problem === 'missing' ? 'damaged' : problem,
        error instanceof Error ? error.message : '',
        { cause: error },
      )
    throw error
  }
}

type SyncSides = Pick<
  Backend,
  'ledger' | 'accounts' | 'jobs' | 'clock' | 'newId' | 'dataDir' | 'changes' | 'signIns'
>

function openSync(options: BackendOptions, backend: SyncSides): Sync {
  const { ledger, clock, dataDir, changes, signIns } = backend
  const { log } = options
  const pace = options.pace ?? machinePace(clock)
  const store = openSyncStore(dataDir, clock())
  const onChange = (): void => changes.tell(['account'])
  const onNote = (): void => changes.tell(['posting', 'till'])
  const onChecks = (): void => changes.tell(['sync'])
  return new Sync({
    ledger,
    store,
    keys: options.keys ?? fileKeyStore(dataDir),
    pace,
    fetch: options.fetch ?? fetch,
    log,
    tell: nouns => changes.tell(nouns),
    feeds: [
      sessionChecksFeed({ store, reader: ledger.reader, pace, onChecks }),
      new CityFeed({ ledger, store, signIns, log, clock, onNote }),
    ],
    accounts: new AccountsFeed({ mirror: accountsMirror(backend), pace, log, onChange }),
  })
}

/** The calendar date at the city, for facts that belong to no drawer session. */
export function calendarDate(backend: Backend): BusinessDate {
  return businessDateOf(backend.clock(), settingsOf(backend.ledger.reader)?.timeZone ?? 'UTC')
}

const KEY_BYTES = 32

function loadTillKey(dataDir: string): Buffer {
  const path = join(dataDir, 'till.key')
  if (existsSync(path)) return readFileSync(path)
  const key = randomBytes(KEY_BYTES)
  mkdirSync(dataDir, { recursive: true })
  // Written aside first: a key that was cut short would change every hash made with it.
  writeFileSync(`${path}.new`, key, { mode: 0o600, flush: true })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
  return key
}
