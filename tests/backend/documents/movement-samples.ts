/** Movements that never happened, for their slips. */
import type { MovementView } from '../../../shared/contract/movement.ts'
import { cents, sum } from '../../../shared/money.ts'
import {
  type CountedPiece,
  countedPieces,
  US_DENOMINATIONS,
} from '../../../shared/rules/cash/denominations.ts'
import type { BusinessDate } from '../../../shared/time.ts'

const ID = '019aa1b2-0000-7000-8000-000000000001'

function notes(...rows: [valueCents: number, pieces: number, bundles: number][]): CountedPiece[] {
  return countedPieces(
    rows.map(([valueCents, pieces, bundles]) => ({
      valueCents: cents(valueCents),
      kind: 'note' as const,
      pieces,
      bundles,
    })),
    US_DENOMINATIONS,
  )
}

const NOTHING = {
  secondPersonName: null,
  category: '',
  glAccount: '',
  reason: '',
  documentNumber: '',
  itemsCents: cents(0),
  piecesIn: [],
  piecesOut: [],
  items: [],
}

const CHECKS: MovementView['items'] = [1042, 20451, 88].map((reference, i) => ({
  tender: i === 2 ? 'money-order' : 'check',
  tenderName: i === 2 ? 'Money order' : 'Check',
  receiptId: ID,
  tenderNo: 1,
  receiptNumber: `W1-00471${i}`,
  reference: String(reference),
  cents: cents(7_312 + i * 1_111),
}))

const PARTS: Record<MovementView['kind'], Partial<MovementView>> = {
  'turn-in': {
    secondPersonName: 'R. Chen',
    cashCents: cents(234_000),
    piecesOut: notes([2_000, 17, 1]),
    items: CHECKS,
    itemsCents: sum(CHECKS.map(item => item.cents)),
  },
  'paid-in': {
    category: 'Found money',
    glAccount: '100-4990',
    reason: 'Under the counter',
    cashCents: cents(500),
  },
  'paid-out': {
    secondPersonName: 'D. Whitfield',
    category: 'Postage and supplies',
    glAccount: '100-5210',
    reason: 'Stamps for the shut-off notices of the week before the holiday',
    documentNumber: 'PC-118',
    cashCents: cents(3_150),
  },
  'change-order': {
    secondPersonName: 'R. Chen',
    cashCents: cents(10_000),
    piecesOut: notes([5_000, 2, 0]),
    piecesIn: notes([500, 10, 0], [100, 50, 0]),
  },
}

/** A movement of this kind with all that its slip can hold. */
export function movementOf(kind: MovementView['kind']): MovementView {
  return {
    ...NOTHING,
    movementId: ID,
    number: 'W1-M0031',
    kind,
    sessionId: ID,
    sessionNumber: 'W1-S0107',
    drawerName: 'Window 1',
    businessDate: '2026-11-20' as BusinessDate,
    atMs: Date.UTC(2026, 10, 20, 19, 12),
    personName: 'M. Álvarez',
    cashCents: cents(0),
    verificationCode: 'W6DK-Z306-8F7R',
    ...PARTS[kind],
  }
}
