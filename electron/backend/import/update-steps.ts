import type { Watch } from '../../../db/accounts/file/file-types.ts'
import { step } from '../../../db/accounts/file/pace.ts'
import type { ImportMark } from '../../../db/accounts/mark.ts'
import type { MarkSource } from '../../../db/accounts/seal.ts'
import type { MirrorUpdate } from '../../../db/accounts/update.ts'

const STEPS_PER_REPORT = 4

/** Finishes an update with pauses, in which it can be watched and cancelled until the very last step. */
export async function finishUpdate(
  update: MirrorUpdate,
  source: Omit<MarkSource, 'changedCount'>,
  watch: Watch,
): Promise<ImportMark> {
  const steps = update.finish(source)
  for (let count = 0; ; count += 1) {
    const next = steps.next()
    if (next.done) return next.value
    if (count % STEPS_PER_REPORT === 0) await step(watch, { phase: 'indexing', ...next.value })
  }
}
