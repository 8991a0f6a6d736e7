/** The sample till behind its HTTP transport, asked over a real connection. */
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { RPCLink } from '@orpc/client/fetch'
import { onTestFinished } from 'vitest'
import type { Backend, Unavailable } from '../../electron/backend/backend.ts'
import { openTillFor } from '../../electron/backend/open-till.ts'
import { openHttpTransport } from '../../electron/transports/http.ts'
import { SIGN_IN_HEADER } from '../../electron/transports/serve.ts'
import { TestClock } from './clock.ts'
import { type AtEnd, type ScreenContext, screenOver, type TestTill } from './screens.ts'
import { sampleFolder } from './template.ts'
import { openTestTill, type TestTillOptions } from './till.ts'

export const TOKEN = 'token-of-this-launch'
export const SCREEN_DIR = fileURLToPath(new URL('../../dist/renderer', import.meta.url))

export interface HttpTill extends TestTill {
  port: number
}

/** A link through the transport at a port; each call may say which screen it comes from. */
export function httpLink(port: number): RPCLink<ScreenContext> {
  return new RPCLink<ScreenContext>({
    url: `http://127.0.0.1:${port}/rpc`,
    headers: ({ context }) => ({
      authorization: `Bearer ${TOKEN}`,
      ...(context.signInToken === undefined ? {} : { [SIGN_IN_HEADER]: context.signInToken }),
    }),
  })
}

/** Opens the HTTP transport on a free port until the end; gives the port. */
export async function openTransportFor(
  till: Backend | Unavailable,
  atEnd: AtEnd = onTestFinished,
): Promise<number> {
  const transport = await openHttpTransport({ till, port: 0, token: TOKEN, screenDir: SCREEN_DIR })
  atEnd(() => transport.close())
  return transport.port
}

export interface HttpTillOptions extends TestTillOptions {
  /** What is done to the data folder before the program opens it, which it then does by itself. */
  prepare?: (dataDir: string) => void
}

export async function openHttpTill(options: HttpTillOptions = {}): Promise<HttpTill> {
  const { prepare } = options
  const till = prepare ? await openPrepared(prepare, options.atEnd) : await openTestTill(options)
  const port = await openTransportFor('backend' in till ? till.backend : till.served, options.atEnd)
  const link = httpLink(port)
  return { clock: till.clock, dataDir: till.dataDir, port, screen: () => screenOver(link) }
}

async function openPrepared(prepare: (dataDir: string) => void, atEnd: AtEnd = onTestFinished) {
  const dataDir = await sampleFolder()
  prepare(dataDir)
  const served = openTillFor(dataDir)
  atEnd(async () => {
    if (!('unavailable' in served)) await served.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { served, dataDir, clock: new TestClock() }
}
