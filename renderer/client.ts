/** The one way to the till: the same typed client through Electron's port or through HTTP, chosen at load. */
import type { ClientContext, ClientLink } from '@orpc/client'
import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink as HttpLink } from '@orpc/client/fetch'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { TillClient } from '../shared/contract/index.ts'
import { resend } from './resend.ts'

declare global {
  interface Window {
    /** Put there by the preload; absent in a browser. */
    tillproof?: { transport: 'port' }
  }
}

const TOKEN = 'tillproof.token'
const SIGN_IN = 'tillproof.sign-in'
const PORT_MESSAGE = 'tillproof:port'

/** Takes the launch's token out of the address, so that it is neither shown nor kept in the history. */
function takeToken(): string {
  const given = /^#token=([^&]+)/.exec(window.location.hash)?.[1]
  if (given !== undefined) {
    sessionStorage.setItem(TOKEN, decodeURIComponent(given))
    window.history.replaceState(null, '', `${window.location.pathname}#/`)
  }
  return sessionStorage.getItem(TOKEN) ?? ''
}

const token = takeToken()

/** Names the launch of the till program that this tab belongs to, among the tabs of a browser; its token is not told. */
export const LAUNCH = token.slice(0, 6)

/** Keeps who is signed in for this tab; null forgets it. */
export function setSignIn(signInToken: string | null): void {
  if (signInToken === null) sessionStorage.removeItem(SIGN_IN)
  else sessionStorage.setItem(SIGN_IN, signInToken)
}

function headers(): Record<string, string> {
  const signIn = sessionStorage.getItem(SIGN_IN)
  return {
    authorization: `Bearer ${token}`,
    ...(signIn === null ? {} : { 'x-tillproof-sign-in': signIn }),
  }
}

/** Whether the till answered at all: a refusal and a fault are answers, a broken line is none. */
export function isAnswer(error: unknown): boolean {
  return error instanceof ORPCError
}

/** Resolves when the preload hands its port over. */
function receivePort(): Promise<MessagePort> {
  return new Promise(resolve => {
    window.addEventListener('message', function take(event) {
      const port = event.ports[0]
      if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return
      window.removeEventListener('message', take)
      port.start()
      resolve(port)
    })
  })
}

function portLink(): ClientLink<ClientContext> {
  const opened = receivePort().then(port => new PortLink({ port, headers }))
  return { call: async (...request) => (await opened).call(...request) }
}

function httpLink(): ClientLink<ClientContext> {
  return new HttpLink({ url: new URL('/rpc', window.location.href).href, headers })
}

const link = window.tillproof?.transport === 'port' ? portLink() : httpLink()

export const client: TillClient = createORPCClient({
  call: (path, input, options) =>
    resend(() => link.call(path, input, options), { input, signal: options.signal, isAnswer }),
})
export const orpc = createTanstackQueryUtils(client)
