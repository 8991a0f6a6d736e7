/**
 * What is held for accounts and is in none of their figures: payments in suspense, and voids that could not be booked. A
 * till is told figures that count whatever central has heard of, whether it found its home or not. So a till's own place
 * says of every payment alike whether the figures contain it, and a payment that waits is asked for at no window.
 */
import { sql } from 'kysely'
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import { type Part, put, withoutOthers } from './figures.ts'
import { namesOf } from './named-ids.ts'
import type { AccountRows } from './rows.ts'

/** The accounts with what is held for them put on top of their figures. */
export async function withHeld(tx: CentralTx, accounts: readonly AccountRows[]): Promise<AccountRows[]> {
  if (accounts.length === 0) return []
  const told = accounts.map(({ account, items }) => ({
    account: { ...account },
    items: items.map(item => ({ ...item })),
  }))
  const byId = new Map(told.map(one => [one.account.account_id, one]))
  const names = await namesOf(
    tx,
    told.map(({ account }) => account),
  )
  for (const part of await withoutOthers(tx, await heldParts(tx, names))) {
    const figures = byId.get(part.accountId)
    if (figures) put(figures, part)
  }
  return told
}

async function heldParts(tx: CentralTx, names: ReadonlyMap<string, string>): Promise<Part[]> {
  const ids = [...names.keys()]
  const { rows } = await sql<Part>`
    SELECT p.account_id AS "accountId", a.item_id AS "itemId", a.service AS "service", a.due_date AS "dueDate",
      p.business_date AS "businessDate", a.gl_account AS "glAccount", a.cents AS cents
    FROM posting p JOIN receipt_allocation a
      ON a.till_id = p.till_id AND a.receipt_id = p.receipt_id AND a.line_no = p.line_no
    WHERE p.state = 'suspense' AND p.account_id IN ${textList(tx, ids)}
    UNION ALL
    SELECT e.account_id, e.item_id, a.service, a.due_date, p.business_date, e.gl_account, -e.cents
    FROM posting p JOIN posting_entry e
      ON e.till_id = p.till_id AND e.receipt_id = p.receipt_id AND e.line_no = p.line_no
    JOIN receipt_allocation a
      ON a.till_id = e.till_id AND a.receipt_id = e.receipt_id AND a.line_no = e.line_no
        AND a.allocation_no = e.entry_no
    WHERE p.state = 'not-reversed' AND e.account_id IN ${textList(tx, ids)}
    ORDER BY "accountId", "itemId", cents`.execute(tx.query)
  return rows.map(part => ({ ...part, accountId: names.get(part.accountId) ?? part.accountId }))
}
