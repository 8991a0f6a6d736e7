/** A till, another till and the real central, and a pencil that only adds up what customers handed over. */
import { putAccounts } from '../../../central/accounts/changes.ts'
import { takeRange } from '../../../central/posting/receive.ts'
import { resolveSuspense } from '../../../central/posting/resolve.ts'
import { namedId } from '../../../db/accounts/named-id.ts'
import type { ReceiptLine } from '../../../shared/ledger/receipt.ts'
import { sum } from '../../../shared/money.ts'
import { AccountsLine } from '../../backend/sync/accounts-line.ts'
import {
  account,
  accountId,
  accountLine,
  billAccounts,
  Counter,
  CREDIT_GL,
  OTHER_TILL,
  TILL,
  water,
} from '../../support/central/central-shop.ts'
import { addTill, Pen } from '../../support/central/till-journal.ts'
import { START_MS } from '../../support/clock.ts'

export const ACCOUNTS = [1, 2, 3] as const
const BILLED = 6_500

const accountOf = (line: ReceiptLine | undefined): string => (line?.kind === 'account' ? line.accountId : '')

export class World {
  readonly line: AccountsLine
  readonly #other = new Counter(new Pen(OTHER_TILL))
  readonly #paidElsewhere = new Map<number, number>()
  /** Where somebody at central has credited a receipt instead. */
  readonly #creditedTo = new Map<string, number>()
  /** Accounts of which central knows something that this till was not told: only the whole truth is compared. */
  readonly #untold = new Set<number>()
  readonly #statuses = new Map<number, 'open' | 'closed'>()
  /** How often each account was billed by other items. */
  readonly #bills = new Map<number, number>()
  #changes = 0

  private constructor(line: AccountsLine) {
    this.line = line
  }

  static async begin(): Promise<World> {
    const world = new World(await AccountsLine.begin())
    const accounts = ACCOUNTS.map(no => account(no))
    await billAccounts(world.line.db, accounts)
    await addTill(world.line.db, OTHER_TILL, 2)
    world.#other.open()
    return world
  }

  pay(no: number, amount: number): void {
    this.line.counter.receipt([water(no, amount)])
  }

  prepay(no: number, amount: number): void {
    this.line.counter.receipt([accountLine(no, [[null, amount, CREDIT_GL]])])
  }

  void(at: number): void {
    const ids = [...this.line.counter.known.receipts.keys()]
    const receiptId = ids[at % Math.max(1, ids.length)] ?? ''
    const credited = this.#creditedTo.get(receiptId)
    // The till does not know where it went until central tells.
    if (credited !== undefined) this.#tellLater(credited, this.#accountOf(receiptId))
    this.line.counter.void(receiptId)
  }

  async payElsewhere(no: number, amount: number): Promise<void> {
    this.#other.receipt([water(no, amount)])
    await takeRange(this.line.db, this.#other.pen.take(), { nowMs: START_MS })
    this.#paidElsewhere.set(no, (this.#paidElsewhere.get(no) ?? 0) + amount)
    this.#tellLater(no)
  }

  /** Somebody at central credits what waits of this till to an account, where it may be credited. */
  async credit(at: number, no: number): Promise<void> {
    const waiting = await this.line.db.kysely
      .selectFrom('posting')
      .select(['receipt_id', 'line_no'])
      .where('till_id', '=', TILL)
      .where('state', '=', 'suspense')
      .orderBy('receipt_id')
      .execute()
    const one = waiting[at % Math.max(1, waiting.length)]
    if (!one) return
    const to = { tillId: TILL, receiptId: one.receipt_id, lineNo: one.line_no, accountNumber: `10-${no}` }
    const { ok } = await resolveSuspense(this.line.db, { ...to, timeZone: 'UTC' }, { nowMs: START_MS })
    if (!ok) return
    this.#creditedTo.set(one.receipt_id, no)
    this.#tellLater(no, this.#accountOf(one.receipt_id))
  }

  async change(no: number, status: 'open' | 'closed'): Promise<void> {
    this.#statuses.set(no, status)
    await this.#bill(no)
  }

  /** The billing system says the same of what is owed, by items of its own that nobody has paid. */
  async billAnew(no: number): Promise<void> {
    this.#bills.set(no, (this.#bills.get(no) ?? 0) + 1)
    await this.#bill(no)
  }

  /** Its figures know of no payment: central puts all of them on top. */
  async #bill(no: number): Promise<void> {
    const bills = this.#bills.get(no) ?? 0
    const { account: own, items } = account(no, this.#statuses.get(no))
    const billed = items.map(item =>
      bills === 0 ? item : { ...item, itemId: namedId('item', `${item.itemId} ${bills}`) },
    )
    this.#changes += 1
    const batch = { importId: `change-${this.#changes}`, no: 1, throughMs: 0 }
    await putAccounts(this.line.db, [{ account: own, items: billed }], batch)
  }

  async settle(): Promise<void> {
    await this.line.pushAll()
    // Once more, since a reading that was cut off ends with its find index before anything new is asked.
    await this.line.pullAll()
    await this.line.pullAll()
    this.#untold.clear()
  }

  /** What central itself has posted of an account, which is what tills were told once. */
  async posted(no: number): Promise<number> {
    const { kysely } = this.line.db
    const id = accountId(no)
    const items = await kysely
      .selectFrom('account_item')
      .select('open_cents')
      .where('account_id', '=', id)
      .execute()
    const { credit_cents: credit } = await kysely
      .selectFrom('account')
      .select('credit_cents')
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow()
    return sum(items.map(item => item.open_cents)) - credit
  }

  isTold(no: number): boolean {
    return !this.#untold.has(no)
  }

  /** What a person with a pencil says is owed. */
  owed(no: number): number {
    const standing = [...this.line.counter.known.receipts].filter(([, receipt]) => !receipt.isVoided)
    const own = standing
      .filter(([id]) => this.#creditedTo.get(id) === no || this.#isOwn(id, no))
      .flatMap(([, receipt]) => receipt.lines.map(line => line.cents))
    return BILLED - sum(own) - (this.#paidElsewhere.get(no) ?? 0)
  }

  #isOwn(receiptId: string, no: number): boolean {
    return !this.#creditedTo.has(receiptId) && this.#accountOf(receiptId) === no
  }

  #accountOf(receiptId: string): number {
    const id = accountOf(this.line.counter.known.receipts.get(receiptId)?.lines[0])
    return ACCOUNTS.find(no => accountId(no) === id) ?? 0
  }

  #tellLater(...accounts: number[]): void {
    for (const no of accounts) this.#untold.add(no)
  }
}
