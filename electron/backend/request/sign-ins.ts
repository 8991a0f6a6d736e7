import { randomBytes } from 'node:crypto'

/** One signed-in screen. */
export interface SignIn {
  token: string
  personId: string
  locked: boolean
}

/** Who is signed in at which screen. Kept in memory alone: a restarted program knows nobody. */
export class SignIns {
  readonly #byToken = new Map<string, SignIn>()

  add(personId: string): SignIn {
    const signIn = { token: randomBytes(24).toString('base64url'), personId, locked: false }
    this.#byToken.set(signIn.token, signIn)
    return signIn
  }

  of(token: string | undefined): SignIn | undefined {
    return token === undefined ? undefined : this.#byToken.get(token)
  }

  setLocked(token: string, locked: boolean): void {
    const signIn = this.#byToken.get(token)
    if (signIn) signIn.locked = locked
  }

  remove(token: string): void {
    this.#byToken.delete(token)
  }

  /** Ends every screen of a person, for example when they are let go; `but` is left, where they are at it themselves. */
  removePerson(personId: string, but?: string): void {
    for (const { token, personId: whose } of this.#byToken.values())
      if (whose === personId && token !== but) this.#byToken.delete(token)
  }
}
