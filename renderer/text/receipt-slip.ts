/** Words that the customer reads on the receipt: English and Spanish. */
import type { Tender } from '../../shared/ledger/facts.ts'

export const SLIP = {
  cashier: (name: string) => `Cashier · Cajero: ${name}`,
  balance: (before: string, after: string, when: string) =>
    `Balance · Saldo ${before} → ${after}, as of · al ${when}`,
  total: 'Total',
  change: 'Change · Cambio',
  rounding: 'Rounding · Redondeo',
  verify: (code: string) => `Verify · Verificar: ${code}`,
  voided: 'VOID · ANULADO',
  voidedBy: (by: string, approvedBy: string, reason: string) =>
    `${reason} · ${by}, approved by · aprobado por ${approvedBy}`,
} as const

export const SLIP_TENDERS: Record<Tender, string> = {
  cash: 'Cash · Efectivo',
  check: 'Check · Cheque',
  'money-order': 'Money order · Giro',
  card: 'Card · Tarjeta',
  ach: 'ACH',
  credit: 'Credit · Crédito',
}
