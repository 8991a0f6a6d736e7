/**
 * The id that a number alone makes, under which tills paid before their city had ids of its own. It means whoever bears the
 * number, until that account loses it: from then on it is that account's for good, whoever gets the number.
 */
import { accountIdOf } from '../../db/accounts/named-id.ts'
import { insertRows, textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import { type CentralAccountRow, GIVEN_UP } from '../../db/central/schema.ts'
import { ZERO } from '../../shared/money.ts'

export type Named = Pick<CentralAccountRow, 'account_id' | 'number' | 'name'>

/** Accounts by every id under which tills paid them. */
export async function namesOf(tx: CentralTx, given: readonly Named[]): Promise<Map<string, string>> {
  const names = new Map(given.map(one => [accountIdOf(one.number), one.account_id]))
  for (const { account_id: id } of await idsThere(tx, [...names.keys()])) names.delete(id)
  for (const { account_id: id } of given) names.set(id, id)
  return names
}

const idsThere = (tx: CentralTx, ids: readonly string[]) =>
  tx.query.selectFrom('account').select('account_id').where('account_id', 'in', textList(tx, ids)).execute()

/** Writes down whose the ids of these numbers are, of accounts that lose them; gives each with the account. Those in `given` are accounts. */
export async function fixNames(
  tx: CentralTx,
  losing: readonly Named[],
  given: ReadonlySet<string>,
): Promise<{ accountId: string; heirId: string }[]> {
  const names = new Map(losing.map(one => [accountIdOf(one.number), one]))
  for (const { account_id: id } of await idsThere(tx, [...names.keys()])) names.delete(id)
  for (const id of given) names.delete(id)
  const rows = [...names].map(([accountId, { account_id: heirId, number, name }]) => ({
    ...{ account_id: accountId, number, number_key: GIVEN_UP, name, address: '', phones: '[]' },
    ...{ status: 'closed' as const, cash_only: 0, credit_cents: ZERO, note: '', heir_id: heirId },
    ...{ as_of_ms: 0, change_no: 0 },
  }))
  await insertRows(tx, 'account', rows)
  return rows.map(row => ({ accountId: row.account_id, heirId: row.heir_id }))
}
