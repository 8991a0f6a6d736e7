/**
 * What is held for accounts and is in none of their figures: payments in suspense, and voids that could not be booked. A
 * till is told figures that count whatever central has heard of, whether it found its home or not. So a till's own place
 * says of every payment alike whether the figures contain it, and a payment that waits is asked for at no window.
 */
import { sql } from 'kysely'
import { accountIdOf, namedId } from '../../db/accounts/named-id.ts'
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { CentralAccountRow, CentralItemRow } from '../../db/central/schema.ts'
import { ACCOUNT_LIMITS } from '../../shared/account.ts'
import { add, cents, subtract } from '../../shared/money.ts'
import type { BusinessDate } from '../../shared/time.ts'

interface HeldPart {
  accountId: string
  /** Null for the account's credit. */
  itemId: string | null
  service: string
  /** Null for a credit. */
  dueDate: BusinessDate | null
  /** Of the receipt. */
  businessDate: BusinessDate
  glAccount: string
  /** Below zero where it was given back, and is owed again. */
  cents: number
}

interface ToldAccount {
  account: CentralAccountRow
  items: CentralItemRow[]
}

/** The accounts with what is held for them put on top of their figures. */
export async function withHeld(tx: CentralTx, accounts: readonly ToldAccount[]): Promise<ToldAccount[]> {
  if (accounts.length === 0) return []
  const byId = new Map<string, ToldAccount>()
  for (const { account, items } of accounts) {
    const told = { account: { ...account }, items: items.map(item => ({ ...item })) }
    // Before a city went live its tills named accounts after their numbers.
    byId.set(accountIdOf(account.number), told)
    byId.set(account.account_id, told)
  }
  for (const part of await heldParts(tx, [...byId.keys()])) {
    const told = byId.get(part.accountId)
    if (told) put(told, part)
  }
  return accounts.flatMap(({ account }) => byId.get(account.account_id) ?? [])
}

async function heldParts(tx: CentralTx, ids: readonly string[]): Promise<HeldPart[]> {
  const { rows } = await sql<HeldPart>`
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
  return rows
}

function put(told: ToldAccount, part: HeldPart): void {
  const item = told.items.find(one => one.item_id === part.itemId)
  if (part.cents > 0) pay(told, item, part.cents)
  else owe(told, part)
}

/** What the item does not owe any more is the customer's. */
function pay({ account }: ToldAccount, item: CentralItemRow | undefined, paid: number): void {
  const taken = cents(Math.min(item?.open_cents ?? 0, paid))
  if (item) item.open_cents = subtract(item.open_cents, taken)
  account.credit_cents = add(account.credit_cents, subtract(cents(paid), taken))
}

/** Owed again: out of the credit as far as there is any, and as an item for the rest. */
function owe({ account, items }: ToldAccount, part: HeldPart): void {
  const owed = cents(-part.cents)
  const fromCredit = cents(Math.min(account.credit_cents, part.itemId === null ? owed : 0))
  account.credit_cents = subtract(account.credit_cents, fromCredit)
  const open = subtract(owed, fromCredit)
  if (open === 0) return
  const again = againOf(account, part)
  // One item more than an account may have would be read by no till.
  const last = items.length >= ACCOUNT_LIMITS.items ? items.at(-1) : undefined
  const item = items.find(one => one.item_id === again.item_id) ?? last
  if (item) item.open_cents = add(item.open_cents, open)
  else items.push({ ...again, item_no: items.length + 1, open_cents: open })
}

function againOf(
  { account_id: accountId }: CentralAccountRow,
  part: HeldPart,
): Omit<CentralItemRow, 'item_no' | 'open_cents'> {
  return {
    item_id: part.itemId ?? namedId('item', `${accountId}\u0000returned/${part.glAccount}`),
    account_id: accountId,
    service: part.service,
    service_order: 0,
    is_penalty: 0,
    due_date: part.dueDate ?? part.businessDate,
    gl_account: part.glAccount,
  }
}
