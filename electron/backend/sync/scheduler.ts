/** Time, chance and pauses as the line to central takes them: given from outside, so that a simulation can drive it. */
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

export interface Scheduler {
  /** UTC milliseconds: only to be written down and shown. This clock may jump by years. */
  now(): number
  /** Milliseconds that only ever grow: everything that waits, waits by this. */
  monotonic(): number
  /** From 0 up to but not 1. */
  random(): number
  /** Resolves after so many milliseconds, or at once when the signal ends it. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
  /** Lets whatever is waiting, the Window above all, go first. */
  yield(): Promise<void>
  /** Packs a body with gzip. */
  pack(text: string): Promise<Uint8Array>
}

const gzipAside = promisify(gzip)
/** Ranges are mostly ids and hashes: a higher level takes twice as long for a few per cent. */
const GZIP_LEVEL = 4

/** The machine's own. `now` is the till's clock. */
export function machineScheduler(now: () => number): Scheduler {
  return {
    now,
    monotonic: () => performance.now(),
    random: Math.random,
    // Unreferenced: a program that has closed everything else does not wait for the next look at central.
    sleep: (ms, signal) => pause(ms, undefined, { signal, ref: false }).catch(() => undefined),
    yield: () => new Promise(resolve => setImmediate(resolve)),
    pack: text => gzipAside(text, { level: GZIP_LEVEL }),
  }
}
