/** What all that touches payment files goes by: one at a time, and numbers without a gap. */
import type { CentralTx } from '../../db/central/connection.ts'

export const DETAIL_KEY = ['till_id', 'receipt_id', 'line_no', 'entry_no', 'kind', 'attempt'] as const

/** One file at a time: two runs at once would put one detail into both. */
export async function lockFiles(tx: CentralTx): Promise<void> {
  const row = tx.query.selectFrom('city_setting').select('name').where('name', '=', 'carrier')
  await (tx.flavour === 'postgres' ? row.forUpdate() : row).execute()
}

/** Number of the last file on record; 0 before the first. */
export async function lastFile({ query }: Pick<CentralTx, 'query'>): Promise<number> {
  const { last } = await query
    .selectFrom('payment_file')
    .select(({ fn }) => fn.max('file_no').as('last'))
    .executeTakeFirstOrThrow()
  return last ?? 0
}
