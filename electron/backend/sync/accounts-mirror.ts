/** The accounts file as the line to central changes it: pages are written by a thread of its own. */
import type { Backend } from '../backend.ts'
import { recordImport } from '../imports.ts'
import type { AccountsMirror } from './accounts-feed.ts'

export function accountsMirror(
  backend: Pick<Backend, 'accounts' | 'jobs' | 'ledger' | 'clock' | 'newId' | 'dataDir'>,
): AccountsMirror {
  const { accounts, jobs, clock, newId, dataDir } = backend
  return {
    state: () => accounts.pullState(),
    read: bytes => jobs.runAccounts('read-accounts', { bytes }),
    take: page => jobs.runAccounts('take-accounts', { ...page, dataDir, atMs: clock(), newId: newId() }),
    index: () => jobs.runAccounts('index-accounts', { dataDir, atMs: clock() }),
    record: mark => recordImport(backend, mark),
    rest: () => jobs.restAccounts(),
  }
}
