/** What is in the bags of deposits: as central holds them, and as the facts of the range in hand have it. */

import { sql } from 'kysely'
import { textList } from '../../db/central/bulk.ts'
import type { CentralTx } from '../../db/central/connection.ts'
import type { Fact } from '../../shared/ledger/facts.ts'
import { add, type Cents, cents, sum, ZERO } from '../../shared/money.ts'
import { CASH, type Tender } from '../../shared/tenders.ts'
import type { BagContent } from './books/gl-rules.ts'

export type Bags = Map<string, BagContent>

/** Bags that these facts credit, as they were before them. */
export async function readBags(tx: CentralTx, tillId: string, facts: readonly Fact[]): Promise<Bags> {
  const ids = facts.flatMap(fact => (fact.kind === 'deposit.credited' ? [fact.body.depositId] : []))
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ depositId: string; bankAccountId: string; tender: Tender; cents: number }>`
    SELECT d.deposit_id AS "depositId", d.bank_account_id AS "bankAccountId", ${CASH} AS tender,
      CAST(coalesce((SELECT sum(p.cents) FROM deposit_piece p WHERE p.till_id = d.till_id
        AND p.deposit_id = d.deposit_id
        AND p.step = CASE WHEN d.verified_at IS NULL THEN 'made-up' ELSE 'verified' END), 0) AS BIGINT) AS cents
    FROM deposit d WHERE d.till_id = ${tillId} AND d.deposit_id IN ${textList(tx, ids)}
    UNION ALL
    SELECT d.deposit_id, d.bank_account_id, i.tender, CAST(sum(i.cents) AS BIGINT)
    FROM deposit d JOIN deposit_item i ON i.till_id = d.till_id AND i.deposit_id = d.deposit_id
    WHERE d.till_id = ${tillId} AND d.deposit_id IN ${textList(tx, ids)}
    GROUP BY d.deposit_id, d.bank_account_id, i.tender`.execute(tx.query)
  const bags: Bags = new Map()
  for (const { depositId, bankAccountId, tender, cents: found } of rows) {
    const bag = bags.get(depositId) ?? { bankAccountId, cashCents: ZERO, items: new Map() }
    bags.set(depositId, withContent(bag, tender, cents(found)))
  }
  return bags
}

function withContent(bag: BagContent, tender: Tender, found: Cents): BagContent {
  if (tender === CASH) return { ...bag, cashCents: found }
  return { ...bag, items: new Map([...bag.items, [tender, add(bag.items.get(tender) ?? ZERO, found)]]) }
}

/** Notes what a fact says of a bag's content, for a credit that comes later in the same range. */
export function noteBag(bags: Bags, fact: Fact<'deposit.made-up'> | Fact<'deposit.verified'>): void {
  const { depositId } = fact.body
  const pieces = sum(fact.body.pieces.map(piece => piece.cents))
  if (fact.kind === 'deposit.verified') {
    const bag = bags.get(depositId)
    if (bag) bags.set(depositId, { ...bag, cashCents: pieces })
    return
  }
  const { bankAccount, cashCents, items } = fact.body
  const empty: BagContent = { bankAccountId: bankAccount.bankAccountId, cashCents, items: new Map() }
  bags.set(
    depositId,
    items.reduce((bag, item) => withContent(bag, item.tender, item.cents), empty),
  )
}
