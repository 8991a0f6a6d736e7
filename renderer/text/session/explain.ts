/** Words for what may explain a difference: one sentence with the arithmetic for each kind, and where to look. */

import { add, type Cents, cents, formatCents, subtract } from '../../../shared/money.ts'
import type { Denomination } from '../../../shared/rules/cash/denominations.ts'
import type {
  Candidate,
  Cause,
  CauseKind,
  DenominationRef,
} from '../../../shared/rules/explain/explain-difference.ts'
import type { Tender, TenderPhrase } from '../../../shared/tenders.ts'

export interface ExplainedLabels {
  /** What may have happened; a question wherever the ledger cannot prove it. */
  title: string
  /** The arithmetic. */
  sum: string
  /** What to look at. */
  look: string
  /** Short enough for the reason of a close. */
  reason: string
}

/** What a candidate's own words need besides the candidate. */
export interface Named {
  /** Numbers of the receipts of its likeliest way, in their order. */
  receipts: readonly { number: string; dueCents: Cents | null }[]
  /** Number of the movement that it is about; null where it is about none. */
  movement: string | null
  denominations: readonly Denomination[]
  /** What the city's tenders are called within a sentence. */
  phraseOf: (tender: Tender) => TenderPhrase
  /** In how many ways it may have happened: receipts of one amount cannot be told apart. */
  alike: number
}

/** As `checkText` counts for the reason of a close. */
export const MOST_REASON = 80

export const explainedText = {
  title: (amounts: string) => (amounts === '' ? 'What may explain it' : `What would explain ${amounts}`),
  loading: 'Looking through the session',
  none: 'Nothing in the ledger explains it. Look for money that was moved and not entered, or two errors at once.',
  agrees: 'Every tender and every item agrees: there is nothing to explain.',
  advice: 'Every count stays on record; nothing here changes it. Correct a receipt by a void or reversal.',
  likelihood: { likely: 'likely', possible: 'possible', fits: 'also fits' },
  ways: (count: number, listed: string, more: number) =>
    `These ${count} fit alike: ${listed}${more > 0 ? ` and ${more} more` : ''}.`,
  candidate: (no: number) => `Explanation ${no}`,
  noReceipt: 'No receipt is involved.',
  receiptOf: (at: number, count: number) => `Receipt ${at} of ${count}`,
  keys: {
    open: 'Open',
    use: 'Use as reason',
    reason: 'Reason',
    list: 'Explanations',
    next: 'Next receipt',
    previous: 'Receipt before',
    explain: 'Explain the difference',
    back: 'Back',
  },
}

export type Likelihood = keyof typeof explainedText.likelihood

/** A share among all that was weighed is no probability that anybody measured, so it is told in words. */
export function likelihoodOf(score: number): Likelihood {
  if (score >= 0.5) return 'likely'
  return score >= 0.1 ? 'possible' : 'fits'
}

const MOVEMENTS = {
  'turn-in': 'turn-in',
  'paid-in': 'paid-in',
  'paid-out': 'paid-out',
  'change-order': 'change order',
} as const

/** What a writer of one kind's words has at hand. */
interface Told<F> {
  facts: F
  named: Named
  /** The receipt of the likeliest way, and all of them as a phrase. */
  receipt: string
  receipts: string
  /** `cash is over by 27.00`, for each tender that it explains. */
  off: string
}

const money = formatCents
const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function offLabels({ explains }: Pick<Candidate, 'explains'>, { phraseOf }: Named): string {
  return explains
    .map(({ tender, differenceCents }) => {
      const way = differenceCents > 0 ? 'over' : 'short'
      return `${phraseOf(tender).are} ${way} by ${money(cents(Math.abs(differenceCents)))}`
    })
    .join(' and ')
}

function instrument({ phraseOf }: Named, tender: Tender, reference: string): string {
  const { one } = phraseOf(tender)
  return reference === '' ? `a ${one}` : `${one} ${reference}`
}

function minutes(apartMs: number): string {
  const apart = Math.round(apartMs / 60_000)
  if (apart < 1) return 'less than a minute apart'
  if (apart < 120) return `${apart} ${apart === 1 ? 'minute' : 'minutes'} apart`
  return `${Math.round(apart / 60)} hours apart`
}

