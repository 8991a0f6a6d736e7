/** Which baskets go on: the id of a basket is that of the command that posts it, so one that was posted is over. */
import type { StoredBasket } from '../../../db/workspace/workspace.ts'
import type { Backend } from '../backend.ts'

type Stores = Pick<Backend, 'workspace' | 'ledger'>

/** A stored basket that goes on. One that was posted is cleared away here, wherever it stood. */
export function ongoing(
  { workspace, ledger }: Stores,
  stored: StoredBasket | undefined,
): StoredBasket | undefined {
  if (!stored || !ledger.recorded(stored.basketId)) return stored
  workspace.discard(stored.basketId)
  return undefined
}

/** All that wait under a name, the oldest first. */
export function suspendedBaskets(stores: Stores): StoredBasket[] {
  return stores.workspace.suspended().flatMap(stored => ongoing(stores, stored) ?? [])
}
