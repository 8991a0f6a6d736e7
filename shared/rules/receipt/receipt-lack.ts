import { MOST_AMOUNT } from '../../fields.ts'
import { add, type Cents, subtract, sum, ZERO } from '../../money.ts'

interface Figures {
  totalCents: Cents
  tenderedCents: Cents
  changeCents: Cents
  rounding: { cents: Cents } | null
  lines: readonly { cents: Cents; allocations?: readonly { cents: Cents }[] | undefined }[]
  tenders: readonly { cents: Cents }[]
}

/**
 * What of a receipt cannot be, in words after its name; null where all is well. Lines = total = tenders less change and
 * rounding, and each account line = what it is spread over, of which no part is below zero.
 */
export function receiptLack(body: Figures): string | null {
  const { lines, tenders, totalCents, tenderedCents, changeCents, rounding } = body
  const parts = lines.flatMap(line => line.allocations ?? [])
  if (parts.some(({ cents }) => cents < 0 || cents > MOST_AMOUNT))
    return 'pays a part that is below zero, or larger than any receipt'
  const isSum =
    sumOf(lines) === totalCents &&
    sumOf(tenders) === tenderedCents &&
    add(totalCents, rounding?.cents ?? ZERO) === subtract(tenderedCents, changeCents) &&
    lines.every(({ cents, allocations }) => allocations === undefined || sumOf(allocations) === cents)
  return isSum ? null : 'does not add up'
}

const sumOf = (parts: readonly { cents: Cents }[]): Cents => sum(parts.map(({ cents }) => cents))
