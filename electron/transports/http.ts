/**
 * The HTTP transport: the same router on 127.0.0.1, for browser mode and tests. It answers nobody who does not hold
 * this launch's token, and no page that came from elsewhere.
 */
import { timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { RPCHandler } from '@orpc/server/node'
import type { Backend, Unavailable } from '../backend/backend.ts'
import type { TransportContext } from '../backend/request/guard.ts'
import { router } from '../backend/router.ts'
import { contentTypeOf, SECURITY_HEADERS, screenPath } from './screen-files.ts'
import { doorContext, withSignIn } from './serve.ts'

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
const MOST_BODY_BYTES = 2_000_000_000

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
  // A body that does not say how long it is could go on for ever; no client of ours sends one.
  if (request.headers['transfer-encoding'] !== undefined) return endUnread(response, 411)
  if (Number.parseInt(request.headers['content-length'] ?? '0', 10) > MOST_BODY_BYTES)
    return endUnread(response, 413)
  const { matched } = await handler.handle(request, response, {
    prefix: '/rpc',
    context: doorContext(options.till),
  })
  if (!matched) end(response, 404)
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
  else createReadStream(path).pipe(response)
}
