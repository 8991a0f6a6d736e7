/** Columns of every table of counted pieces, as a `CountedPiece` names them. */
export const COUNTED_PIECE = ['value_cents as valueCents', 'kind', 'pieces', 'bundles', 'cents'] as const
