/** Words that the customer reads on the receipt: English and Spanish. */

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
