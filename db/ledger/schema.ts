/** The ledger as Kysely sees it. What facts alone make is declared by their subjects. */
import type { ProjectedRows } from '../../shared/ledger/facts.ts'
import type { CredentialRow } from '../../shared/ledger/person.ts'
import type { BusinessDate } from '../../shared/time.ts'

export interface JournalTableRow {
  till_id: string
  epoch: number
  seq: number
  command_id: string
  command_hash: string
  kind: string
  version: number
  at: number
  business_date: BusinessDate
  actor_id: string
  body: string
  /** SHA-256 of `text_line`, hex; empty where the fact has no words of a payer. */
  texts: string
  prev_hash: string
  hash: string
  /** The words themselves with their salt, as a line; null where there are none, or where they were removed. */
  text_line: string | null
}

export interface LedgerTables extends ProjectedRows {
  journal: JournalTableRow
  credential: CredentialRow
}

/** 'TILL': marks a file as a ledger of ours, so that a foreign database is refused before it is touched. */
export const APPLICATION_ID = 0x54494c4c
