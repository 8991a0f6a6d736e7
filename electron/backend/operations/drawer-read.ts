/** X and Z reports, and the list of sessions. */
import { ORPCError } from '@orpc/contract'
import { personNames } from '../../../db/queries/people.ts'
import { readingOf } from '../../../db/queries/reading.ts'
import { partsOf } from '../../../db/queries/session-money.ts'
import { type Session, sessionById, sessionsBetween } from '../../../db/queries/sessions.ts'
import { drawerById, settingsNow } from '../../../db/queries/setup.ts'
import type { Reader } from '../../../db/reader.ts'
import type { Reading } from '../../../shared/contract/drawer.ts'
import { signedIn } from '../commands.ts'
import { isBlindTo } from '../counting.ts'
import { type Asked, os } from '../guard.ts'
import { pdfFile } from '../pdf-file.ts'
import { ownCommand } from '../pins.ts'

const refuse = (code: string): never => {
  throw new ORPCError(code, { status: 422, defined: true })
}

function session(context: Asked, sessionId: string): Session {
  return sessionById(context.backend.ledger.reader, sessionId) ?? refuse('UNKNOWN_SESSION')
}

/** The X report of somebody else's open drawer; reading it is on record. */
function xReading(context: Asked, sessionId: string): Reading {
  const { backend } = context
  const person = signedIn(context)
  const read = session(context, sessionId)
  if (read.state === 'closed') return refuse('SESSION_CLOSED')
  // Whoever is going to count must not know what is expected, whatever else they may see.
  if (isBlindTo(read, person.personId)) return refuse('OWN_SESSION_IS_BLIND')
  ownCommand(backend, person.personId, 'drawer.readX', tx =>
    tx.append('drawer.x-read', { sessionId }, read.businessDate),
  )
  return readingOf(backend.ledger.reader, read, backend.clock())
}

function zReading(context: Asked, sessionId: string): Reading {
  const read = session(context, sessionId)
  if (read.state !== 'closed') return refuse('SESSION_NOT_CLOSED')
  return readingOf(context.backend.ledger.reader, read, context.backend.clock())
}

async function readingFile(context: Asked, reading: Reading): Promise<File> {
  const settings = settingsNow(context.backend.ledger.reader)
  const pdf = await context.backend.jobs.run('reading-pdf', { reading, settings })
  return pdfFile(reading.zNumber ?? `X-${reading.sessionNumber}`, pdf)
}

export const readX = os.drawer.readX.handler(({ input, context }) => xReading(context, input.sessionId))
export const readZ = os.drawer.readZ.handler(({ input, context }) => zReading(context, input.sessionId))
export const xDocument = os.drawer.xDocument.handler(({ input, context }) =>
  readingFile(context, xReading(context, input.sessionId)),
)
export const zDocument = os.drawer.zDocument.handler(({ input, context }) =>
  readingFile(context, zReading(context, input.sessionId)),
)

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

export const sessions = os.drawer.sessions.handler(({ input, context }) => {
  const { reader } = context.backend.ledger
  return sessionsBetween(reader, input.fromDate, input.toDate).map(sessionSummary(reader))
})
