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
  const free = await freeIds(db, named)
  return list.map(({ account, items }) => {
    if (account.accountId !== accountIdOf(account.number)) return { account, items }
    const own = free.get(account.accountId) ?? account.accountId
    const accountId = bearers.get(accountNumberKey(account.number)) ?? own
    // The items that the number made are somebody else's too.
    const itemIdOf = (itemId: string): string =>
      own !== account.accountId && accountId === own ? namedId('item', `${itemId}\u0000${own}`) : itemId
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

/** By the id that a number makes the first one that is written down as nobody's. */
async function freeIds(db: CentralDb, list: readonly AccountWithItems[]): Promise<Map<string, string>> {
  const free = new Map(list.map(({ account: { accountId } }) => [accountId, accountId]))
  for (let tried = [...free.keys()]; tried.length > 0; ) {
    const taken = await takenOf(db, [...new Set(tried.flatMap(id => free.get(id) ?? []))])
    tried = tried.filter(id => {
      const heirId = taken.get(free.get(id) ?? '')
      if (heirId !== undefined) free.set(id, namedId('account', `${free.get(id)}\u0000${heirId}`))
      return heirId !== undefined
    })
  }
  return free
}

/** Ids that are written down as somebody's: whose. */
async function takenOf(db: CentralDb, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.kysely
    .selectFrom('account')
    .select(['account_id', 'heir_id'])
    .where('account_id', 'in', textList(db, ids))
    .where('number_key', '=', GIVEN_UP)
    .execute()
  return new Map(rows.flatMap(row => (row.heir_id === null ? [] : [[row.account_id, row.heir_id] as const])))
}
