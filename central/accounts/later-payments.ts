/**
 * Payments that central posted after a file of accounts was made. The file's figures cannot contain them; they are put
 * on top of what it says, or what a customer has paid today would be asked for again tomorrow.
 */
import { sql } from 'kysely'
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { CentralItemRow } from '../../db/central/schema.ts'
import { ACCOUNT_LIMITS } from '../../shared/account.ts'
import { add, type Cents, cents, negate, subtract, ZERO } from '../../shared/money.ts'
import type { AccountRows } from './rows.ts'

interface LaterPayment {
  accountId: string
  /** Null for the account's credit. */
  itemId: string | null
  /** Below zero where a payment was taken back, or an account was charged. */
  cents: number
}

/** Something that was given back, of an account whose figures in the file have no place for it. */
export interface Unapplied {
  accountNumber: string
  cents: Cents
}

/** What was posted after a moment (UTC milliseconds by central's clock), less what was undone; what is owed again comes first. */
export async function laterPayments(
  tx: CentralTx,
  { ids, throughMs }: { ids: readonly string[]; throughMs: number },
): Promise<LaterPayment[]> {
  const { rows } = await sql<LaterPayment>`
    SELECT e.account_id AS "accountId", e.item_id AS "itemId", e.cents AS cents
    FROM posting_entry e JOIN posting p
      ON p.till_id = e.till_id AND p.receipt_id = e.receipt_id AND p.line_no = e.line_no
    WHERE e.at > ${throughMs} AND p.state <> 'reversed' AND e.account_id IN ${textList(tx, ids)}
      AND ${isNotCarried}
    UNION ALL
    SELECT e.account_id, e.item_id, -e.cents
    FROM posting p JOIN posting_entry e
      ON e.till_id = p.till_id AND e.receipt_id = p.receipt_id AND e.line_no = p.line_no
    WHERE p.state = 'reversed' AND p.at > ${throughMs} AND e.at <= ${throughMs}
      AND e.account_id IN ${textList(tx, ids)} AND ${isNotCarried}
    UNION ALL
    SELECT d.account_id, d.item_id, CAST(sum(d.cents) AS BIGINT) FROM (
      SELECT * FROM payment_detail WHERE status IS NULL
      UNION ALL
      SELECT * FROM payment_detail WHERE status = 'accepted' AND answered_at > ${throughMs}) AS d
    WHERE d.account_id IN ${textList(tx, ids)} AND ${isOfTakenPayment}
    GROUP BY d.account_id, d.item_id HAVING sum(d.cents) <> 0
    ORDER BY cents, "accountId", "itemId"`.execute(tx.query)
  return rows
}

/** Where payments are carried by files, the billing system knows of one when it has accepted it, and no sooner. */
const isNotCarried = sql`NOT EXISTS (SELECT 1 FROM payment_detail d WHERE d.till_id = e.till_id
  AND d.receipt_id = e.receipt_id AND d.line_no = e.line_no AND d.entry_no = e.entry_no)`

/** The reversal of a payment that was rejected changes nothing there. */
const isOfTakenPayment = sql`(d.kind = 'posted' OR (SELECT q.status FROM payment_detail q
  WHERE q.till_id = d.till_id AND q.receipt_id = d.receipt_id AND q.line_no = d.line_no
    AND q.entry_no = d.entry_no AND q.kind = 'posted' ORDER BY q.attempt DESC LIMIT 1) IS DISTINCT FROM 'rejected')`

/** Changes the given figures by the payments; gives what could not be put on top of them. */
export function payLater(
  given: readonly AccountRows[],
  kept: ReadonlyMap<string, AccountRows>,
  payments: readonly LaterPayment[],
): Unapplied[] {
  const byId = new Map(given.map(one => [one.account.account_id, one]))
  return payments.flatMap(payment => {
    const figures = byId.get(payment.accountId)
    if (!figures) return []
    const left =
      payment.cents > 0
        ? pay(figures, payment)
        : owe(figures, payment, kept.get(payment.accountId)?.items ?? [])
    return left === ZERO ? [] : [{ accountNumber: figures.account.number, cents: left }]
  })
}

/** What the item does not owe by the file any more is the customer's, and waits as a credit. */
function pay({ account, items }: AccountRows, { itemId, cents: paid }: LaterPayment): Cents {
  const item = items.find(one => one.item_id === itemId)
  const taken = cents(Math.min(item?.open_cents ?? 0, paid))
  if (item) item.open_cents = subtract(item.open_cents, taken)
  account.credit_cents = add(account.credit_cents, subtract(cents(paid), taken))
  return ZERO
}

/** A file does not name what was paid when it was made: the item is then the one that central has. */
function owe(
  { account, items }: AccountRows,
  { itemId, cents: paid }: LaterPayment,
  kept: CentralItemRow[],
): Cents {
  const owed = negate(cents(paid))
  if (itemId === null) {
    const taken = cents(Math.min(account.credit_cents, owed))
    account.credit_cents = subtract(account.credit_cents, taken)
    return subtract(owed, taken)
  }
  const item = items.find(one => one.item_id === itemId)
  if (item) item.open_cents = add(item.open_cents, owed)
  // One item more than an account may have would be read by no till.
  const hasRoom = items.length < ACCOUNT_LIMITS.items
  const known = item || !hasRoom ? undefined : kept.find(one => one.item_id === itemId)
  if (known) items.push({ ...known, item_no: items.length + 1, open_cents: owed })
  return item || known ? ZERO : owed
}
