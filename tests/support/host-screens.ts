/** Screens at a real host that are no browser: another person's program, asked over HTTP. */
import { RPCLink } from '@orpc/client/fetch'
import type { TillClient } from '../../shared/contract/index.ts'
import type { Host } from './host.ts'
import { type ScreenContext, screenOver, signInAt } from './screens.ts'
import type { Who } from './template.ts'

/** The client of a person of the sample city who has just signed in at a screen of their own. */
export async function hostClientOf({ origin, token }: Host, who: Who): Promise<TillClient> {
  const link = new RPCLink<ScreenContext>({
    url: `${origin}/rpc`,
    headers: ({ context }) => ({
      authorization: `Bearer ${token}`,
      ...(context.signInToken === undefined ? {} : { 'x-tillproof-sign-in': context.signInToken }),
    }),
  })
  const screen = screenOver(link)
  await signInAt(screen, who)
  return screen.client
}
