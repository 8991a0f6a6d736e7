/** The basket of the customer at the window, kept as it is typed. */
import { z } from 'zod'
import { ACCOUNT_LIMITS } from '../account.ts'
import { centsField, countField, idField, shortTextField, totalField } from '../fields.ts'
import { CASHIERS } from '../roles.ts'
import { tenderField } from '../tenders.ts'
import { doneField, effect, read, refusal } from './base.ts'
import { textRefusal } from './person.ts'
import { lineInputField, saltField, tenderInputField } from './receipt.ts'

/** What is being typed and not yet entered: the tender whose form is open, and its texts by field. */
const entryField = z.object({
  tender: tenderField,
  texts: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/), z.string().max(200)),
})

/** An account as it was when its line was put in: what has changed since is said at the line. */
const seenAccountField = z.object({
  accountId: idField,
  name: z.string().max(ACCOUNT_LIMITS.name),
  address: z.string().max(ACCOUNT_LIMITS.address),
  status: z.enum(['open', 'closed']),
  cashOnly: z.boolean(),
  items: z.array(z.object({ itemId: idField, openCents: centsField })).max(ACCOUNT_LIMITS.items),
})
export type SeenAccount = z.infer<typeof seenAccountField>

export const basketField = z.object({
  /** The id of the command that will post it; made when the customer began. */
  basketId: idField,
  /** Of that command; made with its id, so that however often it is sent it is the same. */
  salt: saltField,
  lines: z.array(lineInputField).max(60),
  tenders: z.array(tenderInputField).max(20),
  entry: entryField.nullable(),
  seen: z.array(seenAccountField).max(60),
  /** The next screen revision is larger; an older one that arrives late is dropped. */
  revision: countField,
})
export type Basket = z.infer<typeof basketField>

export const basket = {
  current: read(CASHIERS).output(basketField.nullable()),
  save: effect(CASHIERS)
    .input(basketField)
    .output(doneField)
    .errors({ ...textRefusal, UNKNOWN_BASKET: refusal }),
  discard: effect(CASHIERS)
    .input(z.object({ basketId: idField }))
    .output(doneField),
  suspend: effect(CASHIERS)
    .input(z.object({ basketId: idField, name: shortTextField }))
    .output(doneField)
    .errors({ ...textRefusal, UNKNOWN_BASKET: refusal }),
  suspended: read(CASHIERS).output(
    z.array(
      z.object({
        basketId: idField,
        name: z.string(),
        byName: z.string(),
        suspendedAtMs: z.int(),
        lineCount: z.int(),
        totalCents: totalField,
      }),
    ),
  ),
  resume: effect(CASHIERS)
    .input(z.object({ basketId: idField }))
    .output(basketField)
    .errors({ UNKNOWN_BASKET: refusal, BASKET_IN_HAND: refusal }),
}
