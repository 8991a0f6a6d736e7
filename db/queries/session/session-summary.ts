import type { Reader } from '../../ledger/reader.ts'
import { personNames } from '../person.ts'
import { drawerById } from '../setup.ts'
import type { Session } from './session.ts'
import { partsOf } from './session-money.ts'

/** Whether all of a closed session's money is in deposits. */
function isDeposited(reader: Reader, session: Session): boolean {
  if (session.state !== 'closed') return false
  const parts = partsOf(reader, session.sessionId)
  return parts.length > 0 && parts.every(part => part.deposit_id !== null)
}

/** A session as lists show it; nothing in it tells what is expected. */
export function sessionSummary(reader: Reader) {
  const nameOf = personNames(reader)
  return (found: Session) => ({
    sessionId: found.sessionId,
    number: found.number,
    zNumber: found.zNumber,
    drawerName: drawerById(reader, found.drawerId)?.name ?? '',
    cashierId: found.cashierId,
    cashierName: nameOf(found.cashierId),
    businessDate: found.businessDate,
    openedAtMs: found.openedAtMs,
    closedAtMs: found.closedAtMs,
    state: found.state,
    receiptCount: found.receiptCount,
    deposited: isDeposited(reader, found),
  })
}
