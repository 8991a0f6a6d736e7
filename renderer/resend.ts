/** Sending a command again when its reply was lost. */

const FIRST_PAUSE_MS = 300
const TRIES = 5

interface ResendOptions {
  input: unknown
  signal: AbortSignal | undefined
  /** Whether the error is the till's own answer, which no repetition would change. */
  isAnswer: (error: unknown) => boolean
  pause?: (ms: number) => Promise<void>
}

function isCommand(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'commandId' in input
}

function wait(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/**
 * Calls, and calls again with growing pauses while no answer comes back. Only commands are repeated: the id
 * inside makes a repetition the same command, so that a lost reply cannot become a second receipt.
 */
export async function resend<T>(call: () => Promise<T>, options: ResendOptions): Promise<T> {
  const { input, signal, isAnswer, pause = wait } = options
  for (let tried = 1; ; tried += 1) {
    try {
      return await call()
    } catch (error) {
      if (!isCommand(input) || isAnswer(error) || signal?.aborted || tried === TRIES) throw error
      await pause(FIRST_PAUSE_MS * 2 ** (tried - 1))
    }
  }
}
