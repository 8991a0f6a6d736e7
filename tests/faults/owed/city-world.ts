/**
 * A city of two tills that read its account files, and then go live with the real central. A pencil beside it only adds up
 * bills and what customers handed over, and knows of other tills what could be known.
 */
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { ADDRESS, settleLine } from '../../support/central/line.ts'
import { HOUR_MS, SECOND_MS, START_MS } from '../../support/clock.ts'
import { approvalBy, cash, receiptInput } from '../../support/desk.ts'
import {
  ACCOUNTS,
  type BilledFile,
  Billing,
  type Figures,
  type FileKind,
  idsOf,
  numberOf,
} from './billing.ts'
import { CarrierDesk } from './carrier-desk.ts'
import { CityCentral } from './city-central.ts'
import { CityTill, CODES, type Code } from './city-tills.ts'
import { type Moved, Pencil, sumOf, type Word } from './pencil.ts'

/** How a city is, and what is done wrong in it on purpose. */
export interface CityKind {
  /** From when on payment files tell the billing system what was paid; before, somebody keys in what central has posted. */
  carrier: 'never' | 'from the first day' | 'later'
  /** From when on the billing system's accounts have ids of its own, which no till knew before. */
  ownIds: 'never' | 'from the first day' | 'later'
  /** By how much the time that is stated of a file at central is later than the one at which it was made. */
  lateMs?: number
  /** Nobody tells central what the billing system knew when a till went live. */
  forgetsKnown?: boolean
  /** An account file is taken before the billing system's answers are. */
  answersLate?: boolean
}

interface MadeFile extends BilledFile {
  /** What each till had taken by then and not given back. */
  paid: ReadonlyMap<Code, Figures>
  /** How far each till’s journal was. */
  places: ReadonlyMap<Code, number>
  /** Whether it names accounts by ids of the billing system's own. */
  hasOwnIds: boolean
}

interface Backup {
  db: Buffer
  billed: Figures
  moved: Moved
}

const NO_ONE: Figures = new Map()

export class CityWorld {
  readonly #kind: CityKind
  readonly #billing = new Billing()
  readonly #central: CityCentral
  readonly #tills = new Map<Code, CityTill>()
  readonly #pencil = new Pencil()
  #files: MadeFile[] = []
  #isLive = false
  #isCarried = false
  #hasOwnIds = false
  #hasTakenThem = false
  /** Tills that have not sent again what a central that came back lacks: until then nobody can say what a file contains. */
  #unsent = new Set<Code>()
  #nowMs = START_MS
  /** What was paid by the day on which the city went live, as it was told by hand. */
  #byHand: Figures = new Map()
  #centralBilled: Figures = new Map()
  #moved = new Map<string, number>()
  #backup: Backup | undefined
  /** How far each till’s journal was in what the billing system knew when the city went live. */
  #known: ReadonlyMap<Code, number> = new Map()
  readonly #carrier = new CarrierDesk(this.#billing)

  private constructor(kind: CityKind, central: CityCentral) {
    this.#kind = kind
    this.#central = central
  }

  static async open(kind: CityKind): Promise<CityWorld> {
    let world: CityWorld | undefined
    const central = await CityCentral.open(() => world?.nowMs ?? START_MS)
    world = new CityWorld(kind, central)
    for (const code of CODES) {
      const reach = kind.forgetsKnown ? withoutKnown(central) : central.reach
      world.#tills.set(code, await CityTill.open(code, { reach, nowMs: START_MS }))
    }
    world.make('items')
    for (const code of CODES) await world.read(code, 0)
    return world
  }

  get nowMs(): number {
    return this.#nowMs
  }

