import { useQueries } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { AccountView } from '../../../../shared/contract/account.ts'
import type { Basket } from '../../../../shared/contract/basket.ts'
import type { TenderInput } from '../../../../shared/contract/receipt.ts'
import type { CatalogItem } from '../../../../shared/ledger/setup.ts'
import { type Cents, formatCents, ZERO } from '../../../../shared/money.ts'
import type { NotedPiece } from '../../../../shared/rules/cash/noted-pieces.ts'
import { roundCash } from '../../../../shared/rules/receipt/rounding.ts'
import type { Settings } from '../../../../shared/settings/index.ts'
import { CASH, type Tender, type TenderType, tenderKind } from '../../../../shared/tenders.ts'
import { client, orpc } from '../../../client.ts'
import { WINDOW } from '../../../text/receipt/window.ts'
import { useTill } from '../../../till.ts'
import { type HandedOver, takeOver } from '../../find/to-window.ts'
import { useFind } from '../../find/use-find.ts'
import {
  addAccount,
  addCatalogItem,
  type Draft,
  figuresOf,
  isEmpty,
  paidForLast,
  withoutLine,
  withTender,
} from '../basket/basket.ts'
import { type BasketInHand, useBasket } from '../basket/use-basket.ts'
import { fittingNotes } from '../payment/noted.ts'
import { cashTender } from '../payment/tender-form.ts'
import { tendersBack } from '../payment/tenders-back.ts'
import { useNotes } from '../payment/use-notes.ts'
import { usePayment } from '../payment/use-payment.ts'
import type { Posted } from '../payment/use-post-receipt.ts'
import { usePosting, usePostWhenFound } from '../payment/use-posting.ts'

export type WindowDialog = 'fee' | 'more' | 'suspend' | 'resume' | 'discard' | 'pieces' | 'limit' | null

export interface DeskInput {
  settings: Settings
  types: readonly TenderType[]
  catalog: readonly CatalogItem[]
  kept: Basket | null
}

/** The accounts in the basket, as far as they have come. */
function useAccounts(draft: Draft): ReadonlyMap<string, AccountView> {
  const ids = draft.lines.flatMap(line => (line.kind === 'account' ? [line.accountId] : []))
  const asked = useQueries({
    queries: ids.map(accountId => orpc.account.get.queryOptions({ input: { accountId } })),
  })
  const come = asked.flatMap(({ data }) => (data === undefined ? [] : [data]))
  return new Map(come.map(account => [account.accountId, account]))
}

