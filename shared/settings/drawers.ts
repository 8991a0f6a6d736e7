/** How drawers are controlled: limits, what needs another person, what stays in them. */
import { z } from 'zod'
import { amountField, centsField, countField, glAccountField, nameField, pieceKindField } from '../fields.ts'
import { cents, formatCents, ZERO } from '../money.ts'
import { CATEGORY_TEXTS } from '../rules/setup/setup-texts.ts'
import { amountSetting, countSetting, setting } from './setting.ts'

const piecePolicyField = z.strictObject({
  valueCents: centsField,
  kind: pieceKindField,
  pieces: countField,
})
export type PiecePolicy = z.infer<typeof piecePolicyField>

export const paidCategoryField = z.strictObject({
  name: nameField,
  direction: z.enum(['in', 'out']),
  glAccount: glAccountField,
})
export type PaidCategory = z.infer<typeof paidCategoryField>

const sayPieces = (list: readonly PiecePolicy[]): string =>
  list.map(({ pieces, valueCents, kind }) => `${pieces} × ${formatCents(valueCents)} ${kind}`).join(', ')

export const drawerSettings = {
  warnPercent: countSetting(
    80,
    { least: 1, most: 100 },
    { label: 'Call for a turn-in from, percent of the cash limit', problem: 'Enter 1 to 100 percent.' },
  ),
  differenceToleranceCents: amountSetting(amountField, ZERO, {
    label: 'Difference without approval',
    hint: 'Over or short up to this closes with a reason alone. 0 asks for approval always.',
    problem: 'Enter an amount, 0 for none.',
  }),
  paidApprovalCents: amountSetting(amountField, cents(2_500), {
    label: 'Paid-in and paid-out without approval',
    hint: 'Above this another person approves. 0 asks for approval always.',
    problem: 'Enter an amount, 0 for none.',
  }),
  paidCategories: setting<PaidCategory[]>({
    said: {
      label: 'Paid-in and paid-out',
      say: list =>
        list.map(({ name, direction, glAccount }) => `${name} (${direction}, GL ${glAccount})`).join(', '),
    },
    field: z.array(paidCategoryField).max(40),
    standard: [
      { name: 'Petty cash', direction: 'out', glAccount: '100-1090' },
      { name: 'Refund in cash', direction: 'out', glAccount: '100-2110' },
      { name: 'Postage and supplies', direction: 'out', glAccount: '100-5210' },
      { name: 'Found money', direction: 'in', glAccount: '100-4990' },
      { name: 'Petty cash returned', direction: 'in', glAccount: '100-1090' },
    ],
    tidy: (categories, tidy) =>
      categories.map(category => ({
        ...category,
        name: tidy('name', category.name, CATEGORY_TEXTS.name),
        glAccount: tidy('glAccount', category.glAccount, CATEGORY_TEXTS.glAccount),
      })),
  }),
  /** The mix that the change fund is rebuilt to at close; empty leaves it to the rule. */
  wantedPieces: setting<PiecePolicy[]>({
    field: z.array(piecePolicyField).max(60),
    standard: [],
    said: { label: 'Wanted pieces', say: sayPieces },
  }),
  /** Fewer than this many pieces are said to run low. */
  lowPieces: setting<PiecePolicy[]>({
    field: z.array(piecePolicyField).max(60),
    standard: [],
    said: { label: 'Low below', say: sayPieces },
  }),
}
