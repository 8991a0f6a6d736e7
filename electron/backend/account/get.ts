import { accountView } from '../../../db/queries/account.ts'
import { accountHistory } from '../../../db/queries/receipt/receipt.ts'
import type { AccountView } from '../../../shared/contract/account.ts'
import { type Backend, calendarDate } from '../backend.ts'
import { signedIn } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { receiptSight } from '../request/hidden-sessions.ts'

/** An account as it stands, with what this till has taken for it since. */
export function viewOf(backend: Backend, accountId: string): AccountView | undefined {
  const sources = { ledger: backend.ledger.reader, accounts: backend.accounts }
  return accountView(sources, accountId, calendarDate(backend))
}

export const get = os.account.get.handler(({ input, context, errors }) => {
  const found = viewOf(context.backend, input.accountId)
  if (!found) throw errors.UNKNOWN_ACCOUNT()
  return found
})

export const history = os.account.history.handler(({ input, context }) => {
  const { ledger, accounts } = context.backend
  const { reader } = ledger
  const ids = accounts.keptAccount(input.accountId)?.ids ?? [input.accountId]
  return accountHistory(reader, ids, receiptSight(reader, signedIn(context).personId))
})