/** What the find box puts into the basket; a receipt opens on its own screen. */
function useTaking({ draft, change }: BasketInHand, catalog: readonly CatalogItem[]) {
  const [, go] = useLocation()
  const [fresh, setFresh] = useState<number | null>(null)
  const [said, setSaid] = useState('')
  // Stays while bills come in, whose answers may be late: the money still lies there.
  const [back, setBack] = useState('')
  const addItem = (item: CatalogItem) => {
    setFresh(draft.lines.length)
    change(d => addCatalogItem(d, item))
  }
  const take = (found: HandedOver) => {
    setSaid('')
    if (found.kind === 'receipt') return go(`/receipts/${found.receiptId}`)
    if (found.kind === 'lines')
      return isEmpty(draft) ? change(d => ({ ...d, lines: [...found.lines] })) : setSaid(WINDOW.otherLines)
    if (found.kind === 'catalog') {
      const item = catalog.find(c => c.catalogItemId === found.catalogItemId)
      return item === undefined ? undefined : addItem(item)
    }
    const { accountId, balanceCents } = found
    const isIn = draft.lines.some(l => l.kind === 'account' && l.accountId === accountId)
    if (isIn) return setSaid(WINDOW.alreadyIn(found.name))
    setFresh(draft.lines.length)
    const owed = balanceCents > 0 ? balanceCents : ZERO
    return change(d => addAccount(d, { accountId, payCents: found.scannedCents ?? owed, balanceCents }))
  }
  const reset = () => {
    setFresh(null)
    setSaid('')
    setBack('')
  }
  const words = [back, said].filter(part => part !== '').join(' ')
  return { fresh, said: words, sayBack: setBack, take, addItem, reset }
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

/** What was found on another screen comes into the basket when the Window opens. */
function useTakeOver(take: (found: HandedOver) => void): void {
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
  const level = useTill().session?.level
  const basket = useBasket(kept)
  const { draft, change } = basket
  const notes = useNotes(draft.basketId)
  const terms = { catalog, policies: types, rounding: settings.rounding }
  const settled = figuresOf(draft, terms)
  const { dueCents } = settled
  const payment = usePayment({ draft, change, types, rounding: settings.rounding, dueCents })
  const cashDueCents = roundCash(dueCents, settings.rounding).payCents
  const figures = payment.typing === null ? settled : figuresOf(draft, terms, payment.typing)
  const focusAfter = useFocusAfter(settled.covered, toFind)
  const accounts = useAccounts(draft)
  const taking = useTaking(basket, catalog)
  const find = useFind({ onTake: taking.take, takeScans: true })
  useTakeOver(taking.take)
  const posting = usePosting({
    basket,
    known: { accounts, catalog, settings },
    settled,
    entering: payment.form !== null,
    pieces: fittingNotes(notes.pieces, draft.tenders, settled.changeCents, settings.denominations),
    onPosted: answer => {
      setPosted(answer)
      basket.start()
    },
  })
  const found = find.text === '' && find.problem === null
  const post = usePostWhenFound({ asking: find.asking, found, post: posting.post })
  const postByEnter = usePostWhenFound({ asking: find.asking, found, post: posting.postByEnter })
  const state = { level, posted, setPosted, dialog, setDialog, refused, setRefused, findBox, toFind }
  const money = { basket, notes, payment, figures, cashDueCents, accounts, posting, post, postByEnter }
  return { ...state, ...money, ...focusAfter, taking, find }
}

/** The number of an account in the basket that takes no checks; null where there is none. */
function cashOnlyOf(accounts: ReadonlyMap<string, AccountView>): string | null {
  return [...accounts.values()].find(account => account.cashOnly)?.number ?? null
}

/** Why this payment is not begun, in words: said before an amount is typed. Null where it may be. */
function whyNot(
  tender: Tender,
  { accounts, level }: ReturnType<typeof useParts>,
  types: readonly TenderType[],
): string | null {
  const type = types.find(candidate => candidate.tender === tender)
  const isRefused = type !== undefined && tenderKind(type).refusedWhenCashOnly
  const cashOnly = isRefused ? cashOnlyOf(accounts) : null
  if (cashOnly !== null) return WINDOW.noChecks(cashOnly)
  return tender === CASH && level?.state === 'full' ? WINDOW.noCash(formatCents(level.limitCents)) : null
}

/** What goes back to whoever paid for what is not posted, in words. */
const saidBack = (tenders: readonly TenderInput[], types: readonly TenderType[]): string =>
  tenders.length === 0 ? '' : WINDOW.giveBack(tendersBack(tenders, types))

/** Takes a line out, the focused one if none is named, and says what goes back to whoever paid for it. */
function removingLine(parts: ReturnType<typeof useParts>, types: readonly TenderType[]) {
  const { basket, payment, posting, taking, toFind } = parts
  return (index = focusedLine()) => {
    if (index === null) return
    const back = paidForLast(basket.draft)
    if (back.length > 0) taking.sayBack(saidBack(back, types))
    if (basket.draft.lines.length === 1) payment.forget()
    basket.change(d => withoutLine(d, index))
    posting.clear()
    toFind()
  }
}

/** What keys and buttons of the Window do. */
function actionsOf(parts: ReturnType<typeof useParts>, types: readonly TenderType[]) {
  const { basket, payment, find, taking, toFind, setDialog, wantFocus } = parts
  const { draft, change } = basket
  const startWith = (resumed?: Basket) => {
    basket.start(resumed)
    taking.reset()
    parts.setRefused(null)
    parts.posting.clear()
    setDialog(null)
    parts.setPosted(null)
    toFind()
  }
  return {
    post: parts.post,
    postByEnter: parts.postByEnter,
    startWith,
    openTender: (tender: Tender) => {
      parts.posting.clear()
      // The key that began the cash, once more: the pieces can be noted too.
      const again = tender === CASH && payment.form?.tender === CASH
      setDialog(again ? 'pieces' : null)
      const refused = whyNot(tender, parts, types)
      parts.setRefused(refused)
      if (refused === null) {
        taking.sayBack('')
        payment.open(tender)
      }
      // Once until a turn-in brings it below somebody may let it take more; after that the refusal is all there is.
      else if (tender === CASH && parts.level?.lifted === false) setDialog('limit')
    },
    /** Somebody let the drawer take more: the cash that was begun goes on. */
    limitLifted: () => {
      setDialog(null)
      parts.setRefused(null)
      payment.open(CASH)
    },
    noteCash: ({ cashCents, pieces }: { cashCents: Cents; pieces: NotedPiece[] }) => {
      setDialog(null)
      parts.notes.keep(pieces)
      change(d => withTender(d, cashTender(cashCents)))
      payment.added()
      wantFocus()
    },
    addTender: (tender: TenderInput) => {
      // A check is made unreadable first; meanwhile its customer may have been suspended.
      if (!basket.isInHand(draft.basketId)) return
      change(d => withTender(d, tender))
      payment.added()
      wantFocus()
    },
    discard: () => {
      void client.basket.discard({ basketId: draft.basketId })
      startWith()
      taking.sayBack(saidBack(draft.tenders, types))
    },
    removeLine: removingLine(parts, types),
    /** What goes back where the basket is cleared, in words; empty where nothing was handed over. */
    givesBack: saidBack(draft.tenders, types),
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
  // What the till answered is said first: beginning another payment clears it, and so it is the newest.
  const problem = parts.posting.problem ?? parts.refused ?? parts.payment.problem
  return { ...parts, problem, actions: actionsOf(parts, input.types) }
}

export type Desk = ReturnType<typeof useDesk>
