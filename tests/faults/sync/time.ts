/** Time of a simulation: it passes only from one thing that happens to the next. */
import { setImmediate } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { Scheduler } from '../../../electron/backend/sync/scheduler.ts'
import { START_MS } from '../../support/clock.ts'

interface Happening {
  atMs: number
  act: () => void | Promise<void>
}

export class VirtualTime {
  nowMs = 1_000
  #coming: Happening[] = []

  after(ms: number, act: Happening['act']): void {
    const happening = { atMs: this.nowMs + Math.max(0, ms), act }
    let at = this.#coming.length
    while (at > 0 && (this.#coming[at - 1]?.atMs ?? 0) > happening.atMs) at -= 1
    this.#coming.splice(at, 0, happening)
  }

  /** Lives through the next milliseconds. What happens is over before the next thing does. */
  async pass(ms: number): Promise<void> {
    const until = this.nowMs + ms
    await setImmediate()
    for (let next = this.#coming[0]; next && next.atMs <= until; next = this.#coming[0]) {
      this.#coming.shift()
      this.nowMs = Math.max(this.nowMs, next.atMs)
      await next.act()
      await setImmediate()
      await setImmediate()
    }
    this.nowMs = Math.max(this.nowMs, until)
  }

  /** The machines slept so long: what was due in between comes late, all of it at once. */
  async leap(ms: number): Promise<void> {
    this.nowMs += ms
    await this.pass(0)
  }
}

const never = new Promise<never>(() => undefined)

/** The time of one run of the program. Once it is ended by force, nothing that it waited for ever comes. */
export class SimScheduler implements Scheduler {
  wallOffMs = 0
  isDead = false
  readonly #time: VirtualTime
  readonly #below: (most: number) => number
  readonly #bornMs: number

  constructor(time: VirtualTime, below: (most: number) => number, wallOffMs: number) {
    this.#time = time
    this.#below = below
    this.#bornMs = time.nowMs
    this.wallOffMs = wallOffMs
  }

  now = (): number => START_MS + this.#time.nowMs + this.wallOffMs
  monotonic = (): number => this.#time.nowMs - this.#bornMs
  random = (): number => this.#below(1_000_000) / 1_000_000
  yield = (): Promise<void> => (this.isDead ? never : Promise.resolve())
  pack = async (text: string): Promise<Uint8Array> => gzipSync(text, { level: 1 })

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        if (!this.isDead) resolve()
      }
      signal.addEventListener('abort', wake, { once: true })
      if (signal.aborted) wake()
      else this.#time.after(ms, wake)
    })
  }
}
