import { useQueries } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { Found } from '../../../shared/contract/account.ts'
import type { Basket } from '../../../shared/contract/basket.ts'
import type { TenderInput } from '../../../shared/contract/receipt.ts'
import type { CatalogItem, Tender, TenderType } from '../../../shared/ledger/facts.ts'
import { ZERO } from '../../../shared/money.ts'
import type { Settings } from '../../../shared/settings.ts'
import { client, orpc } from '../../client.ts'
import { WINDOW } from '../../text/window.ts'
import { useFind } from '../shell/use-find.ts'
import {
  addAccount,
  addCatalogItem,
  type Draft,
  figuresOf,
  isEmpty,
  withoutLine,
  withTender,
} from './basket.ts'
import { takeOver } from './hand-over.ts'
import { type BasketInHand, useBasket } from './use-basket.ts'
import { usePayment } from './use-payment.ts'
import { type Posted, usePostReceipt } from './use-post-receipt.ts'

export type WindowDialog = 'fee' | 'more' | 'suspend' | 'resume' | 'discard' | null

export interface DeskInput {
  settings: Settings
  types: readonly TenderType[]
  catalog: readonly CatalogItem[]
  kept: Basket | null
}

/** The account in the basket that takes no checks; null where there is none. */
function useCashOnly(draft: Draft): string | null {
  const ids = draft.lines.flatMap(line => (line.kind === 'account' ? [line.accountId] : []))
  const asked = useQueries({
    queries: ids.map(accountId => orpc.account.get.queryOptions({ input: { accountId } })),
  })
  return asked.find(a => a.data?.cashOnly === true)?.data?.number ?? null
}

/** What the find box puts into the basket; a receipt opens on its own screen. */
function useTaking({ draft, change }: BasketInHand, catalog: readonly CatalogItem[]) {
  const [, go] = useLocation()
  const [fresh, setFresh] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  const addItem = (item: CatalogItem) => {
    setFresh(draft.lines.length)
    change(d => addCatalogItem(d, item))
  }
  const take = (found: Found) => {
    setSaid('')
    if (found.kind === 'receipt') return go(`/receipts/${found.receiptId}`)
    if (found.kind === 'catalog') {
      const item = catalog.find(c => c.catalogItemId === found.catalogItemId)
      return item === undefined ? undefined : addItem(item)
    }
    const isIn = draft.lines.some(l => l.kind === 'account' && l.accountId === found.accountId)
    if (isIn) return setSaid(WINDOW.alreadyIn(found.name))
    setFresh(draft.lines.length)
    const owed = found.balanceCents > 0 ? found.balanceCents : ZERO
    return change(d => addAccount(d, found.accountId, found.scannedCents ?? owed))
  }
  return { fresh, said, take, addItem, clearFresh: () => setFresh(null) }
}

/** Puts the cursor where the next keystroke belongs after a payment was added or put aside. */
function useFocusAfter(covered: boolean, toFind: () => void) {
  const postButton = useRef<HTMLButtonElement>(null)
  const wanted = useRef(false)
  useEffect(() => {
    if (!wanted.current) return
    wanted.current = false
    if (covered) postButton.current?.focus()
    else toFind()
  })
  const wantFocus = () => {
    wanted.current = true
  }
  return { postButton, wantFocus }
}

/** The line of the basket that has the focus. */
function focusedLine(): number | null {
  const line = document.activeElement?.closest('.lines > li')
  return line?.parentElement == null ? null : [...line.parentElement.children].indexOf(line)
}

interface PostWish {
  /** A scanned bill is being looked up; keys may be faster than answers. */
  asking: boolean
  /** Whether what was looked up came. */
  found: boolean
  post: () => void
}

/** Posts; where a scanned bill is still being looked up, as soon as it has come, and not at all if it does not. */
function usePostWhenFound({ asking, found, post }: PostWish): () => void {
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

/** What was found on another screen comes into the basket when the Window opens. */
function useTakeOver(take: (found: Found) => void): void {
  const first = useRef(take)
  useEffect(() => {
    const found = takeOver()
    if (found !== null) first.current(found)
  }, [])
}

/** The basket, the payment being entered, and what is open over them. */
function useParts({ settings, types, catalog, kept }: DeskInput) {
  const [posted, setPosted] = useState<Posted | null>(null)
  const [dialog, setDialog] = useState<WindowDialog>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const findBox = useRef<HTMLInputElement>(null)
  const toFind = () => findBox.current?.focus()
  const basket = useBasket(kept)
  const { draft, change } = basket
  const terms = { catalog, policies: types, rounding: settings.rounding }
  const settled = figuresOf(draft, terms)
  const { dueCents } = settled
  const payment = usePayment({ draft, change, types, rounding: settings.rounding, dueCents })
  const figures = payment.typing === null ? settled : figuresOf(draft, terms, payment.typing)
  const focusAfter = useFocusAfter(settled.covered, toFind)
  const cashOnly = useCashOnly(draft)
  const taking = useTaking(basket, catalog)
  const find = useFind({ onTake: taking.take, takeScans: true })
  useTakeOver(taking.take)
  const posting = usePostReceipt({
    flush: basket.flush,
    onPosted: answer => {
      setPosted(answer)
      basket.start()
    },
  })
  const covered = settled.covered && payment.form === null
  const post = usePostWhenFound({
    asking: find.asking,
    found: find.text === '' && find.problem === null,
    post: () => {
      if (covered) posting.run({ draft, totalCents: settled.totalCents })
    },
  })
  const state = { posted, setPosted, dialog, setDialog, refused, setRefused, findBox, toFind }
  const money = { basket, payment, figures, covered, cashOnly, posting, post }
  return { ...state, ...money, ...focusAfter, taking, find }
}

/** What keys and buttons of the Window do. */
function actionsOf(parts: ReturnType<typeof useParts>) {
  const { basket, payment, find, taking, toFind, setDialog, wantFocus } = parts
  const { draft, change } = basket
  const startWith = (resumed?: Basket) => {
    basket.start(resumed)
    taking.clearFresh()
    setDialog(null)
    parts.setPosted(null)
    toFind()
  }
  return {
    post: parts.post,
    startWith,
    openTender: (tender: Tender) => {
      parts.posting.clear()
      setDialog(null)
      const refusedBy = tender === 'check' ? parts.cashOnly : null
      parts.setRefused(refusedBy === null ? null : WINDOW.noChecks(refusedBy))
      if (refusedBy === null) payment.open(tender)
    },
    addTender: (tender: TenderInput) => {
      change(d => withTender(d, tender))
      payment.added()
      wantFocus()
    },
    discard: () => {
      void client.basket.discard({ basketId: draft.basketId })
      startWith()
    },
    removeLine: () => {
      const index = focusedLine()
      if (index === null) return
      change(d => withoutLine(d, index))
      toFind()
    },
    back: () => {
      if (payment.form !== null) {
        payment.close()
        wantFocus()
      } else if (find.text !== '') find.clear()
      else if (document.activeElement !== parts.findBox.current) toFind()
      else if (!isEmpty(draft)) setDialog('discard')
    },
  }
}

/** All that the Window is doing: the basket, the payment being entered, what is open, and what was posted. */
export function useDesk(input: DeskInput) {
  const parts = useParts(input)
  const problem = parts.refused ?? parts.payment.problem ?? parts.posting.problem
  return { ...parts, problem, actions: actionsOf(parts) }
}

export type Desk = ReturnType<typeof useDesk>
