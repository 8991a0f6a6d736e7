/** What tills ask for: accounts changed since a cursor, what became of receipts, checks of sessions, the city. */
import type { z } from 'zod'
import type { CentralDb } from '../db/central/open.ts'
import type {
  ChangedAccount,
  cityField,
  ReceiptState,
  sessionCheckField,
} from '../shared/central/protocol.ts'

export interface AccountsPage {
  accounts: ChangedAccount[]
  cursor: string
  done: boolean
  left: number
  asOfMs: number
}

export async function accountsSince(
  _db: CentralDb,
  _ask: { tillId: string; cursor?: string | undefined; limit?: number | undefined },
  _context: { nowMs: number },
): Promise<AccountsPage> {
  throw new Error('In work')
}

export interface StatesPage {
  states: ReceiptState[]
  cursor: string
  done: boolean
}

export async function receiptStatesSince(
  _db: CentralDb,
  _ask: { tillId: string; cursor?: string | undefined; limit?: number | undefined },
): Promise<StatesPage> {
  throw new Error('In work')
}

export async function sessionChecks(
  _db: CentralDb,
  _ask: { tillId: string; businessDate?: string | undefined },
): Promise<z.infer<typeof sessionCheckField>[]> {
  throw new Error('In work')
}

/** The city's data where it is newer than a version; null where it is not. */
export async function citySince(
  _db: CentralDb,
  _ask: { version?: number | undefined },
): Promise<z.infer<typeof cityField> | null> {
  throw new Error('In work')
}
