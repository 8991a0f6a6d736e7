/** X and Z reports, and the list of sessions. */
import { ORPCError } from '@orpc/contract'
import { readingOf } from '../../../db/queries/reading.ts'
import { type Session, sessionById, sessionsBetween } from '../../../db/queries/session/session.ts'
import { sessionSummary } from '../../../db/queries/session/session-summary.ts'
import { settingsNow } from '../../../db/queries/setup.ts'
import type { Reading } from '../../../shared/contract/session-fields.ts'
import { pdfFile } from '../documents/page/pdf-file.ts'
import { signedIn } from '../request/commands.ts'
import { os, type RequestContext } from '../request/guard.ts'
import { ownCommand } from '../request/pins.ts'
import { isBlindTo } from './counting.ts'

const refuse = (code: string): never => {
  throw new ORPCError(code, { status: 422, defined: true })
}

function session(context: RequestContext, sessionId: string): Session {
  return sessionById(context.backend.ledger.reader, sessionId) ?? refuse('UNKNOWN_SESSION')
}

/** The X report of somebody else's open drawer; reading it is on record. */
function xReading(context: RequestContext, sessionId: string): Reading {
  const { backend } = context
  const person = signedIn(context)
  const read = session(context, sessionId)
  if (read.state === 'closed') return refuse('SESSION_CLOSED')
  // Whoever is going to count must not know what is expected, whatever else they may see.
  if (isBlindTo(read, person.personId)) return refuse('OWN_SESSION_IS_BLIND')
  ownCommand(backend, person.personId, 'session.readX', tx =>
    tx.append('session.x-read', { sessionId }, { businessDate: read.businessDate }),
  )
  return readingOf(backend.ledger.reader, read, backend.clock())
}

function zReading(context: RequestContext, sessionId: string): Reading {
  const read = session(context, sessionId)
  if (read.state !== 'closed') return refuse('SESSION_NOT_CLOSED')
  return readingOf(context.backend.ledger.reader, read, context.backend.clock())
}

async function readingFile(context: RequestContext, reading: Reading): Promise<File> {
  const settings = settingsNow(context.backend.ledger.reader)
  const pdf = await context.backend.jobs.run('reading-pdf', { reading, settings })
  return pdfFile(reading.zNumber ?? `X-${reading.sessionNumber}`, pdf)
}

export const readX = os.session.readX.handler(({ input, context }) => xReading(context, input.sessionId))
export const readZ = os.session.readZ.handler(({ input, context }) => zReading(context, input.sessionId))
export const xDocument = os.session.xDocument.handler(({ input, context }) =>
  readingFile(context, xReading(context, input.sessionId)),
)
export const zDocument = os.session.zDocument.handler(({ input, context }) =>
  readingFile(context, zReading(context, input.sessionId)),
)

export const list = os.session.list.handler(({ input, context }) => {
  const { reader } = context.backend.ledger
  const { fromDate, toDate, sessionId } = input
  const found =
    sessionId === undefined
      ? sessionsBetween(reader, fromDate, toDate)
      : [sessionById(reader, sessionId)].filter(session => session !== undefined)
  return found.map(sessionSummary(reader))
})
