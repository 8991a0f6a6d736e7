/** Central's HTTP API without a socket: limits, signature, contract, refusals and their log. */
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import { ORPCError, onError } from '@orpc/server'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import { isBusy } from '../../db/central/busy.ts'
import type { CentralDb } from '../../db/central/connection.ts'
import { MOST_BODY_BYTES, MOST_PACKED_BYTES, PROTOCOL } from '../../shared/central/protocol.ts'
import type { CentralKey } from '../city/signing-key.ts'
import { type ApiContext, api } from './api.ts'
import { apiPage, describeApi } from './documentation.ts'
import { problemBody, problemResponse, Refused } from './problem.ts'
import { readBody, unpacked } from './request-body.ts'
import { refuseOtherBody, refuseOtherKey, signerOf } from './request-signature.ts'

export interface AppLimits {
  packedBytes: number
  bodyBytes: number
  /** Signed requests that are worked on at once; more are asked to come back. */
  atOnce: number
  unsignedAtOnce: number
}

export interface AppDeps {
  db: CentralDb
  /** UTC milliseconds. */
  clock: () => number
  log: Logger
  /** Central's own, which tills are told at enrolment. */
  key: CentralKey
  limits?: Partial<AppLimits>
}

export interface CentralApp {
  fetch(request: Request): Promise<Response>
}

const USUAL_LIMITS: AppLimits = {
  packedBytes: MOST_PACKED_BYTES,
  bodyBytes: MOST_BODY_BYTES,
  atOnce: 64,
  unsignedAtOnce: 4,
}
const RETRY_MS = 2_000
/** What somebody without a key has to say is short, and said at once. */
const MOST_UNSIGNED_BYTES = 16_384
const UNSIGNED_MS = 5_000
/** Who asks for these has no key yet, or needs none. */
const UNSIGNED: ReadonlySet<string> = new Set(['/v1/health', '/v1/enrol'])
const PAGE_HEADERS = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  'x-content-type-options': 'nosniff',
}

export function makeApp({ db, clock, log, key, limits }: AppDeps): CentralApp {
  const all = { ...USUAL_LIMITS, ...limits }
  const handler = new OpenAPIHandler<ApiContext>(api, {
    customErrorResponseBodyEncoder: error => problemBody(error.code, error.status, error.data),
    clientInterceptors: [onError(error => faultToRefusal(error, log))],
  })
  const app = new Hono()
  const documentation = describeApi()
  app.get('/', async context => context.html(apiPage(await documentation, db), 200, PAGE_HEADERS))
  app.get('/openapi.json', async context => context.json(await documentation))
  // Strangers have few places, and none of those of tills that are known.
  const places = { signed: placesFor(all.atOnce), unsigned: placesFor(all.unsignedAtOnce) }
  app.all('/v1/*', context =>
    answer({ db, handler, limits: all, nowMs: clock(), key, places }, context.req.raw),
  )
  app.notFound(() => refusal(new Refused('NOT_FOUND')))
  app.onError(error => refusal(asRefused(error, log)))
  return { fetch: async request => logged(await app.fetch(request), request, log) }
}

type Places = (work: () => Promise<Response>) => Promise<Response>

/** A place is taken once all that somebody sent is here: half a request keeps nobody waiting. */
function placesFor(atOnce: number): Places {
  let working = 0
  return async work => {
    if (working >= atOnce) throw new Refused('BUSY', { retryAfterMs: RETRY_MS })
    working += 1
    try {
      return await work()
    } finally {
      working -= 1
    }
  }
}

interface Answering {
  db: CentralDb
  handler: OpenAPIHandler<ApiContext>
  limits: AppLimits
  nowMs: number
  key: CentralKey
  places: { signed: Places; unsigned: Places }
}

