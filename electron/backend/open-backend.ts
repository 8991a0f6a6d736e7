/** Opens the till behind its transports: everything in a data folder, put together. */
import { AccountsUnavailable } from '../../db/accounts/errors.ts'
import { ensureAccountsFile, openAccountsReader, removeAccountsFile } from '../../db/accounts/open.ts'
import { isLedger } from '../../db/ledger/folder.ts'
import { openTill } from '../../db/ledger/till.ts'
import { checkKeyDigests, tillOf } from '../../db/queries/till.ts'
import { openSyncStore } from '../../db/sync/open.ts'
import type { SyncStore } from '../../db/sync/store.ts'
import { openWorkspace } from '../../db/workspace/workspace.ts'
import { newId } from '../../shared/id.ts'
import { Uploads } from './account/import/uploads.ts'
import type { Backend, Clock } from './backend.ts'
import { Guesses } from './request/guesses.ts'
import { SignIns } from './request/sign-ins.ts'
import { Changes } from './runtime/changes.ts'
import { Jobs } from './runtime/jobs.ts'
import type { Log } from './runtime/log.ts'
import { fileKeyStore, type KeyStore } from './runtime/signing-key.ts'
import { loadTillKey } from './runtime/till-key.ts'
import { Turns } from './runtime/turns.ts'
import { withoutAccounts } from './runtime/without-accounts.ts'
import { AccountsFeed, type AccountsFeedDeps } from './sync/accounts/accounts-feed.ts'
import { accountsMirror } from './sync/accounts/accounts-mirror.ts'
import { CityFeed, keptAtCentral } from './sync/city/city.ts'
import type { Fetch } from './sync/client.ts'
import { noteUnreadAccounts } from './sync/line-failures.ts'
import { machineScheduler, type Scheduler } from './sync/scheduler.ts'
import { sessionChecksFeed } from './sync/session-checks.ts'
import { Sync } from './sync/sync.ts'

export interface BackendOptions {
  dataDir: string
  log: Log
  clock?: Clock
  /** Milliseconds that only ever go forward, whatever becomes of the clock; the program's own running if nothing is said. */
  elapsed?: () => number
  newId?: () => string
  /** Where the private key for central lies; a file of its owner alone if nothing is said. */
  keys?: KeyStore
  /** Network and time of the line to central; the machine's own if nothing is said. */
  fetch?: Fetch
  scheduler?: Scheduler
  /** Where long work is done; threads of its own if nothing is said. */
  jobs?: Jobs
  /** What has to be done before anybody is let in; where it throws, the folder is left as if it had not been opened. */
  first?: (backend: Backend) => void
}

/** Opens everything in a data folder, or throws LedgerUnavailable with nothing left open. */
export function openBackend(options: BackendOptions): Backend {
  const opened: (() => void)[] = []
  try {
    const backend = openParts(options, close => opened.push(close))
    options.first?.(backend)
    return backend
  } catch (error) {
    for (const close of opened.toReversed()) close()
    throw error instanceof AccountsUnavailable ? withoutAccounts(error) : error
  }
}

function openParts(options: BackendOptions, onOpened: (close: () => void) => void): Backend {
  const clock = options.clock ?? Date.now
  const makeId = options.newId ?? (() => newId())
  const { dataDir, log } = options
  const isBegun = isLedger(dataDir)
  const till = openTill(dataDir, { nowMs: clock(), newTillId: makeId() })
  onOpened(() => till.close())
  sayRebuilt(till.rebuilt, log)
  if (till.mended.length > 0)
    log.error(
      { tables: till.mended },
      'tables of the ledger did not say what its journal says, and were made anew',
    )
  const tillKey = loadTillKey(dataDir, checkKeyDigests(till.ledger.reader))
  till.ledger.onFault = error => log.error({ err: error }, 'a commit was not followed up')
  const workspace = openWorkspace(dataDir, clock())
  onOpened(() => workspace.close())
  if (workspace.setAside !== null)
    log.error({ setAside: workspace.setAside }, 'the baskets could not be used and were set aside')
  // A sample city that was killed half-way has its accounts, and no till to go with them.
  if (!tillOf(till.ledger.reader)) removeAccountsFile(dataDir)
  ensureAccountsFile(dataDir)
  const accounts = openAccountsReader(dataDir)
  onOpened(() => accounts.close())
  const changes = new Changes(till.ledger)
  const jobs = options.jobs ?? new Jobs(dataDir)
  // What is left of uploads is ours only where a till of ours was before.
  const uploads = new Uploads(dataDir, { clears: isBegun })
  const { ledger } = till
  const elapsed = options.elapsed ?? (() => performance.now())
  const signIns = new SignIns(elapsed)
  const sides = { ledger, accounts, jobs, clock, newId: makeId, dataDir, changes, signIns }
  const store = openSyncStore(dataDir, clock())
  onOpened(() => store.close())
  const sync = openSync(options, sides, store)
  return {
    ledger: till.ledger,
    accounts,
    workspace,
    signIns,
    guesses: new Guesses(elapsed),
    pinTurns: new Turns(),
    pinsWaiting: new Map(),
    changes,
    jobs,
    sync,
    keptAtCentral: keptAtCentral(sync.store),
    uploads,
    log,
    clock,
    newId: makeId,
    dataDir,
    tablesWanted: till.wanted,
    tillKey,
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
}

const REBUILT = {
  differs: 'rebuilt tables come to something else than the ledger; they were put aside',
  waits:
    'rebuilt tables were not taken, because another program has them or the ledger open, or this one may not read them; the next start tries again',
  unusable: 'rebuilt tables cannot be used; they were put aside',
} as const

function sayRebuilt(rebuilt: ReturnType<typeof openTill>['rebuilt'], log: Log): void {
  if (rebuilt === 'taken') log.info('the tables of the ledger were made anew from its journal')
  else if (rebuilt === 'waits') log.warn(REBUILT.waits)
  else if (rebuilt !== 'none') log.error(REBUILT[rebuilt])
}

type SyncSides = Pick<
  Backend,
  'ledger' | 'accounts' | 'jobs' | 'clock' | 'newId' | 'dataDir' | 'changes' | 'signIns'
>

function openSync(options: BackendOptions, backend: SyncSides, store: SyncStore): Sync {
  const { ledger, clock, dataDir, changes, signIns } = backend
  const { log } = options
  const scheduler = options.scheduler ?? machineScheduler(clock)
  const onChange = (): void => changes.tell(['account'])
  const onUnread: AccountsFeedDeps['onUnread'] = numbers => {
    if (noteUnreadAccounts({ store, scheduler, log }, numbers)) changes.tell(['sync'])
  }
  const onNote = (): void => changes.tell(['sync', 'receipt', 'session', 'till'])
  const onChecks = (): void => changes.tell(['sync'])
  return new Sync({
    ledger,
    store,
    keys: options.keys ?? fileKeyStore(dataDir),
    scheduler,
    fetch: options.fetch ?? fetch,
    log,
    tell: nouns => changes.tell(nouns),
    feeds: [
      sessionChecksFeed({ store, reader: ledger.reader, scheduler, onChecks }),
      new CityFeed({ ledger, store, signIns, log, clock, onNote }),
    ],
    accounts: new AccountsFeed({ mirror: accountsMirror(backend), scheduler, log, onChange, onUnread }),
  })
}
