/** A till with a full day behind it, whose tables are made anew. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { openTill } from '../../../db/ledger/till.ts'
import { PROJECTED_TABLES } from '../../../shared/ledger/facts.ts'
import { fullDay } from '../../support/full-day.ts'
import { type OpenTill, openTestTill } from '../../support/till.ts'

let day: Promise<Map<string, Buffer>> | undefined

/** The files of a till after a full day, made once. */
async function fullDayFiles(): Promise<Map<string, Buffer>> {
  const till = await openTestTill()
  await fullDay(till)
  await till.close()
  const files = readdirSync(till.dataDir, { withFileTypes: true }).filter(entry => entry.isFile())
  return new Map(files.map(({ name }) => [name, readFileSync(join(till.dataDir, name))]))
}

export async function liveTill(): Promise<{ till: OpenTill; path: string }> {
  day ??= fullDayFiles()
  const files = await day
  const prepare = (dir: string) => {
    for (const [name, bytes] of files) writeFileSync(join(dir, name), bytes)
  }
  const till = await openTestTill({ prepare })
  return { till, path: join(till.dataDir, LEDGER_FILE) }
}

export const openAgain = (dir: string) => {
  const opened = openTill(dir, { nowMs: 2, newTillId: '' })
  onTestFinished(() => opened.close())
  return opened
}

/** Every row of every table, by table. */
export function tablesOf(path: string): Map<string, string> {
  const file = new Database(path, { readonly: true })
  const rows = (table: string) =>
    file
      .prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`)
      .all()
      .map(row => JSON.stringify(row))
      .toSorted()
      .join('\n')
  const tables = new Map([...PROJECTED_TABLES, 'journal', 'credential'].map(table => [table, rows(table)]))
  file.close()
  return tables
}
