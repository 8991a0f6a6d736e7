import type { TenderBalance } from '../../ledger/session.ts'
import { type Cents, negate, sum, ZERO } from '../../money.ts'
import { CASH, type Tender } from '../../tenders.ts'
import { type ItemRef, instrumentKey, matchItems } from './check-count.ts'

/** A check or money order that a receipt says should be in the drawer. */
export interface ExpectedInstrument extends ItemRef {
  tender: Tender
  reference: string
  cents: Cents
}

/** A check or money order as a count found it; without a receipt where it is on no list. */
export interface CountedInstrument {
  tender: Tender
  reference: string
  cents: Cents
  receiptId: string | null
  tenderNo: number | null
}

/**
 * missing-check: its receipt stands, the instrument is not there. extra-check: the instrument is there, without a
 * receipt. wrong-amount: found under its number, for another amount. other-check: missing, and one of the
 * same amount is there in its place. cash-for-check: missing, and cash is over by it. check-for-cash: there
 * without a receipt, and cash is short by it.
 */
export const COMPOSITION_KINDS = [
  'missing-check',
  'extra-check',
  'wrong-amount',
  'other-check',
  'cash-for-check',
  'check-for-cash',
] as const
export type CompositionKind = (typeof COMPOSITION_KINDS)[number]

/** One way in which the instruments of a count are not those of the receipts. */
export interface CompositionFinding {
  kind: CompositionKind
  tender: Tender
  reference: string
  /** Of the receipt; of the instrument where no receipt has it. */
  cents: Cents
  receiptId: string | null
  /** What was found in its place; null where nothing was. */
  found: { tender: Tender; reference: string; cents: Cents } | null
}

interface Composition {
  expected: readonly ExpectedInstrument[]
  counted: readonly CountedInstrument[]
  /** Over and short of the same count. */
  balances: readonly Pick<TenderBalance, 'tender' | 'overShortCents'>[]
}

type Alike = (missing: ExpectedInstrument, extra: CountedInstrument) => boolean

const sameNumber: Alike = (a, b) => a.tender === b.tender && a.reference === b.reference
const sameInstrument: Alike = (a, b) => sameNumber(a, b) && a.cents === b.cents
const sameAmount: Alike = (a, b) => a.tender === b.tender && a.cents === b.cents
const sameWorth: Alike = (a, b) => a.cents === b.cents

/** Takes pairs that are alike out of both lists; each instrument stands for one other at most. */
function takePairs(missing: ExpectedInstrument[], extra: CountedInstrument[], alike: Alike) {
  const pairs: { of: ExpectedInstrument; found: CountedInstrument }[] = []
  for (const of of [...missing]) {
    const at = extra.findIndex(instrument => alike(of, instrument))
    const found = extra[at]
    if (found === undefined) continue
    extra.splice(at, 1)
    missing.splice(missing.indexOf(of), 1)
    pairs.push({ of, found })
  }
  return pairs
}

/** The instruments that come to an amount exactly: one of them, all of them, or two; none where that is not so. */
function worth<P extends { cents: Cents }>(instruments: readonly P[], amount: Cents): P[] {
  if (amount <= ZERO) return []
  const one = instruments.find(instrument => instrument.cents === amount)
  if (one !== undefined) return [one]
  if (sum(instruments.map(instrument => instrument.cents)) === amount) return [...instruments]
  for (const [at, first] of instruments.entries()) {
    const second = instruments.slice(at + 1).find(instrument => instrument.cents + first.cents === amount)
    if (second !== undefined) return [first, second]
  }
  return []
}

function missingAs(kind: CompositionKind, of: ExpectedInstrument, found: CountedInstrument | null = null) {
  const { tender, reference, cents, receiptId } = of
  const instead = found && { tender: found.tender, reference: found.reference, cents: found.cents }
  return { kind, tender, reference, cents, receiptId, found: instead }
}

function extraAs(kind: CompositionKind, { tender, reference, cents }: CountedInstrument): CompositionFinding {
  return { kind, tender, reference, cents, receiptId: null, found: null }
}

/** The instruments that were found by their receipt, but for another amount than it says. */
function changedAmounts(
  expected: readonly ExpectedInstrument[],
  counted: readonly (CountedInstrument & ItemRef)[],
) {
  const byKey = new Map(counted.map(instrument => [instrumentKey(instrument), instrument]))
  return expected.flatMap(of => {
    const found = byKey.get(instrumentKey(of))
    return found === undefined || found.cents === of.cents ? [] : [missingAs('wrong-amount', of, found)]
  })
}

/**
 * Whether every instrument in a count has its receipt and every receipt its instrument: empty where that is so. A count
 * whose totals agree by tender can still be wrong here, because one instrument went out and another came in. A
 * instrument that was entered by hand with the number and the amount of one that is missing is that one.
 */
export function composition({ expected, counted, balances }: Composition): CompositionFinding[] {
  const named = counted.flatMap(instrument => {
    const { receiptId, tenderNo } = instrument
    return receiptId === null || tenderNo === null ? [] : [{ ...instrument, receiptId, tenderNo }]
  })
  const matched = matchItems(named, expected)
  const gone = new Set(matched.missing.map(instrumentKey))
  const missing = expected.filter(of => gone.has(instrumentKey(of)))
  const twice = named.filter(instrument => matched.extra.includes(instrument))
  const extra = [...counted.filter(instrument => instrument.receiptId === null), ...twice]
  takePairs(missing, extra, sameInstrument)
  const wrong = takePairs(missing, extra, sameNumber)
  const others = [...takePairs(missing, extra, sameAmount), ...takePairs(missing, extra, sameWorth)]
  const overCents = balances.find(({ tender }) => tender === CASH)?.overShortCents ?? ZERO
  const byCash = worth(missing, overCents)
  const forCash = worth(extra, negate(overCents))
  return [
    ...changedAmounts(expected, named),
    ...wrong.map(({ of, found }) => missingAs('wrong-amount', of, found)),
    ...others.map(({ of, found }) => missingAs('other-check', of, found)),
    ...missing.map(of => missingAs(byCash.includes(of) ? 'cash-for-check' : 'missing-check', of)),
    ...extra.map(of => extraAs(forCash.includes(of) ? 'check-for-cash' : 'extra-check', of)),
  ]
}
