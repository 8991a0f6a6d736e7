/** Files of accounts as a billing system leaves them, and what is owed once they were taken over. */
import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { FileOptions } from '../../../central/accounts/account-entries.ts'
import { takeAccountFile } from '../../../central/accounts/account-file.ts'
import { accountsSince } from '../../../central/accounts/feeds.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import { accountIdOf, itemIdOf } from '../../../db/accounts/named-id.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import type { AccountWithItems } from '../../../shared/account.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { sum } from '../../../shared/money.ts'
import { freshDir } from '../data-folder.ts'
import { account, accountLine, type Counter, CREDIT_GL, TILL, WATER_GL } from './central-shop.ts'

export const HOUR_MS = 3_600_000
/** When the billing system wrote its file. */
export const WRITTEN_MS = Date.UTC(2026, 10, 20, 23)
export const LATER_MS = WRITTEN_MS + 30 * 24 * HOUR_MS
export const DUE = '2026-12-01'
export const HEADER = 'Account,Name,Service Address,Status,Service,Due Date,Amount Due,Credit,GL'

/** A file as it was left by the billing system. */
export function fileOf(
  lines: readonly string[],
  { name = 'accounts.csv', writtenMs = WRITTEN_MS } = {},
): string {
  const file = join(freshDir(), name)
  writeFileSync(file, lines.join('\r\n'))
  utimesSync(file, writtenMs / 1_000, writtenMs / 1_000)
  return file
}

let imports = 0
export function take(db: CentralDb, lines: readonly string[], options: Partial<FileOptions> = {}) {
  imports += 1
  return takeAccountFile(db, fileOf(lines), {
    importId: `import-${imports}`,
    timeZone: 'UTC',
    nowMs: LATER_MS,
    ...{ paymentsThroughMs: WRITTEN_MS, isExact: true },
    ...options,
  })
}

export const row = (no: number, service: string, amount: string, credit = ''): string =>
  [`10-${no}`, `Customer ${no}`, `${no} Elm`, 'active', service, DUE, amount, credit, WATER_GL].join(',')

export const bill = (...nos: number[]): string[] => [
  HEADER,
  ...nos.flatMap(no => [row(no, 'water', '40.00'), row(no, 'sewer', '25.00')]),
]

/** Open items by service, and the credit. */
export async function owed(db: CentralDb, no: number): Promise<Record<string, number>> {
  const accountId = accountIdOf(`10-${no}`)
  const items = await itemsOf(db, no)
  const account = await db.kysely
    .selectFrom('account')
    .selectAll()
    .where('account_id', '=', accountId)
    .execute()
  const figures = items.map(item => [item.service, item.open_cents] as const)
  return { ...Object.fromEntries(figures), credit: account[0]?.credit_cents ?? -1 }
}

const itemsOf = (db: CentralDb, no: number) =>
  db.kysely
    .selectFrom('account_item')
    .selectAll()
    .where('account_id', '=', accountIdOf(`10-${no}`))
    .execute()

/** What is owed in all, less the credit. */
export async function totalOwed(db: CentralDb, no: number): Promise<number> {
  const [items, { credit = 0 }] = [await itemsOf(db, no), await owed(db, no)]
  return items.reduce((all, item) => all + item.open_cents, 0) - credit
}

export const itemOf = (no: number, service: string): string =>
  itemIdOf({ accountId: accountIdOf(`10-${no}`), service, dueDate: DUE, isPenalty: false })

/** Pays for services of an account as its file names them; null is a credit. */
export function pays(
  no: number,
  parts: readonly (readonly [service: string | null, cents: number])[],
): ReceiptLine {
  const line = accountLine(
    no,
    parts.map(([service, cents]) => [service && itemOf(no, service), cents, service ? WATER_GL : CREDIT_GL]),
  )
  return line.kind === 'account' ? { ...line, accountId: accountIdOf(`10-${no}`) } : line
}

export const push = async (db: CentralDb, counter: Counter, nowMs: number): Promise<void> => {
  expect(await takeRange(db, counter.pen.take(), { nowMs })).toMatchObject({ ok: true })
}

/** Says nothing of what was paid in the last hour before the file. */
export const EARLY = { paymentsThroughMs: WRITTEN_MS - HOUR_MS }

/** An account with an id of the billing system's own, as a line of JSON. */
export const recordOf = (no: number, more: Partial<AccountWithItems['account']> = {}): string => {
  const own = account(no)
  return JSON.stringify({ ...own, account: { ...own.account, ...more } })
}

/** What a till that reads everything is told: by number what each account owes, less its credit. */
export async function told(db: CentralDb): Promise<Record<string, number | string>> {
  const { accounts } = await accountsSince(db, { tillId: TILL }, { nowMs: WRITTEN_MS })
  return Object.fromEntries(
    accounts.map(({ account: { number, status, creditCents }, items }) => {
      const owed = sum(items.map(item => item.openCents)) - creditCents
      return [number, status === 'open' ? owed : `${status} ${owed}`]
    }),
  )
}
