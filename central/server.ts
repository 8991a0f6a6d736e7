/** Central behind a socket: beyond this machine only with TLS, and no client may keep it waiting. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import type { CentralApp } from './app.ts'

export interface ListenOptions {
  host: string
  /** 0 takes a free port. */
  port: number
  /** Files of a certificate with its chain, and of its key, in PEM. */
  tls?: { certificate: string; key: string } | undefined
}

export interface Listening {
  /** As it is asked, `http://127.0.0.1:8480`. */
  address: string
  close(): Promise<void>
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
const TIMEOUTS = {
  /** All of the headers, and all of a request, must be there within this many milliseconds. */
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 5_000,
}
/** A client that reads nothing of its answer for so long is let go. */
const IDLE_MS = 120_000
const MOST_HEADER_BYTES = 16_384

/** What would be sent over a line that others can read is refused before the port is open. */
export class UnsafeListening extends Error {
  override readonly name = 'UnsafeListening'
}

/**
 * Listens. Refuses (UnsafeListening) any address but this machine's own without TLS; rejects with the system's
 * error where the port is taken.
 */
export async function listen(app: CentralApp, { host, port, tls }: ListenOptions): Promise<Listening> {
  if (!tls && !LOOPBACK.includes(host))
    throw new UnsafeListening(`Listening on ${host} needs TLS: give the files of a certificate and its key`)
  const options = { ...TIMEOUTS, maxHeaderSize: MOST_HEADER_BYTES }
  const listener = getRequestListener(request => app.fetch(request))
  const server = tls
    ? createTlsServer(
        {
          ...options,
          cert: readFileSync(tls.certificate),
          key: readFileSync(tls.key),
          minVersion: 'TLSv1.2',
        },
        listener,
      )
    : createServer(options, listener)
  server.setTimeout(IDLE_MS)
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

const CLOSE_MS = 10_000

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
