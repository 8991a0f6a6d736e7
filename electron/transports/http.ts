/**
 * The HTTP transport: the same router on 127.0.0.1, for browser mode and tests. It answers nobody who does not hold
 * this launch's token, and no page that came from elsewhere.
 */
import { timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { RPCHandler } from '@orpc/server/node'
import { personById } from '../../db/queries/person.ts'
import { contract } from '../../shared/contract/index.ts'
import type { Backend, Unavailable } from '../backend/backend.ts'
import type { TransportContext } from '../backend/request/guard.ts'
import { router } from '../backend/router.ts'
import { OpeningCodes } from './opening-codes.ts'
import { contentTypeOf, SECURITY_HEADERS, screenPath } from './screen-files.ts'
import { doorContext, SIGN_IN_HEADER, withSignIn } from './serve.ts'

export interface HttpTransport {
  port: number
  close(): Promise<void>
}

export interface HttpTransportOptions {
  till: Backend | Unavailable
  /** 0 takes a free port. */
  port: number
  token: string
  /** Folder of the built screen. */
  screenDir: string
}

const HOST = '127.0.0.1'
/** Tabs of one browser, and a program or two. */
const MOST_CONNECTIONS = 200
/** A record has a greatest length far below this. */
const MOST_BODY_BYTES = 4_000_000
/** The one operation that is handed a file, and how large that may be. */
const UPLOAD_PATH = '/rpc/account/previewImport'
const MOST_UPLOAD_BYTES = 2_000_000_000
/** On one machine a body is there in a moment; what trickles in holds a connection that a screen needs. */
const BODY_MS = 15_000
const OPEN_PATH = '/open/'
const UPLOAD_MS = 300_000

/** Opens the transport, or rejects with the system's error (EADDRINUSE where the port is taken). */
export async function openHttpTransport(options: HttpTransportOptions): Promise<HttpTransport> {
  const handler = new RPCHandler<TransportContext>(router, { interceptors: [withSignIn] })
  const codes = new OpeningCodes()
  const server = createServer((request, response) => {
    answer(request, response, { handler, codes, options, port: portOf(server) }).catch((error: unknown) => {
      options.till.log.error({ err: error }, 'http transport')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, HOST, resolve)
  })
  return {
    port: portOf(server),
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

interface Door {
  handler: RPCHandler<TransportContext>
  codes: OpeningCodes
  options: HttpTransportOptions
  port: number
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { handler, codes, options, port }: Door,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
  endSlow(request)
  if (!isOurs(request, port)) return end(response, 403)
  if (request.url?.startsWith(OPEN_PATH)) return open(request, response, codes, options.token)
  if (!request.url?.startsWith('/rpc/')) return serveScreen(request, response, options.screenDir)
  if (!holdsToken(request, options.token)) return end(response, 401)
  const status = refusedUnread(request, options.till)
  if (status !== undefined) return end(response, status)
  const { matched } = await handler.handle(request, response, {
    prefix: '/rpc',
    context: doorContext(options.till),
  })
  if (!matched) end(response, 404)
}

/** Gives whoever holds the token a path that opens the screen once, and lets whoever comes by it in. */
function open(request: IncomingMessage, response: ServerResponse, codes: OpeningCodes, token: string): void {
  const { method, url = '' } = request
  const asksForOne = method === 'POST' && url === OPEN_PATH
  if (asksForOne && holdsToken(request, token)) {
    response.writeHead(200, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
    response.end(OPEN_PATH + codes.make())
  } else if (asksForOne || method !== 'GET') end(response, asksForOne ? 401 : 405)
  else if (codes.take(url.slice(OPEN_PATH.length))) {
    response.writeHead(302, { location: `/#token=${encodeURIComponent(token)}`, 'cache-control': 'no-store' })
    response.end()
  } else end(response, 404)
}

/** Why a request is refused before its body is read, as a status of HTTP; undefined where it is not. */
function refusedUnread(request: IncomingMessage, till: Backend | Unavailable): number | undefined {
  if (request.method !== 'POST' && request.method !== 'GET') return 405
  // A body that does not say how long it is could go on for ever; no client of ours sends one.
  if (request.headers['transfer-encoding'] !== undefined) return 411
  const byteCount = Number.parseInt(request.headers['content-length'] ?? '0', 10)
  if (byteCount <= MOST_BODY_BYTES) return undefined
  if (request.url !== UPLOAD_PATH || byteCount > MOST_UPLOAD_BYTES) return 413
  return mayUpload(request.headers[SIGN_IN_HEADER], till) ? undefined : 401
}

/** Whether a file is worth reading: the operation says the same afterwards. */
function mayUpload(given: string | string[] | undefined, till: Backend | Unavailable): boolean {
  if ('unavailable' in till || typeof given !== 'string') return false
  const signIn = till.signIns.of(given)
  const person = signIn && personById(till.ledger.reader, signIn.personId)
  const { roles } = contract.account.previewImport['~orpc'].meta
  return person?.active === true && !signIn?.locked && roles !== 'anyone' && roles.includes(person.role)
}

/** A file of some hundred megabytes takes its time; everything else is there at once. */
function endSlow(request: IncomingMessage): void {
  const isLarge = Number.parseInt(request.headers['content-length'] ?? '0', 10) > MOST_BODY_BYTES
  const timer = setTimeout(() => request.destroy(), isLarge ? UPLOAD_MS : BODY_MS)
  for (const kind of ['end', 'close']) request.once(kind, () => clearTimeout(timer))
}

/** A body that was not read must be taken for no second request, and hold no connection. */
function end(response: ServerResponse, status: number): void {
  const { req } = response
  const isUnread =
    !['0', undefined].includes(req.headers['content-length']) || 'transfer-encoding' in req.headers
  if (isUnread) {
    response.setHeader('connection', 'close')
    response.once('finish', () => req.destroy())
  }
  response.writeHead(status)
  response.end()
}

// A page from elsewhere that has its name resolve to this machine carries its own name in Host; a page that
// posts here carries itself in Origin.
function isOurs(request: IncomingMessage, port: number): boolean {
  const names = [`${HOST}:${port}`, `localhost:${port}`]
  const { host, origin } = request.headers
  if (host === undefined || !names.includes(host)) return false
  return origin === undefined || names.some(name => origin === `http://${name}`)
}

function holdsToken(request: IncomingMessage, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function serveScreen(
  request: IncomingMessage,
  response: ServerResponse,
  screenDir: string,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405)
  const path = screenPath(request.url ?? '/', screenDir)
  const content = path === undefined ? undefined : await builtFile(path)
  if (path === undefined || content === undefined) return end(response, 404)
  response.writeHead(200, {
    'content-type': contentTypeOf(path),
    'content-length': content.length,
    // Names of built files carry their hash; the page itself must always be asked for.
    'cache-control': extname(path) === '.html' ? 'no-store' : 'max-age=31536000, immutable',
  })
  response.end(request.method === 'HEAD' ? undefined : content)
}

/** The few files of the screen, read once: whoever asks a thousand times and reads nothing holds no file and no copy. */
const builtFiles = new Map<string, Buffer>()

async function builtFile(path: string): Promise<Buffer | undefined> {
  const known = builtFiles.get(path)
  if (known) return known
  const content = await readFile(path).catch(() => undefined)
  if (content) builtFiles.set(path, content)
  return content
}
