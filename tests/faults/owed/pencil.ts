/** A person with a pencil: bills, what customers handed over and did not get back, and what each till was told of it. */
import type { Figures } from './billing.ts'
import { CODES, type Code } from './city-tills.ts'

export interface Taken {
  code: Code
  receiptId: string
  no: number
  cents: number
  /** Places in the journal of its till. */
  seq: number
  voidSeq: number | null
}

/** To which account a payment was credited instead. */
export type Moved = ReadonlyMap<string, number>

/** What a till was told once: what was billed, what others took, and which of its own payments went to another account. */
export interface Word {
  billed: Figures
  others: Figures
  moved: Moved
}

export class Pencil {
  readonly #taken: Taken[] = []
  readonly #words = new Map<Code, Word[]>(CODES.map(code => [code, []]))
  /** Accounts of which only the next word says anything: a payment of theirs was moved, and then voided. */
  readonly #unsure = new Map<Code, Set<number>>(CODES.map(code => [code, new Set()]))

  take(one: Omit<Taken, 'voidSeq'>): void {
    this.#taken.push({ ...one, voidSeq: null })
  }

  /** A payment that stands: the n-th of them, round and round. */
  nth(at: number): Taken | undefined {
    const standing = this.#taken.filter(one => one.voidSeq === null)
    return standing[at % Math.max(1, standing.length)]
  }

  byId(receiptId: string | undefined): Taken | undefined {
    return this.#taken.find(one => one.receiptId === receiptId && one.voidSeq === null)
  }

  giveBack(one: Taken, voidSeq: number, moved: Moved): void {
    one.voidSeq = voidSeq
    const to = moved.get(one.receiptId)
    if (to !== undefined) for (const no of [to, one.no]) this.#unsure.get(one.code)?.add(no)
  }

  /** What a till took and did not give back, by account. */
  standing(code: Code, moved: Moved = new Map()): Figures {
    return sums(
      this.#taken.filter(one => one.code === code && one.voidSeq === null),
      moved,
    )
  }

  /** The same by the rows of its journal up to a place. */
  standingAt(code: Code, place: number, moved: Moved): Figures {
    const isBack = ({ voidSeq }: Taken) => voidSeq !== null && voidSeq <= place
    const isThere = (one: Taken) => one.code === code && one.seq <= place && !isBack(one)
    return sums(this.#taken.filter(isThere), moved)
  }

  /** A till knows this now, and nothing else. */
  tell(code: Code, word: Word): void {
    this.#words.set(code, [word])
    this.#unsure.get(code)?.clear()
  }

  /** A till is being told this, and may still go by what it was told before. */
  mention(code: Code, word: Word): void {
    this.#words.get(code)?.push(word)
  }

  /** What may be asked at a till: by each word that it may go by. Empty where nothing can be said. */
  owed(code: Code, no: number): number[] {
    if (this.#unsure.get(code)?.has(no)) return []
    return (this.#words.get(code) ?? []).map(({ billed, others, moved }) => {
      const own = this.standing(code, moved).get(no) ?? 0
      return (billed.get(no) ?? 0) - (others.get(no) ?? 0) - own
    })
  }
}

const sums = (list: readonly Taken[], moved: Moved): Figures =>
  sumOf(list.map(one => new Map([[moved.get(one.receiptId) ?? one.no, one.cents]])))

export function sumOf(all: readonly Figures[]): Figures {
  const added = new Map<number, number>()
  for (const figures of all) for (const [no, amount] of figures) added.set(no, (added.get(no) ?? 0) + amount)
  return added
}
