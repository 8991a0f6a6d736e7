/** What a receipt says, whichever paper it stands on: the same words and figures for roll and page. */

import type { ReceiptView, ShownTender } from '../../../../shared/contract/receipt.ts'
import type { ReceiptLine } from '../../../../shared/ledger/receipt.ts'
import { add, type Cents, formatCents, subtract, ZERO } from '../../../../shared/money.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { CASH, shownDetails } from '../../../../shared/tenders.ts'
import { businessDateOf, formatBusinessDate, formatInstant } from '../../../../shared/time.ts'
import { type Languages, RECEIPT, say, type Word } from '../page/labels.ts'

export interface ReceiptPaper {
  receipt: ReceiptView
  settings: Settings
  languages: Languages
  /** 1 for the first print; from 2 on the paper is marked DUPLICATE. */
  copyNo: number
}

export type AccountLine = Extract<ReceiptLine, { kind: 'account' }>
export type CatalogLine = Extract<ReceiptLine, { kind: 'catalog' }>

export interface Figure {
  label: string
  amount: string
}

/** Both languages where the city has given its own texts in both. */
export function languagesOf(settings: Settings): Languages {
  return settings.receiptTexts.es.some(text => text.trim() !== '') ? 'en-es' : 'en'
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** What was paid by service and GL account; bills of different dates for one service are one figure on paper. */
export function servicesOf(line: AccountLine): Figure[] {
  const groups = new Map<string, { label: string; cents: Cents }>()
  for (const { service, glAccount, cents } of line.allocations) {
    const label = `${capitalized(service)} · ${RECEIPT.gl.en} ${glAccount}`
    groups.set(label, { label, cents: add(groups.get(label)?.cents ?? ZERO, cents) })
  }
  return [...groups.values()].map(({ label, cents }) => ({ label, amount: formatCents(cents) }))
}

/** Code, GL account, quantity × price or the base of a percentage, and reference of a catalog line, as far as it has them. */
export function catalogDetails(line: CatalogLine): string[] {
  const price = line.unitPriceCents === null ? null : `${line.quantity} × ${formatCents(line.unitPriceCents)}`
  const base = line.baseCents === null ? null : `% × ${formatCents(line.baseCents)}`
  const reference = line.reference === '' ? '' : `${RECEIPT.reference.en} ${line.reference}`
  return [`${line.code} · ${RECEIPT.gl.en} ${line.glAccount}`, price ?? '', base ?? '', reference].filter(
    text => text !== '',
  )
}

function balance(cents: Cents, owed: Word, credit: Word, languages: Languages): Figure {
  return cents < 0
    ? { label: say(credit, languages), amount: formatCents(cents) }
    : { label: say(owed, languages), amount: formatCents(cents) }
}

/** The account's balance before and after this line; below zero it is a credit, and is called one. */
export function balancesOf(line: AccountLine, languages: Languages): { before: Figure; after: Figure } {
  const after = subtract(line.balanceBeforeCents, line.cents)
  return {
    before: balance(line.balanceBeforeCents, RECEIPT.balanceBefore, RECEIPT.creditBefore, languages),
    after: balance(after, RECEIPT.balanceAfter, RECEIPT.creditAfter, languages),
  }
}

/** `as of 11/20/2026 7:58 am` in the city's time. */
export function asOfText(line: AccountLine, { settings, languages }: ReceiptPaper): string {
  return `${say(RECEIPT.asOf, languages)} ${formatInstant(line.asOfMs, settings.timeZone, 'date-time')}`
}

/** What identifies a tender beside its kind: numbers of checks, routing, the last four, brand and approval of a card. */
export const tenderDetails = (tender: ShownTender, languages: Languages): string[] =>
  shownDetails(tender, tender.details, words => say(words, languages))

/** `Check / Cheque 1187`. */
export const tenderName = (tender: ShownTender, languages: Languages): string =>
  `${say(tender.labels, languages)} ${tender.reference}`.trim()

/** Below the tenders: all that was handed over (where it was more than one tender), rounding if any, and change. */
export function settlementOf({ receipt, languages }: ReceiptPaper): {
  others: Figure[]
  change: Figure | null
} {
  const figure = (of: Word, cents: Cents): Figure => ({
    label: say(of, languages),
    amount: formatCents(cents),
  })
  const cash = receipt.tenders.some(tender => tender.tender === CASH)
  return {
    others: [
      ...(receipt.tenders.length > 1 ? [figure(RECEIPT.tendered, receipt.tenderedCents)] : []),
      ...(receipt.roundingCents === 0 ? [] : [figure(RECEIPT.rounding, receipt.roundingCents)]),
    ],
    change: cash || receipt.changeCents > 0 ? figure(RECEIPT.change, receipt.changeCents) : null,
  }
}

/** What stands under a large VOID: what it means, reason, when and by whom, who approved. Empty while the receipt counts. */
function voidTexts({ receipt, settings, languages }: ReceiptPaper): string[] {
  if (receipt.voided === null) return []
  const { atMs, reason, byName, approvedByName } = receipt.voided
  // No-break spaces, so that a date is never torn from its time.
  const when = formatInstant(atMs, settings.timeZone, 'date-time').replaceAll(' ', '\u00a0')
  return [
    RECEIPT.voidMeaning.en,
    ...(languages === 'en' ? [] : [RECEIPT.voidMeaning.es]),
    `${say(RECEIPT.voidReason, languages)}: ${reason}`,
    `${say(RECEIPT.voidedBy, languages)}: ${byName}, ${when}`,
    `${say(RECEIPT.approvedBy, languages)}: ${approvedByName}`,
  ]
}

export interface Banner {
  kind: 'void' | 'duplicate'
  large: string
  /** The same word in Spanish; null where the city prints English only. */
  under: string | null
  small: string[]
}

/** The banners on top, most important first: VOID before DUPLICATE. */
export function bannersOf(paper: ReceiptPaper): Banner[] {
  const { receipt, copyNo, languages } = paper
  const banner = (kind: Banner['kind'], word: Word, small: string[]): Banner => {
    return { kind, large: word.en, under: languages === 'en' ? null : word.es, small }
  }
  return [
    ...(receipt.state === 'voided' ? [banner('void', RECEIPT.void, voidTexts(paper))] : []),
    ...(copyNo > 1
      ? [banner('duplicate', RECEIPT.duplicate, [`${say(RECEIPT.copy, languages)} ${copyNo}`])]
      : []),
  ]
}

/**
 * Who, where and when, as pairs of label and value. The business date stands there only where it is not the day
 * on the clock: after midnight, when a customer would otherwise wonder.
 */
export function headFacts({
  receipt,
  settings,
  languages,
}: ReceiptPaper): { label: string; value: string }[] {
  const pair = (of: Word, value: string) => ({ label: say(of, languages), value })
  const { postedAtMs, businessDate } = receipt
  return [
    pair(RECEIPT.date, formatInstant(postedAtMs, settings.timeZone, 'date-time')),
    pair(RECEIPT.cashier, receipt.cashierName),
    pair(RECEIPT.drawer, receipt.drawerName),
    pair(RECEIPT.session, receipt.sessionNumber),
    ...(businessDateOf(postedAtMs, settings.timeZone) === businessDate
      ? []
      : [pair(RECEIPT.businessDate, formatBusinessDate(businessDate, 'short'))]),
  ]
}

/** The city's own lines for the foot, English before Spanish. */
export function footTexts({ settings }: ReceiptPaper): { en: string[]; es: string[] } {
  const kept = (texts: readonly string[]) => texts.filter(text => text.trim() !== '')
  return { en: kept(settings.receiptTexts.en), es: kept(settings.receiptTexts.es) }
}
