/** Central's API as the till asks it: each request signed, each answer held against the contract. */
import { createHash, verify } from 'node:crypto'
import { z } from 'zod'
import { nativePublicKey } from '../../../db/ledger/native-key.ts'
import {
  cityNewsField,
  type enrolmentField,
  knownKindsField,
  MOST_BODY_BYTES,
  positionField,
  receiptStateField,
  sessionCheckField,
} from '../../../shared/central/protocol.ts'
import {
  contentDigest,
  enrolmentProof,
  type SignedRequest,
  signatureHeaders,
  TO_ENROL,
} from '../../../shared/central/signature.ts'
import { readKeyLine } from '../../../shared/ledger/signed-note.ts'
import { centralKeyField } from '../../../shared/ledger/till.ts'
import { retryAfterMs } from '../../../shared/rules/sync/backoff.ts'
import { checkText } from '../../../shared/rules/text/free-text.ts'
import type { Signer } from '../runtime/signing-key.ts'
import type { Scheduler } from './scheduler.ts'

/** What is used of `fetch`; tests and simulations give their own. */
export type Fetch = (
  url: string,
  init: {
    method: string
    headers: Record<string, string>
    body?: Uint8Array<ArrayBuffer>
    signal: AbortSignal
    redirect: 'error'
  },
) => Promise<Response>

/** Central answered that it will not. `code` is the contract's. */
export class CentralRefused extends Error {
  override readonly name = 'CentralRefused'
  readonly code: string
  readonly data: unknown
  /** How long central asked to be left alone; undefined where it did not. */
  readonly retryAfterMs: number | undefined
  constructor(refusal: { code: string; detail: string; data: unknown; retryAfterMs: number | undefined }) {
    super(refusal.detail)
    this.code = refusal.code
    this.data = refusal.data
    this.retryAfterMs = refusal.retryAfterMs
  }
}

/** No answer, or none that is an answer of central. */
export class CentralUnreachable extends Error {
  override readonly name = 'CentralUnreachable'
  readonly code: 'UNREACHABLE' | 'TIMED_OUT' | 'NOT_UNDERSTOOD'
  readonly retryAfterMs: number | undefined
  constructor(
    code: CentralUnreachable['code'],
    detail: string,
    options: ErrorOptions & { retryAfterMs?: number | undefined } = {},
  ) {
    super(detail, options)
    this.code = code
    this.retryAfterMs = options.retryAfterMs
  }
}

const MOST_WORDS = 500

const enrolledAnswer = z.object({
  tillId: z.string(),
  // It goes into the journal, and is shown: text as it may be kept.
  utilityName: z.string().transform((name, context) => {
    const checked = checkText(name, { maxLength: 200, required: true })
    // In the units in which a fact measures it.
    if (checked.ok && checked.text.length <= 200) return checked.text
    context.addIssue({ code: 'custom', message: checked.ok ? 'too-long' : checked.reason })
    return z.NEVER
  }),
  centralKey: centralKeyField,
  proof: z.string().max(100),
  position: positionField,
})
const positionAnswer = z.object({ position: positionField, kinds: knownKindsField })
const pushAnswer = z.object({ position: positionField })
const statesAnswer = z.object({
  states: z.array(receiptStateField),
  cursor: z.string().max(80),
  fromStart: z.boolean(),
  done: z.boolean(),
})
/** A version of the city, and the text of it as it came: what tells two versions apart is over all that is in it. */
const cityAnswer = z.unknown().transform((raw, context) => {
  const read = cityNewsField.nullable().safeParse(raw)
  if (read.success) return read.data && { city: read.data, body: JSON.stringify(raw) }
  context.addIssue({ code: 'custom', message: read.error.message })
  return z.NEVER
})
/** They are kept and logged, and central has not to be believed: cut to what somebody would read. */
const words = z.string().transform(text => text.slice(0, MOST_WORDS))
/** RFC 9457, with the contract's name of the refusal and what it says besides. */
const problemAnswer = z.object({
  code: z.string().max(60),
  title: words.optional(),
  detail: words.optional(),
  data: z.unknown().optional(),
})

export type StatesPage = z.infer<typeof statesAnswer>

