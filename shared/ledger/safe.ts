/** The safe: counting it, and its book, in which other subjects' facts leave their entries too. */
import { z } from 'zod'
import { centsField, countedPieceField, idField, totalField } from '../fields.ts'
import { type Cents, formatCents, subtract } from '../money.ts'
import type { BusinessDate } from '../time.ts'
import { body, type Envelope, kind } from './kind.ts'
import { type PieceChange, pieceDifferenceField } from './pieces.ts'
import { type RowChange, table, tables } from './rows/table.ts'

export const SAFE_ENTRY_KINDS = ['turn-in', 'close', 'change-order', 'deposit', 'count'] as const
export type SafeEntryKind = (typeof SAFE_ENTRY_KINDS)[number]

export interface SafeEntryRow {
  entry_id: string
  epoch: number
  seq: number
  at: number
  business_date: BusinessDate
  kind: SafeEntryKind
  session_id: string | null
  deposit_id: string | null
  person_id: string
  second_person_id: string | null
  cents: Cents
  reason: string
}

export interface SafePieceRow {
  entry_id: string
  value_cents: Cents
  kind: 'note' | 'coin'
  pieces: number
}

export const safeTables = tables({
  safe_entry: table<SafeEntryRow>(['entry_id']),
  safe_piece: table<SafePieceRow>(['entry_id', 'value_cents', 'kind']),
})
const { safe_entry, safe_piece } = safeTables

interface SafeEntry {
  entryId: string
  kind: SafeEntryKind
  sessionId?: string
  depositId?: string
  secondPersonId: string | null
  /** What the safe holds more by it; negative where money leaves. */
  cents: Cents
  reason?: string
  pieces: readonly PieceChange[]
}

/** One entry in the safe's book with its pieces. */
export function safeRows(fact: Envelope, entry: SafeEntry): RowChange[] {
  return [
    safe_entry.insert({
      entry_id: entry.entryId,
      epoch: fact.epoch,
      seq: fact.seq,
      at: fact.at,
      business_date: fact.businessDate,
      kind: entry.kind,
      session_id: entry.sessionId ?? null,
      deposit_id: entry.depositId ?? null,
      person_id: fact.actorId,
      second_person_id: entry.secondPersonId,
      cents: entry.cents,
      reason: entry.reason ?? '',
    }),
    ...entry.pieces.map(piece =>
      safe_piece.insert({
        entry_id: entry.entryId,
        value_cents: piece.valueCents,
        kind: piece.kind,
        pieces: piece.pieces,
      }),
    ),
  ]
}

export const safeKinds = {
  'safe.counted': kind({
    body: body(
      z.strictObject({
        safeCountId: idField,
        pieces: z.array(countedPieceField),
        cents: totalField,
        expectedCents: centsField,
        differences: z.array(pieceDifferenceField),
        reason: z.string().max(200),
        witnessId: idField,
      }),
    ),
    label: 'Safe counted',
    shows: ['safe', 'session'],
    posts: true,
    says: ({ body }) => `Safe counted, ${formatCents(body.cents)}`,
    project: fact =>
      safeRows(fact, {
        entryId: fact.body.safeCountId,
        kind: 'count',
        secondPersonId: fact.body.witnessId,
        cents: subtract(fact.body.cents, fact.body.expectedCents),
        reason: fact.body.reason,
        pieces: fact.body.differences,
      }),
  }),
}
