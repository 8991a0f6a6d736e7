/** Refusals as RFC 9457 problem details: `code` tells them apart, `detail` is for people. */
import { type central, SIGNED_REFUSALS } from '../../shared/central/contract.ts'

const OWN_STATUS = {
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  /** The request, or its headers, did not come to an end in time. */
  TOO_SLOW: 408,
  HEADERS_TOO_LARGE: 431,
  /** The connection ended before the body did. */
  BODY_INCOMPLETE: 400,
  /** Something that central did not foresee; its log says what. */
  FAULT: 500,
  CODE_NOT_VALID: 403,
  ENROLLED_ALREADY: 409,
  TILL_CODE_TAKEN: 409,
  ADDRESS_DIFFERS: 409,
} as const

export type SignedRefusal = keyof typeof SIGNED_REFUSALS
export type ProblemCode = SignedRefusal | keyof typeof OWN_STATUS

/** Every refusal that the contract declares at any of its operations. */
type Declared = {
  [K in keyof typeof central]: keyof (typeof central)[K]['~orpc']['errorMap']
}[keyof typeof central]

const TITLES: Readonly<Record<ProblemCode | Declared, string>> = {
  MALFORMED: 'The request cannot be read.',
  SIGNATURE_MISSING: 'The request is not signed.',
  SIGNATURE_WRONG: "The signature or the digest is not that of this till's key.",
  SIGNATURE_EXPIRED: 'The request was not signed now.',
  ANOTHER_CENTRAL: 'The request was signed for another central: this till knows it by another key.',
  NOT_ENROLLED: 'No till of this id is enrolled.',
  REVOKED: 'This till was revoked.',
  ANOTHER_TILL: 'The request is about another till than the one that signed it.',
  BODY_TOO_LARGE: 'The body is larger than central takes.',
  PROTOCOL_UNKNOWN: 'Central does not speak this version of the protocol.',
  BUSY: 'Central cannot answer now.',
  CODE_NOT_VALID: 'This code is not valid.',
  ENROLLED_ALREADY: 'This till is enrolled under another key; revoke it first.',
  TILL_CODE_TAKEN: 'Another till is or was enrolled under this code.',
  ADDRESS_DIFFERS: 'The till reaches central by another address than its own.',
  GAP: 'The range does not follow what central holds.',
  FORK: 'Central holds another row at this place.',
  UNKNOWN_FACT: 'Central cannot read this kind or version of a fact and has to be updated.',
  SUPERSEDED: 'Another copy of this till goes on in a later epoch.',
  CHAIN_BROKEN: 'The range is not one piece of a chain that central can read.',
  NOT_FOUND: 'There is nothing here.',
  METHOD_NOT_ALLOWED: 'Not by this method.',
  TOO_SLOW: 'The request did not come to an end in time.',
  HEADERS_TOO_LARGE: 'The headers are larger than central takes.',
  BODY_INCOMPLETE: 'The body ended before it was whole.',
  FAULT: 'Central met something that it did not foresee.',
}

/** The body of a problem; undeclared codes are shown as they are. */
export function problemBody(code: string, status: number, data?: unknown): Record<string, unknown> {
  return {
    type: `urn:tillproof:central:${code.toLowerCase().replaceAll('_', '-')}`,
    title: Object.entries(TITLES).find(([known]) => known === code)?.[1] ?? code,
    status,
    code,
    ...(data !== undefined && { data }),
  }
}

export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: ProblemCode
  readonly status: number
  readonly data: unknown
  constructor(code: ProblemCode, data?: unknown) {
    super(code)
    this.code = code
    this.status =
      code in OWN_STATUS
        ? OWN_STATUS[code as keyof typeof OWN_STATUS]
        : SIGNED_REFUSALS[code as SignedRefusal].status
    this.data = data
  }
}

const PROBLEM_TYPE = 'application/problem+json'

export function problemResponse(body: Record<string, unknown>, status: number): Response {
  const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE }
  const retryAfterMs = retryOf(body.data)
  if (retryAfterMs !== undefined) headers['retry-after'] = `${Math.ceil(retryAfterMs / 1_000)}`
  return new Response(JSON.stringify(body), { status, headers })
}

function retryOf(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('retryAfterMs' in data)) return undefined
  return typeof data.retryAfterMs === 'number' ? data.retryAfterMs : undefined
}
