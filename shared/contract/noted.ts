/** What a Window keeps of noted pieces in its own tab, until the receipt is posted. */

import { z } from 'zod'
import { idField } from '../fields.ts'
import { cashPieceField } from '../ledger/receipt.ts'

/** The pieces noted for one basket. */
export const basketNotesField = z.object({ basketId: idField, pieces: z.array(cashPieceField).max(60) })

const typedField = z.record(z.string(), z.string())
/** Both columns as they are typed, by denomination; null while the proposed change stands. */
export const noteFormField = z.object({ taken: typedField, given: typedField.nullable() })
