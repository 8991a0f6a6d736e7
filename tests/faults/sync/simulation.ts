/**
 * A few days between tills and central, made up from a seed: the real line of the till and the real receiver, with a
 * network, clocks, machines and backups between them that do everything they should not. In the end the network is
 * whole again, and both ends must hold the same.
 */
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import { water } from '../../support/central/central-shop.ts'
import { chanceOf } from '../../support/run/seed.ts'
import { ACCOUNTS, BILLED_EACH, type CentralOptions, MemoryCentral, type SimCentral } from './central.ts'
import { differences } from './checks.ts'
import { SimNetwork } from './network.ts'
import { SimTill } from './till.ts'
import { VirtualTime } from './time.ts'

/** What is broken on purpose, to see that the simulation would find it. */
export type Control = 'expiring-ids' | 'trusting-acknowledgements'

export interface SimulationResult {
  differences: string[]
  facts: number
  happened: Map<string, number>
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const MISHAPS = 14
const YEAR_MS = 365 * 24 * HOUR_MS
const EXPIRES_MS = 6 * HOUR_MS
/** Within this time of a whole network everything has to be as it should. */
const HEALING_MINUTES = 30

class Simulation {
  readonly below: (most: number) => number
  readonly time: VirtualTime
  readonly network: SimNetwork
  readonly central: SimCentral
  readonly tills: SimTill[] = []
  readonly #control: Control | undefined
  readonly happened = new Map<string, number>()

  constructor(seed: number, time: VirtualTime, central: SimCentral, control: Control | undefined) {
    this.below = chanceOf(seed)
    this.time = time
    this.#control = control
    this.central = central
    this.network = new SimNetwork(time, this.below, request => central.deliver(request))
  }

  figures(): { facts: number; happened: Map<string, number> } {
    const facts = this.tills.reduce((count, till) => count + till.history.size, 0)
    return { facts, happened: new Map([...this.happened, ...this.network.happened]) }
  }

  async begin(): Promise<void> {
    const { time, network, central, below } = this
    const asOfPosition = this.#control === 'trusting-acknowledgements' ? trusting : undefined
    for (let no = 1; no <= 1 + below(2); no += 1) {
      const till = new SimTill({ no, time, network, central, below, asOfPosition: asOfPosition?.() })
      this.tills.push(till)
      await till.enrol()
    }
    await central.copy()
  }

  async live(): Promise<void> {
    for (let steps = 25 + this.below(40); steps > 0; steps -= 1) {
      const till = this.tills[this.below(this.tills.length)]
      if (till) await this.#step(till)
      await this.#wait()
    }
  }

  /** Mostly moments; hours are slept through, since nothing but news would be asked for in them. */
  async #wait(): Promise<void> {
    const { below } = this
    const most = [200, 2_000, 10_000, MINUTE_MS, 3 * HOUR_MS][below(5)] ?? 0
    const ms = below(most)
    if (ms > MINUTE_MS) await this.time.leap(ms)
    await this.time.pass(Math.min(ms, MINUTE_MS))
  }

