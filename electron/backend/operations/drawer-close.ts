/** Closing a drawer: a blind count, one recount, then a reason and another person. */

import {
  countTotals,
  type Session,
  sessionItems,
  sessionTenders,
  unclosedSessionOf,
} from '../../../db/queries/sessions.ts'
import { allTenderTypes, drawerById, settingsOf, tenderNames, tillOf } from '../../../db/queries/setup.ts'
import type { Reader } from '../../../db/reader.ts'
import type { Writer } from '../../../db/writer.ts'
import type { CountInput, CountResult } from '../../../shared/contract/drawer.ts'
import type { BodyOf, Tender, TenderBalance } from '../../../shared/ledger/facts.ts'
import { type Cents, negate, ZERO } from '../../../shared/money.ts'
import { balances, isMatch } from '../../../shared/rules/balance.ts'
import { countedPieces, countTotal } from '../../../shared/rules/denominations.ts'
import { humanNumber } from '../../../shared/rules/human-number.ts'
import { approvedWrite, factIn, optionalFactIn, signedIn, write } from '../commands.ts'
import { os } from '../guard.ts'
import { keptText } from '../texts.ts'

/** Rounds of counting: the first, and one recount. */
const LAST_ROUND = 2

export const countSheet = os.drawer.countSheet.handler(({ context, errors }) => {
  const { reader } = context.backend.ledger
  const session = unclosedSessionOf(reader, signedIn(context).personId)
  const settings = settingsOf(reader)
  if (!session || !settings) throw errors.NO_OPEN_SESSION()
  const types = tendersIn(reader, session)
  const items = sessionItems(reader, session.sessionId, itemTenders(types))
  return {
    sessionId: session.sessionId,
    number: session.number,
    drawerName: drawerById(reader, session.drawerId)?.name ?? '',
    round: session.countRound + 1,
    denominations: settings.denominations,
    tenders: types.map(({ tender, name, counted }) => ({ tender, name, counted })),
    // No amount leaves here: what the papers come to is for the count to say.
    items: items.map(({ receiptId, tenderNo, tender, reference, accountLast4 }) => ({
      receiptId,
      tenderNo,
      tender,
      reference,
      accountLast4,
    })),
  }
})

/** Tender types that this session balances: those switched on, and those with movements. */
function tendersIn(reader: Reader, session: Session) {
  const moved = new Map(sessionTenders(reader, session.sessionId).map(row => [row.tender, row]))
  return allTenderTypes(reader).filter(type => {
    const row = moved.get(type.tender)
    return row !== undefined && (type.active || row.tenderedCents !== ZERO)
  })
}

function itemTenders(types: readonly { tender: Tender; counted: string }[]): Tender[] {
  return types.filter(type => type.counted === 'items').map(type => type.tender)
}

type Items = BodyOf<'drawer.counted'>['items']

/** The papers that were found, or null where one is named that is not of this session. */
function foundItems(
  tx: Writer,
  session: Session,
  input: CountInput,
  tenders: readonly Tender[],
): Items | null {
  const known = sessionItems(tx, session.sessionId, tenders)
  const byKey = new Map(known.map(item => [`${item.receiptId}/${item.tenderNo}`, item]))
  const items: Items = []
  for (const found of input.items) {
    const key = `${found.receiptId}/${found.tenderNo}`
    const item = byKey.get(key)
    if (!item) return null
    // Taken out, so that one paper is not counted twice.
    byKey.delete(key)
    const { tender, cents, reference, receiptId, tenderNo } = item
    items.push({ tender, cents, reference, receiptId, tenderNo })
  }
  for (const extra of input.extraItems) {
    if (!tenders.includes(extra.tender)) return null
    const reference = keptText('reference', extra.reference, { maxLength: 40 })
    items.push({ tender: extra.tender, cents: extra.cents, reference, receiptId: null, tenderNo: null })
  }
  return items
}

