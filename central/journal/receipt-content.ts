/** Receipts as central sees them: whether two are the same. */
import { nativeHashText } from '../../db/ledger/native-hash.ts'
import { canonical } from '../../shared/ledger/canonical.ts'
import type { BodyOf } from '../../shared/ledger/facts.ts'
import { roundingOf } from '../../shared/ledger/receipt.ts'

type ReceiptBody = BodyOf<'receipt.posted'>

/**
 * Tells whether two receipts with one id are the same: who paid what for what. A till that was restored from a
 * backup gives the receipt another number and may know another balance; the payment is the same.
 */
export function contentHash(body: ReceiptBody): string {
  const lines = body.lines.map(line => {
    if (line.kind === 'catalog') return line
    const { balanceBeforeCents: _balance, asOfMs: _asOf, ...paid } = line
    return paid
  })
  const { totalCents, changeCents, tenders } = body
  return nativeHashText(
    canonical({ totalCents, roundingCents: roundingOf(body), changeCents, lines, tenders }),
  )
}
