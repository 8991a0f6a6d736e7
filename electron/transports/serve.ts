/** What both transports do alike: serve the router, and tell it which screen asks. */
import type { Backend, Unavailable } from '../backend/backend.ts'
import type { TransportContext } from '../backend/request/guard.ts'

/** Header in which a screen says who it is; the same at both transports. */
export const SIGN_IN_HEADER = 'x-tillproof-sign-in'

interface Intercepted {
  request: { headers: Record<string, string | string[] | undefined> }
  context: TransportContext
}

export const doorContext = (till: Backend | Unavailable): TransportContext => ({ till })

/** Hands the screen's own token from its request to the context of the operation. */
export function withSignIn<O extends Intercepted, R>(options: O & { next(changed?: O): R }): R {
  const token = options.request.headers[SIGN_IN_HEADER]
  const signInToken = typeof token === 'string' ? token : undefined
  return options.next({ ...options, context: { ...options.context, signInToken } })
}
