import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { NotedPiece } from '../../../../shared/rules/cash/noted-pieces.ts'
import { orpc } from '../../../client.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { changedBalance, refusalCode } from '../../../text/refusals/refusals.ts'
import { type Figures, withBalance } from '../basket/basket.ts'
import type { BasketInHand } from '../basket/use-basket.ts'
import { fieldName, incompleteLine, type Known, paymentStop, type Stop } from '../window/gaps.ts'
import { type Posted, usePostReceipt } from './use-post-receipt.ts'

interface PostingOptions {
  basket: BasketInHand
  known: Known
  /** Of what was added so far, without the payment that is being entered. */
  settled: Figures
  /** A payment is being entered. */
  entering: boolean
  /** Pieces that were noted for its cash; null where none were. */
  pieces: NotedPiece[] | null
  onPosted: (posted: Posted) => void
}

/** Puts the cursor into the field of this name, once it is on the screen. */
function useFieldFocus() {
  const [wanted, setWanted] = useState<{ field: string } | null>(null)
  useEffect(() => {
    if (wanted === null) return
    document.querySelector<HTMLElement>(`[data-field="${CSS.escape(wanted.field)}"]`)?.focus()
  }, [wanted])
  return (field: string) => setWanted({ field })
}

/** A balance that changed meanwhile is noted with its line, so that posting again takes it as seen. */
function useChangedBalance({ basket, known }: PostingOptions, focusField: (field: string) => void) {
  const queries = useQueryClient()
  return (error: unknown) => {
    const changed = changedBalance(error)
    if (changed === null) return
    void queries.invalidateQueries({ queryKey: orpc.account.key() })
    const account = [...known.accounts.values()].find(a => a.number === changed.number)
    if (account === undefined) return
    basket.change(d => withBalance(d, account.accountId, changed.balanceCents))
    focusField(fieldName(account.accountId, 'pay'))
  }
}

/** Words for a basket that another tab of the same person has posted; null while nothing of it is known. */
function usePostedElsewhere(basketId: string, error: unknown): string | null {
  const is = refusalCode(error) === 'COMMAND_CONTENT_CHANGED'
  const input = { receiptId: basketId }
  const receipt = useQuery(orpc.receipt.get.queryOptions({ input, enabled: is }))
  return is ? WINDOW.postedElsewhere(receipt.data?.number ?? null) : null
}

/** Posting, and what stops it: said in words for as long as it is so, with the focus where it is mended. */
export function usePosting(options: PostingOptions) {
  const { basket, known, settled, entering, pieces, onPosted } = options
  const { draft } = basket
  const [told, setTold] = useState({ basketId: draft.basketId, key: '' })
  const focusField = useFieldFocus()
  const onRefused = useChangedBalance(options, focusField)
  const sending = usePostReceipt({ flush: basket.flush, onPosted, onRefused })
  const line = incompleteLine(draft, known)
  const stop = line ?? paymentStop(draft, entering, settled)
  const postedElsewhere = usePostedElsewhere(draft.basketId, sending.error)

  // A refusal is of what was sent: once that is another, it says nothing any more.
  const content = JSON.stringify([draft.tenders, settled.totalCents])
  const [sent, setSent] = useState(content)
  const refused = sent === content ? sending.problem : null

  const halt = (by: Stop) => {
    setTold({ basketId: draft.basketId, key: by.key })
    sending.clear()
    if (by.field !== null) focusField(by.field)
  }
  const send = () => {
    setSent(content)
    sending.run({ draft, totalCents: settled.totalCents, pieces })
  }
  const isTold = stop !== null && told.basketId === draft.basketId && told.key === stop.key
  return {
    post: () => (stop === null ? send() : halt(stop)),
    /** Enter in the empty find box: a payment that is still to come is no mistake. */
    postByEnter: () => {
      if (stop === null) send()
      else if (line !== null) halt(line)
    },
    ready: stop === null && postedElsewhere === null,
    complete: line === null && settled.complete,
    pending: sending.pending,
    clear: sending.clear,
    postedElsewhere,
    problem: postedElsewhere ?? refused ?? (isTold ? stop.message : null),
    /** The line that is told to be incomplete. */
    stoppedLine: isTold ? stop.line : null,
  }
}

interface PostWish {
  /** A scanned bill is being looked up; keys may be faster than answers. */
  asking: boolean
  /** Whether what was looked up came. */
  found: boolean
  post: () => void
}

/** Posts; where a scanned bill is still being looked up, as soon as it has come, and not at all if it does not. */
export function usePostWhenFound({ asking, found, post }: PostWish): () => void {
  const wanted = useRef(false)
  const latest = useRef({ found, post })
  latest.current = { found, post }
  useEffect(() => {
    if (asking || !wanted.current) return
    wanted.current = false
    if (latest.current.found) latest.current.post()
  }, [asking])
  return () => {
    wanted.current = asking
    if (!asking) post()
  }
}
