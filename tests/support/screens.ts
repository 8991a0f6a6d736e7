/** Screens at a till, whichever transport they come through. */
import { type ClientContext, type ClientLink, createORPCClient } from '@orpc/client'
import type { TillClient } from '../../shared/contract/index.ts'
import type { TestClock } from './clock.ts'
import { samplePerson, type Who } from './template.ts'

/** One screen: a typed client that remembers who is signed in, as the real one does. */
export class Screen {
  readonly client: TillClient
  token: string | undefined

  constructor(clientFor: (screen: Screen) => TillClient) {
    this.client = clientFor(this)
  }
}

/** What a test of the shop needs of a till: screens and time. It never says which transport they came through. */
export interface TestTill {
  clock: TestClock
  dataDir: string
  /** A screen at which nobody has signed in. */
  screen(): Screen
}

/** Where a till says how it is to be given back: `onTestFinished` of vitest, or a list for later. */
export type AtEnd = (end: () => Promise<void>) => void

/** Context that a link's `headers` reads. */
export interface ScreenContext extends ClientContext {
  signInToken?: string | undefined
}

/** A screen over a link that several screens share. */
export function screenOver(link: ClientLink<ScreenContext>): Screen {
  return new Screen(screen =>
    createORPCClient<TillClient>({
      call: (path, input, options) =>
        link.call(path, input, { ...options, context: { signInToken: screen.token } }),
    }),
  )
}

/** Signs a person of the sample city in at a screen. */
export async function signInAt(screen: Screen, who: Who): Promise<void> {
  const { personId, pin } = samplePerson(who)
  screen.token = (await screen.client.person.signIn({ personId, pin })).signInToken
}

/** A new screen at which somebody is signed in. */
export async function screenOf(till: TestTill, who: Who): Promise<Screen> {
  const screen = till.screen()
  await signInAt(screen, who)
  return screen
}

/** The client of a person who has just signed in at a screen of their own. */
export async function clientOf(till: TestTill, who: Who): Promise<TillClient> {
  return (await screenOf(till, who)).client
}
