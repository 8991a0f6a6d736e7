/** A real host in a process of its own, asked over HTTP. */
import type { ChildProcess } from 'node:child_process'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import type { TillClient } from '../../shared/contract/index.ts'
import { kill, lineOf, startNode } from './child.ts'
import { pinOf } from './ledger-till.ts'

export interface Host {
  child: ChildProcess
  /** The contract as nobody in particular asks it. */
  anyone: TillClient
  signIn(person: { personId: string; name: string }): Promise<TillClient>
  /** Ends the host as a power switch would. */
  kill(): Promise<void>
}

export async function startHost(dir: string): Promise<Host> {
  const child = startNode('electron/host.ts', ['--port', '0', '--data', dir])
  const [, origin = '', token = ''] = await lineOf(child, /(http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/)
  const clientOf = (signInToken?: string): TillClient =>
    createORPCClient(
      new RPCLink({
        url: `${origin}/rpc`,
        headers: () => ({
          authorization: `Bearer ${token}`,
          ...(signInToken === undefined ? {} : { 'x-tillproof-sign-in': signInToken }),
        }),
      }),
    )
  const anyone = clientOf()
  return {
    child,
    anyone,
    signIn: async ({ personId, name }) => {
      const { signInToken } = await anyone.person.signIn({ personId, pin: pinOf(name) })
      return clientOf(signInToken)
    },
    kill: () => kill(child),
  }
}

/** No answer at all, as against a refusal, which is one. */
export function isCutOff(error: unknown): boolean {
  return (
    error instanceof Error &&
    !('code' in error && typeof error.code === 'string' && /^[A-Z_]+$/.test(error.code) && 'defined' in error)
  )
}
