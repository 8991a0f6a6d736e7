/** Counting a drawer blind: what there is to count, what was found, and what it differs by. Alike for every count. */

import type { Reader } from '../../../db/ledger/reader.ts'
import type { Writer } from '../../../db/ledger/writer.ts'
import {
  countTotals,
  type Session,
  sessionItems,
  sessionTenders,
} from '../../../db/queries/session/session.ts'
import { allTenderTypes, drawerById, instrumentsAmong, tenderNames } from '../../../db/queries/setup.ts'
import type { CountInput, CountResult, CountSheet } from '../../../shared/contract/session-fields.ts'
import type { BodyOf, Fact } from '../../../shared/ledger/facts.ts'
import type { TenderBalance } from '../../../shared/ledger/session.ts'
import { type Cents, ZERO } from '../../../shared/money.ts'
import type { CountedPiece, CountReason, PieceCount } from '../../../shared/rules/cash/denominations.ts'
import { differingPieces } from '../../../shared/rules/cash/denominations.ts'
import { balances } from '../../../shared/rules/session/balance.ts'
import { instrumentKey } from '../../../shared/rules/session/check-count.ts'
import type { Settings } from '../../../shared/settings/index.ts'
import type { Tender, TenderType } from '../../../shared/tenders.ts'
import { factIn, optionalFactIn } from '../request/commands.ts'
import { toldInstrument } from '../request/instruments.ts'
import { keptPieces } from '../request/pieces.ts'
import { normalizedText } from '../request/texts.ts'
import { toldComposition } from './composition.ts'

/** Rounds of counting: the first, and one recount. */
export const LAST_ROUND = 2

/** Tender types that this session balances: those switched on, and those with movements. */
function tendersIn(reader: Reader, session: Session): TenderType[] {
  const rows = new Map(sessionTenders(reader, session.sessionId).map(row => [row.tender, row]))
  return allTenderTypes(reader).filter(type => {
    const row = rows.get(type.tender)
    return row !== undefined && (type.active || row.tenderedCents !== ZERO)
  })
}

/** What there is to count in a session, without an amount in it. */
export function countSheetOf(reader: Reader, session: Session, settings: Settings): CountSheet {
  const types = tendersIn(reader, session)
  const items = sessionItems(reader, session.sessionId, instrumentsAmong(types))
  return {
    sessionId: session.sessionId,
    number: session.number,
    drawerName: drawerById(reader, session.drawerId)?.name ?? '',
    round: session.countRound + 1,
    denominations: settings.denominations,
    tenders: types.map(({ tender, name, counted }) => ({ tender, name, counted })),
    // No amount leaves here: what the instruments come to is for the count to say.
    items: items.map(item => toldInstrument(item, types)),
  }
}

type Items = BodyOf<'session.counted'>['items']

/** The instruments that were found, or null where one is named that is not in this drawer. */
function foundItems(reader: Reader, session: Session, input: CountInput, tenders: Tender[]): Items | null {
  const known = sessionItems(reader, session.sessionId, tenders)
  const byKey = new Map(known.map(item => [instrumentKey(item), item]))
  const items: Items = []
  for (const found of input.items) {
    const key = instrumentKey(found)
    const item = byKey.get(key)
    if (!item) return null
    // Taken out, so that one instrument is not counted twice.
    byKey.delete(key)
    const { tender, cents, reference, receiptId, tenderNo } = item
    items.push({ tender, cents, reference, receiptId, tenderNo })
  }
  for (const extra of input.extraItems) {
    if (!tenders.includes(extra.tender)) return null
    const { tender, cents } = extra
    const reference = normalizedText('reference', extra.reference, { maxLength: 40 })
    // Entered by hand instead of ticked, it is still the instrument of its receipt.
    const item = [...byKey.values()].find(
      of => of.tender === tender && of.cents === cents && of.reference === reference,
    )
    if (item) byKey.delete(instrumentKey(item))
    const { receiptId, tenderNo } = item ?? { receiptId: null, tenderNo: null }
    items.push({ tender, cents, reference, receiptId, tenderNo })
  }
  return items
}

/** A count as it was found, beside what is expected at this moment. */
export interface Found {
  pieces: CountedPiece[]
  cashCents: Cents
  items: Items
  balances: TenderBalance[]
}

