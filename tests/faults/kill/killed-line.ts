/** A till, central and its PostgreSQL, each a process of its own, any of which is killed and started again. */
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { putAccounts } from '../../../central/accounts/changes.ts'
import { CODE_BYTES, makeCode } from '../../../central/city/enrolment-codes.ts'
import type { CentralDb } from '../../../db/central/connection.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { breakConnections, type Cluster, crashCluster, databaseOf } from '../../support/central/postgres.ts'
import { freshDir } from '../../support/data-folder.ts'
import { approvalBy, liftLimits, openDrawer } from '../../support/desk.ts'
import type { Host } from '../../support/host.ts'
import { hostClientOf, hostOfTest } from '../../support/host-screens.ts'
import { kill, lineOf, startNode } from '../../support/run/child.ts'
import { sampleFolder, sampleTemplate } from '../../support/template.ts'
import { CentralProxy } from './central-proxy.ts'
import { KilledCounter } from './killed-counter.ts'

export const VICTIMS = ['till', 'central', 'both', 'connections', 'server', 'everything'] as const
export type Victim = (typeof VICTIMS)[number]

const CENTRAL = 'central/main.ts'
/** The control: it answers before what it took is on disk. */
const CARELESS = 'tests/faults/kill/careless-central.ts'

/** What central tells of its accounts makes a fact too, a moment after the last push: nothing is left after so long. */
const CALM_MS = 2_000

export interface KilledLineParts {
  cluster: Cluster
  central: CentralDb & { url: string }
  below: (most: number) => number
  isCareless?: boolean
}

export class KilledLine {
  readonly dataDir: string
  readonly transport: CentralProxy
  readonly counter: KilledCounter
  readonly #parts: KilledLineParts
  readonly #centralDir = freshDir()
  #host: Host | undefined
  #cashier: TillClient | undefined
  #supervisor: TillClient | undefined
  #central: ChildProcess | undefined

  private constructor(
    dataDir: string,
    transport: CentralProxy,
    counter: KilledCounter,
    parts: KilledLineParts,
  ) {
    this.dataDir = dataDir
    this.transport = transport
    this.counter = counter
    this.#parts = parts
  }

  /** Everything started, the till enrolled and its drawer open; removed when the test ends. */
  static async open(parts: KilledLineParts): Promise<KilledLine> {
    const { accounts } = await sampleTemplate()
    const dataDir = await sampleFolder()
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
    await putAccounts(parts.central, accounts, { importId: 'city', no: 1 })
    const counter = new KilledCounter(parts.below, accounts)
    const line = new KilledLine(dataDir, await CentralProxy.open(), counter, parts)
    await line.start()
    await line.#begin()
    return line
  }

  get cashier(): TillClient {
    if (!this.#cashier) throw new Error('The till is dead')
    return this.#cashier
  }

  /** Sees the whole of the Sync screen. */
  get supervisor(): TillClient {
    if (!this.#supervisor) throw new Error('The till is dead')
    return this.#supervisor
  }

  /** Starts what is dead, on the same data, and asks again for what was cut off. */
  async start(): Promise<void> {
    await Promise.all([this.#startCentral(), this.#startTill()])
  }

  /** Ends its victims as a power switch would. PostgreSQL is up again, recovered, when this is done. */
  async strike(victim: Victim): Promise<void> {
    const { cluster, central } = this.#parts
    const killTill = victim === 'till' || victim === 'both' || victim === 'everything'
    const killCentral = victim === 'central' || victim === 'both' || victim === 'everything'
    await Promise.all([
      killTill && this.#killTill(),
      killCentral && this.#killCentral(),
      victim === 'connections' && breakConnections(cluster, databaseOf(central.url)),
      (victim === 'server' || victim === 'everything') && crashCluster(cluster),
    ])
  }

  /** Waits until central holds all and has said what became of it; gives what is still missing after so long. */
  async drained(mostMs: number): Promise<string[]> {
    const until = performance.now() + mostMs
    let calmSince = Number.POSITIVE_INFINITY
    for (;;) {
      const { connection, counts, details } = await this.supervisor.sync.status()
      const { held, sent, acknowledged } = counts
      const left = (details?.head.seq ?? 0) - (details?.position?.seq ?? 0)
      const isDrained = connection === 'up-to-date' && left + held + sent + acknowledged === 0
      calmSince = isDrained ? Math.min(calmSince, performance.now()) : Number.POSITIVE_INFINITY
      if (performance.now() - calmSince > CALM_MS) return []
      if (performance.now() > until)
        return [`not drained: ${connection}, ${left} facts left, ${JSON.stringify(counts)}`]
      if (connection === 'offline') await this.cashier.sync.tryNow()
      await pause(100)
    }
  }

  async #begin(): Promise<void> {
    const { central } = this.#parts
    if (!this.#host) throw new Error('The till is dead')
    const administrator = await hostClientOf(this.#host, 'administrator')
    await liftLimits(administrator)
    await openDrawer(this.cashier)
    const code = await makeCode(central, { nowMs: Date.now(), bytes: randomBytes(CODE_BYTES), note: '' })
    await administrator.sync.enrol({
      ...{ address: this.transport.address, code },
      approval: approvalBy('supervisor'),
    })
  }

  async #startTill(): Promise<void> {
    if (this.#host) return
    this.#host = await hostOfTest(this.dataDir)
    this.#cashier = await hostClientOf(this.#host, 'cashier')
    this.#supervisor = await hostClientOf(this.#host, 'supervisor')
    await this.counter.askAgain(this.#cashier)
  }

  async #startCentral(): Promise<void> {
    if (this.#central) return
    const { isCareless, central } = this.#parts
    const data = ['--port', '0', '--data', this.#centralDir, '--database', central.url]
    this.#central = isCareless ? startNode(CARELESS, [central.url]) : startNode(CENTRAL, data)
    const [, address] = await lineOf(this.#central, /Central listens on (\S+)\n/)
    this.transport.central = address
  }

  async #killTill(): Promise<void> {
    const host = this.#host
    this.#host = undefined
    this.#cashier = undefined
    this.#supervisor = undefined
    await host?.kill()
  }

  async #killCentral(): Promise<void> {
    const central = this.#central
    this.#central = undefined
    if (central) await kill(central)
    this.transport.central = undefined
  }
}
