import { useEffect, useRef, useState } from 'react'
import { sayError } from '../text/refusals/refusals.ts'

export interface Progress {
  phase: string
  done: number
  total: number
}

/** Long work at the till: tells how far it is, and in the end its result. Ends when the signal comes. */
type Started<R> = (signal: AbortSignal) => Promise<AsyncIterator<Progress, R, void>>

export type LongWorkState<R> =
  | { kind: 'idle' }
  | { kind: 'running'; progress: Progress | null }
  | { kind: 'done'; result: R }
  | { kind: 'cancelled' }
  | { kind: 'failed'; problem: string }

async function follow<R>(
  events: AsyncIterator<Progress, R, void>,
  onProgress: (progress: Progress) => void,
): Promise<R> {
  for (;;) {
    const step = await events.next()
    if (step.done === true) return step.value
    onProgress(step.value)
  }
}

/** Runs long work, one at a time; leaving the screen cancels it. */
export function useLongWork<R>() {
  const [state, setState] = useState<LongWorkState<R>>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const start = (begin: Started<R>) => {
    if (running.current !== null) return
    const controller = new AbortController()
    running.current = controller
    setState({ kind: 'running', progress: null })
    const put = (next: LongWorkState<R>) => {
      if (running.current === controller) setState(next)
    }
    begin(controller.signal)
      .then(events => follow(events, progress => put({ kind: 'running', progress })))
      .then(
        result => put({ kind: 'done', result }),
        error => {
          if (controller.signal.aborted) put({ kind: 'cancelled' })
          else put({ kind: 'failed', problem: sayError(error) })
        },
      )
      .finally(() => {
        if (running.current === controller) running.current = null
      })
  }
  const cancel = () => running.current?.abort()
  const reset = () => setState({ kind: 'idle' })
  return { state, start, cancel, reset }
}