interface CountScope {
  settings: Settings
  errors: { COUNT_NOT_VALID(of: { data: { reason: CountReason | 'unknown-item' } }): Error }
}

/** Takes a count down. Refuses money that is not configured, and instruments and slips that this session has not. */
export function takeCount(
  reader: Reader,
  session: Session,
  input: CountInput,
  { settings, errors }: CountScope,
): Found {
  const { pieces, cents: cashCents } = keptPieces(input.pieces, settings.denominations, errors)
  const types = tendersIn(reader, session)
  const items = foundItems(reader, session, input, instrumentsAmong(types))
  const bySlips = types.filter(type => type.counted === 'slips').map(type => type.tender)
  // A slip of nothing is the answer to a sheet whose type was switched off since: there were none.
  const known = input.slips.every(slip => slip.cents === ZERO || bySlips.includes(slip.tender))
  if (!items || !known) throw errors.COUNT_NOT_VALID({ data: { reason: 'unknown-item' } })
  const counted = new Set(types.map(type => type.tender))
  const rows = sessionTenders(reader, session.sessionId).filter(row => counted.has(row.tender))
  return { pieces, cashCents, items, balances: balances(rows, { cashCents, items, slips: input.slips }) }
}

interface TwoCounts extends CountScope {
  errors: CountScope['errors'] & { COUNTS_DIFFER(of: { data: { labels: string[] } }): Error }
}

/** What two people found alike, each counting the cash apart. What they cannot agree on is no count of this drawer. */
export function takeTwoCounts(
  reader: Reader,
  session: Session,
  input: { count: CountInput; again: readonly PieceCount[] },
  scope: TwoCounts,
): Found {
  const { settings, errors } = scope
  const found = takeCount(reader, session, input.count, scope)
  const again = keptPieces(input.again, settings.denominations, errors)
  const labels = differingPieces(found.pieces, again.pieces, settings.denominations)
  if (labels.length > 0) throw errors.COUNTS_DIFFER({ data: { labels } })
  return found
}

export interface Counting {
  session: Session
  found: Found
  countId: string
  /** Who counted the same cash once more and signed for it. */
  secondCounterId: string | null
  /** Who takes the drawer over, where this count is for that. */
  handToId: string | null
}

/** States a count at the end of a session. What it is for, the last count says: an earlier one does not bind it. */
export function appendCounted(tx: Writer, { session, found, ...counting }: Counting): void {
  tx.append(
    'session.counted',
    {
      ...counting,
      sessionId: session.sessionId,
      round: Math.min(session.countRound + 1, LAST_ROUND),
      pieces: found.pieces,
      items: found.items,
      totals: found.balances.map(({ tender, countedCents }) => ({ tender, cents: countedCents })),
      balances: found.balances,
    },
    { businessDate: session.businessDate },
  )
}

/** What a count is answered with, from what it recorded. After the first nothing is told but that it differs. */
export function countResult(reader: Reader, facts: readonly Fact[]): CountResult {
  const { body } = factIn(facts, 'session.counted')
  const closed = optionalFactIn(facts, 'session.closed')
  const balances = namedBalances(reader, body.balances)
  if (closed) return { outcome: 'closed', balances, zNumber: closed.body.zNumber }
  // The second count must be as blind as the first.
  if (body.round < LAST_ROUND) return { outcome: 'recount', balances: [], zNumber: null }
  const composition = toldComposition(reader, body.sessionId, body)
  return { outcome: 'explain', balances, zNumber: null, composition }
}

/** The same balances with the tenders' names. */
export function namedBalances(reader: Reader, list: readonly TenderBalance[]): CountResult['balances'] {
  const nameOf = tenderNames(reader)
  return list.map(balance => ({ ...balance, name: nameOf(balance.tender) }))
}

/** What a session's last count differs by; undefined where it has not been counted twice. */
export function lastDifference(reader: Reader, session: Session): TenderBalance[] | undefined {
  if (session.countRound < LAST_ROUND || session.closingCountId === null) return undefined
  return countTotals(reader, session.closingCountId)
}

/**
 * Whether somebody must not learn what a session's drawer should hold: whoever counts it blind. That is its
 * cashier, and whoever is in the middle of taking it over.
 */
export function isBlindTo(session: Session, personId: string): boolean {
  return session.state !== 'closed' && (session.cashierId === personId || session.handToId === personId)
}
