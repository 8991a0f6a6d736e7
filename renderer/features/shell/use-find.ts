import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Found } from '../../../shared/contract/account.ts'
import { client, orpc } from '../../client.ts'
import { sayError } from '../../text/refusals.ts'

const PAUSE_MS = 40
const LIMIT = 12

export interface Find {
  text: string
  setText: (text: string) => void
  results: readonly Found[]
  /** Whether the results are those of the text as it stands. */
  settled: boolean
  /** Index of the result that Enter takes. */
  selected: number
  move: (by: number) => void
  /** Takes the result at the index, or the selected one. Waits for the answer to what was typed last. */
  take: (index?: number) => void
  problem: string | null
  clear: () => void
}

interface FindOptions {
  onTake: (found: Found) => void
  /** Called once for a scanned bill as soon as it is recognised. */
  takeScans?: boolean
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** The scanned bill among results, where there is one. */
export function scanned(results: readonly Found[]): Found | undefined {
  return results.find(found => found.kind === 'account' && found.scannedCents !== null)
}

/** The one find box: results while typing, arrows to choose, Enter to take; a scanned bill is taken by itself. */
export function useFind({ onTake, takeScans = false }: FindOptions): Find {
  const [text, setTextState] = useState('')
  const [selected, setSelected] = useState(0)
  const [problem, setProblem] = useState<string | null>(null)
  const latest = useRef({ text, onTake })
  latest.current = { text, onTake }
  const wanted = useSettled(text).trim()
  const query = useQuery(
    orpc.account.find.queryOptions({
      input: { text: wanted, limit: LIMIT },
      enabled: wanted !== '',
      placeholderData: keepPreviousData,
      staleTime: 0,
      gcTime: 10_000,
    }),
  )
  const settled = wanted === text.trim() && !query.isPlaceholderData && query.data !== undefined
  const results = wanted === '' || text.trim() === '' ? [] : (query.data ?? [])

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
  /** Asks for what was typed last, since a scanner's Enter comes before any answer. */
  const askAndTake = () => {
    const asked = text.trim()
    client.account.find({ text: asked, limit: LIMIT }).then(
      found => {
        if (latest.current.text.trim() === asked) finish(scanned(found) ?? found[0])
      },
      error => setProblem(sayError(error)),
    )
  }
  const take = (index?: number) => {
    if (text.trim() === '') return
    if (settled) finish(results[index ?? selected])
    else askAndTake()
  }
  const scan = takeScans && settled ? scanned(results) : undefined
  const finishScan = useRef(finish)
  finishScan.current = finish
  useEffect(() => finishScan.current(scan), [scan])

  return {
    text,
    setText,
    results,
    settled,
    selected: Math.min(selected, Math.max(results.length - 1, 0)),
    move: by => setSelected(Math.max(0, Math.min(selected + by, results.length - 1))),
    take,
    problem: problem ?? (query.error === null || wanted === '' ? null : sayError(query.error)),
    clear: () => setText(''),
  }
}
