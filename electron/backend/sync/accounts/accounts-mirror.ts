/** The accounts file as the line to central changes it: pages are written by a thread of its own. */
import { isOver } from '../../../../db/accounts/pull/pull-state.ts'
import { recordImport } from '../../account/index.ts'
import type { Backend } from '../../backend.ts'
import type { AccountsMirror } from './accounts-feed.ts'
import { AccountsPages } from './accounts-page.ts'

/** A page without accounts is shorter, and too little work to start a thread for: it says only that all is as it was. */
const SMALL_BYTES = 1_000

export function accountsMirror(
  backend: Pick<Backend, 'accounts' | 'jobs' | 'ledger' | 'clock' | 'newId' | 'dataDir'>,
): AccountsMirror {
  const { accounts, jobs, clock, newId, dataDir } = backend
  const own = new AccountsPages()
  let isNothing = false
  return {
    state: () => accounts.pullState(),
    async read(bytes) {
      const page = bytes.length <= SMALL_BYTES ? own.read(bytes) : undefined
      const state = accounts.pullState()
      isNothing = page?.accounts === 0 && (state === null || isOver(state))
      return isNothing ? page : jobs.runAccounts('read-accounts', { bytes })
    },
    async take(page) {
      const order = { ...page, dataDir, atMs: clock(), newId: newId() }
      return isNothing ? own.take(order) : jobs.runAccounts('take-accounts', order)
    },
    index: () => jobs.runAccounts('index-accounts', { dataDir, atMs: clock() }),
    unread: () => accounts.unreadNumbers(),
    record: mark => recordImport(backend, mark),
    rest: () => jobs.restAccounts(),
  }
}
