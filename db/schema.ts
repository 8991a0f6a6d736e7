/** The ledger as Kysely sees it. The row types live beside the projection that fills them. */
export type { LedgerTables } from '../shared/ledger/tables.ts'

/** 'TILL': marks a file as a ledger of ours, so that a foreign database is refused before it is touched. */
export const APPLICATION_ID = 0x54494c4c
