/** Takes ranges of a till's journal: all of a range in one transaction, or nothing of it. */
import type { CentralDb } from '../db/central/open.ts'
import type { Position, Range } from '../shared/central/protocol.ts'

export type TakeResult =
  | { ok: true; position: Position }
  | { ok: false; code: 'GAP'; position: Position }
  | { ok: false; code: 'FORK'; epoch: number; seq: number; hash: string }
  | { ok: false; code: 'CHAIN_BROKEN'; seq: number; problem: string }
  | { ok: false; code: 'NOT_ENROLLED' | 'REVOKED' }

export async function takeRange(
  _db: CentralDb,
  _range: Range,
  _context: { nowMs: number },
): Promise<TakeResult> {
  throw new Error('In work')
}

/** How far central holds a till's journal; epoch 0 and seq 0 for nothing. */
export async function positionOf(
  _db: CentralDb,
  _tillId: string,
): Promise<{ position: Position; alarms: number }> {
  throw new Error('In work')
}
