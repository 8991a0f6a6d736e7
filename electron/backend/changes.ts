import type { Ledger } from '../../db/ledger.ts'
import type { Fact, FactKind } from '../../shared/ledger/facts.ts'

type SubjectOf<K> = K extends `${infer S}.${string}` ? S : never

/** The nouns of the contract in which a fact shows, by what the fact is about. */
const SHOWN_IN: Record<SubjectOf<FactKind>, readonly string[]> = {
  till: ['till', 'setup', 'person'],
  settings: ['till', 'setup'],
  person: ['person'],
  drawer: ['drawer', 'deposit', 'setup', 'movement', 'session', 'safe', 'report', 'till'],
  safe: ['safe', 'session', 'report'],
  catalog: ['setup'],
  tender: ['setup'],
  'bank-account': ['setup', 'deposit'],
  accounts: ['account'],
  // A payment lowers the account's balance at once.
  receipt: ['receipt', 'account', 'drawer', 'session', 'report'],
  deposit: ['deposit', 'drawer', 'session', 'safe', 'report'],
}

function nounsOf(facts: readonly Fact[]): string[] {
  const nouns = new Set<string>()
  for (const { kind } of facts)
    for (const noun of SHOWN_IN[kind.slice(0, kind.indexOf('.')) as SubjectOf<FactKind>]) nouns.add(noun)
  return [...nouns]
}

type Listener = (nouns: readonly string[]) => void

/** Tells screens which nouns to ask again. What is told comes from commits and from work in hand. */
export class Changes {
  readonly #listeners = new Set<Listener>()
  readonly #stop: () => void

  constructor(ledger: Ledger) {
    this.#stop = ledger.onCommit(facts => this.tell(nounsOf(facts)))
  }

  tell(nouns: readonly string[]): void {
    for (const listener of this.#listeners) listener(nouns)
  }

  /** Ends every stream: the program is closing. */
  close(): void {
    this.#stop()
    this.tell([])
    this.#listeners.clear()
  }

  /** A stream of nouns, gathered while nobody waits; ends when the signal does. */
  async *stream(signal: AbortSignal | undefined): AsyncGenerator<{ nouns: string[] }, void> {
    const waiting = new Set<string>()
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
