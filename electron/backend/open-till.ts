/** Opening the till for a door: the backend, or the reason why there is none. */
import { LedgerUnavailable, ledgerProblemOf } from '../../db/ledger-errors.ts'
import { type Backend, openBackend, type Unavailable } from './backend.ts'
import { catchUpImports } from './imports.ts'
import { type Log, openLog, silentLog } from './log.ts'
import type { KeyStore } from './sync/key-store.ts'

/**
 * Opens a data folder. A ledger that cannot be used gives `Unavailable`, so that the screen can say why;
 * one that another program holds is thrown, because that program has the screen. `keys` is where the private key
 * for central lies; a file of its owner alone if nothing is said.
 */
export function openTillFor(dataDir: string, keys?: KeyStore): Backend | Unavailable {
  const log = logIn(dataDir)
  try {
    const backend = openBackend({ dataDir, log, ...(keys && { keys }) })
    catchUp(backend)
    backend.sync.start()
    return backend
  } catch (error) {
    if (!(error instanceof LedgerUnavailable) || error.problem === 'in-use') throw error
    log.error({ err: error }, 'the ledger cannot be opened')
    return { unavailable: error, log, clock: Date.now }
  }
}

// A disk without room for one row has none for a receipt either: the screen says so from the start.
function catchUp(backend: Backend): void {
  try {
    catchUpImports(backend)
  } catch (error) {
    const problem = ledgerProblemOf(error)
    void backend.close()
    throw problem ? new LedgerUnavailable(problem, backend.dataDir, { cause: error }) : error
  }
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
  const { holder } = error
  const who = holder
    ? `process ${holder.processId}, since ${new Date(holder.sinceMs).toISOString()}`
    : 'another program'
  return `This till's data is in use by ${who}. Close that program first, or start with another --data folder.`
}
