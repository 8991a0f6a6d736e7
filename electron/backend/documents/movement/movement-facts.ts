/** What the slip of a movement says, whichever paper it stands on. */

import type { MovementView } from '../../../../shared/contract/movement.ts'
import { add, type Cents, formatCents } from '../../../../shared/money.ts'
import {
  type CountedPiece,
  type Denomination,
  denominationKey,
} from '../../../../shared/rules/cash/denominations.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { formatBusinessDate, formatInstant } from '../../../../shared/time.ts'
import { itemsText, STAFF } from '../page/labels.ts'

export interface MovementPaper {
  movement: MovementView
  settings: Settings
}

const KINDS = {
  'turn-in': 'Turn-in to the safe',
  'paid-in': 'Paid in',
  'paid-out': 'Paid out',
  'change-order': 'Change order',
} as const

export const SLIP = {
  slip: 'Slip',
  denomination: STAFF.denomination,
  pieces: STAFF.pieces,
  amount: STAFF.amount,
  instruments: 'Checks and other items',
  toSafe: 'To the safe',
  toDrawer: 'To the drawer',
  cashTurnedIn: 'Cash',
  cashMoved: 'Pieces',
  cash: 'Cash',
  total: 'Total',
  exchanged: 'Exchanged',
  verification: STAFF.verification,
} as const

export function slipTitle({ movement }: MovementPaper): string {
  return KINDS[movement.kind]
}

const PEOPLE = {
  'turn-in': ['Given by', 'Taken by'],
  'paid-in': ['Cashier', 'Approved by'],
  'paid-out': ['Cashier', 'Approved by'],
  'change-order': ['Cashier', 'Keeper of the safe'],
} as const

/** Who signs: whoever moved the money, and whoever took, approved or handed it over from outside. */
export function signersOf({ movement }: MovementPaper): { role: string; name: string }[] {
  const [first, second] = PEOPLE[movement.kind]
  const { secondPersonName } = movement
  const outside = movement.kind === 'paid-in' ? 'Cash brought by' : 'Cash received by'
  return [
    { role: first, name: movement.personName },
    { role: secondPersonName === null ? outside : second, name: secondPersonName ?? '' },
  ]
}

interface Labelled {
  label: string
  value: string
}

/** Facts in the order in which they are read; what a kind of movement does not have is left out. */
export function slipFacts({ movement, settings }: MovementPaper): Labelled[] {
  const facts: Labelled[] = [
    { label: STAFF.businessDate, value: formatBusinessDate(movement.businessDate, 'short') },
    { label: STAFF.when, value: formatInstant(movement.atMs, settings.timeZone, 'date-time') },
    { label: STAFF.drawer, value: movement.drawerName },
    { label: STAFF.session, value: movement.sessionNumber },
    { label: 'Category', value: movement.category },
    { label: STAFF.glAccount, value: movement.glAccount },
    { label: 'Document number', value: movement.documentNumber },
    { label: STAFF.reason, value: movement.reason },
  ]
  return facts.filter(fact => fact.value !== '')
}

export interface PieceRow {
  label: string
  /** All pieces, those in straps and rolls included. */
  pieces: string
  amount: string
}

export interface PieceBlock {
  title: string
  rows: PieceRow[]
}

function rowsOf(pieces: readonly CountedPiece[], denominations: readonly Denomination[]): PieceRow[] {
  const labels = new Map(denominations.map(of => [denominationKey(of), of.label]))
  return pieces.map(piece => ({
    label: labels.get(denominationKey(piece)) ?? formatCents(piece.valueCents),
    pieces: String(Math.trunc(piece.cents / piece.valueCents)),
    amount: formatCents(piece.cents),
  }))
}

/** Pieces that moved, way by way. */
export function pieceBlocks({ movement, settings }: MovementPaper): PieceBlock[] {
  const blocks = [
    { title: outTitle(movement), rows: rowsOf(movement.piecesOut, settings.denominations) },
    {
      title: movement.kind === 'change-order' ? SLIP.toDrawer : SLIP.cashMoved,
      rows: rowsOf(movement.piecesIn, settings.denominations),
    },
  ]
  return blocks.filter(block => block.rows.length > 0)
}

function outTitle({ kind }: MovementView): string {
  if (kind === 'change-order') return SLIP.toSafe
  return kind === 'turn-in' ? SLIP.cashTurnedIn : SLIP.cashMoved
}

export interface PaperRow {
  kind: string
  reference: string
  receipt: string
  amount: string
}

export function paperRows({ movement }: MovementPaper): PaperRow[] {
  return movement.items.map(item => ({
    kind: item.tenderName,
    reference: item.reference,
    receipt: item.receiptNumber,
    amount: formatCents(item.cents),
  }))
}

/** The sums at the foot, the last of them the largest. An exchange has one: its worth, the same both ways. */
export function slipSums({ movement }: MovementPaper): { label: string; cents: Cents }[] {
  const { kind, cashCents, itemsCents, items } = movement
  if (kind === 'change-order') return [{ label: SLIP.exchanged, cents: cashCents }]
  if (items.length === 0) return [{ label: SLIP.total, cents: cashCents }]
  return [
    { label: SLIP.cash, cents: cashCents },
    { label: `${STAFF.checks} · ${itemsText(items.length)}`, cents: itemsCents },
    { label: SLIP.total, cents: add(cashCents, itemsCents) },
  ]
}
