/** What all that touches payment files goes by: one at a time, and numbers without a gap. */
import type { CentralDb, CentralTx } from '../../db/central/connection.ts'
import type { PaymentFileRow } from '../../db/central/schema.ts'

/** One file at a time: two runs at once would put one detail into both. */
export async function lockFiles(tx: CentralTx): Promise<void> {
  const row = tx.query.selectFrom('city_setting').select('name').where('name', '=', 'carrier')
  await (tx.flavour === 'postgres' ? row.forUpdate() : row).execute()
}

/** The last file on record; undefined before the first. */
export function newestFile({
  query,
}: Pick<CentralTx, 'query'>): Promise<Pick<PaymentFileRow, 'file_no' | 'sha256'> | undefined> {
  const newest = query.selectFrom('payment_file').select(['file_no', 'sha256']).orderBy('file_no', 'desc')
  return newest.limit(1).executeTakeFirst()
}

export const lastFile = async (tx: Pick<CentralTx, 'query'>): Promise<number> =>
  (await newestFile(tx))?.file_no ?? 0

/** Every folder into which a file was ever written, the last one first. */
export async function foldersOf({ kysely }: Pick<CentralDb, 'kysely'>): Promise<string[]> {
  const rows = kysely.selectFrom('payment_file').select('folder').groupBy('folder')
  const found = await rows.orderBy(({ fn }) => fn.max('file_no'), 'desc').execute()
  return found.map(({ folder }) => folder)
}
