import type { Progress } from './jobs.ts'

/**
 * A job as a stream: its progress as it comes (only the newest where the reader is slow), and its result at the
 * end. What goes wrong in the job is thrown to the reader.
 */
export async function* eventsOf<T>(
  run: (onProgress: (progress: Progress) => void) => Promise<T>,
): AsyncGenerator<Progress, T> {
  let newest: Progress | undefined
  let wake = (): void => undefined
  const outcome: { result?: { value: T }; error?: { value: unknown } } = {}
  const finished = run(progress => {
    newest = progress
    wake()
  }).then(
    value => {
      outcome.result = { value }
      wake()
    },
    (value: unknown) => {
      outcome.error = { value }
      wake()
    },
  )
  while (!outcome.result && !outcome.error) {
    await new Promise<void>(resolve => {
      wake = resolve
      if (newest || outcome.result || outcome.error) resolve()
    })
    if (newest) {
      const progress = newest
      newest = undefined
      yield progress
    }
  }
  await finished
  if (outcome.error) throw outcome.error.value
  if (!outcome.result) throw new Error('The job ended without a result')
  return outcome.result.value
}
