/** Pages of accounts as central sends them, for tests that need no central. */
import { openAccountsWriter } from '../../../db/accounts/open.ts'
import { type Page, takePage } from '../../../db/accounts/pull/pull.ts'
import type { PullState } from '../../../db/accounts/pull/pull-state.ts'
import { BEFORE_ALL } from '../../../shared/account.ts'
import { newId } from '../../../shared/id.ts'
import { noJournal } from '../accounts-file.ts'
import { START_MS } from '../clock.ts'

export const CENTRAL = 'https://billing.example.gov'

/** A page that ends the reading, unless something else is said. */
export function pageOf(accounts: Page['accounts'], rest: Partial<Page> = {}): Page {
  return {
    accounts,
    unread: [],
    gone: [],
    asOfPosition: BEFORE_ALL,
    cursor: `${accounts.length}.0123456789abcdef`,
    fromStart: true,
    done: true,
    left: 0,
    asOfMs: START_MS,
    ...rest,
  }
}

/** Writes a page into a till's accounts, as its worker thread does. */
export function putPage(dataDir: string, page: Page, from = ''): PullState {
  const writer = openAccountsWriter(dataDir)
  try {
    return takePage(writer, { page, address: CENTRAL, from, atMs: START_MS, newId: newId() }, noJournal).state
  } finally {
    writer.close()
  }
}
