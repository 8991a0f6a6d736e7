/** What a journal says of itself, read from its lines alone: whose it is, which keys count, and what its receipts come to. */
import type { JournalLine } from '../../shared/ledger/chain.ts'
import type { JournalPosition } from '../../shared/ledger/journal-position.ts'
import { CENTRAL_KEYS, keyLine, readKeyLine, tillKeyName } from '../../shared/ledger/signed-note.ts'

/** How things stand after a row. Amounts are cents. */
export interface Standing {
  hash: string
  till: string
  /** The till's key in force; null before one was named. */
  tillKey: string | null
  receipts: number
  posted: number
  voided: number
}

/** A key of the till, and the row from which on it is in force. */
export interface KeyInForce {
  key: string
  from: JournalPosition
}

const RECEIPTS: ReadonlySet<string> = new Set(['receipt.posted', 'receipt.voided'])
const isAmount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0

/**
 * Follows a journal row by row. It reads only the members that it needs, and so a journal of a later program too, which
 * may have kinds and members that this one does not know.
 */
export class JournalMeaning {
  /** The till's keys, in the order in which they came into force. */
  readonly tillKeys: KeyInForce[] = []
  readonly #keys = new Set<string>()
  #till: string | undefined
  #receipts = 0
  #posted = 0
  #voided = 0

  /** The till's key in force; null before one was named. */
  get tillKey(): string | null {
    return this.tillKeys.at(-1)?.key ?? null
  }

  /** What is wrong with a line that follows the one before it, as a phrase. */
  problemOf({ tillId, kind, version, body }: JournalLine): string | undefined {
    if (this.#till !== undefined && tillId !== this.#till) return 'is of another till'
    if (!Number.isSafeInteger(version) || version < 1) return 'is of no version'
    const members = bodyOf(body)
    if (members === undefined) return 'has no body'
    if (RECEIPTS.has(kind) && !isAmount(members.totalCents)) return 'has no amount'
    if (kind === 'till.set-up' && this.#till !== undefined) return 'sets up a till that was set up before'
    return undefined
  }

  take({ tillId, epoch, seq, kind, body: text }: JournalLine, hash: string): Standing {
    this.#till ??= tillId
    const body = bodyOf(text) ?? {}
    if (kind === 'till.set-up' || kind === 'epoch.begun')
      this.#nameTill(lineOfKey(tillId, body.publicKey), { epoch, seq })
    if (kind === 'till.enrolled') {
      // A till that lost its key enrols with another one: from here on that one has to sign, and both are shown.
      this.#nameTill(typeof body.tillKey === 'string' ? body.tillKey : null, { epoch, seq })
      const central = typeof body.centralKey === 'string' ? body.centralKey : ''
      // Only a key of central's own name: no other may stand beside the till's as if it were one of them.
      if (readKeyLine(central)?.name.startsWith(CENTRAL_KEYS)) this.#keys.add(central)
    }
    if (kind === 'receipt.posted') {
      this.#receipts += 1
      this.#posted += centsOf(body.totalCents)
    }
    if (kind === 'receipt.voided') this.#voided += centsOf(body.totalCents)
    const { tillKey } = this
    return {
      hash,
      till: tillId,
      tillKey,
      receipts: this.#receipts,
      posted: this.#posted,
      voided: this.#voided,
    }
  }

  #nameTill(key: string | null, from: JournalPosition): void {
    if (key === null) return
    if (key !== this.tillKey) this.tillKeys.push({ key, from })
    this.#keys.add(key)
  }

  /** Whether a key may stand beside the journal: it is named there, or is that of a central that the journal says nothing of. */
  mayName(line: string): boolean {
    if (this.#keys.has(line)) return true
    const name = readKeyLine(line)?.name ?? ''
    const isNamed = [...this.#keys].some(known => known.startsWith(CENTRAL_KEYS))
    return name.startsWith(CENTRAL_KEYS) && !isNamed
  }
}

function bodyOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const body: unknown = JSON.parse(text)
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined
}

function lineOfKey(tillId: string, publicKey: unknown): string | null {
  if (typeof publicKey !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(publicKey)) return null
  return keyLine(tillKeyName(tillId), publicKey)
}

const centsOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
