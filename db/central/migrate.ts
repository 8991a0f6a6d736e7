/** Numbered, frozen schema steps of central, each in a transaction of its own, over the tables of the tills' ledgers. */
import { CompiledQuery, sql } from 'kysely'
import { readSteps } from '../file/steps.ts'
import type { CentralDb } from './connection.ts'
import { ledgerTables } from './ledger-tables.ts'

export interface CentralStep {
  version: number
  sql: string
}

/** 'TILL' once more: two programs that start at once take steps one after the other. */
const LOCK = 0x54494c4c

/** The steps in order. */
export const centralSteps = (): CentralStep[] =>
  readSteps(new URL('./central-steps/', import.meta.url)).map((text, index) => ({
    version: index + 1,
    sql: text,
  }))

/**
 * Brings a database to the last step. A step that fails leaves the database as the step before left it, and is
 * thrown; a database of a newer program is refused.
 */
export async function migrateCentral(db: CentralDb, steps: readonly CentralStep[]): Promise<void> {
  await db.kysely.executeQuery(
    CompiledQuery.raw(
      'CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY, applied_at TEXT NOT NULL)',
    ),
  )
  const newest = steps.at(-1)?.version ?? 0
  const found = await versionOf(db)
  if (found > newest) throw new Error(`The database is of version ${found}; this program knows ${newest}`)
  await makeLedgerTables(db)
  for (const step of steps) await takeStep(db, step)
}

export async function versionOf(db: Pick<CentralDb, 'kysely'>): Promise<number> {
  const { rows } = await sql<{
    version: number | null
  }>`SELECT max(version) AS version FROM schema_version`.execute(db.kysely)
  return rows[0]?.version ?? 0
}

/** A table that a newer till has, and that is not here yet, is made empty: no older fact has filled it. */
async function makeLedgerTables(db: CentralDb): Promise<void> {
  await db.kysely.transaction().execute(async query => {
    if (db.flavour === 'postgres') await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(query)
    for (const statement of ledgerTables().values())
      await query.executeQuery(
        CompiledQuery.raw(statement.replace('CREATE TABLE', 'CREATE TABLE IF NOT EXISTS')),
      )
  })
}

async function takeStep(db: CentralDb, step: CentralStep): Promise<void> {
  await db.kysely.transaction().execute(async query => {
    if (db.flavour === 'postgres') await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(query)
    if ((await versionOf({ kysely: query })) >= step.version) return
    for (const statement of statementsOf(step.sql, db.flavour))
      await query.executeQuery(CompiledQuery.raw(statement))
    await sql`INSERT INTO schema_version (version, applied_at)
      VALUES (${step.version}, CAST(CURRENT_TIMESTAMP AS TEXT))`.execute(query)
  })
}

const POSTGRES_ONLY = '-- PostgreSQL only'

/** SQLite reads the same text: TEXT and BIGINT mean the same to it. What it has no words for is marked. */
function statementsOf(text: string, flavour: CentralDb['flavour']): string[] {
  return text
    .split(/;[ \t]*\n/)
    .map(statement => statement.trim())
    .filter(statement => statement.replace(/^--.*$/gm, '').trim() !== '')
    .filter(statement => flavour === 'postgres' || !statement.includes(POSTGRES_ONLY))
}
