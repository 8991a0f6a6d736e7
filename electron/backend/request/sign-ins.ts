import { randomBytes } from 'node:crypto'

/** One signed-in screen. */
export interface SignIn {
  readonly token: string
  readonly personId: string
  /** The person's, at whatever screen: a second tab and a script are locked too. */
  readonly locked: boolean
}

interface Presence {
  locked: boolean
  activeAtMs: number
}

/** Who is signed in at which screen, and whether they are there. Kept in memory alone: a restarted program knows nobody. */
export class SignIns {
  readonly #elapsed: () => number
  readonly #byToken = new Map<string, SignIn>()
  readonly #people = new Map<string, Presence>()

  /** `elapsed` gives milliseconds that only ever go forward. */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
  }

  /** Signs a person in, whose PIN was right: what of theirs was locked is open. */
  add(personId: string): SignIn {
    this.setLocked(personId, false)
    const presence = this.#presence(personId)
    const token = randomBytes(24).toString('base64url')
    const signIn: SignIn = {
      token,
      personId,
      get locked() {
        return presence.locked
      },
    }
    this.#byToken.set(token, signIn)
    return signIn
  }

  of(token: string | undefined): SignIn | undefined {
    return token === undefined ? undefined : this.#byToken.get(token)
  }

  setLocked(personId: string, locked: boolean): void {
    this.#presence(personId).locked = locked
    this.noteActive(personId)
  }

  /** Somebody pressed a key, or had the till do something. */
  noteActive(personId: string): void {
    this.#presence(personId).activeAtMs = this.#elapsed()
  }

  /** Locks a person who has done nothing for so many minutes, zero for never; whether that was now. */
  lockIfIdle(personId: string, minutes: number): boolean {
    const presence = this.#presence(personId)
    const isIdle = minutes > 0 && this.#elapsed() - presence.activeAtMs >= minutes * 60_000
    if (!isIdle || presence.locked) return false
    presence.locked = true
    return true
  }

  remove(token: string): void {
    this.#byToken.delete(token)
  }

  /** Ends every screen of a person, for example when they are let go; `but` is left, where they are at it themselves. */
  removePerson(personId: string, but?: string): void {
    for (const { token, personId: whose } of this.#byToken.values())
      if (whose === personId && token !== but) this.#byToken.delete(token)
  }

  #presence(personId: string): Presence {
    const known = this.#people.get(personId)
    if (known) return known
    const made = { locked: false, activeAtMs: this.#elapsed() }
    this.#people.set(personId, made)
    return made
  }
}
