import { useCallback, useRef, useState } from 'react'
import { newId } from '../shared/id.ts'
import { sayError } from './text/refusals.ts'

export interface Command<I> {
  /** Sends; a call while one is under way does nothing, so that Enter held or a double click sends once. */
  run: (input: I) => void
  pending: boolean
  /** What went wrong, in words; null where nothing did. */
  problem: string | null
  /** The error itself, for screens that act on one refusal. */
  error: unknown
  clear: () => void
}

interface SendingOptions<I, O> {
  send: (input: I) => Promise<O>
  done?: (output: O, input: I) => void
}

/** Sends one at a time and keeps what went wrong in words; for what carries an id of its own, or needs none. */
export function useSending<I, O>(options: SendingOptions<I, O>): Command<I> {
  const latest = useRef(options)
  latest.current = options
  const busy = useRef(false)
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<unknown>(null)

  const run = useCallback((input: I) => {
    if (busy.current) return
    busy.current = true
    setPending(true)
    setError(null)
    latest.current
      .send(input)
      .then(
        output => latest.current.done?.(output, input),
        reason => setError(reason),
      )
      .finally(() => {
        busy.current = false
        setPending(false)
      })
  }, [])
  const clear = useCallback(() => setError(null), [])
  return { run, pending, error, problem: error === null ? null : sayError(error), clear }
}

interface CommandOptions<I, O> {
  /** Sends with this id. The same id is used until the command succeeds, however often the person tries. */
  send: (commandId: string, input: I) => Promise<O>
  done?: (output: O, input: I) => void
}

/** A command of the contract as a screen uses it: one id from the first try to success, one sending at a time. */
export function useCommand<I, O>({ send, done }: CommandOptions<I, O>): Command<I> {
  const commandId = useRef(newId())
  return useSending<I, O>({
    send: input => send(commandId.current, input),
    done: (output, input) => {
      commandId.current = newId()
      done?.(output, input)
    },
  })
}
