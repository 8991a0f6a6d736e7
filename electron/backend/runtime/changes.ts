import type { Ledger } from '../../../db/ledger/ledger.ts'
import { type Fact, kindOf } from '../../../shared/ledger/facts.ts'
import { type Noun, SHOWS_EVERY_FACT } from '../../../shared/nouns.ts'

function nounsOf(facts: readonly Fact[]): Noun[] {
  return [...new Set<Noun>([...SHOWS_EVERY_FACT, ...facts.flatMap(({ kind }) => kindOf(kind).shows)])]
}

type Listener = (nouns: readonly Noun[]) => void

/** Tells screens which nouns to ask again. What is told comes from commits and from work in hand. */
export class Changes {
  readonly #listeners = new Set<Listener>()
  readonly #stop: () => void

  constructor(ledger: Ledger) {
    this.#stop = ledger.onCommit(facts => this.tell(nounsOf(facts)))
  }

  tell(nouns: readonly Noun[]): void {
    for (const listener of this.#listeners) listener(nouns)
  }

  /** Ends every stream: the program is closing. */
  close(): void {
    this.#stop()
    this.tell([])
    this.#listeners.clear()
  }

  /** A stream of nouns, gathered while nobody waits; ends when the signal does. */
  async *stream(signal: AbortSignal | undefined): AsyncGenerator<{ nouns: Noun[] }, void> {
    const waiting = new Set<Noun>()
    let closed = false
    let wake = (): void => undefined
    const listener: Listener = nouns => {
      if (nouns.length === 0) closed = true
      for (const noun of nouns) waiting.add(noun)
      wake()
    }
    const abort = (): void => wake()
    this.#listeners.add(listener)
    signal?.addEventListener('abort', abort)
    try {
      // Said at once, so that a screen knows the stream is open before anything changes.
      yield { nouns: ['till'] }
      while (!closed && !signal?.aborted) {
        if (waiting.size === 0)
          await new Promise<void>(resolve => {
            wake = resolve
          })
        if (waiting.size === 0) continue
        const nouns = [...waiting]
        waiting.clear()
        yield { nouns }
      }
    } finally {
      this.#listeners.delete(listener)
      signal?.removeEventListener('abort', abort)
    }
  }
}
