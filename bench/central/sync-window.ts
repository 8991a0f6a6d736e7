/** What a cashier waits for, over the transport that a screen uses, while the till sends its backlog. */
import { setTimeout as pause } from 'node:timers/promises'
import { namedId } from '../../db/accounts/named-id.ts'
import { openAccountsReader } from '../../db/accounts/open.ts'
import { Chance } from '../../electron/backend/setup/sample/chance.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import type { TenderInput } from '../../shared/contract/receipt.ts'
import { newId, newSalt } from '../../shared/id.ts'
import type { Host } from '../../tests/support/host.ts'
import { clientOf } from '../host-client.ts'
import { type BenchRow, figure, limited, percentile } from '../measure.ts'
import { Day, ordinaryAccounts } from '../receipts.ts'
import { CASHIER } from '../sample-till.ts'

const SEED = 23
const MOST_RATIO = 1.2
/** Between one customer's calls and the next one's: far quicker than any line of people. */
const PAUSE_MS = 15

const CALLS = ['account.find', 'account.get', 'receipt.post'] as const
export type Times = Record<(typeof CALLS)[number], number[]>

interface Known {
  accountId: string
  number: string
}

/** A cashier at a running host whose drawer is open. */
export class Cashier {
  readonly #client: TillClient
  readonly #customers: readonly Known[]
  readonly #day = new Day(SEED, [])
  #served = 0

  private constructor(client: TillClient, customers: readonly Known[]) {
    this.#client = client
    this.#customers = customers
  }

  static async signIn(host: Host, dataDir: string): Promise<Cashier> {
    let signInToken: string | undefined
    const client = clientOf(host, () => signInToken)
    const personId = namedId('person', CASHIER.name)
    signInToken = (await client.person.signIn({ personId, pin: CASHIER.pin })).signInToken
    return new Cashier(client, customersOf(dataDir))
  }

  /** Serves one customer after the other, each looked for by number and paying all that is owed. Milliseconds. */
  async serve(most: number, isOver: () => boolean = () => false): Promise<Times> {
    const times: Times = { 'account.find': [], 'account.get': [], 'receipt.post': [] }
    for (let served = 0; served < most && !isOver(); served += 1) {
      await this.#one(times)
      await pause(PAUSE_MS)
    }
    return times
  }

  /** A check's account number is typed before it is posted, and made unreadable by the till. */
  async #identified(tender: TenderInput): Promise<TenderInput> {
    const { routingNumber, accountLast4 } = tender.details
    if (routingNumber === undefined || accountLast4 === undefined) return tender
    const known = await this.#client.receipt.identifyCheck({
      routingNumber,
      accountNumber: `4400${accountLast4}`,
    })
    return { ...tender, details: { ...tender.details, ...known } }
  }

  async #one(times: Times): Promise<void> {
    const customer = this.#customers[this.#served]
    if (!customer) throw new Error('Everybody has paid')
    this.#served += 1
    const { accountId, number } = customer
    await timed(times['account.find'], () => this.#client.account.find({ text: number }))
    const account = await timed(times['account.get'], () => this.#client.account.get({ accountId }))
    const totalCents = account.balanceCents
    const lines = [{ kind: 'account' as const, accountId, cents: totalCents, overrides: [] }]
    const tenders = await Promise.all(this.#day.tenders(totalCents).map(tender => this.#identified(tender)))
    await timed(times['receipt.post'], () =>
      this.#client.receipt.post({ commandId: newId(), salt: newSalt(), lines, tenders, totalCents }),
    )
  }
}

async function timed<T>(times: number[], call: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const answer = await call()
  times.push(performance.now() - began)
  return answer
}

/** Accounts that owe something and take any tender, in an order of chance, each once. */
function customersOf(dataDir: string): Known[] {
  const accounts = openAccountsReader(dataDir)
  const chance = new Chance(SEED)
  const row = accounts.connection.prepare<[number], Known>(
    'SELECT account_id AS accountId, number FROM account WHERE seq = ?',
  )
  const seqs = ordinaryAccounts(accounts).map(seq => ({ seq, at: chance.below(1_000_000_000) }))
  const known = seqs.sort((a, b) => a.at - b.at).flatMap(({ seq }) => row.get(seq) ?? [])
  accounts.close()
  return known
}

/** Each call while the backlog drains beside the same call at rest. */
export function windowRows(idle: Times, busy: Times): BenchRow[] {
  return CALLS.flatMap(call => {
    const at = (share: number) => ({
      value: percentile(busy[call], share),
      limit: percentile(idle[call], share),
      unit: 'ms',
    })
    const name = (share: string) => `${call} while it drains, beside rest, ${share}`
    return [
      limited({ name: name('median'), target: MOST_RATIO, ...at(0.5) }),
      limited({ name: name('p95'), target: null, ...at(0.95) }),
      limited({ name: name('p99'), target: null, ...at(0.99) }),
    ]
  })
}

/** How many calls of each kind a measurement rests on. */
export function callCount(times: Times): BenchRow {
  return figure('calls of each kind while it drains', times['receipt.post'].length, 'calls')
}
