import type { Tender, TenderBalance } from '../ledger/facts.ts'
import { type Cents, negate, sum, ZERO } from '../money.ts'
import { type ItemRef, matchItems, paperKey } from './check-count.ts'

/** A check or money order that a receipt says should be in the drawer. */
export interface ExpectedPaper extends ItemRef {
  tender: Tender
  reference: string
  cents: Cents
}

/** A check or money order as a count found it; without a receipt where it is on no list. */
export interface CountedPaper {
  tender: Tender
  reference: string
  cents: Cents
  receiptId: string | null
  tenderNo: number | null
}

/**
 * missing-check: its receipt stands, the paper is not there. extra-check: the paper is there, without a
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

/** One way in which the papers of a count are not those of the receipts. */
export interface CompositionFinding {
  kind: CompositionKind
  tender: Tender
  reference: string
  /** Of the receipt; of the paper where no receipt has it. */
  cents: Cents
  receiptId: string | null
  /** What was found in its place; null where nothing was. */
  found: { tender: Tender; reference: string; cents: Cents } | null
}

interface Composition {
  expected: readonly ExpectedPaper[]
  counted: readonly CountedPaper[]
  /** Over and short of the same count. */
  balances: readonly Pick<TenderBalance, 'tender' | 'overShortCents'>[]
}

type Alike = (missing: ExpectedPaper, extra: CountedPaper) => boolean

const sameNumber: Alike = (a, b) => a.tender === b.tender && a.reference === b.reference
const samePaper: Alike = (a, b) => sameNumber(a, b) && a.cents === b.cents
const sameAmount: Alike = (a, b) => a.tender === b.tender && a.cents === b.cents
const sameWorth: Alike = (a, b) => a.cents === b.cents

/** Takes pairs that are alike out of both lists; each paper stands for one other at most. */
function takePairs(missing: ExpectedPaper[], extra: CountedPaper[], alike: Alike) {
  const pairs: { of: ExpectedPaper; found: CountedPaper }[] = []
  for (const of of [...missing]) {
    const at = extra.findIndex(paper => alike(of, paper))
    const found = extra[at]
    if (found === undefined) continue
    extra.splice(at, 1)
    missing.splice(missing.indexOf(of), 1)
    pairs.push({ of, found })
  }
  return pairs
}

/** The papers that come to an amount exactly: one of them, all of them, or two; none where that is not so. */
function worth<P extends { cents: Cents }>(papers: readonly P[], amount: Cents): P[] {
  if (amount <= ZERO) return []
  const one = papers.find(paper => paper.cents === amount)
  if (one !== undefined) return [one]
  if (sum(papers.map(paper => paper.cents)) === amount) return [...papers]
  for (const [at, first] of papers.entries()) {
    const second = papers.slice(at + 1).find(paper => paper.cents + first.cents === amount)
    if (second !== undefined) return [first, second]
  }
  return []
}

function missingAs(kind: CompositionKind, of: ExpectedPaper, found: CountedPaper | null = null) {
  const { tender, reference, cents, receiptId } = of
  const instead = found && { tender: found.tender, reference: found.reference, cents: found.cents }
  return { kind, tender, reference, cents, receiptId, found: instead }
}

function extraAs(kind: CompositionKind, { tender, reference, cents }: CountedPaper): CompositionFinding {
  return { kind, tender, reference, cents, receiptId: null, found: null }
}

/** The papers that were found by their receipt, but for another amount than it says. */
function changedAmounts(expected: readonly ExpectedPaper[], counted: readonly (CountedPaper & ItemRef)[]) {
  const byKey = new Map(counted.map(paper => [paperKey(paper), paper]))
  return expected.flatMap(of => {
    const found = byKey.get(paperKey(of))
    return found === undefined || found.cents === of.cents ? [] : [missingAs('wrong-amount', of, found)]
  })
}

/**
 * Whether every paper in a count has its receipt and every receipt its paper: empty where that is so. A count
 * whose totals agree by tender can still be wrong here, because one paper went out and another came in. A
 * paper that was entered by hand with the number and the amount of one that is missing is that one.
 */
export function composition({ expected, counted, balances }: Composition): CompositionFinding[] {
  const named = counted.flatMap(paper => {
    const { receiptId, tenderNo } = paper
    return receiptId === null || tenderNo === null ? [] : [{ ...paper, receiptId, tenderNo }]
  })
  const matched = matchItems(named, expected)
  const gone = new Set(matched.missing.map(paperKey))
  const missing = expected.filter(of => gone.has(paperKey(of)))
  const twice = named.filter(paper => matched.extra.includes(paper))
  const extra = [...counted.filter(paper => paper.receiptId === null), ...twice]
  takePairs(missing, extra, samePaper)
  const wrong = takePairs(missing, extra, sameNumber)
  const others = [...takePairs(missing, extra, sameAmount), ...takePairs(missing, extra, sameWorth)]
  const overCents = balances.find(({ tender }) => tender === 'cash')?.overShortCents ?? ZERO
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