async function answer(
  { db, handler, limits, nowMs, key, places }: Answering,
  request: Request,
): Promise<Response> {
  const { pathname } = new URL(request.url)
  // Before anything is read or unpacked: what a stranger sends is not worth the work.
  const signer = UNSIGNED.has(pathname)
    ? undefined
    : await signerOf(db, request, { nowMs, publicKey: key.publicKey })
  const allowed = (most: number): number => (signer ? most : Math.min(most, MOST_UNSIGNED_BYTES))
  const most = allowed(limits.packedBytes)
  const body = await readBody(request, { most, withinMs: signer ? undefined : UNSIGNED_MS })
  if (signer) refuseOtherBody(signer, body)
  const tillId = signer?.tillId ?? ''
  return places[signer ? 'signed' : 'unsigned'](async () => {
    const text = await unpacked(body, request.headers.get('content-encoding'), allowed(limits.bodyBytes))
    const headers = new Headers()
    const refuseOther = (own: { tillId: string; publicKey: string }): void =>
      refuseOtherKey(request, { ...own, body, nowMs })
    const { matched, response } = await handler.handle(plainRequest(request, text), {
      context: {
        db,
        nowMs,
        tillId,
        key,
        host: new URL(request.url).host,
        headers,
        refuseOtherKey: refuseOther,
      },
    })
    if (!matched) throw new Refused('NOT_FOUND')
    for (const [name, value] of headers) response?.headers.set(name, value)
    return response.status < 400 ? response : asProblem(response, text)
  })
}

function plainRequest(request: Request, text: string): Request {
  const headers = new Headers({ 'content-type': 'application/json' })
  return text === ''
    ? new Request(request.url, { method: request.method })
    : new Request(request.url, { method: request.method, headers, body: text })
}

/** The contract's refusals keep their code; what does not fit its fields is malformed, or of another protocol. */
async function asProblem(response: Response, sent: string): Promise<Response> {
  const said = await response.text()
  // Whoever asks with HEAD is told no more than the status.
  if (said === '') return new Response(null, { status: response.status })
  const body = JSON.parse(said) as Record<string, unknown>
  if (body.code !== 'BAD_REQUEST') return problemResponse(body, response.status)
  return refusal(
    hasOtherProtocol(sent)
      ? new Refused('PROTOCOL_UNKNOWN', { known: [PROTOCOL] })
      : new Refused('MALFORMED'),
  )
}

function hasOtherProtocol(sent: string): boolean {
  try {
    const body: unknown = JSON.parse(sent)
    if (typeof body !== 'object' || body === null || !('protocol' in body)) return false
    return typeof body.protocol === 'number' && body.protocol !== PROTOCOL
  } catch {
    return false
  }
}

function refusal({ code, status, data }: Refused): Response {
  return problemResponse(problemBody(code, status, data), status)
}

/** A database that is away or overrun is no fault of this program: whoever asks is told to come back. */
function faultToRefusal(error: unknown, log: Logger): void {
  if (error instanceof ORPCError) return
  if (error instanceof Refused) throw new ORPCError(error.code, { status: error.status, data: error.data })
  if (isBusy(error)) {
    log.error({ err: error }, 'the database does not answer')
    throw new ORPCError('BUSY', { status: 503, data: { retryAfterMs: RETRY_MS } })
  }
  log.error({ err: error }, 'fault')
  throw new ORPCError('FAULT', { status: 500 })
}

function asRefused(error: unknown, log: Logger): Refused {
  if (error instanceof Refused) return error
  log.error({ err: error }, isBusy(error) ? 'the database does not answer' : 'fault')
  return isBusy(error) ? new Refused('BUSY', { retryAfterMs: RETRY_MS }) : new Refused('FAULT')
}

async function logged(response: Response, request: Request, log: Logger): Promise<Response> {
  if (response.status < 400) return response
  const text = await response.text()
  // An answer to HEAD has no content.
  const { code, data } = JSON.parse(text === '' ? '{}' : text) as { code?: unknown; data?: unknown }
  const till = /keyid="([0-9a-f-]{36})"/.exec(request.headers.get('signature-input') ?? '')?.[1]
  const { pathname } = new URL(request.url)
  log.warn({ code, data, status: response.status, method: request.method, path: pathname, till }, 'refused')
  return new Response(text, { status: response.status, headers: response.headers })
}
