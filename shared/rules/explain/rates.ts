/**
 * How explanations are weighed.
 *
 * Every explanation that fits is one hypothesis h, "this one thing happened and nothing else", and they are
 * compared by Bayes' rule: weight(h) = rate(h) × chance that h leads to just what was seen.
 *
 * - The **rate** is how often this goes wrong for each opportunity: once in so many receipts, voids, movements
 *   or sessions. Nobody publishes such rates for counters, so none is favoured: each kind is taken to happen
 *   about once in fifty sessions of ordinary size (some 200 receipts, half of them paid in cash, three voids,
 *   two paid-outs), and that is divided by the opportunities of such a session.
 * - What fits exactly fits with certainty, so a receipt of 87.31 for a difference of 87.31 weighs its full
 *   rate. What could explain any amount (money never keyed, a paid-out not recorded) must share its rate
 *   among all amounts that it could have had, so it comes behind a match of odd cents and may come before a
 *   match of 20.00. A slip of the fingers shares its rate among the slips that were possible.
 * - Coincidence needs no rule of its own: nine receipts of 20.00 are nine ways of one candidate, and pairs
 *   of receipts, of which a large session has two million, carry the square of a small rate each.
 * - Other evidence multiplies: what pieces should be there (`stock.ts`), how plausible the amount is that was
 *   meant (`amounts.ts`), what the last close left, how soon the second of two equal receipts followed.
 * - What an explanation leaves open (a difference in another tender) needs a second error, which is rare.
 *
 * Scores are weights divided by their sum, the weight of "none of these" included.
 */
export const RATES = {
  /** Per receipt and tender, for money that never came and for money given back without a void. */
  notReceived: 2 / 6_500,
  /** Per receipt: taken, and never keyed. */
  notKeyed: 1 / 10_000,
  /** Per void. */
  voidKept: 1 / 150,
  /** Per receipt. */
  enteredTwice: 1 / 10_000,
  /** Per receipt with change, for each of not given and given twice. */
  change: 1 / 2_750,
  /** Per amount keyed without change, for swapped and shifted digits together. */
  digitSlip: 2 / 7_500,
  /** Per receipt, for each tender that it might have been instead. */
  tenderSwapped: 1 / 30_000,
  /** Per paid-in or paid-out. */
  movementWrongSign: 1 / 75,
  /** Per receipt: a refund keyed as a payment, which the till makes hard. */
  receiptWrongSign: 1 / 100_000,
  /** Per movement. */
  movementNotMade: 1 / 250,
  /** Per session. */
  turnInNotRecorded: 1 / 50,
  paidOutNotRecorded: 1 / 50,
  /** Paid-ins are a third as many as paid-outs. */
  paidInNotRecorded: 1 / 150,
  changeFundMiscounted: 1 / 50,
  piecesUnderNeighbour: 1 / 50,
  rowUnderNeighbour: 1 / 50,
  bundlesUnderNeighbour: 1 / 50,
  /** Per instrument. */
  itemMissing: 1 / 3_500,
  itemExtra: 1 / 10_000,
  itemDiffers: 1 / 1_000_000,
  /** Given one error, that there is another: rarer than any single one. */
  secondError: 1 / 5,
  /** None of these, for any one amount. */
  unknown: 1 / 100_000_000,
} as const

/** The chance that a kind of small number is just n, for n = 1, 2, 3…: a half, a sixth, a twelfth; all of them add up to one. */
export function chanceOfNumber(n: number): number {
  return 1 / (n * (n + 1))
}