/** A request may take this long, answer included; a range over a slow line is packed to a few tens of kilobytes. */
const REQUEST_MS = 60_000

export interface ClientDeps {
  /** Origin of central's API, without a slash at its end. */
  address: string
  fetch: Fetch
  scheduler: Scheduler
  /** How far central's time is ahead of this till's, as it last said: signatures are made in central's. */
  ahead?: { ms: number }
  /** Ends requests under way: the program is closing. */
  closing?: AbortSignal
}

interface Request {
  method: 'GET' | 'POST'
  /** With its query. */
  path: string
  /** JSON. */
  body?: string
  sign?: Signing
}

/** Who signs, and for which central. */
export type Signing = { signer: Signer } & Pick<SignedRequest, 'tillId' | 'tag'>

export async function enrolAt(
  deps: ClientDeps,
  input: z.infer<typeof enrolmentField>,
  signer: Signer,
): Promise<z.infer<typeof enrolledAnswer>> {
  const sign = { signer, tillId: input.tillId, tag: TO_ENROL }
  const request: Request = { method: 'POST', path: '/v1/enrol', body: JSON.stringify(input), sign }
  const answer = await ask({ ahead: { ms: 0 }, ...deps }, request, enrolledAnswer)
  const key = readKeyLine(answer.centralKey)
  const signed = Buffer.from(enrolmentProof(input))
  // A key that it only knows would let it pass on what this till signs for its owner.
  if (key && verify(null, signed, nativePublicKey(key.publicKey), Buffer.from(answer.proof, 'base64')))
    return answer
  throw new CentralUnreachable('NOT_UNDERSTOOD', 'central does not show that its key is its own')
}

/** Asks as one till. */
export class CentralClient {
  readonly #deps: ClientDeps
  readonly #sign: Signing

  constructor(deps: ClientDeps, sign: Signing) {
    this.#deps = deps
    this.#sign = sign
  }

  /** Where central is: its origin. */
  get address(): string {
    return this.#deps.address
  }

  position() {
    return this.#ask({ method: 'GET', path: '/v1/position' }, positionAnswer)
  }

  /** A range as it was put together, a few rows at a time: the JSON of a `Range`. */
  push(rangeText: string) {
    return this.#ask({ method: 'POST', path: '/v1/push', body: rangeText }, pushAnswer)
  }

  receipts(cursor: string | undefined): Promise<StatesPage> {
    return this.#ask({ method: 'GET', path: `/v1/receipts${query({ cursor })}` }, statesAnswer)
  }

  /** The JSON of an `AccountsPage`, as it came: it is large, and read elsewhere. `next` is where the page after it begins. */
  async accountsPage(
    cursor: string,
    limit: number,
  ): Promise<{ bytes: Uint8Array; next: string | undefined }> {
    const path = `/v1/accounts${query({ cursor: cursor === '' ? undefined : cursor, limit: String(limit) })}`
    const { bytes, headers } = await requested(this.#deps, { method: 'GET', path, sign: this.#sign })
    return { bytes, next: nextCursorOf(headers.get('link')) }
  }

  /** Central's own sums of this till's latest sessions and deposits. */
  sessions() {
    return this.#ask({ method: 'GET', path: '/v1/sessions' }, z.array(sessionCheckField))
  }

  /** What the city keeps at central; null where that is what the till has. */
  city(known: { version: number; digest: string } | undefined) {
    const path = `/v1/city${known ? query({ version: String(known.version), digest: known.digest }) : ''}`
    return this.#ask({ method: 'GET', path }, cityAnswer)
  }

  #ask<O>(request: Omit<Request, 'sign'>, answer: z.ZodType<O>): Promise<O> {
    return ask(this.#deps, { ...request, sign: this.#sign }, answer)
  }
}

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return given.length === 0 ? '' : `?${given.join('&')}`
}

/** The cursor in a link to the next page (RFC 8288), so that it can be asked for before this one is read. */
function nextCursorOf(link: string | null): string | undefined {
  const target = /<([^<>]*)>\s*;\s*rel="next"/.exec(link ?? '')?.[1]
  return target === undefined
    ? undefined
    : (URL.parse(target, 'http://central')?.searchParams.get('cursor') ?? undefined)
}

