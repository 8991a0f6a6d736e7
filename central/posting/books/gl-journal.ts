/** The GL journal of a business date: by GL account, and for other programs as CSV. */
import { sql } from 'kysely'
import type { CentralDb } from '../../../db/central/connection.ts'
import { type Cents, cents, plainCents } from '../../../shared/money.ts'
import type { BusinessDate } from '../../../shared/time.ts'

export interface GlLine {
  businessDate: BusinessDate
  glAccount: string
  debitCents: Cents
  creditCents: Cents
}

/** Debits and credits of every till by GL account; both columns come to the same sum. */
export async function glOfDate(db: CentralDb, businessDate: BusinessDate): Promise<GlLine[]> {
  const { rows } = await sql<{ gl: string; debits: number; credits: number }>`
    SELECT gl_account AS gl, CAST(sum(debit_cents) AS BIGINT) AS debits, CAST(sum(credit_cents) AS BIGINT) AS credits
    FROM gl_entry WHERE business_date = ${businessDate} GROUP BY gl_account`.execute(db.kysely)
  return rows
    .map(row => ({
      businessDate,
      glAccount: row.gl,
      debitCents: cents(row.debits),
      creditCents: cents(row.credits),
    }))
    .sort((a, b) => (a.glAccount < b.glAccount ? -1 : 1))
}

const HEADER = 'business_date,gl_account,debit,credit'

/** RFC 4180 with a header. GL accounts are printable ASCII that a spreadsheet could take for a formula, so they are quoted and led by a tab where they begin like one. */
export function glCsv(lines: readonly GlLine[]): string {
  const rows = lines.map(({ businessDate, glAccount, debitCents, creditCents }) =>
    [businessDate, quoted(glAccount), plainCents(debitCents), plainCents(creditCents)].join(','),
  )
  return [HEADER, ...rows, ''].join('\r\n')
}

function quoted(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `\t${text}` : text
  return /[",\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
