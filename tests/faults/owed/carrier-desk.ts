/** The billing system’s desk for payment files: it books what it picks up, once, and answers every line. */
import { ACCOUNTS, type Billing, numberOf } from './billing.ts'
import type { CarriedLine, Verdict } from './city-central.ts'

interface Answer {
  line: CarriedLine
  verdict: Verdict
}

export class CarrierDesk {
  readonly #billing: Billing
  readonly #answers: Answer[] = []
  /** Payments that it has rejected, and not taken since. */
  readonly #rejected = new Set<string>()
  #open: Answer[] = []
  #rejects = false
  #lastFile = 0

  constructor(billing: Billing) {
    this.#billing = billing
  }

  /** The number of the last file that it has. */
  get lastFile(): number {
    return this.#lastFile
  }

  /** The next payment that comes is rejected. */
  rejectNext(): void {
    this.#rejects = true
  }

  pickUp(lines: readonly CarriedLine[]): void {
    for (const [line, ...more] of Map.groupBy(lines, lineOf).values()) {
      if (!line) continue
      this.#lastFile = Math.max(this.#lastFile, line.fileNo)
      const answer = { line, verdict: this.#book([line, ...more]) }
      this.#answers.push(answer)
      this.#open.push(answer)
    }
  }

  /** Answers that nobody has brought to central yet. */
  takeAnswers(): Answer[] {
    const answers = this.#open
    this.#open = []
    return answers
  }

  /** Every answer once more, for a central that came back from a backup. */
  answerAgain(): void {
    this.#open = [...this.#answers]
  }

  /** A line is taken as a whole; what it has rejected is not taken back. */
  #book(parts: readonly CarriedLine[]): Verdict {
    const isPayment = parts.every(part => part.cents > 0)
    const isRejected = isPayment ? this.#rejects : parts.every(part => this.#rejected.has(placeOf(part)))
    if (isPayment) this.#rejects = false
    for (const part of parts)
      if (isRejected && isPayment) this.#rejected.add(placeOf(part))
      else if (isPayment) this.#rejected.delete(placeOf(part))
    if (isRejected) return 'rejected'
    for (const part of parts) {
      const no = ACCOUNTS.find(one => numberOf(one) === part.accountNumber)
      if (no === undefined) throw new Error(`Billing has no account ${part.accountNumber}`)
      this.#billing.hear(no, part.cents)
    }
    return 'accepted'
  }
}

const lineOf = ({ fileNo, receipt, lineNo }: CarriedLine): string => `${fileNo} ${receipt}/${lineNo}`
const placeOf = ({ receipt, lineNo, accountNumber }: CarriedLine): string =>
  `${receipt}/${lineNo} ${accountNumber}`
