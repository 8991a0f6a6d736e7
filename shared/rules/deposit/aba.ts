const WEIGHTS = [3, 7, 1, 3, 7, 1, 3, 7, 1]

/**
 * Whether the text is a US bank's routing number: nine ASCII digits, not all zero, whose sum weighted
 * 3-7-1 is a multiple of ten (American Bankers Association, routing number policy; not Luhn). A swap of
 * neighbouring digits that differ by five is not caught, by the standard's own design.
 */
export function isRoutingNumber(text: string): boolean {
  if (!/^\d{9}$/.test(text) || text === '000000000') return false
  const weighted = WEIGHTS.reduce((sum, weight, i) => sum + weight * Number(text.charAt(i)), 0)
  return weighted % 10 === 0
}