async function ask<O>(deps: ClientDeps, request: Request, answer: z.ZodType<O>): Promise<O> {
  const read = answer.safeParse(jsonOf((await requested(deps, request)).bytes))
  if (read.success) return read.data
  const [place = ''] = request.path.split('?')
  const detail = `the answer at ${place} is not of this protocol`
  throw new CentralUnreachable('NOT_UNDERSTOOD', detail, { cause: read.error })
}

const expiredData = z.object({ nowMs: z.int() })

/** What central answers, as it came. Throws CentralRefused and CentralUnreachable. A clock that is off signs once more. */
async function requested(
  deps: ClientDeps,
  request: Request,
): Promise<{ bytes: Uint8Array; headers: Headers }> {
  try {
    return await requestedOnce(deps, request)
  } catch (error) {
    const isExpired = error instanceof CentralRefused && error.code === 'SIGNATURE_EXPIRED'
    const told = isExpired ? expiredData.safeParse(error.data).data : undefined
    if (!told || !deps.ahead) throw error
    deps.ahead.ms = told.nowMs - deps.scheduler.now()
    return requestedOnce(deps, request)
  }
}

async function requestedOnce(
  { address, fetch, scheduler, closing, ahead }: ClientDeps,
  request: Request,
): Promise<{ bytes: Uint8Array; headers: Headers }> {
  const body = request.body === undefined ? undefined : new Uint8Array(await scheduler.pack(request.body))
  const over = new AbortController()
  const done = new AbortController()
  void scheduler.sleep(REQUEST_MS, done.signal).then(() => over.abort())
  try {
    const response = await fetch(address + request.path, {
      method: request.method,
      headers: headersOf(request, body, scheduler.now() + (ahead?.ms ?? 0)),
      ...(body && { body }),
      signal: closing ? AbortSignal.any([over.signal, closing]) : over.signal,
      redirect: 'error',
    })
    const bytes = await bytesOf(response)
    if (!response.ok) throw refusalOf(response, bytes)
    return { bytes, headers: response.headers }
  } catch (error) {
    if (error instanceof CentralRefused || error instanceof CentralUnreachable) throw error
    if (over.signal.aborted) throw new CentralUnreachable('TIMED_OUT', 'no answer in time', { cause: error })
    throw new CentralUnreachable('UNREACHABLE', causeOf(error), { cause: error })
  } finally {
    done.abort()
  }
}

/** `fetch` says only that it failed; why is in its cause. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code === '' ? (cause instanceof Error ? cause.message : String(cause)).slice(0, 200) : code
}

function headersOf(
  { method, path, sign }: Request,
  body: Uint8Array | undefined,
  nowMs: number,
): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body) Object.assign(headers, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
  if (!sign) return headers
  const { signer, tillId, tag } = sign
  const digest = contentDigest(
    createHash('sha256')
      .update(body ?? '')
      .digest('base64'),
  )
  const createdS = Math.max(0, Math.floor(nowMs / 1_000))
  return {
    ...headers,
    ...signatureHeaders({ method, path, digest, tillId, tag, createdS }, text =>
      signer.sign(text).toString('base64'),
    ),
  }
}

/** Refuses an answer that is longer than any answer of central, before it fills the memory. */
async function bytesOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of response.body ?? []) {
    length += part.length
    if (length > MOST_BODY_BYTES) throw new CentralUnreachable('NOT_UNDERSTOOD', 'the answer is too long')
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}

function refusalOf(response: Response, bytes: Uint8Array): CentralRefused | CentralUnreachable {
  const asked = retryAfterMs(response.headers.get('retry-after'), response.headers.get('date'))
  const problem = problemAnswer.safeParse(jsonOf(bytes))
  const status = `status ${response.status}`
  if (!problem.success) return new CentralUnreachable('NOT_UNDERSTOOD', status, { retryAfterMs: asked })
  const { code, title, detail, data } = problem.data
  return new CentralRefused({ code, detail: detail ?? title ?? status, data, retryAfterMs: asked })
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    // A gateway's page in the place of an answer: it does not fit the contract either, and is refused there.
    return undefined
  }
}
