import type { LedgerTables } from './tables.ts'

/** Tables that a projection may write: everything but the journal and what never leaves this machine. */
export type ProjectedTable = Exclude<keyof LedgerTables, 'journal' | 'credential'>
export const PROJECTED_TABLES = [
  'till',
  'setting',
  'person',
  'drawer',
  'catalog_item',
  'tender_type',
  'bank_account',
  'account_import',
  'drawer_session',
  'session_tender',
  'count',
  'count_piece',
  'count_item',
  'count_total',
  'receipt',
  'receipt_line',
  'receipt_allocation',
  'receipt_tender',
  'receipt_piece',
  'session_left_piece',
  'session_part',
  'session_part_item',
  'movement',
  'movement_piece',
  'movement_item',
  'no_sale',
  'safe_entry',
  'safe_piece',
  'deposit',
  'deposit_step',
  'deposit_session',
  'deposit_piece',
  'deposit_item',
] as const satisfies readonly ProjectedTable[]

type Numeric<R> = { [C in keyof R]?: R[C] extends number | null ? number : never }

type ChangeOf<T extends ProjectedTable> =
  | { op: 'insert'; table: T; row: LedgerTables[T] }
  /** Writes the row, or replaces the columns in `update` where the primary key is there already. */
  | {
      op: 'save'
      table: T
      key: (keyof LedgerTables[T])[]
      row: LedgerTables[T]
      update: (keyof LedgerTables[T])[]
    }
  | {
      op: 'update'
      table: T
      key: Partial<LedgerTables[T]>
      set?: Partial<LedgerTables[T]>
      /** Amounts added to what stands there: the projection sees the fact alone and never reads. */
      add?: Numeric<LedgerTables[T]>
    }

/** One change to one row, by table. */
export type RowChange = { [T in ProjectedTable]: ChangeOf<T> }[ProjectedTable]
