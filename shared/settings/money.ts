/** What money is counted. */
import { z } from 'zod'
import { centsField, nameField, pieceKindField } from '../fields.ts'
import { formatCents } from '../money.ts'
import { US_DENOMINATIONS } from '../rules/cash/denominations.ts'
import { setting } from './setting.ts'

export const denominationField = z.strictObject({
  valueCents: centsField.refine(value => value > 0, 'Worth nothing'),
  kind: pieceKindField,
  label: nameField,
  bundleSize: z.int().min(1).max(10_000),
})

/** Each denomination once, and worth something: a count must say what it counts. */
function isCountable(list: readonly z.infer<typeof denominationField>[]): boolean {
  const keys = new Set(list.map(of => `${of.kind}:${of.valueCents}`))
  return keys.size === list.length && list.every(of => of.valueCents > 0)
}

export const moneySettings = {
  denominations: setting({
    said: {
      label: 'Denominations',
      say: list =>
        list
          .map(
            ({ label, kind, valueCents, bundleSize }) =>
              `${label} (${kind} of ${formatCents(valueCents)}, ${bundleSize} in a bundle)`,
          )
          .join(', '),
    },
    field: z
      .array(denominationField)
      .min(1)
      .max(40)
      .refine(isCountable, 'A denomination twice, or worth nothing'),
    standard: US_DENOMINATIONS.map(denomination => ({ ...denomination })),
    tidy: (list, tidy) =>
      list.map(of => ({ ...of, label: tidy('label', of.label, { maxLength: 80, required: true }) })),
  }),
}
