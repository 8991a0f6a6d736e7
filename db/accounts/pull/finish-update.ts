import type { Watch } from '../../account-file/file-types.ts'
import { step } from '../../account-file/give-way.ts'
import type { ImportMark, StateMark } from '../mark.ts'
import type { MarkSource } from './seal.ts'
import type { MirrorUpdate } from './update.ts'

const STEPS_PER_REPORT = 4

/** Finishes an update with pauses, in which it can be watched and cancelled until the very last step. */
export async function finishUpdate(
  update: MirrorUpdate,
  source: Omit<MarkSource, 'changedCount'>,
  { state, ...watch }: Watch & { state: StateMark },
): Promise<ImportMark> {
  const steps = update.finish(source, state)
  for (let count = 0; ; count += 1) {
    const next = steps.next()
    if (next.done) return next.value
    if (count % STEPS_PER_REPORT === 0) await step(watch, { phase: 'indexing', ...next.value })
  }
}
