/** The first instant of every test's day: a Friday, nine in the morning at the sample city. */
export const START_MS = Date.UTC(2026, 10, 20, 15, 0)

/** A clock that stands still until a test moves it. */
export class TestClock {
  #nowMs = START_MS
  #elapsedMs = 0

  readonly now = (): number => this.#nowMs
  /** What has passed, whatever the clock was set to. */
  readonly elapsed = (): number => this.#elapsedMs

  /** What happens whenever time has passed. */
  onPassed: () => void = () => undefined

  /** Lets time pass; a negative one only sets the clock back. */
  advance(ms: number): void {
    this.#nowMs += ms
    this.#elapsedMs += Math.max(0, ms)
    this.onPassed()
  }
}

export const SECOND_MS = 1_000
export const HOUR_MS = 3_600_000

let made = 0

/** Ids as the program's own, in the order in which they are asked for, and never the same twice in one process. */
export function testId(): string {
  made += 1
  return `019aa1b2-0000-7000-8000-${String(made).padStart(12, '0')}`
}
