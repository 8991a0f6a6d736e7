/**
 * Payments that central posted after a file of accounts was made. The file's figures cannot contain them; they are put
 * on top of what it says, or what a customer has paid today would be asked for again tomorrow.
 */
import { sql } from 'kysely'
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import { type Part, put, withoutOthers } from './figures.ts'
import type { FileMoments } from './file-moment.ts'
import { namesOf } from './named-ids.ts'
import type { AccountRows } from './rows.ts'

type Later = FileMoments & { given: readonly AccountRows[] }

/** What was posted after a moment (UTC milliseconds by central's clock), less what was undone; what is owed again comes first. */
export async function laterPayments(tx: CentralTx, later: Later): Promise<Part[]> {
  return withoutOthers(tx, await laterParts(tx, later), later.given)
}

/** The same with the items that were paid, whoever has them now. */
async function laterParts(tx: CentralTx, { given, throughMs, acceptedThroughMs }: Later): Promise<Part[]> {
  const ids = await namesOf(
    tx,
    given.map(({ account }) => account),
  )
  const { rows } = await sql<Part>`
    SELECT x.account_id AS "accountId", x.item_id AS "itemId", coalesce(max(a.service), 'returned') AS service,
      max(a.due_date) AS "dueDate", max(p.business_date) AS "businessDate", x.gl_account AS "glAccount",
      CAST(sum(x.cents) AS BIGINT) AS cents
    FROM (
      SELECT e.* FROM (${enteredLater(throughMs)}) AS e WHERE e.account_id IN ${textList(tx, [...ids.keys()])} AND ${isNotCarried}
      UNION ALL
      SELECT ${COLUMNS('d')} FROM payment_detail d
      WHERE (d.status IS NULL OR (d.status = 'accepted' AND d.answered_at > ${acceptedThroughMs}))
        AND d.account_id IN ${textList(tx, [...ids.keys()])} AND ${isOfTakenPayment(throughMs)}
    ) AS x
    JOIN posting p ON p.till_id = x.till_id AND p.receipt_id = x.receipt_id AND p.line_no = x.line_no
    LEFT JOIN receipt_allocation a ON a.till_id = x.till_id AND a.receipt_id = x.receipt_id
      AND a.line_no = x.line_no AND a.allocation_no = x.entry_no
    GROUP BY x.account_id, x.item_id, x.gl_account HAVING sum(x.cents) <> 0
    ORDER BY cents, "accountId", "itemId"`.execute(tx.query)
  return rows.map(part => ({ ...part, accountId: ids.get(part.accountId) ?? part.accountId }))
}

const COLUMNS = (of: string) =>
  sql.join(
    ['till_id', 'receipt_id', 'line_no', 'entry_no', 'account_id', 'item_id', 'gl_account', 'cents'].map(
      column => sql.ref(`${of}.${column}`),
    ),
  )

const enteredLater = (throughMs: number) => sql`
  SELECT ${COLUMNS('n')} FROM posting_entry n JOIN posting r
    ON r.till_id = n.till_id AND r.receipt_id = n.receipt_id AND r.line_no = n.line_no
  WHERE n.at > ${throughMs} AND r.state <> 'reversed'
  UNION ALL
  SELECT n.till_id, n.receipt_id, n.line_no, n.entry_no, n.account_id, n.item_id, n.gl_account, -n.cents
  FROM posting r JOIN posting_entry n
    ON n.till_id = r.till_id AND n.receipt_id = r.receipt_id AND n.line_no = r.line_no
  WHERE r.state = 'reversed' AND r.at > ${throughMs} AND n.at <= ${throughMs}`

/** Where payments are carried by files, the billing system knows of one when it has accepted it, and no sooner. */
const isNotCarried = sql`NOT EXISTS (SELECT 1 FROM payment_detail d WHERE d.till_id = e.till_id
  AND d.receipt_id = e.receipt_id AND d.line_no = e.line_no AND d.entry_no = e.entry_no)`

/** The reversal of a payment that was rejected changes nothing there, nor one of what was never told and is in no figures. */
const isOfTakenPayment = (throughMs: number) => sql`(d.kind = 'posted' OR CASE
  WHEN EXISTS (SELECT 1 FROM payment_detail q WHERE ${isOfSameEntry('q')} AND q.kind = 'posted')
  THEN (SELECT q.status FROM payment_detail q WHERE ${isOfSameEntry('q')} AND q.kind = 'posted'
    ORDER BY q.attempt DESC LIMIT 1) IS DISTINCT FROM 'rejected'
  ELSE EXISTS (SELECT 1 FROM posting_entry q WHERE ${isOfSameEntry('q')} AND q.at <= ${throughMs}) END)`

const isOfSameEntry = (other: string) => {
  const keys = ['till_id', 'receipt_id', 'line_no', 'entry_no']
  return sql.join(
    keys.map(key => sql`${sql.ref(`${other}.${key}`)} = ${sql.ref(`d.${key}`)}`),
    sql` AND `,
  )
}

/** Changes the given figures by the payments. */
export function payLater(
  given: readonly AccountRows[],
  kept: ReadonlyMap<string, AccountRows>,
  payments: readonly Part[],
): void {
  const byId = new Map(given.map(one => [one.account.account_id, one]))
  for (const payment of payments) {
    const figures = byId.get(payment.accountId)
    if (figures) put(figures, payment, kept.get(payment.accountId)?.items)
  }
}

/**
 * Accounts that lose items to others, without them: what they paid for those since is their credit, and what they are given back of
 * it is owed by an item of its own.
 */
export async function withoutLost(
  tx: CentralTx,
  { given, lost, ...moments }: Later & { lost: ReadonlySet<string> },
): Promise<AccountRows[]> {
  const left = given.map(({ account, items }) => ({
    account: { ...account },
    items: items.filter(item => !lost.has(item.item_id)),
  }))
  const paid = await laterParts(tx, { given, ...moments })
  const ofLost = paid.filter(({ itemId }) => itemId !== null && lost.has(itemId))
  payLater(
    left,
    new Map(),
    ofLost.map(part => ({ ...part, itemId: null })),
  )
  return left
}
