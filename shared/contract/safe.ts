/** The safe: what is in it, and counting it. */

import { z } from 'zod'
import { centsField, idField, pieceCountField, totalField } from '../fields.ts'
import { APPROVERS, OVERSEERS } from '../roles.ts'
import { denominationField } from '../settings/money.ts'
import { tenderField } from '../tenders.ts'
import { commandField, read, refusal, signedField, signedWrite } from './base.ts'
import { textRefusal } from './person.ts'

export const safeContentField = z.object({
  denominations: z.array(denominationField),
  cashCents: centsField,
  /** Loose pieces by denomination, as far as they are known. */
  pieces: z.array(
    z.object({ valueCents: centsField, kind: z.enum(['note', 'coin']), pieces: z.int(), cents: centsField }),
  ),
  /** Cash in it whose pieces nobody noted. */
  unsortedCents: centsField,
  /** Instruments in it: turned in, or from closed sessions, and not handed over to the bank. */
  instruments: z.array(z.object({ tender: tenderField, count: z.int(), cents: totalField })),
  instrumentsCents: totalField,
  entries: z.array(
    z.object({
      entryId: idField,
      kind: z.enum(['turn-in', 'close', 'change-order', 'deposit', 'count']),
      /** Number of the slip, the Z report or the deposit. */
      number: z.string(),
      atMs: z.int(),
      personName: z.string(),
      secondPersonName: z.string().nullable(),
      cents: centsField,
      reason: z.string(),
    }),
  ),
})
export type SafeContent = z.infer<typeof safeContentField>

export const safe = {
  content: read(OVERSEERS).output(safeContentField),
  /** Two people count the safe; what differs from the book is on record with its reason. */
  count: signedWrite(APPROVERS, APPROVERS)
    .input(
      commandField
        .extend({ pieces: z.array(pieceCountField).max(60), reason: z.string().max(200) })
        .extend(signedField.shape),
    )
    .output(z.object({ cents: totalField, differenceCents: centsField }))
    .errors({
      ...textRefusal,
      COUNT_NOT_VALID: {
        ...refusal,
        data: z.object({ reason: z.enum(['unknown-denomination', 'not-a-count', 'repeated', 'too-many']) }),
      },
      REASON_MISSING: { ...refusal, data: z.object({ differenceCents: centsField }) },
    }),
}
