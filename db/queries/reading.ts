/** X and Z reports: one session's figures as they stand, or as they stood at close. */

import type { Reading } from '../../shared/contract/session-fields.ts'
import { verificationCode } from '../../shared/ledger/chain.ts'
import { subtract, sum, ZERO } from '../../shared/money.ts'
import { CASH } from '../../shared/tenders.ts'
import type { Reader } from '../ledger/reader.ts'
import { movementsOf, noSaleCount } from './movement.ts'
import { personNames } from './person.ts'
import { numberRange, totalOf, voidsOf } from './receipt/receipt.ts'
import { partingOf } from './session/left-pieces.ts'
import { openingDifferenceOf } from './session/opening.ts'
import {
  countsOf,
  countTotals,
  glTotals,
  piecesOf,
  type Session,
  sessionAfter,
  sessionById,
  sessionTenders,
} from './session/session.ts'
import { drawerById, tenderNames } from './setup.ts'

/** The reading of a session: a Z report once it is closed, an X report before. */
export function readingOf(reader: Reader, session: Session, readAtMs: number): Reading {
  const nameOf = personNames(reader)
  const tenderName = tenderNames(reader)
  const { first, last } = numberRange(reader, session.sessionId)
  const isClosed = session.state === 'closed'
  return {
    kind: isClosed ? 'z' : 'x',
    sessionId: session.sessionId,
    sessionNumber: session.number,
    zNumber: session.zNumber,
    drawerName: drawerById(reader, session.drawerId)?.name ?? '',
    cashierName: nameOf(session.cashierId),
    businessDate: session.businessDate,
    openedAtMs: session.openedAtMs,
    readAtMs: session.closedAtMs ?? readAtMs,
    closedAtMs: session.closedAtMs,
    receiptCount: session.receiptCount,
    voidCount: session.voidCount,
    firstReceipt: first,
    lastReceipt: last,
    totalCents: totalOf(reader, session.sessionId),
    balances: sessionTenders(reader, session.sessionId)
      .map(row => ({ ...row, name: tenderName(row.tender) }))
      .filter(
        row => row.tender === CASH || row.tenderedCents !== ZERO || (row.countedCents ?? ZERO) !== ZERO,
      ),
    byGlAccount: glTotals(reader, session.sessionId),
    voids: voidsOf(reader, session.sessionId).map(row => ({
      number: row.number,
      cents: row.cents,
      reason: row.reason ?? '',
      approvedByName: nameOf(row.approvedBy ?? ''),
    })),
    counts: counts(reader, session, nameOf),
    openingDifference: openingDifference(reader, session.sessionId, nameOf),
    ...handing(reader, session, nameOf),
    ...leaving(reader, session),
    parting: partingOf(reader, session),
    movements: movements(reader, session.sessionId, nameOf),
    noSaleCount: noSaleCount(reader, session.sessionId),
    reason: session.closeReason,
    approvedByName: session.approvedBy === null ? null : nameOf(session.approvedBy),
    verificationCode: session.zHash === null ? null : verificationCode(session.zHash),
  }
}

function openingDifference(
  reader: Reader,
  sessionId: string,
  nameOf: (personId: string) => string,
): Reading['openingDifference'] {
  const found = openingDifferenceOf(reader, sessionId)
  if (!found) return null
  const { approvedBy, ...told } = found
  return { ...told, approvedByName: nameOf(approvedBy) }
}

/** Whose money the session began with, who has it now, and who closed it where its cashier was not there. */
function handing(
  reader: Reader,
  session: Session,
  nameOf: (personId: string) => string,
): Pick<Reading, 'handedFromNumber' | 'handedTo' | 'closedInAbsenceBy'> {
  const before = session.handedFrom === null ? undefined : sessionById(reader, session.handedFrom)
  const after = sessionAfter(reader, session.sessionId)
  const last = countsOf(reader, session.sessionId).at(-1)
  const isAbsent = session.state === 'closed' && last !== undefined && last.person_id !== session.cashierId
  return {
    handedFromNumber: before?.number ?? null,
    handedTo: after ? { name: nameOf(after.cashierId), sessionNumber: after.number } : null,
    closedInAbsenceBy: isAbsent
      ? { name: nameOf(last.person_id), secondName: nameOf(last.second_person_id ?? '') }
      : null,
  }
}

/** What stayed in the drawer at close, and what of the counted cash went to the safe. */
function leaving(
  reader: Reader,
  { sessionId, leftCents }: Session,
): Pick<Reading, 'leftCents' | 'toSafeCents'> {
  const cash = sessionTenders(reader, sessionId).find(row => row.tender === CASH)?.countedCents ?? null
  return { leftCents, toSafeCents: leftCents === null || cash === null ? null : subtract(cash, leftCents) }
}

function movements(
  reader: Reader,
  sessionId: string,
  nameOf: (personId: string) => string,
): Reading['movements'] {
  return movementsOf(reader, sessionId).map(row => ({
    number: row.number,
    kind: row.kind,
    atMs: row.at,
    what: [row.category, row.reason].filter(text => text !== '').join(': '),
    secondPersonName: row.second_person_id === null ? null : nameOf(row.second_person_id),
    cashCents: row.cash_cents,
    itemsCents: row.items_cents,
  }))
}

function counts(reader: Reader, session: Session, nameOf: (personId: string) => string): Reading['counts'] {
  return countsOf(reader, session.sessionId).map(count => {
    return {
      purpose: count.purpose,
      atMs: count.at,
      personName: nameOf(count.person_id),
      secondPersonName: count.second_person_id === null ? null : nameOf(count.second_person_id),
      cashCents: sum(piecesOf(reader, count.count_id).map(piece => piece.cents)),
      differences: countTotals(reader, count.count_id).map(({ tender, overShortCents }) => ({
        tender,
        overShortCents,
      })),
    }
  })
}
