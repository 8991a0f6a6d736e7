/** The message-port transport: the same router for a page that was handed one end of a channel. */
import { RPCHandler } from '@orpc/server/message-port'
import type { Backend, Unavailable } from '../backend/backend.ts'
import type { TransportContext } from '../backend/request/guard.ts'
import { router } from '../backend/router.ts'
import { doorContext, withSignIn } from './serve.ts'

/** Electron's port in the main process, as far as a transport needs it. */
export interface TransportPort {
  postMessage(data: unknown, transfer?: unknown[]): void
  on(event: 'message', listener: (event?: { data?: unknown }) => void): void
  on(event: 'close', listener: () => void): void
  start(): void
}

const handler = new RPCHandler<TransportContext>(router, { interceptors: [withSignIn] })

/** Serves one page through its port, until the port closes. */
export function openPortTransport(port: TransportPort, till: Backend | Unavailable): void {
  handler.upgrade(port, { context: doorContext(till) })
  port.start()
}
