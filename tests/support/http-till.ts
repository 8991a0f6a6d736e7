/** The sample till behind its HTTP door, asked over a real connection. */
import { fileURLToPath } from 'node:url'
import { RPCLink } from '@orpc/client/fetch'
import { onTestFinished } from 'vitest'
import type { Backend, Unavailable } from '../../electron/backend/backend.ts'
import { openHttpDoor } from '../../electron/doors/http.ts'
import { SIGN_IN_HEADER } from '../../electron/doors/serve.ts'
import { type ScreenContext, screenOver, type TestTill } from './screens.ts'
import { openTestTill, type TestTillOptions } from './till.ts'

export const TOKEN = 'token-of-this-launch'
export const SCREEN_DIR = fileURLToPath(new URL('../../dist/renderer', import.meta.url))

export interface HttpTill extends TestTill {
  port: number
}

/** A link through the door at a port; each call may say which screen it comes from. */
export function httpLink(port: number): RPCLink<ScreenContext> {
  return new RPCLink<ScreenContext>({
    url: `http://127.0.0.1:${port}/rpc`,
    headers: ({ context }) => ({
      authorization: `Bearer ${TOKEN}`,
      ...(context.signInToken === undefined ? {} : { [SIGN_IN_HEADER]: context.signInToken }),
    }),
  })
}

/** Opens the HTTP door on a free port for the length of the test; gives the port. */
export async function openDoorFor(till: Backend | Unavailable): Promise<number> {
  const door = await openHttpDoor({ till, port: 0, token: TOKEN, screenDir: SCREEN_DIR })
  onTestFinished(() => door.close())
  return door.port
}

export async function openHttpTill(options: TestTillOptions = {}): Promise<HttpTill> {
  const till = await openTestTill(options)
  const port = await openDoorFor(till.backend)
  const link = httpLink(port)
  return { clock: till.clock, dataDir: till.dataDir, port, screen: () => screenOver(link) }
}
