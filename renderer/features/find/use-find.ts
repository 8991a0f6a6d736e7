import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Found } from '../../../shared/contract/account.ts'
import { client, orpc } from '../../client.ts'
import { sayError } from '../../text/refusals/refusals.ts'

const SHOWN = 12
/** A scanner sends its Enter by then; later ones are a person's. */
const SCAN_ENDS_MS = 700
/** One more than is shown: whether there are more. */
const LIMIT = SHOWN + 1

export interface Find {
  text: string
  setText: (text: string) => void
  results: readonly Found[]
  /** There are more than these. */
  isCut: boolean
  /** Whether the results are those of the text as it stands. */
  settled: boolean
  /** Index of the result that Enter takes. */
  selected: number
  move: (by: number) => void
  /** Takes the result at the index, or the selected one. Waits for the answer to what was typed last. */
  take: (index?: number) => void
  problem: string | null
  /** Tells of every key: whether it is the Enter of a scanner whose bill was taken by itself, and means nothing more. */
  isEndOfScan: (key: string) => boolean
  /** Something was taken before its answer had come; the answer is on its way. */
  asking: boolean
  clear: () => void
}

interface FindOptions {
  onTake: (found: Found) => void
  /** Called once for a scanned bill as soon as it is recognised. */
  takeScans?: boolean
}

/** The scanned bill among results, where there is one. */
export function scanned(results: readonly Found[]): Found | undefined {
  return results.find(found => found.kind === 'account' && found.scannedCents !== null)
}

interface AskOptions {
  latest: { current: { text: string; onTake: (found: Found) => void } }
  /** Puts text back that led nowhere. */
  giveBack: (asked: string) => void
  onProblem: (message: string) => void
}

/** Asks for what was typed last, since a scanner's Enter comes before any answer. The box is free at once. */
function useAsking({ latest, giveBack, onProblem }: AskOptions) {
  const [asking, setAsking] = useState(false)
  const ask = (asked: string) => {
    // What is being typed meanwhile stays.
    const back = () => (latest.current.text === '' ? giveBack(asked) : undefined)
    const answered = (found: readonly Found[]) => {
      const best = scanned(found) ?? found[0]
      if (best === undefined) back()
      else latest.current.onTake(best)
    }
    const failed = (error: unknown) => {
      back()
      onProblem(sayError(error))
    }
    setAsking(true)
    client.account
      .find({ text: asked, limit: LIMIT })
      .then(answered, failed)
      .finally(() => setAsking(false))
  }
  return { asking, ask }
}

/** What fits the text, while it is typed. The till is on this machine: waiting for a pause would cost more than asking. */
function useResults(text: string) {
  const wanted = text.trim()
  const query = useQuery(
    orpc.account.find.queryOptions({
      input: { text: wanted, limit: LIMIT },
      enabled: wanted !== '',
      placeholderData: keepPreviousData,
      staleTime: 0,
      // Typed again a moment later, the same text finds what is owed by then and not what was.
      gcTime: 0,
    }),
  )
  const found = wanted === '' ? [] : (query.data ?? [])
  return {
    settled: !query.isPlaceholderData && query.data !== undefined,
    results: found.slice(0, SHOWN),
    isCut: found.length > SHOWN,
    error: wanted === '' ? null : query.error,
  }
}

/** The one find box: results while typing, arrows to choose, Enter to take; a scanned bill is taken by itself. */
export function useFind({ onTake, takeScans = false }: FindOptions): Find {
  const [text, setTextState] = useState('')
  const [selected, setSelected] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const latest = useRef({ text, onTake })
  latest.current = { text, onTake }
  const { settled, results, isCut, error } = useResults(text)
  const { asking, ask } = useAsking({ latest, giveBack: setTextState, onProblem: setProblem })

  const setText = (next: string) => {
    setTextState(next)
    setSelected(0)
    setProblem(null)
  }
  const finish = (found: Found | undefined) => {
    if (found === undefined) return
    setText('')
    latest.current.onTake(found)
  }
  const take = (index?: number) => {
    const asked = text.trim()
    if (asked === '') return
    if (settled) return finish(results[index ?? selected])
    setText('')
    ask(asked)
  }
  const scan = takeScans && settled ? scanned(results) : undefined
  const finishScan = useRef(finish)
  finishScan.current = finish
  const scanTakenAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    if (scan === undefined) return
    scanTakenAt.current = performance.now()
    finishScan.current(scan)
  }, [scan])
  const isEndOfScan = (key: string) => {
    const ends = performance.now() - scanTakenAt.current < SCAN_ENDS_MS && key === 'Enter'
    scanTakenAt.current = Number.NEGATIVE_INFINITY
    return ends
  }

  return {
    text,
    setText,
    results,
    isCut,
    settled,
    selected: Math.min(selected, Math.max(results.length - 1, 0)),
    move: by => setSelected(Math.max(0, Math.min(selected + by, results.length - 1))),
    take,
    isEndOfScan,
    asking,
    problem: problem ?? (error === null ? null : sayError(error)),
    clear: () => setText(''),
  }
}