  async close(): Promise<void> {
    for (const till of this.#tills.values()) await till.close()
    await this.#central.close()
  }

  async pay(code: Code, no: number, amount: number): Promise<void> {
    const till = this.#till(code)
    const accountId = await this.#idAt(till, no)
    const line = { kind: 'account' as const, accountId, cents: cents(amount), overrides: [] }
    try {
      const input = receiptInput([line], [cash(cents(amount))])
      const { receiptId } = await till.cashier.receipt.post(input)
      const { seq } = till.backend.ledger.head
      this.#pencil.take({ code, receiptId, no, cents: amount, seq })
    } catch (error) {
      if (!isRefused(error, 'ACCOUNT_CLOSED')) throw error
    }
    this.#pass(SECOND_MS)
  }

  async void(at: number): Promise<void> {
    const one = this.#pencil.nth(at)
    if (!one) return
    const till = this.#till(one.code)
    const { receiptId } = one
    const approval = approvalBy('supervisor')
    await till.cashier.receipt.void({ commandId: newId(), receiptId, reason: 'Wrong account', approval })
    this.#pencil.giveBack(one, till.backend.ledger.head.seq, this.#moved)
    this.#pass(SECOND_MS)
  }

  bill(no: number, more: number): void {
    this.#billing.bill(no, more)
  }

  /** The accounts’ items are others, of which nobody has paid anything. */
  billAnew(): void {
    this.#billing.bill(1, 0)
  }

  setClosed(no: number, isClosed: boolean): void {
    this.#billing.setClosed(no, isClosed)
  }

  /** The billing system writes a file. */
  make(kind: FileKind): void {
    if (this.#unsent.size > 0) return
    this.#pass(SECOND_MS)
    this.#hear()
    const made = this.#billing.make(this.#hasOwnIds ? 'records' : kind, this.#nowMs)
    const paid = new Map(CODES.map(code => [code, this.#pencil.standing(code)] as const))
    const places = new Map(CODES.map(code => [code, this.#till(code).backend.ledger.head.seq] as const))
    this.#files.push({ ...made, paid, places, hasOwnIds: this.#hasOwnIds })
    this.#pass(SECOND_MS)
  }

  /** A till that works alone reads one of the files: the last one, or one before. */
  async read(code: Code, back: number): Promise<void> {
    const file = this.#files.at(-1 - (back % this.#files.length))
    if (!file || this.#isLive) return
    const till = this.#till(code)
    const content = new File([file.text], file.name, { type: 'text/csv' })
    const { account } = till.supervisor
    const { uploadId } = await account.previewImport({
      fileName: file.name,
      content,
      madeAtMs: file.madeAtMs,
    })
    const running = await account.runImport({
      ...{ uploadId, mapping: {}, mode: 'all-or-nothing', missingAccounts: 'keep' },
      paymentsThroughMs: file.madeAtMs,
    })
    let next = await running.next()
    while (!next.done) next = await running.next()
    if (next.value.badRowCount > 0) throw new Error(`Bad rows: ${JSON.stringify(next.value.badRows)}`)
    const others = file.paid.get(otherOf(code)) ?? NO_ONE
    this.#pencil.tell(code, { billed: file.billed, others, moved: new Map() })
    this.#pass(SECOND_MS)
  }

  /** Both tills read the newest file, central takes the same figures, and each till is enrolled; between it all somebody pays. */
  async goLive(pays: readonly [Code, number, number][]): Promise<void> {
    if (this.#isLive) return
    const paysNext = [...pays]
    const pay = async () => {
      const next = paysNext.shift()
      if (next) await this.pay(...next)
    }
    this.make('items')
    await pay()
    for (const code of CODES) await this.read(code, 0)
    const last = this.#files.at(-1)
    if (!last) throw new Error('There is a file to go live with')
    this.#byHand = sumOf([...last.paid.values()])
    this.#known = last.places
    // A billing system with ids of its own writes them for central alone, and the same figures.
    this.#hasOwnIds = this.#kind.ownIds === 'from the first day'
    const own = this.#hasOwnIds ? this.#billing.make('records', last.madeAtMs) : {}
    this.#files = [{ ...last, ...own, hasOwnIds: this.#hasOwnIds }]
    this.#isLive = true
    if (this.#kind.carrier === 'from the first day') await this.switchCarrierOn()
    await this.take(0)
    for (const code of CODES) {
      await pay()
      const client = await this.#till(code).administrator()
      const asked = { address: ADDRESS, code: await this.#central.enrolmentCode() }
      await client.sync.enrol({ ...asked, approval: approvalBy('supervisor') })
      this.#pass(SECOND_MS)
      await this.turn(code)
    }
  }

  /** Central takes one of the files. */
  async take(back: number): Promise<void> {
    const file = this.#files.at(-1 - (back % this.#files.length))
    if (!file || !this.#isLive) return
    if (!this.#kind.answersLate) await this.#answer()
    const throughMs = Math.min(file.madeAtMs + (this.#kind.lateMs ?? 0), this.#nowMs)
    // A central of before would know no account that tills pay by then.
    if (file.hasOwnIds && !this.#hasTakenThem) this.#backup = undefined
    this.#hasTakenThem ||= file.hasOwnIds
    if (await this.#central.take(file, throughMs)) this.#centralBilled = file.billed
    this.#pass(SECOND_MS)
  }

  /** From now on the billing system hears by files; until now it was told by hand. */
  async switchCarrierOn(): Promise<void> {
    if (!this.#isLive || this.#isCarried || this.#kind.carrier === 'never') return
    this.#hear()
    await this.#central.command('carrier', 'on', 'America/Chicago')
    this.#isCarried = true
    // A central of before would carry what was told by hand.
    this.#backup = undefined
    this.#pass(SECOND_MS)
  }

  /** The billing system gives its accounts ids of its own: the numbers stay. */
  giveOwnIds(): void {
    if (!this.#isLive || this.#kind.ownIds === 'never') return
    this.#hasOwnIds = true
  }

  setOffline(code: Code, isOffline: boolean): void {
    this.#till(code).isOffline = isOffline
  }

  /** One piece of work of a till’s line. */
  async turn(code: Code): Promise<void> {
    if (!this.#isLive) return
    await this.#wake(code)
    await this.#till(code).backend.sync.turn()
    this.#pencil.mention(code, await this.#wordNow(code))
    this.#pass(SECOND_MS)
  }

  /** Sends and reads until nothing is left, where the line is not cut. */
  async settle(code: Code): Promise<void> {
    const till = this.#till(code)
    if (!this.#isLive || till.isOffline) return
    for (let times = 0; times < 2; times += 1) {
      await this.#wake(code)
      await settleLine(till.backend.sync, till.scheduler)
    }
    this.#pencil.tell(code, await this.#wordNow(code))
    this.#unsent.delete(code)
    this.#pass(SECOND_MS)
  }

  async restart(code: Code): Promise<void> {
    await this.#till(code).restart()
    this.#pencil.mention(code, await this.#wordNow(code))
  }

  /** Its clock is set; the city’s own goes on. */
  setClock(code: Code, hours: number): void {
    this.#till(code).pass(hours * HOUR_MS)
  }

  rejectNext(): void {
    this.#carrier.rejectNext()
  }

  /** Payment files are written and picked up; the billing system answers. */
  async carry(): Promise<void> {
    if (!this.#isCarried) return
    this.#carrier.pickUp(await this.#central.carry(this.#carrier.lastFile))
    this.#pass(SECOND_MS)
    if (!this.#kind.answersLate) await this.#answer()
  }

  /** Somebody tries one waiting line again, or credits it to an account. */
  async resolve(at: number, to: number | undefined): Promise<void> {
    if (!this.#isLive) return
    const waiting = await this.#central.waiting()
    const words = waiting[at % Math.max(1, waiting.length)]
    const one = this.#pencil.byId(words?.[1])
    if (!words || !one) return
    const account = to === undefined ? [] : [numberOf(to)]
    const { ok } = await this.#central.command('resolve', ...words, ...account)
    if (ok && to !== undefined) this.#moved.set(one.receiptId, to)
    this.#pass(SECOND_MS)
  }

  backUp(): void {
    if (!this.#isLive) return
    this.#backup = {
      db: this.#central.backup(),
      billed: this.#centralBilled,
      moved: new Map(this.#moved),
    }
  }

  /** Central comes back from its backup; files of before are read no more, since nobody knows what they contain. */
  async restore(): Promise<void> {
    if (!this.#backup) return
    const { db, billed, moved } = this.#backup
    await this.#central.restore(db)
    this.#centralBilled = billed
    this.#moved = new Map(moved)
    this.#files = []
    this.#unsent = new Set(CODES)
    if (!this.#isCarried) return
    await this.#central.delivered(this.#carrier.lastFile)
    for (const code of CODES) await this.settle(code)
    this.#carrier.answerAgain()
    await this.#answer()
  }

  /** What the Window asks. */
  async shown(code: Code, no: number): Promise<number> {
    const till = this.#till(code)
    const accountId = await this.#idAt(till, no)
    return (await till.cashier.account.get({ accountId })).balanceCents
  }

  /** What a pencil may say at a till; empty where nothing can be said. */
  owed(code: Code, no: number): number[] {
    return this.#pencil.owed(code, no)
  }

  async #wordNow(code: Code): Promise<Word> {
    const other = otherOf(code)
    const { tillId } = this.#till(other).backend.ledger.head
    const place = Math.max(await this.#central.held(tillId), this.#known.get(other) ?? 0)
    const others = this.#pencil.standingAt(other, place, this.#moved)
    return { billed: this.#centralBilled, others, moved: new Map(this.#moved) }
  }

  /** What somebody tells the billing system by hand. */
  #hear(): void {
    if (this.#isCarried) return
    const posted = () => new Map(ACCOUNTS.map(no => [no, this.#central.posted(idsOf(no))]))
    const paid = this.#isLive ? [this.#byHand, posted()] : CODES.map(code => this.#pencil.standing(code))
    this.#billing.hearAll(sumOf(paid))
  }

  async #answer(): Promise<void> {
    await this.#central.answer(this.#carrier.takeAnswers())
  }

  async #wake(code: Code): Promise<void> {
    await this.#till(code).cashier.sync.tryNow()
  }

  /** Under which id the till has the account now. */
  async #idAt(till: CityTill, no: number): Promise<string> {
    const [byNumber = '', own = ''] = idsOf(no)
    return till.backend.accounts.keptAccount(own) ? own : byNumber
  }

  #till(code: Code): CityTill {
    const till = this.#tills.get(code)
    if (!till) throw new Error(`No till ${code}`)
    return till
  }

  #pass(ms: number): void {
    this.#nowMs += ms
    for (const till of this.#tills.values()) till.pass(ms)
  }

  wait(): void {
    this.#pass(HOUR_MS)
  }
}

const otherOf = (code: Code): Code => (code === 'T1' ? 'T2' : 'T1')
const isRefused = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** As of a program that does not know what is to be told. */
function withoutKnown({ reach }: CityCentral): Fetch {
  return (url, init) => {
    if (!url.endsWith('/v1/enrol')) return reach(url, init)
    const { knownThrough: _, ...asked } = JSON.parse(Buffer.from(init.body ?? []).toString('utf8'))
    return reach(url, { ...init, body: Buffer.from(JSON.stringify(asked)) })
  }
}
