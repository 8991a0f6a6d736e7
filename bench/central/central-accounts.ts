/** Accounts of a till's city as central bills them, with the bills that the till's ledger says were paid. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { putAccounts } from '../../central/accounts/changes.ts'
import { openAccountsReader } from '../../db/accounts/open.ts'
import { type AccountRow, accountOf, type ItemRow, itemOf } from '../../db/accounts/rows.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { LEDGER_FILE } from '../../db/ledger/folder.ts'
import type { AccountWithItems } from '../../shared/account.ts'
import { newId } from '../../shared/id.ts'
import { cents } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'

const AT_ONCE = 1_000

const PAID_ITEMS = `SELECT a.item_id, a.service, a.due_date, a.gl_account, sum(a.cents) AS open_cents
FROM receipt_line l JOIN receipt_allocation a ON a.receipt_id = l.receipt_id AND a.line_no = l.line_no
WHERE l.account_id = ? AND a.item_id IS NOT NULL GROUP BY a.item_id`

type PaidItem = Pick<ItemRow, 'item_id' | 'service' | 'due_date' | 'gl_account' | 'open_cents'>

/**
 * Bills every account of a till at central: what is open by the till's accounts, and what its ledger says was paid, so
 * that every receipt finds its items. Written through central's own taking over.
 */
export async function billAccountsOf(dataDir: string, db: CentralDb): Promise<void> {
  const accounts = openAccountsReader(dataDir)
  const ledger = new Database(join(dataDir, LEDGER_FILE), { readonly: true })
  try {
    const paid = ledger.prepare<[string], PaidItem>(PAID_ITEMS)
    const items = accounts.connection.prepare<[number], ItemRow>(
      'SELECT * FROM account_item WHERE account_seq = ? ORDER BY item_no',
    )
    const rows = accounts.connection.prepare<[], AccountRow>('SELECT * FROM account').all()
    const importId = newId()
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const list = rows.slice(from, from + AT_ONCE).map(row => billed(row, items, paid))
      await putAccounts(db, list, { importId, no: from })
    }
  } finally {
    accounts.close()
    ledger.close()
  }
}

function billed(
  row: AccountRow,
  items: Database.Statement<[number], ItemRow>,
  paid: Database.Statement<[string], PaidItem>,
): AccountWithItems {
  const open = items.all(row.seq).map(item => itemOf(item, row.account_id))
  const earlier = paid.all(row.account_id).map((item, index) => ({
    itemId: item.item_id,
    accountId: row.account_id,
    service: item.service,
    serviceOrder: Math.min(index, 999),
    isPenalty: false,
    dueDate: item.due_date as BusinessDate,
    openCents: cents(item.open_cents),
    glAccount: item.gl_account,
  }))
  return { account: accountOf(row), items: [...open, ...earlier] }
}