  #note(what: string): void {
    this.happened.set(what, (this.happened.get(what) ?? 0) + 1)
  }

  async #step(till: SimTill): Promise<void> {
    const { below } = this
    const roll = below(100)
    if (roll < 48) return this.#work(till)
    const [what, act] = this.#mishaps(till)[below(MISHAPS)] ?? []
    if (what === undefined || !act) return
    this.#note(what)
    await act()
  }

  #work(till: SimTill): void {
    const { below } = this
    const { counter } = till
    this.#keyAgain(till)
    if (below(12) === 0) counter.close()
    for (let count = 1 + below(6); count > 0; count -= 1)
      counter.receipt([water(1 + below(ACCOUNTS + 1), 1 + below(600))])
    const ids = [...counter.known.receipts.keys()]
    if (below(2) === 0) counter.void(ids[below(ids.length)] ?? '')
  }

  /** After a restore: what was voided is voided again, and most of the receipts that are gone are keyed once more. */
  #keyAgain({ counter }: SimTill): void {
    const { lost, lostVoids } = counter.known
    for (const receiptId of lostVoids) counter.void(receiptId)
    lostVoids.clear()
    for (const [receiptId, { lines }] of lost) {
      if (this.below(3) === 0) continue
      this.#note('keyed again')
      counter.receipt(lines, receiptId)
    }
    lost.clear()
  }

  #mishaps(till: SimTill): [string, () => unknown][] {
    const { below, central } = this
    return [
      ['bad network', () => this.#setNetwork(true, false)],
      ['bad network', () => this.#setNetwork(true, false)],
      ['good network', () => this.#setNetwork(false, false)],
      ['no network', () => this.#setNetwork(false, true)],
      ['till killed', () => till.kill()],
      ['till restarted', () => till.restart()],
      ['till backed up', () => till.backUp()],
      ['till restored', () => till.restore(below)],
      ['central copied', () => central.copy()],
      ['central restored', () => this.#restoreCentral()],
      ['both restored', () => this.#restoreBoth(till)],
      ['clocks jumped', () => this.#jump(till)],
      ['revoked', () => central.revoke(till.tillId)],
      ['enrolled again', () => this.#enrolAgain(till)],
    ]
  }

  #setNetwork(isBad: boolean, isDown: boolean): void {
    Object.assign(this.network, { isBad, isDown })
  }

  async #restoreCentral(): Promise<void> {
    if (!(await this.central.restore(this.below))) return
    for (const till of this.tills) await till.centralWasRestored()
  }

  /** Somebody puts a whole site back, and the till has begun to send when central's turn comes. */
  async #restoreBoth(till: SimTill): Promise<void> {
    await till.restore(this.below)
    this.#keyAgain(till)
    await this.time.pass(this.below(2_000))
    await this.#restoreCentral()
  }

  #jump(till: SimTill): void {
    const { below } = this
    till.setClock((below(41) - 20) * YEAR_MS)
    if (below(2) === 0) this.central.clockOffMs = below(20) * YEAR_MS
  }

  async #enrolAgain(till: SimTill): Promise<void> {
    // An administrator who gives a code to a machine with another key takes the old one back first.
    await this.central.revoke(till.tillId)
    await till.enrol()
  }

  /** The network is whole, people see to what a halted line asks for, and a day passes. */
  async heal(): Promise<void> {
    this.#setNetwork(false, false)
    for (const till of this.tills) this.#keyAgain(till)
    await this.#settle()
    if (this.below(2) === 0) return
    // Nothing more is committed at the till: only its daily question brings it out.
    await this.#restoreCentral()
    await this.#settle()
  }

  async #settle(): Promise<void> {
    await this.time.pass(MINUTE_MS)
    await this.time.leap(25 * HOUR_MS)
    await this.time.pass(MINUTE_MS)
    for (let minute = 0; minute < HEALING_MINUTES && !this.#isQuiet(); minute += 1) {
      for (const till of this.tills) {
        const refused = till.notes.alarms().some(({ kind }) => /^(revoked|not-enrolled|key)/.test(kind))
        const isForeign = till.notes.lastError()?.code === 'SIGNATURE_WRONG'
        if (refused || isForeign || till.sync.connection === 'alone') await this.#enrolAgain(till)
      }
      await this.time.pass(MINUTE_MS)
    }
    // News of receipts is asked for twice a minute.
    await this.time.pass(2 * MINUTE_MS)
  }

  #isQuiet(): boolean {
    return this.tills.every(({ sync }) => sync.connection === 'up-to-date' && sync.push.left() === 0)
  }
}

/** A till that never asks: what central once said it holds is taken for what it holds. */
function trusting(): (fetch: Fetch) => Fetch {
  let remembered: string | undefined
  return fetch => async (url, init) => {
    if (url.endsWith('/v1/position') && remembered !== undefined) return new Response(remembered)
    const response = await fetch(url, init)
    if (!/\/v1\/(position|push)$/.test(url) || !response.ok) return response
    const text = await response.text()
    if (text.startsWith('{"position"') && text.endsWith('}')) remembered = text
    return new Response(text, { headers: response.headers })
  }
}

/** Makes the receiver of a simulation. */
export type OpenCentral = (time: VirtualTime, options: CentralOptions) => Promise<SimCentral>

export interface SimulationOptions {
  control?: Control | undefined
  /** On SQLite in memory if nothing is said. */
  openCentral?: OpenCentral
  /** Whether requests come twice at the same moment too. */
  isCrowded?: boolean
}

/** Lives through one seed. Whatever is thrown on the way is a difference too. */
export async function simulateSync(
  seed: number,
  { control, openCentral = MemoryCentral.open, isCrowded = false }: SimulationOptions = {},
): Promise<SimulationResult> {
  const chance = chanceOf(seed ^ 0x5f3759df)
  const options = {
    forgetAfterMs: control === 'expiring-ids' ? EXPIRES_MS : undefined,
    bodyBytes: chance(3) === 0 ? 16_000_000 : 8_000 + chance(20_000),
  }
  const time = new VirtualTime()
  const central = await openCentral(time, options)
  const simulation = new Simulation(seed, time, central, control)
  simulation.network.isCrowded = isCrowded
  try {
    await simulation.begin()
    await simulation.live()
    await simulation.heal()
    for (const till of simulation.tills) till.remember()
    const found = differences(await central.look(), simulation.tills, {
      billedCents: ACCOUNTS * BILLED_EACH,
      isForgetful: control === 'expiring-ids',
    })
    return { differences: found, ...simulation.figures() }
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { differences: [said], ...simulation.figures() }
  } finally {
    simulation.network.end()
    for (const till of simulation.tills) till.end()
    await central.close()
  }
}
