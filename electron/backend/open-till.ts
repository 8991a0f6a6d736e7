/** Opening the till for a transport: the backend, or the reason why there is none. */
import { LedgerUnavailable, ledgerProblemOf } from '../../db/file/problem.ts'
import { checkAccountsStated } from './account/import/record.ts'
import type { Backend, Unavailable } from './backend.ts'
import { openBackend } from './open-backend.ts'
import { type Log, openLog, silentLog } from './runtime/log.ts'
import { claimForOwner, keepToOwner } from './runtime/rights.ts'
import type { KeyStore } from './runtime/signing-key.ts'
import { stateTillKey } from './runtime/till-key.ts'
import { catchUpTenders } from './setup/tenders.ts'

/**
 * Opens a data folder. A ledger that cannot be used gives `Unavailable`, so that the screen can say why;
 * one that another program holds is thrown, because that program has the screen. `keys` is where the private key
 * for central lies; a file of its owner alone if nothing is said.
 */
export function openTillFor(dataDir: string, keys?: KeyStore): Backend | Unavailable {
  keepToOwner()
  try {
    claimForOwner(dataDir)
  } catch (error) {
    const unavailable = unavailableBy(error)
    if (!unavailable) throw error
    // Nothing is written where others can write, not even a line of log.
    return { unavailable, log: silentLog(), clock: Date.now }
  }
  const log = logIn(dataDir)
  try {
    const backend = openBackend({ dataDir, log, ...(keys && { keys }), first: catchUp })
    backend.sync.start()
    if (backend.tablesWanted.length > 0) void rebuildTables(backend)
    return backend
  } catch (error) {
    const unavailable = unavailableBy(error)
    if (!unavailable || unavailable.problem === 'in-use') throw unavailable ?? error
    log.error({ err: error }, 'the ledger cannot be opened')
    return { unavailable, log, clock: Date.now }
  }
}

/** What is wrong with a file, whichever of them it is and whoever found it. */
function unavailableBy(error: unknown): LedgerUnavailable | undefined {
  if (error instanceof LedgerUnavailable) return error
  const problem = ledgerProblemOf(error)
  return problem && new LedgerUnavailable(problem, String(error), { cause: error })
}

/** Makes tables anew beside the running till, after a program that makes other rows of a fact; the next start takes them. */
async function rebuildTables({ jobs, dataDir, log, tablesWanted }: Backend): Promise<void> {
  log.info({ tables: tablesWanted }, 'tables are made anew from the journal beside the running till')
  try {
    const { facts } = await jobs.runLong('rebuild-tables', { dataDir }, {})
    log.info({ facts }, 'tables were made anew; the next start takes them')
  } catch (error) {
    log.error({ err: error }, 'tables were not made anew; the next start tries again')
  }
}

// A disk without room for one row has none for a receipt either: the screen says so from the start.
function catchUp(backend: Backend): void {
  checkAccountsStated(backend)
  catchUpTenders(backend)
  stateTillKey(backend)
}

// A folder that cannot be written has no log either; the screen still says why.
function logIn(dataDir: string): Log {
  try {
    return openLog(dataDir)
  } catch {
    return silentLog()
  }
}

/** One sentence for whoever started a second program. */
export function inUseSentence(error: LedgerUnavailable): string {
  const { holder, detail } = error
  const who = holder
    ? `process ${holder.processId}, since ${new Date(holder.sinceMs).toISOString()}`
    : `another program (${detail})`
  return `This till's data is in use by ${who}. Close that program first, or start with another --data folder.`
}
