import { type RawBuilder, sql } from 'kysely'

/** One of a receipt tender's details by name, out of the `details` of a table; null where the tender has none such. */
export const tenderDetail = (table: string, name: string): RawBuilder<string | null> =>
  sql<string | null>`${sql.ref(`${table}.details`)} ->> ${sql.lit(`$.${name}`)}`
