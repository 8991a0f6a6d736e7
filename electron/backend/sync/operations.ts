/** The line to central: how it stands, trying it, and enrolling this till. */

import type { Reader } from '../../../db/ledger/reader.ts'
import { knownToBilling } from '../../../db/queries/journal.ts'
import { type Person, personNames } from '../../../db/queries/person.ts'
import { receiptById } from '../../../db/queries/receipt/receipt.ts'
import { tillOf } from '../../../db/queries/till.ts'
import { READERS_OF_ALL } from '../../../shared/roles.ts'
import { approverOf, signedIn, writeAsAsked } from '../request/commands.ts'
import { os } from '../request/guard.ts'
import { receiptSight } from '../request/hidden-sessions.ts'
import { secondPeople } from '../request/second-people.ts'
import { type Agreed, enrolledBody } from './enrol.ts'
import { syncDetails } from './status.ts'

const EXCEPTIONS_SHOWN = 100

export const status = os.sync.status.handler(({ context }) => {
  const { backend } = context
  const { sync } = backend
  const maySee = READERS_OF_ALL.includes(signedIn(context).role)
  return {
    connection: sync.connection,
    counts: sync.postings.counts(),
    details: maySee ? syncDetails(sync, backend, backend.clock()) : null,
  }
})

export const exceptions = os.sync.exceptions.handler(({ context }) => {
  const { sync, ledger } = context.backend
  const nameOf = personNames(ledger.reader)
  const { hiddenIds, blindIds } = receiptSight(ledger.reader, signedIn(context).personId)
  const untold = new Set([...hiddenIds, ...blindIds])
  return sync.store.exceptions(EXCEPTIONS_SHOWN).flatMap(({ receiptId, reason, reference, atMs }) => {
    // Central may hold receipts that this till lost when it was restored from a backup.
    const receipt = receiptById(ledger.reader, receiptId)
    if (!receipt) return []
    return [
      {
        receiptId,
        number: receipt.number,
        postedAtMs: receipt.posted_at,
        cashierName: nameOf(receipt.cashier_id),
        totalCents: untold.has(receipt.session_id) ? null : receipt.total_cents,
        reason,
        reference,
        toldAtMs: atMs,
      },
    ]
  })
})

export const tryNow = os.sync.tryNow.handler(({ context }) => {
  context.backend.sync.tryNow()
  return {}
})

/** The same who bear witness of a PIN: a central could send them all away. */
const others = (reader: Reader, { personId }: Person): Person[] =>
  secondPeople(reader, { personId, ownId: personId })

const enrolling = {
  needed: (_input: unknown, reader: Reader, person: Person): boolean => others(reader, person).length > 0,
  mayApprove: (approver: Person, _input: unknown, reader: Reader, person: Person): boolean =>
    others(reader, person).some(({ personId }) => personId === approver.personId),
}

export const enrol = os.sync.enrol.handler(async request => {
  const { input, context, errors } = request
  const { backend } = context
  const approver = await approverOf(request, enrolling)
  const { sync, ledger } = backend
  const tillCode = tillOf(ledger.reader)?.code ?? ''
  const state = (agreed: Agreed): void =>
    writeAsAsked(
      request,
      tx => tx.append('till.enrolled', enrolledBody(ledger.head.tillId, agreed, approver?.personId ?? null)),
      { ...enrolling, approver },
    )
  const knownThrough = knownToBilling(ledger.reader)
  const { epoch, seq } = ledger.head
  const { address, code } = input
  const enrolled = await sync.enrol({ address, code, tillCode, knownThrough, head: { epoch, seq }, state })
  if (enrolled.ok) return { utilityName: enrolled.utilityName }
  switch (enrolled.code) {
    case 'CENTRAL_UNREACHABLE':
    case 'CENTRAL_NOT_UNDERSTOOD':
      throw errors[enrolled.code]({ data: { detail: enrolled.detail } })
    case 'KEY_NOT_USABLE':
      throw errors.KEY_NOT_USABLE({ data: { problem: enrolled.problem, place: enrolled.place } })
    default:
      throw errors[enrolled.code]()
  }
})
