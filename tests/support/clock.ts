/** The first instant of every test's day: a Friday, nine in the morning at the sample city. */
export const START_MS = Date.UTC(2026, 10, 20, 15, 0)

/** A clock that stands still until a test moves it. */
export class TestClock {
  #nowMs = START_MS

  readonly now = (): number => this.#nowMs

  /** Lets time pass, or go back. */
  advance(ms: number): void {
    this.#nowMs += ms
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
