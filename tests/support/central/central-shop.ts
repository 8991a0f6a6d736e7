/** A till written by hand, with a drawer open and a few accounts at central: for tests of what central does with receipts. */

import { putAccounts } from '../../../central/accounts/changes.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import type { AccountWithItems } from '../../../shared/account.ts'
import type { BodyOf } from '../../../shared/ledger/facts.ts'
import { partLines, type ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { add, cents, sum, ZERO } from '../../../shared/money.ts'
import type { Tender } from '../../../shared/tenders.ts'
import type { BusinessDate } from '../../../shared/time.ts'
import { addTill, Pen, PUBLIC_KEY } from './till-journal.ts'

/** A UUID that says what it is: `id('7e57', 4)`. */
export const id = (kind: string, no: number): string =>
  `019aa000-0000-7000-8000-${kind.padStart(4, '0')}${no.toString(16).padStart(8, '0')}`

export const TILL = id('aaaa', 1)
export const OTHER_TILL = id('aaaa', 2)
export const SESSION = id('5e55', 1)
export const CASHIER = id('ca54', 1)
const DUE = '2026-12-01' as BusinessDate
export const WATER_GL = '400-1000'
export const SEWER_GL = '400-2000'
export const CREDIT_GL = '200-2100'
export const CASH_GL = '100-1010'

export const accountId = (no: number): string => id('acc0', no)
export const itemId = (no: number, item: number): string => id('17e0', no * 10 + item)

/** Account `no` with 40.00 of water and 25.00 of sewer open. */
export function account(no: number, status: 'open' | 'closed' = 'open'): AccountWithItems {
  const item = (itemNo: number, service: string, openCents: number, glAccount: string) => ({
    itemId: itemId(no, itemNo),
    accountId: accountId(no),
    service,
    serviceOrder: itemNo,
    isPenalty: false,
    dueDate: DUE,
    openCents: cents(openCents),
    glAccount,
  })
  return {
    account: {
      accountId: accountId(no),
      number: `10-${no}`,
      name: `Customer ${no}`,
      address: `${no} Elm`,
      phones: [],
      status,
      cashOnly: false,
      creditCents: cents(0),
      note: '',
      asOfMs: 0,
    },
    items: [item(1, 'water', 4_000, WATER_GL), item(2, 'sewer', 2_500, SEWER_GL)],
  }
}

/** Allocations by item; null is a credit. */
export type Pays = [item: string | null, amount: number, gl: string][]

export function accountLine(no: number, pays: Pays): ReceiptLine {
  const allocations = pays.map(([paid, amount, glAccount]) => ({
    itemId: paid,
    service: 'water',
    dueDate: DUE,
    cents: cents(amount),
    glAccount,
  }))
  return {
    kind: 'account',
    accountId: accountId(no),
    accountNumber: `10-${no}`,
    name: `Customer ${no}`,
    address: `${no} Elm`,
    cents: sum(allocations.map(part => part.cents)),
    balanceBeforeCents: cents(6_500),
    asOfMs: 0,
    allocations,
  }
}

/** Pays so much for the water of an account. */
export const water = (no: number, amount: number): ReceiptLine =>
  accountLine(no, [[itemId(no, 1), amount, WATER_GL]])

export function tender(kind: Tender, amount: number): BodyOf<'receipt.posted'>['tenders'][number] {
  return {
    tender: kind,
    cents: cents(amount),
    reference: kind === 'check' ? '1041' : '',
    details: {},
  }
}

export const SET_UP = {
  code: 'W1',
  sample: false,
  format: 'tillproof/journal/v1' as const,
  publicKey: PUBLIC_KEY,
}

/** Writes facts of one drawer; numbers run by themselves. */
export class Counter {
  readonly pen: Pen
  readonly #code: string
  #receipts: number
  readonly #till = { receipts: 0, postedCents: ZERO, voidedCents: ZERO }

  constructor(pen: Pen, receipts = 0, code: string = SET_UP.code) {
    this.pen = pen
    this.#code = code
    this.#receipts = receipts
  }

  /** Tender types and an open drawer with 100.00 in it. */
  open(): void {
    this.pen.write('till.set-up', { ...SET_UP, code: this.#code })
    for (const [kind, glAccount] of [
      ['cash', CASH_GL],
      ['check', '100-1020'],
    ] as const)
      this.pen.write('tender.saved', {
        tender: kind,
        kind,
        name: kind,
        nameEs: '',
        active: true,
        opensDrawer: true,
        changeAllowed: kind === 'cash',
        referenceRequired: kind === 'check',
        counted: kind === 'cash' ? 'pieces' : 'items',
        banked: true,
        glAccount,
        sort: 1,
      })
    this.openSession()
  }

  openSession(
    sessionId = SESSION,
    sessionNo = 1,
    difference: BodyOf<'session.opened'>['difference'] = null,
  ): void {
    this.pen.write('session.opened', {
      sessionId,
      sessionNo,
      number: `W1-S${sessionNo}`,
      drawerId: id('d4a0', 1),
      cashierId: CASHIER,
      countId: id('c000', sessionNo),
      changeFundWantedCents: cents(10_000),
      openingCents: cents(10_000),
      changeFundCents: cents(10_000),
      pieces: [{ valueCents: cents(2_000), kind: 'note', pieces: 5, bundles: 0, cents: cents(10_000) }],
      handedFrom: null,
      difference,
      tenders: ['cash', 'check'],
    })
  }

  /** A receipt paid with one tender; more than the lines come to is given back as change. */
  receipt(
    lines: ReceiptLine[],
    paid?: {
      tender?: Tender
      cents?: number
      receiptId?: string
      sessionId?: string
      rounding?: { cents: number; glAccount: string }
    },
  ): string {
    this.#receipts += 1
    const totalCents = sum(lines.map(line => line.cents))
    const handed = cents(paid?.cents ?? totalCents)
    const receiptId = paid?.receiptId ?? id('4ece', this.pen.epoch * 1_000_000 + this.#receipts)
    const rounding = paid?.rounding ? { ...paid.rounding, cents: cents(paid.rounding.cents) } : null
    const stated = partLines(lines)
    this.#till.receipts += 1
    this.#till.postedCents = add(this.#till.postedCents, totalCents)
    const body = {
      receiptId,
      receiptNo: this.#receipts,
      number: `${this.#code}-${this.#receipts}`,
      sessionId: paid?.sessionId ?? SESSION,
      totalCents,
      tenderedCents: handed,
      rounding,
      changeCents: cents(handed - totalCents - (rounding?.cents ?? 0)),
      lines: stated.lines,
      tenders: [tender(paid?.tender ?? 'cash', handed)],
      pieces: [],
    }
    this.pen.write('receipt.posted', body, stated.texts)
    return receiptId
  }

  void(receiptId: string, amount: number, changeCents = 0): void {
    this.#till.voidedCents = add(this.#till.voidedCents, cents(amount))
    this.pen.write('receipt.voided', {
      receiptId,
      number: 'W1',
      sessionId: SESSION,
      reason: 'Keyed twice',
      approvedBy: id('ca54', 2),
      totalCents: cents(amount),
      changeCents: cents(changeCents),
      tenders: [tender('cash', amount + changeCents)],
    })
  }

  /** Closes the drawer with the figures that the till believes. */
  /** A till that no longer knows of so much that it took. */
  forget(amount: number): void {
    this.#till.postedCents = cents(this.#till.postedCents - amount)
  }

  close(expected: number, counted = expected): void {
    const cash = { expectedCents: cents(expected), countedCents: cents(counted) }
    const countId = id('c000', 99)
    const balances = [
      { tender: 'cash' as const, ...cash, overShortCents: cents(counted - expected) },
      { tender: 'check' as const, expectedCents: cents(0), countedCents: cents(0), overShortCents: cents(0) },
    ]
    const pieces = [
      { valueCents: cents(1), kind: 'coin' as const, pieces: counted, bundles: 0, cents: cents(counted) },
    ]
    const handToId = null
    this.pen.write('session.counted', {
      ...{ sessionId: SESSION, countId, round: 1, secondCounterId: null, handToId },
      ...{ pieces, items: [], totals: [], balances },
    })
    this.pen.write('session.closed', {
      ...{ sessionId: SESSION, drawerId: id('d4a0', 1), countId, zNo: 1, zNumber: 'W1-Z1' },
      ...{
        openingCents: cents(10_000),
        till: { ...this.#till },
        balances,
        reason: '',
        approvedBy: null,
        overShortGlAccount: '500-9000',
      },
      ...{ leftCents: cents(10_000), leftPieces: [], leavingPieces: [], handToId, banks: [] },
    })
  }
}

/** An enrolled till with its drawer open, before anything is pushed. */
export async function openCounter(db: CentralDb, tillId = TILL, tillNo = 1): Promise<Counter> {
  await addTill(db, tillId, tillNo)
  const counter = new Counter(new Pen(tillId), 0, `W${tillNo}`)
  counter.open()
  return counter
}

/** The billing system bills: its figures contain all that it has heard of, and nothing that no file has told it and it has not accepted. */
export async function billAccounts(db: CentralDb, list: AccountWithItems[], no = 1): Promise<void> {
  await putAccounts(db, list, { importId: 'test', no, throughMs: Number.MAX_SAFE_INTEGER })
}
