/** Screens at a real host that are no browser: another person's program, asked over HTTP. */
import { RPCLink } from '@orpc/client/fetch'
import { onTestFinished } from 'vitest'
import type { TillClient } from '../../shared/contract/index.ts'
import { type Host, startHost } from './host.ts'
import { type Screen, type ScreenContext, screenOver, signInAt } from './screens.ts'
import type { Who } from './template.ts'

/** A host in a process of its own, gone when the test ends at the latest. */
export async function hostOfTest(dataDir: string): Promise<Host> {
  const host = await startHost(dataDir)
  onTestFinished(() => host.kill())
  return host
}

/** A screen at which nobody has signed in. */
export function hostScreen({ origin, token }: Pick<Host, 'origin' | 'token'>): Screen {
  const link = new RPCLink<ScreenContext>({
    url: `${origin}/rpc`,
    headers: ({ context }) => ({
      authorization: `Bearer ${token}`,
      ...(context.signInToken === undefined ? {} : { 'x-tillproof-sign-in': context.signInToken }),
    }),
  })
  return screenOver(link)
}

/** The client of a person of the sample city who has just signed in at a screen of their own. */
export async function hostClientOf(host: Host, who: Who): Promise<TillClient> {
  const screen = hostScreen(host)
  await signInAt(screen, who)
  return screen.client
}

/** No answer at all, as against a refusal, which is one. */
export function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    !('code' in error && typeof error.code === 'string' && /^[A-Z_]+$/.test(error.code) && 'defined' in error)
  )
}
