/** The accounts file as the line to central changes it: pages are written by a thread of its own. */

import type { ImportMark } from '../../../../db/accounts/mark.ts'
import { isOver } from '../../../../db/accounts/pull/pull-state.ts'
import { stateImport } from '../../account/index.ts'
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
  const state = (mark: ImportMark): void => stateImport(backend, mark)
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
      return isNothing ? own.take(order, state) : jobs.runAccounts('take-accounts', order, state)
    },
    index: () => jobs.runAccounts('index-accounts', { dataDir, atMs: clock(), newId: newId() }, state),
    unread: () => accounts.unreadNumbers(),
    rest: () => jobs.restAccounts(),
  }
}
