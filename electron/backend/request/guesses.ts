/**
 * How long a PIN has to wait after wrong ones, by a clock that no one sets: that of the program's own running. Wrong ones
 * wait by person, and after a row of them whosoever's by launch too: whoever holds the screen would else lock everybody out.
 */
import { delayAfterFailures, LONGEST_DELAY_MS } from '../../../shared/rules/person/pin.ts'

/** Wrong PINs, of whomever, that cost nobody else any time. */
const FREE = 10
/** After so long without a wrong PIN of anybody those before are forgotten. */
const FORGOTTEN_MS = 10 * LONGEST_DELAY_MS

export class Guesses {
  readonly #elapsed: () => number
  readonly #begunAtMs: number
  readonly #failedAtMs = new Map<string, number>()
  /** Wrong PINs of each person since a right one of theirs. */
  readonly #wrong = new Map<string, number>()
  #lastAtMs = 0

  /** `elapsed` gives milliseconds that only ever go forward. */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
    this.#begunAtMs = elapsed()
  }

  failed(personId: string): void {
    this.#forget()
    this.#lastAtMs = this.#elapsed()
    this.#failedAtMs.set(personId, this.#lastAtMs)
    this.#wrong.set(personId, (this.#wrong.get(personId) ?? 0) + 1)
  }

  /** A right PIN forgives the wrong ones of the same person: with their own nobody goes on with others'. */
  right(personId: string): void {
    this.#wrong.delete(personId)
  }

  /** Their next try does not wait for the wrong ones before it. */
  released(personId: string): void {
    this.#failedAtMs.set(personId, Number.NEGATIVE_INFINITY)
  }

  /** Milliseconds until this person's next try is looked at, after so many wrong ones of theirs in a row. */
  waitMs(personId: string, failedCount: number): number {
    this.#forget()
    const all = [...this.#wrong.values()].reduce((sum, count) => sum + count, 0)
    const launch = delayAfterFailures(all - FREE) - (this.#elapsed() - this.#lastAtMs)
    // What was before this launch waits from the launch on: the clock may have been set since.
    const failedAtMs = this.#failedAtMs.get(personId) ?? this.#begunAtMs
    const own = delayAfterFailures(failedCount) - (this.#elapsed() - failedAtMs)
    return Math.ceil(Math.max(0, launch, own))
  }

  #forget(): void {
    if (this.#elapsed() - this.#lastAtMs >= FORGOTTEN_MS) this.#wrong.clear()
  }

  /** Whether so long has passed since a person's last wrong PIN, as far as this launch can tell. */
  isOver(personId: string, afterMs: number): boolean {
    return this.#elapsed() - (this.#failedAtMs.get(personId) ?? this.#begunAtMs) >= afterMs
  }
}

/** How long the last administrator stays locked out: nobody else could release them. */
export const LAST_ADMINISTRATOR_MS = 60 * LONGEST_DELAY_MS