function denomination({ denominations }: Named, { kind, valueCents }: DenominationRef): Denomination {
  const found = denominations.find(of => of.kind === kind && of.valueCents === valueCents)
  return found ?? { kind, valueCents, label: `${money(valueCents)} ${kind}s`, bundleSize: 0 }
}

function debtLabels(due: Cents | null, meant: Cents, keyed: Cents): string {
  if (due === meant) return ` The account owed ${money(meant)}.`
  return due === keyed ? ` The account owed ${money(keyed)}, as entered.` : ''
}

const FORMS = { swapped: 'two digits changed places', shifted: 'a digit or the decimal point slipped' }

type FactsOf<K extends CauseKind> = Extract<Cause, { kind: K }>['facts']
type Writers = { [K in CauseKind]: (told: Told<FactsOf<K>>) => ExplainedLabels }

const instruments = {
  'item-missing': ({ facts: { tender, cents: amount, reference }, receipt, named, off }) => ({
    title: `Receipt ${receipt}: is its ${instrument(named, tender, reference)} of ${money(amount)} there?`,
    sum: `The receipt has it and the count does not: ${off}.`,
    look: 'Look behind the tray, among the bill stubs and in the piles of other drawers.',
    reason: `${first(instrument(named, tender, reference))} of ${money(amount)} (${receipt}) not found`,
  }),
  'item-extra': ({ facts: { tender, cents: amount, reference }, named, off }) => ({
    title: `${first(instrument(named, tender, reference))} of ${money(amount)}: was its receipt never entered?`,
    sum: `The count has it and no receipt does: ${off}.`,
    look: 'Read the account number on it, and see whether that account was paid today.',
    reason: `${first(instrument(named, tender, reference))} of ${money(amount)} has no receipt`,
  }),
  'item-differs': ({ facts: { tender, keyedCents, foundCents, reference }, receipt, named, off }) => ({
    title: `Receipt ${receipt}: ${money(keyedCents)} entered, ${money(foundCents)} on its ${instrument(named, tender, reference)}?`,
    sum: `${difference(foundCents, keyedCents)}: ${off}.`,
    look: 'Read the amount on it once more, in figures and in words.',
    reason: `${receipt}: ${money(keyedCents)} entered, item says ${money(foundCents)}`,
  }),
  'tender-swapped': ({ facts: { keyed, taken, cents: amount }, receipt, named, off }) => ({
    title: `Receipt ${receipt}: entered as paid ${named.phraseOf(keyed).by}, paid ${named.phraseOf(taken).by}?`,
    sum: `${money(amount)} ${named.phraseOf(taken).by} in place of ${money(amount)} ${named.phraseOf(keyed).by}: ${off}.`,
    look: 'See how the customer paid; a void and a new receipt put it right.',
    reason: `${receipt}: ${money(amount)} entered ${named.phraseOf(keyed).by}, paid ${named.phraseOf(taken).by}`,
  }),
} satisfies Partial<Writers>

/** `85.00 − 58.00 = 27.00`, the larger one first. */
function difference(a: Cents, b: Cents): string {
  const [more, less] = a > b ? [a, b] : [b, a]
  return `${money(more)} − ${money(less)} = ${money(subtract(more, less))}`
}

