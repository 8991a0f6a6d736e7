import { add, type Cents, subtract, sum, ZERO } from '../../money.ts'

/** One open charge of an account, as it was when the account was last pulled. */
export interface OpenItem {
  itemId: string
  service: string
  /** The place of the service in the utility's order; the lower is paid first. */
  serviceOrder: number
  isPenalty: boolean
  /** `YYYY-MM-DD`. */
  dueDate: string
  openCents: Cents
  glAccount: string
}

/** What one receipt line pays; `itemId` null is a credit on the account. */
export interface Allocation {
  itemId: string | null
  service: string
  dueDate: string | null
  cents: Cents
  glAccount: string
}

/** What a cashier typed for one item. */
export interface AllocationOverride {
  itemId: string
  cents: Cents
}

export type AllocateReason =
  | 'nothing-to-pay'
  | 'over-balance'
  | 'unknown-item'
  | 'over-item'
  | 'overrides-exceed-payment'

export interface AllocateInput {
  payCents: Cents
  items: readonly OpenItem[]
  overpay: 'credit' | 'refuse'
  creditGlAccount: string
  overrides?: readonly AllocationOverride[]
}

export type Allocated = { ok: true; allocations: Allocation[] } | { ok: false; reason: AllocateReason }

/** The name under which money beyond the balance stands on the receipt. */
export const CREDIT_SERVICE = 'Credit on account'

function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Oldest due date first; within a date penalties, then services in their order; the id only breaks ties. */
function inOrderOfPayment(a: OpenItem, b: OpenItem): number {
  return (
    byText(a.dueDate, b.dueDate) ||
    Number(b.isPenalty) - Number(a.isPenalty) ||
    a.serviceOrder - b.serviceOrder ||
    byText(a.itemId, b.itemId)
  )
}

function typedByItem(overrides: readonly AllocationOverride[]): Map<string, Cents> {
  const typed = new Map<string, Cents>()
  for (const { itemId, cents } of overrides) {
    if (cents < 0) throw new RangeError('an override cannot be negative')
    typed.set(itemId, add(typed.get(itemId) ?? ZERO, cents))
  }
  return typed
}

function refusal(
  { payCents, overpay }: AllocateInput,
  open: readonly OpenItem[],
  typed: ReadonlyMap<string, Cents>,
): AllocateReason | null {
  const openById = new Map(open.map(item => [item.itemId, item.openCents]))
  const entries = [...typed]
  if (payCents <= 0) return 'nothing-to-pay'
  if (overpay === 'refuse' && payCents > sum(open.map(item => item.openCents))) return 'over-balance'
  if (entries.some(([itemId]) => !openById.has(itemId))) return 'unknown-item'
  if (entries.some(([itemId, cents]) => cents > (openById.get(itemId) ?? ZERO))) return 'over-item'
  if (sum([...typed.values()]) > payCents) return 'overrides-exceed-payment'
  return null
}

/** Lets what is left flow over the items in turn, filling each; gives back what no item could take. */
function flow(leftCents: Cents, items: readonly OpenItem[], paid: Map<string, Cents>): Cents {
  let left = leftCents
  for (const item of items) {
    const already = paid.get(item.itemId) ?? ZERO
    const room = subtract(item.openCents, already)
    const share = room < left ? room : left
    paid.set(item.itemId, add(already, share))
    left = subtract(left, share)
  }
  return left
}

/**
 * Spreads a payment over an account's items, oldest first. What a cashier typed for an item is given to it
 * first, exactly; the rest flows over the other items, and only what those cannot take goes on top of the
 * typed amounts, since it is within the balance. Money beyond the balance becomes a credit, or the payment
 * is refused, by policy. Items without a positive open amount take no part: a credit is only shown.
 *
 * Refuses in the order of `AllocateReason`. An override below zero is a RangeError.
 */
export function allocate(input: AllocateInput): Allocated {
  const open = input.items.filter(item => item.openCents > 0).sort(inOrderOfPayment)
  const typed = typedByItem(input.overrides ?? [])
  const reason = refusal(input, open, typed)
  if (reason !== null) return { ok: false, reason }

  const paid = new Map(typed)
  const rest = subtract(input.payCents, sum([...typed.values()]))
  const others = open.filter(item => !typed.has(item.itemId))
  const unplaced = flow(flow(rest, others, paid), open, paid)

  const lines: Allocation[] = open.map(({ itemId, service, dueDate, glAccount }) => {
    return { itemId, service, dueDate, cents: paid.get(itemId) ?? ZERO, glAccount }
  })
  const { creditGlAccount: glAccount } = input
  lines.push({ itemId: null, service: CREDIT_SERVICE, dueDate: null, cents: unplaced, glAccount })
  const allocations = lines.filter(line => line.cents > 0)
  // A receipt that does not add up would be taken by nobody.
  if (sum(allocations.map(line => line.cents)) !== input.payCents)
    throw new RangeError('The parts of a payment do not come to it')
  return { ok: true, allocations }
}
