/** The till as a screen asks it, over HTTP. */
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { namedId } from '../db/accounts/named-id.ts'
import type { TillClient } from '../shared/contract/index.ts'
import { newId } from '../shared/id.ts'
import { cents } from '../shared/money.ts'
import type { Host } from '../tests/support/host.ts'
import { CASHIER } from './sample-till.ts'

/** A client of a running host; `signInToken` is asked before every call. */
export function clientOf({ origin, token }: Host, signInToken: () => string | undefined): TillClient {
  const headers = (): Record<string, string> => {
    const signIn = signInToken()
    return {
      authorization: `Bearer ${token}`,
      ...(signIn === undefined ? {} : { 'x-tillproof-sign-in': signIn }),
    }
  }
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers }))
}

/** Sees to it that the sample's first cashier has an open drawer, and signs out again. */
export async function openDrawerAt(host: Host): Promise<void> {
  let signInToken: string | undefined
  const client = clientOf(host, () => signInToken)
  const personId = namedId('person', CASHIER.name)
  signInToken = (await client.person.signIn({ personId, pin: CASHIER.pin })).signInToken
  const { session } = await client.till.state()
  if (session === null)
    await client.session.open({
      commandId: newId(),
      drawerId: namedId('drawer', 'Window 1'),
      pieces: [{ valueCents: cents(2_000), kind: 'note', pieces: 10, bundles: 0 }],
    })
  await client.person.signOut()
}
