/** Which drawer session a fact is about, whether it names it or only a receipt or a slip of it. */
import { type Fact, kindOf } from '../../../shared/ledger/facts.ts'
import type { Reader } from '../../ledger/reader.ts'
import { build, statement } from '../../ledger/statement.ts'

const ofReceipt = statement<{ id: string }>()(parameter =>
  build.selectFrom('receipt').select('session_id').where('receipt_id', '=', parameter('id')),
)
const ofMovement = statement<{ id: string }>()(parameter =>
  build.selectFrom('movement').select('session_id').where('movement_id', '=', parameter('id')),
)

/** The id of the session; undefined where the fact is about none. */
export function sessionOfFact(reader: Reader, { kind, body }: Fact): string | undefined {
  if ('sessionId' in body && typeof body.sessionId === 'string') return body.sessionId
  const about = kindOf(kind).about(body)
  if (about?.what === 'session') return about.id
  if (about?.what === 'receipt') return reader.one(ofReceipt, { id: about.id })?.session_id
  return about?.what === 'movement' ? reader.one(ofMovement, { id: about.id })?.session_id : undefined
}
