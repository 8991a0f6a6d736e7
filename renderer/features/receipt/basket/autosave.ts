/** Saving while typing: waits for a pause, keeps the order, and tries again where no answer came. */

const RETRY_MS = 1_500

export interface Autosave<T> {
  change: (value: T) => void
  /** Saves now what waits, and waits for what is under way; gives why the latest is not kept, null where it is. */
  flush: () => Promise<unknown>
  /** Drops what waits: it must not be saved any more. */
  forget: () => void
}

interface AutosaveOptions<T> {
  save: (value: T) => Promise<unknown>
  pauseMs: number
  /** Whether trying again may help. */
  isLost: (error: unknown) => boolean
  onProblem: (error: unknown) => void
}

/** Saves the latest value some milliseconds after the last change; saves never overtake each other. */
export function autosave<T>({ save, pauseMs, isLost, onProblem }: AutosaveOptions<T>): Autosave<T> {
  let waiting: { value: T } | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let underWay: Promise<unknown> = Promise.resolve(null)
  let latestProblem: unknown = null

  const later = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void flush(), ms)
  }
  const saveNow = async (): Promise<unknown> => {
    if (waiting === null) return latestProblem
    const { value } = waiting
    waiting = null
    try {
      await save(value)
      latestProblem = null
      onProblem(null)
    } catch (error) {
      latestProblem = error
      // A value typed meanwhile is the better one to try again.
      if (isLost(error)) {
        waiting ??= { value }
        later(RETRY_MS)
      } else onProblem(error)
    }
    return latestProblem
  }
  const flush = () => {
    clearTimeout(timer)
    underWay = underWay.then(saveNow)
    return underWay
  }
  return {
    change: value => {
      waiting = { value }
      later(pauseMs)
    },
    flush,
    forget: () => {
      clearTimeout(timer)
      waiting = null
      latestProblem = null
    },
  }
}
