import type { Cents } from '../../money.ts'

/** One check as the ledger knows it: the tender of a receipt that it was taken with. */
export interface ItemRef {
  receiptId: string
  tenderNo: number
}

export interface ExpectedItem extends ItemRef {
  cents: Cents
}

/** One instrument among others; alike for all that stand on no receipt. */
export function instrumentKey({
  receiptId,
  tenderNo,
}: {
  receiptId: string | null
  tenderNo: number | null
}): string {
  return `${receiptId}/${tenderNo}`
}

/**
 * Sets the checks found in the drawer against those that were taken. `missing` were taken and not found;
 * `extra` were found and are not (or no longer, or a second time) among those taken.
 */
export function matchItems(
  counted: readonly ItemRef[],
  expected: readonly ExpectedItem[],
): { missing: ExpectedItem[]; extra: ItemRef[] } {
  const missing = new Map(expected.map(item => [instrumentKey(item), item]))
  const extra = counted.filter(item => !missing.delete(instrumentKey(item)))
  return { missing: [...missing.values()], extra }
}
