/**
 * How long a PIN has to wait after wrong ones, by a clock that no one sets: that of the program's own running. Wrong ones
 * wait by person, and after a row of them whosoever's by launch too: whoever holds the screen would else lock everybody out.
 */
import { delayAfterFailures, LONGEST_DELAY_MS } from '../../../shared/rules/person/pin.ts'

/** Wrong PINs in a row, of whomever, that cost nobody else any time. */
const FREE_IN_A_ROW = 10

interface Failed {
  failedCount: number
  /** By the till's clock, which may have been set since. */
  lastFailedAtMs: number
}

export class Guesses {
  readonly #elapsed: () => number
  readonly #begunAtMs: number
  readonly #failedAtMs = new Map<string, number>()
  #inARow = 0
  #lastAtMs = 0

  /** `elapsed` gives milliseconds that only ever go forward. */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
    this.#begunAtMs = elapsed()
  }

  failed(personId: string): void {
    this.#failedAtMs.set(personId, this.#elapsed())
    this.#lastAtMs = this.#elapsed()
    this.#inARow += 1
  }

  right(): void {
    this.#inARow = 0
  }

  /** Milliseconds until this person's next try is looked at. */
  waitMs(personId: string, failed: Failed | undefined, nowMs: number): number {
    const launch = delayAfterFailures(this.#inARow - FREE_IN_A_ROW) - (this.#elapsed() - this.#lastAtMs)
    return Math.ceil(Math.max(0, launch, failed ? this.#ownWaitMs(personId, failed, nowMs) : 0))
  }

  #ownWaitMs(personId: string, { failedCount, lastFailedAtMs }: Failed, nowMs: number): number {
    const delayMs = delayAfterFailures(failedCount)
    const failedAtMs = this.#failedAtMs.get(personId)
    if (failedAtMs !== undefined) return delayMs - (this.#elapsed() - failedAtMs)
    // It was before this launch: by the till's clock, and where that went back, from the launch on.
    const sinceMs = nowMs - lastFailedAtMs
    return delayMs - (sinceMs >= 0 ? sinceMs : this.#elapsed() - this.#begunAtMs)
  }

  /** Whether so long has passed since a person's last wrong PIN, as far as this launch can tell. */
  isOver(personId: string, afterMs: number): boolean {
    return this.#elapsed() - (this.#failedAtMs.get(personId) ?? this.#begunAtMs) >= afterMs
  }
}

/** How long the last administrator stays locked out: nobody else could release them. */
export const LAST_ADMINISTRATOR_MS = 60 * LONGEST_DELAY_MS
