/** Central's HTTP API, as an OpenAPI document says it. Every operation but health is signed by a till, enrolment by the key that it hands over. */
import { oc } from '@orpc/contract'
import { z } from 'zod'
import { idField } from '../fields.ts'
import {
  accountsPageField,
  branchField,
  cityField,
  enrolmentField,
  journalPageField,
  knownKindsField,
  MOST_ACCOUNTS,
  positionField,
  rangeField,
  receiptStateField,
  sessionCheckField,
  supersededField,
  unknownFactField,
} from './protocol.ts'

/** Refusals are answered as RFC 9457 problem details; `code` tells them apart. */
const refusal = (status: number) => ({ status }) as const

export const SIGNED_REFUSALS = {
  MALFORMED: refusal(400),
  SIGNATURE_MISSING: refusal(401),
  /** The signature, or the digest of the body, is not that of this till's key. */
  SIGNATURE_WRONG: refusal(401),
  NOT_ENROLLED: refusal(403),
  REVOKED: refusal(403),
  /** Not signed now, by central's time, which is told: the till's clock may be off. */
  SIGNATURE_EXPIRED: { ...refusal(401), data: z.object({ nowMs: z.int() }) },
  /** Signed for a central with another key than this one's. */
  ANOTHER_CENTRAL: refusal(403),
  /** Signed by one till, about another. */
  ANOTHER_TILL: refusal(403),
  BODY_TOO_LARGE: refusal(413),
  PROTOCOL_UNKNOWN: { ...refusal(400), data: z.object({ known: z.array(z.int()) }) },
  BUSY: { ...refusal(503), data: z.object({ retryAfterMs: z.int() }) },
} as const

const signed = oc.errors(SIGNED_REFUSALS)

export const central = {
  health: oc
    .route({ method: 'GET', path: '/v1/health', summary: 'Whether central and its database answer' })
    .output(z.object({ ok: z.boolean(), protocols: z.array(z.int()), demonstration: z.boolean() })),
  enrol: oc
    .route({ method: 'POST', path: '/v1/enrol', summary: 'Enrol a till with a one-time code' })
    .input(enrolmentField)
    .output(
      z.object({
        tillId: idField,
        utilityName: z.string(),
        /** Central's own key, as a verifier key of signed notes. */
        centralKey: z.string(),
        /** Its signature of what was asked (`enrolmentProof`), base64. */
        proof: z.string(),
        position: positionField,
      }),
    )
    .errors({
      MALFORMED: refusal(400),
      SIGNATURE_MISSING: refusal(401),
      SIGNATURE_WRONG: refusal(401),
      SIGNATURE_EXPIRED: { ...refusal(401), data: z.object({ nowMs: z.int() }) },
      PROTOCOL_UNKNOWN: { ...refusal(400), data: z.object({ known: z.array(z.int()) }) },
      CODE_NOT_VALID: refusal(403),
      /** The till is enrolled under another key; it must be revoked first. */
      ENROLLED_ALREADY: refusal(409),
      /** Another till is or was enrolled under this code, and gave its numbers. */
      TILL_CODE_TAKEN: refusal(409),
      /** The till reaches this central by another name than this one's. */
      ADDRESS_DIFFERS: refusal(409),
    }),
  position: signed
    .route({ method: 'GET', path: '/v1/position', summary: 'How far central holds this till' })
    .output(z.object({ position: positionField, alarms: z.int(), kinds: knownKindsField })),
  push: signed
    .route({ method: 'POST', path: '/v1/push', summary: 'Hand over a range of the journal' })
    .input(rangeField)
    .output(z.object({ position: positionField }))
    .errors({
      /** The range does not follow what central holds; it says what that is. */
      GAP: { ...refusal(409), data: z.object({ position: positionField }) },
      /** Central holds another row at that place. Nothing is overwritten, and an alarm stands on both sides. */
      FORK: { ...refusal(409), data: z.object({ epoch: z.int(), seq: z.int(), hash: z.string() }) },
      CHAIN_BROKEN: { ...refusal(422), data: z.object({ seq: z.int(), problem: z.string() }) },
      /** Central is older than the till: nothing of the range is taken, and nothing is wrong with it. */
      UNKNOWN_FACT: { ...refusal(422), data: unknownFactField },
      /** The till goes on under a later epoch; what this one still has is a branch. */
      SUPERSEDED: { ...refusal(409), data: supersededField },
    }),
  journal: signed
    .route({
      method: 'GET',
      path: '/v1/journal',
      summary: "This till's own journal as central holds it, after a position",
    })
    .input(
      z.object({
        epoch: z.coerce.number().int().nonnegative().optional(),
        seq: z.coerce.number().int().nonnegative().optional(),
      }),
    )
    .output(journalPageField),
  branch: signed
    .route({
      method: 'POST',
      path: '/v1/branch',
      summary: 'Hand over rows that went another way; they are kept as evidence and never applied',
    })
    .input(branchField)
    .output(z.object({ kept: z.int() }))
    .errors({
      CHAIN_BROKEN: { ...refusal(422), data: z.object({ seq: z.int(), problem: z.string() }) },
    }),
  accounts: signed
    .route({
      method: 'GET',
      path: '/v1/accounts',
      summary: 'Accounts changed since a cursor, by pages',
      description: 'While more is to come, the Link header (RFC 8288) names the next page.',
    })
    .input(
      z.object({
        cursor: z.string().max(80).optional(),
        limit: z.coerce.number().int().min(1).max(MOST_ACCOUNTS).optional(),
      }),
    )
    .output(accountsPageField),
  receipts: signed
    .route({
      method: 'GET',
      path: '/v1/receipts',
      summary: "What became of this till's receipts since a cursor",
    })
    .input(z.object({ cursor: z.string().max(80).optional() }))
    .output(
      z.object({
        states: z.array(receiptStateField),
        cursor: z.string(),
        /** Central did not know the cursor, or none was given: these are the first of all. */
        fromStart: z.boolean(),
        done: z.boolean(),
      }),
    ),
  sessions: signed
    .route({
      method: 'GET',
      path: '/v1/sessions',
      summary: "Whether central's sums of this till's sessions agree",
    })
    .input(z.object({ businessDate: z.string().max(10).optional() }))
    .output(z.array(sessionCheckField)),
  city: signed
    .route({
      method: 'GET',
      path: '/v1/city',
      summary: 'Catalog, policies and people, where they are others than the till has',
    })
    .input(
      z.object({
        version: z.coerce.number().int().nonnegative().optional(),
        /** Of what the till has: after a restore of central the same number may stand for something else. */
        digest: z.string().max(64).optional(),
      }),
    )
    .output(cityField.nullable()),
}
export type CentralContract = typeof central
