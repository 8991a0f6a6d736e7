import { useCallback, useRef, useState } from 'react'
import { newId } from '../shared/id.ts'
import { sayError } from './text/refusals/refusals.ts'

export interface SendingState {
  pending: boolean
  error: unknown
}

interface OneAtATimeOptions<I, O> {
  send: (input: I) => Promise<O>
  done: (output: O, input: I) => void
  failed?: (error: unknown, input: I) => void
  tell: (state: SendingState) => void
}

/** Sends one input at a time: whatever comes while one is under way is dropped, so that Enter held sends once. */
export function oneAtATime<I, O>({
  send,
  done,
  failed,
  tell,
}: OneAtATimeOptions<I, O>): (input: I) => Promise<void> {
  let busy = false
  return async input => {
    if (busy) return
    busy = true
    tell({ pending: true, error: null })
    try {
      const output = await send(input)
      done(output, input)
      tell({ pending: false, error: null })
    } catch (error) {
      tell({ pending: false, error })
      failed?.(error, input)
    } finally {
      busy = false
    }
  }
}

/**
 * Gives a command its id: the same one from the first try until it is on record, so that trying again after a
 * lost reply is the same command; then a new one.
 */
export function underOneId<I, O>(
  send: (commandId: string, input: I) => Promise<O>,
  makeId: () => string = newId,
): (input: I) => Promise<O> {
  let commandId = makeId()
  return async input => {
    const output = await send(commandId, input)
    commandId = makeId()
    return output
  }
}

export interface Command<I> {
  /** Sends; a call while one is under way does nothing. */
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
  /** What is to happen after a refusal, besides its words. */
  failed?: (error: unknown, input: I) => void
}

const AT_REST: SendingState = { pending: false, error: null }

/** Sends one at a time and keeps what went wrong in words; for what carries an id of its own, or needs none. */
export function useSending<I, O>(options: SendingOptions<I, O>): Command<I> {
  const latest = useRef(options)
  latest.current = options
  const [state, setState] = useState(AT_REST)
  const [sendOne] = useState(() =>
    oneAtATime<I, O>({
      send: input => latest.current.send(input),
      done: (output, input) => latest.current.done?.(output, input),
      failed: (error, input) => latest.current.failed?.(error, input),
      tell: setState,
    }),
  )
  const run = useCallback((input: I) => void sendOne(input), [sendOne])
  const clear = useCallback(() => setState(before => (before.pending ? before : AT_REST)), [])
  return { ...state, run, problem: state.error === null ? null : sayError(state.error), clear }
}

interface CommandOptions<I, O> {
  /** Sends with this id. The same id is used until the command succeeds, however often the person tries. */
  send: (commandId: string, input: I) => Promise<O>
  done?: (output: O, input: I) => void
}

/** A command of the contract as a screen uses it: one id from the first try until it is on record, one sending at a time. */
export function useCommand<I, O>({ send, done }: CommandOptions<I, O>): Command<I> {
  const latest = useRef(send)
  latest.current = send
  const [sendUnderId] = useState(() =>
    underOneId<I, O>((commandId, input) => latest.current(commandId, input)),
  )
  return useSending<I, O>(done === undefined ? { send: sendUnderId } : { send: sendUnderId, done })
}
