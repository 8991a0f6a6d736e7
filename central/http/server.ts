/** Central behind a socket: beyond this machine only with TLS, and no client may keep it waiting. */
import { readFileSync } from 'node:fs'
import { createServer, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { isIPv6, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { Logger } from 'pino'
import type { CentralApp } from './app.ts'
import { type ProblemCode, problemBody, problemResponse, Refused } from './problem.ts'

export interface ListenOptions {
  host: string
  /** 0 takes a free port. */
  port: number
  /** Files of a certificate with its chain, and of its key, in PEM. */
  tls?: { certificate: string; key: string } | undefined
  /** Hears of what is refused before it is a request: half-sent, without end, or no HTTP at all. */
  log?: Pick<Logger, 'warn'> | undefined
  limits?: Partial<SocketLimits> | undefined
}

export interface SocketLimits {
  /** All of the headers, and all of a request, must be there within this many milliseconds. */
  headersTimeout: number
  requestTimeout: number
  keepAliveTimeout: number
  /** How often they are looked for that are too slow. */
  connectionsCheckingInterval: number
  /** A client that reads nothing of its answer for so many milliseconds is let go. */
  idleTimeout: number
  /** Whoever comes beyond these is turned away until others have gone. */
  connections: number
  /** And of them for one address, but for this machine's own: a gateway that stands here speaks for all. */
  connectionsOfAddress: number
}

export interface Listening {
  /** As it is asked, `http://127.0.0.1:8480`. */
  address: string
  close(): Promise<void>
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
const USUAL_LIMITS: SocketLimits = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
  idleTimeout: 120_000,
  connections: 10_000,
  connectionsOfAddress: 500,
}
const MOST_HEADER_BYTES = 16_384

/** What would be sent over a line that others can read is refused before the port is open. */
export class UnsafeListening extends Error {
  override readonly name = 'UnsafeListening'
}

/**
 * Listens. Refuses (UnsafeListening) any address but this machine's own without TLS; rejects with the system's
 * error where the port is taken.
 */
export async function listen(
  app: CentralApp,
  { host, port, tls, log = { warn: () => undefined }, limits }: ListenOptions,
): Promise<Listening> {
  if (!tls && !LOOPBACK.includes(host))
    throw new UnsafeListening(`Listening on ${host} needs TLS: give the files of a certificate and its key`)
  const { idleTimeout, connections, connectionsOfAddress, ...timeouts } = { ...USUAL_LIMITS, ...limits }
  // Central answers a request without a host by itself, in the same words as everything else.
  const options = { ...timeouts, maxHeaderSize: MOST_HEADER_BYTES, requireHostHeader: false }
  const listener = getRequestListener(request => app.fetch(request), {
    hostname: 'central',
    errorHandler: error => {
      log.warn({ code: 'MALFORMED', why: messageOf(error) }, REFUSED)
      return problemOf('MALFORMED')
    },
  })
  const server = tls
    ? createTlsServer(
        { ...options, ...readTls(tls), minVersion: 'TLSv1.2', handshakeTimeout: timeouts.headersTimeout },
        listener,
      )
    : createServer(options, listener)
  guard(server, { idleTimeout, connections, log })
  limitAddresses(server, connectionsOfAddress, log)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const shown = host.includes(':') ? `[${host}]` : host
  return {
    address: `${tls ? 'https' : 'http'}://${shown}:${portOf(server)}`,
    close: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeIdleConnections()
      // Whoever is being answered gets the answer, if it does not take for ever.
      const late = setTimeout(() => server.closeAllConnections(), CLOSE_MS)
      await closed
      clearTimeout(late)
    },
  }
}

const REFUSED = 'refused before it was a request'
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const readTls = ({ certificate, key }: { certificate: string; key: string }) => ({
  cert: readFileSync(certificate),
  key: readFileSync(key),
})

/** Turns away, in words, whoever is too slow, sends what is no HTTP, or comes when all places are taken. */
function guard(
  server: Server,
  {
    idleTimeout,
    connections,
    log,
  }: Pick<SocketLimits, 'idleTimeout' | 'connections'> & Required<Pick<ListenOptions, 'log'>>,
): void {
  server.maxConnections = connections
  server.on('drop', from => log?.warn({ code: 'BUSY', from: from?.remoteAddress }, REFUSED))
  server.setTimeout(idleTimeout)
  server.on('timeout', (socket: Socket) => {
    // Whoever keeps a connection open for the next request does nothing wrong.
    if (socket.writableLength > 0) log?.warn({ code: 'ANSWER_NOT_READ', from: socket.remoteAddress }, REFUSED)
    socket.destroy()
  })
  const answers = new WeakMap<Duplex, ServerResponse>()
  server.on('request', (request, response) => answers.set(request.socket, response))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const code = CLIENT_ERRORS[error.code ?? ''] ?? 'MALFORMED'
    if (!WENT_AWAY.includes(error.code ?? '')) log?.warn({ code, why: error.code ?? error.message }, REFUSED)
    const answer = answers.get(socket)
    // In the middle of an answer there is no place for another.
    if ((answer?.headersSent && !answer.writableEnded) || NO_TLS.test(error.code ?? '')) socket.destroy()
    else void endWith(socket, code)
  })
}

/** Whose an address is: of IPv6 a line has 2 ** 64 of them. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const [first, last] = [head, tail ?? ''].map(part => (part === '' ? [] : part.split(':')))
  const zeros = Math.max(0, 8 - (first?.length ?? 0) - (last?.length ?? 0))
  const all = [
    ...(first ?? []),
    ...(tail === undefined ? [] : Array<string>(zeros).fill('0')),
    ...(last ?? []),
  ]
  return `${all.slice(0, 4).join(':')}::/64`
}

/** Lets nobody take all places from one network; whoever comes beyond is let go without a word. */
export function limitAddresses(server: Server, most: number, log: Required<ListenOptions>['log']): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    if (isOwn(address)) return
    const from = networkOf(address)
    const count = (open.get(from) ?? 0) + 1
    open.set(from, count)
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1
      if (left > 0) open.set(from, left)
      else open.delete(from)
    })
    if (count <= most) return
    log?.warn({ code: 'BUSY', from }, REFUSED)
    socket.destroy()
  })
}

const isOwn = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/.test(address)

/** Who cannot speak TLS with central would not read its words either. */
const NO_TLS = /^(ERR_SSL|ERR_TLS|EPROTO)/
/** Nobody is there any more to whom something could be refused. */
const WENT_AWAY = ['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']

const CLIENT_ERRORS: Readonly<Record<string, ProblemCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'TOO_SLOW',
  HPE_HEADER_OVERFLOW: 'HEADERS_TOO_LARGE',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'BODY_TOO_LARGE',
}

const problemOf = (code: ProblemCode): Response => {
  const { status } = new Refused(code)
  return problemResponse(problemBody(code, status), status)
}

/** There is no request that could be answered, so the answer is written as it goes over the line. */
async function endWith(socket: Duplex, code: ProblemCode): Promise<void> {
  const answer = problemOf(code)
  const text = await answer.text()
  if (!socket.writable) {
    socket.destroy()
    return
  }
  const lines = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    `content-type: ${answer.headers.get('content-type') ?? ''}`,
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ]
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`, () => socket.destroy())
}

const CLOSE_MS = 10_000

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
