/** The contract's operations, each a few lines over the functions that do the work. */
import { implement } from '@orpc/server'
import { sql } from 'kysely'
import type { CentralDb } from '../../db/central/connection.ts'
import { central } from '../../shared/central/contract.ts'
import { PROTOCOL } from '../../shared/central/protocol.ts'
import { enrolmentProof } from '../../shared/central/signature.ts'
import { centralKeyName, keyLine } from '../../shared/ledger/signed-note.ts'
import { accountsSince, receiptStatesSince, sessionChecks, USUAL_PAGE } from '../accounts/feeds.ts'
import { citySince } from '../city/city.ts'
import { enrol, isReachedBy } from '../city/enrol.ts'
import type { CentralKey } from '../city/signing-key.ts'
import { journalAfter, keepBranch } from '../journal/lines.ts'
import { positionOf } from '../journal/position.ts'
import { takeRange } from '../posting/receive.ts'
import { isPublicKey } from './request-signature.ts'

export interface ApiContext {
  db: CentralDb
  nowMs: number
  /** Who signed; empty for operations that nobody signs. */
  tillId: string
  /** Central's own. */
  key: CentralKey
  /** By which name this central was asked. */
  host: string
  /** Refuses a request that is not signed by this key. */
  refuseOtherKey(own: { tillId: string; publicKey: string }): void
  /** What the answer says besides its content. */
  headers: Headers
}

const os = implement(central).$context<ApiContext>()

const push = os.push.handler(async ({ input, context: { db, nowMs, tillId }, errors }) => {
  if (input.tillId !== tillId) throw errors.ANOTHER_TILL()
  const taken = await takeRange(db, input, { nowMs })
  if (taken.ok) return { position: taken.position }
  switch (taken.code) {
    case 'GAP':
      throw errors.GAP({ data: { position: taken.position } })
    case 'FORK':
      throw errors.FORK({ data: { epoch: taken.epoch, seq: taken.seq, hash: taken.hash } })
    case 'CHAIN_BROKEN':
      throw errors.CHAIN_BROKEN({ data: { seq: taken.seq, problem: taken.problem } })
    case 'UNKNOWN_FACT':
      throw errors.UNKNOWN_FACT({ data: { kind: taken.kind, version: taken.version } })
    case 'SUPERSEDED':
      throw errors.SUPERSEDED({
        data: { epoch: taken.epoch, sinceMs: taken.sinceMs, machine: taken.machine },
      })
    case 'NOT_ENROLLED':
      throw errors.NOT_ENROLLED()
    case 'REVOKED':
      throw errors.REVOKED()
  }
})

const branch = os.branch.handler(async ({ input, context: { db, nowMs, tillId }, errors }) => {
  if (input.tillId !== tillId) throw errors.ANOTHER_TILL()
  const kept = await keepBranch(db, input, { nowMs })
  if (!kept.ok) throw errors.CHAIN_BROKEN({ data: { seq: kept.seq, problem: kept.problem } })
  return { kept: kept.kept }
})

const enrolled = os.enrol.handler(async ({ input, context, errors }) => {
  const { db, nowMs, key, host } = context
  if (!isPublicKey(input.publicKey)) throw errors.MALFORMED()
  // What a till says of itself is its own word: a code that was overheard changes nothing of it.
  context.refuseOtherKey(input)
  if (!(await isReachedBy(db, { host, address: input.address }))) throw errors.ADDRESS_DIFFERS()
  const result = await enrol(db, input, { nowMs })
  if (!result.ok) throw errors[result.code]()
  const { tillId, utilityName, position } = result
  const centralKey = keyLine(centralKeyName(utilityName), key.publicKey)
  const proof = key.sign(enrolmentProof(input))
  return { tillId, utilityName, centralKey, proof, position }
})

// A million accounts are made by this program and checked by the till: once is enough.
const unchecked = implement(central)
  .$config({ initialOutputValidationIndex: Number.NaN })
  .$context<ApiContext>()

const accounts = unchecked.accounts.handler(async ({ input, context: { db, nowMs, tillId, headers } }) => {
  const page = await accountsSince(db, { tillId, ...input }, { nowMs })
  const next = new URLSearchParams({ cursor: page.cursor, limit: String(input.limit ?? USUAL_PAGE) })
  if (!page.done) headers.set('link', `</v1/accounts?${next}>; rel="next"`)
  return page
})

export const api = os.router({
  health: os.health.handler(async ({ context: { db } }) => {
    await sql`SELECT 1`.execute(db.kysely)
    return { ok: true, protocols: [PROTOCOL], demonstration: db.demonstration }
  }),
  enrol: enrolled,
  position: os.position.handler(({ context }) => positionOf(context.db, context.tillId)),
  push,
  journal: os.journal.handler(({ input: { epoch = 0, seq = 0 }, context: { db, tillId } }) =>
    journalAfter(db, { tillId, epoch, seq }),
  ),
  branch,
  accounts,
  receipts: os.receipts.handler(({ input, context: { db, tillId } }) =>
    receiptStatesSince(db, { tillId, ...input }),
  ),
  sessions: os.sessions.handler(({ input, context: { db, tillId } }) =>
    sessionChecks(db, { tillId, ...input }),
  ),
  city: os.city.handler(({ input, context: { db } }) => citySince(db, input)),
})
