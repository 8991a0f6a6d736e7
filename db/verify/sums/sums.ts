import type Database from 'better-sqlite3'
import type { Subject } from '../../../shared/ledger/facts.ts'
import type { Problems } from '../problems.ts'
import { depositSums } from './deposit.ts'
import { movementSums } from './movement.ts'
import { receiptSums } from './receipt.ts'
import { safeSums } from './safe.ts'
import { sessionSums } from './session.ts'
import type { SumCheck } from './sum-check.ts'

/** Every subject decides which sums hold in its tables. Set-up, people and account lists hold no sums of money. */
const SUMS: Record<Subject, readonly SumCheck[]> = {
  till: [],
  setup: [],
  person: [],
  account: [],
  receipt: receiptSums,
  session: sessionSums,
  movement: movementSums,
  safe: safeSums,
  deposit: depositSums,
}

/** Says of each place whose sums do not hold what is wrong with it. */
export function checkSums(ledger: Database.Database, problems: Problems): void {
  for (const checks of Object.values(SUMS))
    for (const { sql, problem = '' } of checks)
      for (const row of ledger.prepare<[], { place: string; problem?: string }>(sql).iterate())
        problems.add(row.place, row.problem ?? problem)
}
