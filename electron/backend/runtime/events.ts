import type { Progress } from './jobs.ts'

interface Work<T> {
  newest: Progress | undefined
  wake: () => void
  outcome: { result?: { value: T }; error?: { value: unknown } }
}

/**
 * A job as a stream: its progress as it comes (only the newest where the reader is slow), and its result at the
 * end. What goes wrong in the job is thrown to the reader.
 */
export function eventsOf<T>(
  run: (onProgress: (progress: Progress) => void) => Promise<T>,
): AsyncGenerator<Progress, T> {
  const work: Work<T> = { newest: undefined, wake: () => undefined, outcome: {} }
  // Begun at once, and not when somebody reads: whoever asks next must find it at work.
  const finished = run(progress => {
    work.newest = progress
    work.wake()
  }).then(
    value => {
      work.outcome.result = { value }
      work.wake()
    },
    (value: unknown) => {
      work.outcome.error = { value }
      work.wake()
    },
  )
  return told(work, finished)
}

async function* told<T>(work: Work<T>, finished: Promise<void>): AsyncGenerator<Progress, T> {
  const { outcome } = work
  while (!outcome.result && !outcome.error) {
    await new Promise<void>(resolve => {
      work.wake = resolve
      if (work.newest || outcome.result || outcome.error) resolve()
    })
    if (work.newest) {
      const progress = work.newest
      work.newest = undefined
      yield progress
    }
  }
  await finished
  if (outcome.error) throw outcome.error.value
  if (!outcome.result) throw new Error('The job ended without a result')
  return outcome.result.value
}