const receiptKinds = {
  'not-keyed': ({ facts: { tender, cents: amount }, named, off }) => ({
    title: `Was a payment of ${money(amount)} ${named.phraseOf(tender).by} never entered?`,
    sum: `Taken without a receipt it leaves just this: ${off}.`,
    look: 'Look for a bill stub or a form without a receipt.',
    reason: `${money(amount)} ${named.phraseOf(tender).by} taken and not entered`,
  }),
  'not-received': ({ facts: { tender, cents: amount }, receipt, named, off }) => ({
    title: `Receipt ${receipt}: did its ${money(amount)} ${named.phraseOf(tender).by} come in?`,
    sum: `It counts ${money(amount)} ${named.phraseOf(tender).by}, and ${off}.`,
    look: 'It may have been paid in another way, or given back without a void.',
    reason: `${receipt}: its ${money(amount)} ${named.phraseOf(tender).by} not in the drawer`,
  }),
  'void-kept': ({ facts: { tender, cents: amount }, receipt, named, off }) => ({
    title: `Receipt ${receipt} was voided: were its ${money(amount)} given back?`,
    sum: `Not given back, ${money(amount)} ${named.phraseOf(tender).by} stay here, and ${off}.`,
    look: 'Ask whoever made the void, or call the customer.',
    reason: `${receipt} voided, ${money(amount)} ${named.phraseOf(tender).by} not given back`,
  }),
  'entered-twice': ({ facts: { cents: amount, apartMs }, receipts, off }) => ({
    title: `Receipts ${receipts}: one payment entered twice?`,
    sum: `Both are of ${money(amount)} for the same payer, ${minutes(apartMs)}: ${off}.`,
    look: 'See whether the customer paid once; then one of the two is to be voided.',
    reason: `${receipts}: ${money(amount)} entered twice`,
  }),
  'change-not-given': ({ facts: { changeCents }, receipt, off }) => ({
    title: `Receipt ${receipt}: was its change of ${money(changeCents)} given?`,
    sum: `Not given, ${money(changeCents)} stay in the drawer, and ${off}.`,
    look: 'Ask the cashier; the customer may come back for it.',
    reason: `${receipt}: change of ${money(changeCents)} not given`,
  }),
  'change-given-twice': ({ facts: { changeCents }, receipt, off }) => ({
    title: `Receipt ${receipt}: was its change of ${money(changeCents)} given twice?`,
    sum: `${money(add(changeCents, changeCents))} given, ${money(changeCents)} on the receipt: ${off}.`,
    look: 'Change is not proved by the ledger; ask the cashier.',
    reason: `${receipt}: change of ${money(changeCents)} given twice`,
  }),
  'two-receipts': ({ facts: { form, cents: amounts }, receipts, off }) => {
    const [less, more] = amounts
    const sum = `${money(less)} + ${money(more)} = ${money(add(less, more))}: ${off}.`
    return form === 'not-received'
      ? {
          title: `Receipts ${receipts}: did the money of both come in?`,
          sum,
          look: 'Two errors at once are rare: look at single receipts first.',
          reason: `${receipts}: ${money(less)} and ${money(more)} not in the drawer`,
        }
      : {
          title: `Receipts ${receipts} were voided: was the money of both given back?`,
          sum,
          look: 'Ask whoever made the voids, or call the customers.',
          reason: `${receipts} voided, ${money(less)} and ${money(more)} not given back`,
        }
  },
} satisfies Partial<Writers>

/** The place of an amount that was entered wrong: a receipt, or a movement. */
function entryLabels({ receipt, named }: Pick<Told<unknown>, 'receipt' | 'named'>): string {
  return named.movement === null ? `Receipt ${receipt}` : `Slip ${named.movement}`
}

const entryKinds = {
  'digit-slip': ({ facts: { form, keyedCents, meantCents }, ...told }) => {
    const due = told.named.receipts[0]?.dueCents ?? null
    const [swapped, number] = [`${money(keyedCents)} ↔ ${money(meantCents)}`, told.named.movement]
    return {
      title: `${entryLabels(told)} of ${money(keyedCents)}: was it ${money(meantCents)}?`,
      sum: `${difference(meantCents, keyedCents)}: ${told.off} (${swapped}, ${FORMS[form]}).${debtLabels(due, meantCents, keyedCents)}`,
      look:
        number === null
          ? 'Compare the receipt with the bill stub, or with what the account owed.'
          : 'Compare the slip with its receipt or invoice.',
      reason: `${number ?? told.receipt}: ${money(keyedCents)} entered, ${money(meantCents)} meant`,
    }
  },
  'wrong-sign': ({ facts: { entry, cents: amount }, ...told }) => {
    const sum = `Twice ${money(amount)} is ${money(add(amount, amount))}: ${told.off}.`
    if (entry === 'receipt')
      return {
        title: `Receipt ${told.receipt} of ${money(amount)}: was it a refund?`,
        sum,
        look: 'See whether the customer paid, or was paid.',
        reason: `${told.receipt}: ${money(amount)} paid out, entered as a payment`,
      }
    const other = entry === 'paid-in' ? 'paid out' : 'paid in'
    return {
      title: `${first(MOVEMENTS[entry])} ${told.named.movement ?? ''} of ${money(amount)}: was it ${other}?`,
      sum,
      look: 'Compare the slip with its receipt or invoice.',
      reason: `${told.named.movement ?? ''}: ${money(amount)} ${other}, entered the other way`,
    }
  },
  'movement-not-made': ({ facts: { movement, cents: amount }, named, off }) => ({
    title: `${first(MOVEMENTS[movement])} ${named.movement ?? ''}: was the money moved?`,
    sum: `Recorded and not moved, ${money(amount)} are in the wrong place, and ${off}.`,
    look:
      movement === 'turn-in'
        ? 'Look in the safe, and under the tray.'
        : 'Look at the slip and its receipt or invoice.',
    reason: `${named.movement ?? ''}: ${MOVEMENTS[movement]} of ${money(amount)} recorded, not moved`,
  }),
  'movement-not-recorded': ({ facts: { movement, cents: amount }, ...told }) => ({
    title: `Was a ${MOVEMENTS[movement]} of ${money(amount)} not recorded?`,
    sum: `Moved without a slip, it leaves just this: ${told.off}.`,
    look:
      movement === 'turn-in'
        ? 'Look in the safe for money that no slip tells of.'
        : 'Look for a voucher or an invoice of today.',
    reason: `${first(MOVEMENTS[movement])} of ${money(amount)} not recorded`,
  }),
} satisfies Partial<Writers>

