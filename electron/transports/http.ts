/**
 * The HTTP transport: the same router on 127.0.0.1, for browser mode and tests. It answers nobody who does not hold
 * this launch's token, and no page that came from elsewhere.
 */
import { timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { RPCHandler } from '@orpc/server/node'
import type { Backend, Unavailable } from '../backend/backend.ts'
import type { TransportContext } from '../backend/request/guard.ts'
import { router } from '../backend/router.ts'
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
/** A record has a greatest length far below this. */
const MOST_BODY_BYTES = 4_000_000
/** The one operation that is handed a file, and how large that may be. */
const UPLOAD_PATH = '/rpc/account/previewImport'
const MOST_UPLOAD_BYTES = 2_000_000_000
/** On one machine a body is there in a moment; what trickles in holds a connection that a screen needs. */
const BODY_MS = 15_000
const UPLOAD_MS = 300_000

/** Opens the transport, or rejects with the system's error (EADDRINUSE where the port is taken). */
export async function openHttpTransport(options: HttpTransportOptions): Promise<HttpTransport> {
  const handler = new RPCHandler<TransportContext>(router, { interceptors: [withSignIn] })
  const server = createServer((request, response) => {
    answer(request, response, handler, options, portOf(server)).catch((error: unknown) => {
      options.till.log.error({ err: error }, 'http transport')
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
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

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handler: RPCHandler<TransportContext>,
  options: HttpTransportOptions,
  port: number,
): Promise<void> {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
  if (!isOurs(request, port)) return end(response, 403)
  if (!request.url?.startsWith('/rpc/')) return serveScreen(request, response, options.screenDir)
  if (!holdsToken(request, options.token)) return end(response, 401)
  const status = refusedUnread(request, options.till)
  if (status !== undefined) return endUnread(response, status)
  endSlow(request)
  const { matched } = await handler.handle(request, response, {
    prefix: '/rpc',
    context: doorContext(options.till),
  })
  if (!matched) end(response, 404)
}

/** Why a request is refused before its body is read, as a status of HTTP; undefined where it is not. */
function refusedUnread(request: IncomingMessage, till: Backend | Unavailable): number | undefined {
  if (request.method !== 'POST' && request.method !== 'GET') return 405
  // A body that does not say how long it is could go on for ever; no client of ours sends one.
  if (request.headers['transfer-encoding'] !== undefined) return 411
  const byteCount = Number.parseInt(request.headers['content-length'] ?? '0', 10)
  if (byteCount <= MOST_BODY_BYTES) return undefined
  if (request.url !== UPLOAD_PATH || byteCount > MOST_UPLOAD_BYTES) return 413
  const given = request.headers[SIGN_IN_HEADER]
  const isSignedIn = 'signIns' in till && typeof given === 'string' && till.signIns.of(given) !== undefined
  return isSignedIn ? undefined : 401
}

function endSlow(request: IncomingMessage): void {
  const timer = setTimeout(() => request.destroy(), request.url === UPLOAD_PATH ? UPLOAD_MS : BODY_MS)
  for (const kind of ['end', 'close']) request.once(kind, () => clearTimeout(timer))
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status)
  response.end()
}

/** Ends a connection whose body was not read, so that nothing on it is taken for a second request. */
function endUnread(response: ServerResponse, status: number): void {
  response.setHeader('connection', 'close')
  end(response, status)
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
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined)
  if (path === undefined || !found?.isFile()) return end(response, 404)
  response.writeHead(200, {
    'content-type': contentTypeOf(path),
    'content-length': found.size,
    // Names of built files carry their hash; the page itself must always be asked for.
    'cache-control': extname(path) === '.html' ? 'no-store' : 'max-age=31536000, immutable',
  })
  if (request.method === 'HEAD') response.end()
  // Whoever goes away in the middle leaves no file open.
  else await pipeline(createReadStream(path), response).catch(() => undefined)
}
