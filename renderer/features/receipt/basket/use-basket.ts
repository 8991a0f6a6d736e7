import { useCallback, useEffect, useRef, useState } from 'react'
import type { Basket } from '../../../../shared/contract/basket.ts'
import { client, isAnswer } from '../../../client.ts'
import { beforeLeaving } from '../../../leaving.ts'
import { sayError } from '../../../text/refusals/refusals.ts'
import { autosave } from './autosave.ts'
import { type Draft, draftOf, emptyDraft, keptOf } from './basket.ts'

const PAUSE_MS = 150

export interface BasketInHand {
  draft: Draft
  change: (edit: (draft: Draft) => Draft) => void
  /** Keeps what was typed; gives why it could not, null where it is kept. */
  flush: () => Promise<unknown>
  /** Whether this is still the basket in hand. */
  isInHand: (basketId: string) => boolean
  /** The next customer, or a basket that was suspended. */
  start: (resumed?: Basket) => void
  /** Why it could not be kept, in words. */
  problem: string | null
}

/** The basket in hand: begun with what the till kept, saved as it is typed, with revisions that only rise. */
export function useBasket(kept: Basket | null): BasketInHand {
  const [draft, setDraft] = useState<Draft>(() => (kept === null ? emptyDraft() : draftOf(kept)))
  const [problem, setProblem] = useState<string | null>(null)
  const revision = useRef(kept?.revision ?? 0)
  const [saver] = useState(() =>
    autosave<Draft>({
      pauseMs: PAUSE_MS,
      isLost: error => !isAnswer(error),
      onProblem: error => setProblem(error === null ? null : sayError(error)),
      save: value => {
        revision.current += 1
        return client.basket.save({ ...keptOf(value), revision: revision.current })
      },
    }),
  )
  const latest = useRef(draft)
  const change = useCallback(
    (edit: (draft: Draft) => Draft) => {
      const after = edit(latest.current)
      if (after === latest.current) return
      latest.current = after
      saver.change(after)
      setDraft(after)
    },
    [saver],
  )
  const start = useCallback(
    (resumed?: Basket) => {
      saver.forget()
      revision.current = resumed?.revision ?? 0
      latest.current = resumed === undefined ? emptyDraft() : draftOf(resumed)
      setProblem(null)
      setDraft(latest.current)
    },
    [saver],
  )
  useEffect(() => {
    const leave = () => void saver.flush()
    const stopLeaving = beforeLeaving(saver.flush)
    window.addEventListener('pagehide', leave)
    return () => {
      stopLeaving()
      window.removeEventListener('pagehide', leave)
      leave()
    }
  }, [saver])
  const isInHand = useCallback((basketId: string) => latest.current.basketId === basketId, [])
  return { draft, change, isInHand, flush: saver.flush, start, problem }
}
