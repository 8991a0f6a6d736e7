/** Long work in steps: between steps the thread hears its messages, reports, and can be cancelled. */
import { setImmediate } from 'node:timers/promises'
import type { ImportProgress, Watch } from './file-types.ts'

/** Somebody asked for the work to stop. Thrown by whoever hears of a step, never in the middle of one. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled')
    this.name = 'Cancelled'
  }
}

/** Reports a step, which may throw `Cancelled`, and lets the thread breathe. */
export async function step(watch: Watch, progress: ImportProgress): Promise<void> {
  watch.onProgress?.(progress)
  await setImmediate()
}
