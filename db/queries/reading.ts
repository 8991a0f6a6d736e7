/** X and Z reports: one session's figures as they stand, or as they stood at close. */
import type { Reading } from '../../shared/contract/drawer.ts'
import { verificationCode } from '../../shared/ledger/chain.ts'
import { sum, ZERO } from '../../shared/money.ts'
import type { Reader } from '../reader.ts'
import { personNames } from './people.ts'
import { numberRange, totalOf, voidsOf } from './receipts.ts'
import { countsOf, countTotals, glTotals, piecesOf, type Session, sessionTenders } from './sessions.ts'
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
        row => row.tender === 'cash' || row.tenderedCents !== ZERO || (row.countedCents ?? ZERO) !== ZERO,
      ),
    byGlAccount: glTotals(reader, session.sessionId),
    voids: voidsOf(reader, session.sessionId).map(row => ({
      number: row.number,
      cents: row.cents,
      reason: row.reason ?? '',
      approvedByName: nameOf(row.approvedBy ?? ''),
    })),
    counts: counts(reader, session, nameOf),
    reason: session.closeReason,
    approvedByName: session.approvedBy === null ? null : nameOf(session.approvedBy),
    verificationCode: session.zHash === null ? null : verificationCode(session.zHash),
  }
}

function counts(reader: Reader, session: Session, nameOf: (personId: string) => string): Reading['counts'] {
  return countsOf(reader, session.sessionId).map(count => {
    return {
      purpose: count.purpose,
      atMs: count.at,
      personName: nameOf(count.person_id),
      cashCents: sum(piecesOf(reader, count.count_id).map(piece => piece.cents)),
      differences: countTotals(reader, count.count_id).map(({ tender, overShortCents }) => ({
        tender,
        overShortCents,
      })),
    }
  })
}
