/** Accounts that a file names by their number alone. */
import { accountIdOf, namedId } from '../../db/accounts/named-id.ts'
import { textList } from '../../db/central/bulk.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { GIVEN_UP } from '../../db/central/schema.ts'
import { type AccountWithItems, accountNumberKey } from '../../shared/account.ts'

/**
 * The same accounts under the ids of those that bear their numbers. Where nobody does, and the id that the number makes is somebody
 * else's for good, it is a new customer under an id of its own.
 */
export async function byNumber(
  db: CentralDb,
  list: readonly AccountWithItems[],
): Promise<AccountWithItems[]> {
  const named = list.filter(({ account }) => account.accountId === accountIdOf(account.number))
  const bearers = await bearersOf(db, named)
  const taken = await takenOf(db, named)
  return list.map(({ account, items }) => {
    if (account.accountId !== accountIdOf(account.number)) return { account, items }
    const key = accountNumberKey(account.number)
    const heirId = taken.get(account.accountId)
    const own = heirId === undefined ? account.accountId : namedId('account', `${key}\u0000${heirId}`)
    const accountId = bearers.get(key) ?? own
    // The items that the number made are that one's too.
    const itemIdOf = (itemId: string): string =>
      heirId !== undefined && accountId === own ? namedId('item', `${itemId}\u0000${heirId}`) : itemId
    return {
      account: { ...account, accountId },
      items: items.map(item => ({ ...item, accountId, itemId: itemIdOf(item.itemId) })),
    }
  })
}

async function bearersOf(db: CentralDb, list: readonly AccountWithItems[]): Promise<Map<string, string>> {
  const keys = new Set(list.map(({ account }) => accountNumberKey(account.number)))
  const rows = await db.kysely
    .selectFrom('account')
    .select(['account_id', 'number_key'])
    .where('number_key', 'in', textList(db, [...keys]))
    .execute()
  return new Map(rows.map(row => [row.number_key, row.account_id]))
}

/** Ids that numbers make, and that are written down as somebody's: whose. */
async function takenOf(db: CentralDb, list: readonly AccountWithItems[]): Promise<Map<string, string>> {
  const ids = list.map(({ account }) => account.accountId)
  const rows = await db.kysely
    .selectFrom('account')
    .select(['account_id', 'heir_id'])
    .where('account_id', 'in', textList(db, ids))
    .where('number_key', '=', GIVEN_UP)
    .execute()
  return new Map(rows.flatMap(row => (row.heir_id === null ? [] : [[row.account_id, row.heir_id] as const])))
}
