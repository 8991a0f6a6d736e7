/** The money of random days as an onlooker with a notebook writes it down: plain numbers, none of the app's rules. */
import type { Who } from '../template.ts'

export type Worker = Extract<Who, 'cashier' | 'colleague' | 'lead' | 'supervisor'>
export type InstrumentTender = 'check' | 'money-order'
export type SlipTender = 'card' | 'ach'

export interface Instrument {
  receiptId: string
  tenderNo: number
  tender: InstrumentTender
  cents: number
}

/** What a receipt brought: cash that stayed, instruments, and slips. */
export interface Taken {
  receiptId: string
  cash: number
  instruments: Instrument[]
  slips: { tender: SlipTender; cents: number }[]
}

/** An open drawer. What was said at the window, and what lies there, are two figures. */
export interface Held {
  sessionId: string
  drawer: string
  who: Worker
  openedAtMs: number
  fund: number
  said: number
  lies: number
  instruments: Instrument[]
  slips: Map<SlipTender, number>
  receipts: Taken[]
  turnedInCash: number
  turnedInInstruments: number
}

/** A part of a closed session's money, on its way to a bank. */
export interface Part {
  sessionId: string
  partNo: number
  bank: string | null
  cash: number
  items: number
  depositId: string | null
}

/** What the last count of a session found. */
export interface Found {
  cash: number
  missing: Instrument | undefined
  extra: number
}

export const total = (list: readonly { cents: number }[]): number =>
  list.reduce((all, { cents }) => all + cents, 0)

/** Where all the money is. Every method writes down one thing that somebody did. */
export class Notebook {
  readonly held = new Map<string, Held>()
  /** In drawers that nobody has open. */
  readonly lying = new Map<string, { said: number; lies: number; fund: number }>()
  readonly parts: Part[] = []
  safe = 0
  safeInstruments = 0
  /** Change funds, receipts, paid-in and over; less voids, paid-out and short. */
  came = 0
  /** Carried out of the house. */
  banked = 0

  open(
    held: Omit<Held, 'instruments' | 'slips' | 'receipts' | 'turnedInCash' | 'turnedInInstruments'>,
  ): void {
    this.came += held.said - (this.lying.get(held.drawer)?.said ?? 0)
    this.lying.delete(held.drawer)
    this.#hold(held)
  }

  #hold(
    held: Omit<Held, 'instruments' | 'slips' | 'receipts' | 'turnedInCash' | 'turnedInInstruments'>,
  ): void {
    const empty = { instruments: [], slips: new Map(), receipts: [], turnedInCash: 0, turnedInInstruments: 0 }
    this.held.set(held.drawer, { ...held, ...empty })
  }

  heldBy(who: Who): Held | undefined {
    return [...this.held.values()].find(held => held.who === who)
  }

  take(held: Held, taken: Taken): void {
    this.#cash(held, taken.cash)
    held.receipts.push(taken)
    held.instruments.push(...taken.instruments)
    this.came += total(taken.instruments)
    for (const { tender, cents } of taken.slips) held.slips.set(tender, (held.slips.get(tender) ?? 0) + cents)
  }

  giveBack(held: Held, taken: Taken): void {
    this.#cash(held, -taken.cash)
    held.receipts.splice(held.receipts.indexOf(taken), 1)
    held.instruments = held.instruments.filter(({ receiptId }) => receiptId !== taken.receiptId)
    this.came -= total(taken.instruments)
    for (const { tender, cents } of taken.slips) held.slips.set(tender, (held.slips.get(tender) ?? 0) - cents)
  }

  /** Paid in, or out where the amount is below zero. */
  paid(held: Held, cents: number): void {
    this.#cash(held, cents)
  }

  turnIn(held: Held, cash: number, instruments: readonly Instrument[]): void {
    held.said -= cash
    held.lies -= cash
    held.turnedInCash += cash
    this.safe += cash
    held.instruments = held.instruments.filter(instrument => !instruments.includes(instrument))
    held.turnedInInstruments += total(instruments)
    this.safeInstruments += total(instruments)
  }

  /** Closed: the fund stays, or everything where somebody takes over; the rest lies in the safe. */
  close(
    held: Held,
    found: Found,
    stays: 'fund' | 'everything',
  ): { left: number; cash: number; items: number } {
    const left = stays === 'everything' ? found.cash : Math.min(found.cash, held.fund)
    const leaving = found.cash - left
    const instruments = total(held.instruments) - (found.missing?.cents ?? 0) + found.extra
    this.came += found.cash - held.said + instruments - total(held.instruments)
    this.safe += leaving
    this.safeInstruments += instruments
    this.held.delete(held.drawer)
    this.lying.set(held.drawer, { said: left, lies: held.lies - leaving, fund: held.fund })
    return { left, cash: leaving + held.turnedInCash, items: instruments + held.turnedInInstruments }
  }

  safeCounted(cents: number): void {
    this.came += cents - this.safe
    this.safe = cents
  }

  /** A bag leaves the house, with what its verifier found. */
  carriedOut({ cash, items }: { cash: number; items: number }): void {
    this.safe -= cash
    this.safeInstruments -= items
    this.banked += cash + items
  }

  #cash(held: Held, cents: number): void {
    held.said += cents
    held.lies += cents
    this.came += cents
  }
}
