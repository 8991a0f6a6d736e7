/** Long work in steps: between steps the thread hears its messages, reports, and can be cancelled. */
import { setImmediate } from 'node:timers/promises'
import type { ImportProgress, Watch } from './file-types.ts'

/** Somebody asked for the work to stop. Thrown between steps, never in the middle of one. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled')
    this.name = 'Cancelled'
  }
}

/** Reports a step and lets the thread breathe; throws `Cancelled` when the signal has come. */
export async function step(watch: Watch, progress: ImportProgress): Promise<void> {
  watch.onProgress?.(progress)
  await setImmediate()
  if (watch.signal?.aborted) throw new Cancelled()
}