/** `3 of $20`, `1 strap of $20`, `2 rolls of Quarters and 3 loose`. */
function pileLabels(
  { pieces, bundles, form }: FactsOf<'counted-as-neighbour'>,
  { kind, label }: Denomination,
): string {
  const bundle = kind === 'note' ? 'strap' : 'roll'
  const straps = `${bundles} ${bundle}${bundles === 1 ? '' : 's'} of ${label}`
  if (form === 'bundles' || pieces === 0) return straps
  return bundles === 0 ? `${pieces} × ${label}` : `${straps} and ${pieces} loose`
}

function worth({ pieces, bundles }: FactsOf<'counted-as-neighbour'>, of: Denomination): Cents {
  return cents((pieces + bundles * of.bundleSize) * of.valueCents)
}

const countKinds = {
  'counted-as-neighbour': ({ facts, named, off }) => {
    const [actual, countedAs] = [denomination(named, facts.actual), denomination(named, facts.countedAs)]
    const pile = pileLabels(facts, actual)
    const place = facts.form === 'row' ? `on the line of ${countedAs.label}` : `as ${countedAs.label}`
    return {
      title: `Were ${pile} counted ${place}?`,
      sum: `They are worth ${money(worth(facts, actual))} and counted ${money(worth(facts, countedAs))}: ${off}.`,
      look: 'Look at these two piles and their lines in the count.',
      reason: `${pile} counted ${place}`,
    }
  },
  'change-fund-miscounted': ({ facts: { countedCents, likelyCents, against }, off }) => ({
    title: `Was the change fund ${money(likelyCents)} and not ${money(countedCents)}?`,
    sum: `${difference(likelyCents, countedCents)}: ${off}.${CHANGE_FUND_PROOFS[against](money(likelyCents))}`,
    look: 'Compare the opening count with what the last close left in this drawer.',
    reason: `Change fund was ${money(likelyCents)}, counted ${money(countedCents)} at opening`,
  }),
} satisfies Partial<Writers>

const CHANGE_FUND_PROOFS: Record<FactsOf<'change-fund-miscounted'>['against'], (amount: string) => string> = {
  'left-before': amount => ` The close before left ${amount}.`,
  wanted: amount => ` This drawer’s change fund is ${amount}.`,
  none: () => '',
}

const WRITERS: Writers = { ...instruments, ...receiptKinds, ...entryKinds, ...countKinds }

function clipped(reason: string): string {
  const letters = Array.from(reason)
  return letters.length <= MOST_REASON ? reason : `${letters.slice(0, MOST_REASON - 1).join('')}…`
}

/** A candidate in words: what may have happened, the arithmetic, where to look, and a reason to write down. */
export function explained(candidate: Candidate, named: Named): ExplainedLabels {
  const numbers = named.receipts.map(receipt => receipt.number)
  // Each writer takes the facts of its own kind; the table gives the kind its writer.
  const write = WRITERS[candidate.kind] as (told: Told<Cause['facts']>) => ExplainedLabels
  const labels = write({
    facts: candidate.facts,
    named,
    receipt: numbers[0] ?? '',
    receipts: numbers.join(' and '),
    off: offLabels(candidate, named),
  })
  const one = named.alike > 1 ? ` (one of ${named.alike} alike)` : ''
  return { ...labels, reason: clipped(`Likely${one}: ${labels.reason}`) }
}
