/** Numbered, frozen schema steps of central, each in a transaction of its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { CompiledQuery, sql } from 'kysely'
import type { CentralDb } from './open.ts'

export interface CentralStep {
  version: number
  sql: string
}

const MIGRATIONS_DIR = new URL('./migrations/', import.meta.url)
/** 'TILL' once more: two programs that start at once take steps one after the other. */
const LOCK = 0x54494c4c

/** The steps in order; files whose names begin with the same four digits are parts of one. */
export function centralMigrations(): CentralStep[] {
  const steps = new Map<number, string>()
  const names = readdirSync(MIGRATIONS_DIR).filter(name => name.endsWith('.sql'))
  for (const name of names.sort()) {
    const version = Number.parseInt(name.slice(0, 4), 10)
    steps.set(version, (steps.get(version) ?? '') + readFileSync(new URL(name, MIGRATIONS_DIR), 'utf8'))
  }
  return [...steps].map(([version, text]) => ({ version, sql: text }))
}

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
  for (const step of steps) await takeStep(db, step)
  const found = await versionOf(db)
  if (found > newest) throw new Error(`The database is of version ${found}; this program knows ${newest}`)
}

export async function versionOf(db: Pick<CentralDb, 'kysely'>): Promise<number> {
  const { rows } = await sql<{
    version: number | null
  }>`SELECT max(version) AS version FROM schema_version`.execute(db.kysely)
  return rows[0]?.version ?? 0
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