export const count = os.drawer.count.handler(
  write({
    decide({ tx, input, errors, person, settings, backend }) {
      const session = unclosedSessionOf(tx, person.personId)
      if (!session) throw errors.NO_OPEN_SESSION()
      if (session.countRound >= LAST_ROUND) throw errors.COUNTED_TWICE()
      const cash = countTotal(input.count.pieces, settings.denominations)
      if (!cash.ok) throw errors.COUNT_NOT_VALID({ data: { reason: cash.reason } })
      const types = tendersIn(tx, session)
      const items = foundItems(tx, session, input.count, itemTenders(types))
      const slipTenders = types.filter(type => type.counted === 'slips').map(type => type.tender)
      const known = input.count.slips.every(slip => slipTenders.includes(slip.tender))
      if (!items || !known) throw errors.COUNT_NOT_VALID({ data: { reason: 'unknown-item' } })
      const counted = new Set(types.map(type => type.tender))
      const rows = sessionTenders(tx, session.sessionId).filter(row => counted.has(row.tender))
      const list = balances(rows, { cashCents: cash.cents, items, slips: input.count.slips })
      const countId = backend.newId()
      tx.append(
        'drawer.counted',
        {
          sessionId: session.sessionId,
          countId,
          round: session.countRound + 1,
          pieces: countedPieces(input.count.pieces, settings.denominations),
          items,
          totals: list.map(({ tender, countedCents }) => ({ tender, cents: countedCents })),
          balances: list,
        },
        session.businessDate,
      )
      if (isMatch(list)) appendClosed(tx, session, { countId, balances: list, reason: '', approvedBy: null })
    },
    answer(facts, reader): CountResult {
      const { body } = factIn(facts, 'drawer.counted')
      const closed = optionalFactIn(facts, 'drawer.closed')
      const nameOf = tenderNames(reader)
      const named = body.balances.map(balance => ({ ...balance, name: nameOf(balance.tender) }))
      if (closed) return { outcome: 'closed', balances: named, zNumber: closed.body.zNumber }
      // After the first count nothing is told but that it differs: the second must be as blind as the first.
      if (body.round < LAST_ROUND) return { outcome: 'recount', balances: [], zNumber: null }
      return { outcome: 'explain', balances: named, zNumber: null }
    },
  }),
)

function appendClosed(
  tx: Writer,
  session: Session,
  close: { countId: string; balances: TenderBalance[]; reason: string; approvedBy: string | null },
): void {
  const till = tillOf(tx)
  const opening = sessionTenders(tx, session.sessionId).find(row => row.tender === 'cash')
  if (!till || !opening) throw new Error('No till, or a session without cash')
  const zNo = till.last_z_no + 1
  tx.append(
    'drawer.closed',
    {
      sessionId: session.sessionId,
      drawerId: session.drawerId,
      countId: close.countId,
      zNo,
      zNumber: humanNumber(till, zNo, 'Z'),
      floatCents: opening.floatCents,
      balances: close.balances,
      reason: close.reason,
      approvedBy: close.approvedBy,
    },
    session.businessDate,
  )
}

/** What a session's last count differs by; undefined where it has not been counted twice. */
function lastDifference(reader: Reader, session: Session): TenderBalance[] | undefined {
  if (session.countRound < LAST_ROUND || session.closingCountId === null) return undefined
  return countTotals(reader, session.closingCountId)
}

export const difference = os.drawer.difference.handler(({ context }): CountResult | null => {
  const { reader } = context.backend.ledger
  const session = unclosedSessionOf(reader, signedIn(context).personId)
  const list = session && lastDifference(reader, session)
  if (!list) return null
  const nameOf = tenderNames(reader)
  return {
    outcome: 'explain',
    balances: list.map(balance => ({ ...balance, name: nameOf(balance.tender) })),
    zNumber: null,
  }
})

function beyondTolerance(list: readonly TenderBalance[], toleranceCents: Cents): boolean {
  return list.some(
    ({ overShortCents }) => overShortCents > toleranceCents || overShortCents < negate(toleranceCents),
  )
}

export const close = os.drawer.close.handler(
  approvedWrite({
    needed(reader, person) {
      const session = unclosedSessionOf(reader, person.personId)
      const list = session && lastDifference(reader, session)
      const settings = settingsOf(reader)
      return (
        list !== undefined &&
        settings !== undefined &&
        beyondTolerance(list, settings.differenceToleranceCents)
      )
    },
    decide({ tx, input, errors, person, settings, approver }) {
      const session = unclosedSessionOf(tx, person.personId)
      if (!session) throw errors.NO_OPEN_SESSION()
      const list = lastDifference(tx, session)
      if (!list || session.closingCountId === null) throw errors.NOT_COUNTED()
      const reason = keptText('reason', input.reason, { maxLength: 80, required: true })
      if (beyondTolerance(list, settings.differenceToleranceCents) && !approver)
        throw errors.APPROVAL_NEEDED()
      appendClosed(tx, session, {
        countId: session.closingCountId,
        balances: list,
        reason,
        approvedBy: approver?.personId ?? null,
      })
    },
    answer: facts => ({ zNumber: factIn(facts, 'drawer.closed').body.zNumber }),
  }),
)
