/** Two tills of one city as they are before central: set up by their administrator, with an open drawer and no accounts. */
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { LEDGER_FILE } from '../../../db/ledger/folder.ts'
import { silentLog } from '../../../electron/backend/runtime/log.ts'
import type { Fetch } from '../../../electron/backend/sync/client.ts'
import type { TillClient } from '../../../shared/contract/index.ts'
import { newId } from '../../../shared/id.ts'
import { cents } from '../../../shared/money.ts'
import { TestScheduler } from '../../support/central/line.ts'
import { TestClock } from '../../support/clock.ts'
import { openDrawer } from '../../support/desk.ts'
import { madeOnce } from '../../support/run/made-once.ts'
import { clientOf } from '../../support/screens.ts'
import { believe, cheapPins, emptyFolder, samplePerson, templateIds } from '../../support/template.ts'
import { OpenTill } from '../../support/till.ts'
import { firstRun } from '../../transports/scenarios/first-run.ts'

export const CODES = ['T1', 'T2'] as const
export type Code = (typeof CODES)[number]
const PIN = '740269'

/** One till at its desk, with a line to central that may be cut. */
export class CityTill {
  readonly dataDir: string
  readonly clock = new TestClock()
  readonly scheduler = new TestScheduler()
  isOffline = false
  cashier!: TillClient
  supervisor!: TillClient
  readonly #till: OpenTill

  private constructor(dataDir: string, reach: Fetch) {
    this.dataDir = dataDir
    const fetch: Fetch = async (url, init) => {
      if (this.isOffline) throw new TypeError('The line is cut')
      return reach(url, init)
    }
    const line = { fetch, scheduler: this.scheduler }
    this.#till = new OpenTill({ dataDir, clock: this.clock, log: silentLog(), line })
  }

  /** `nowMs`: by the city's right clock. */
  static async open(code: Code, { reach, nowMs }: { reach: Fetch; nowMs: number }): Promise<CityTill> {
    const dataDir = emptyFolder()
    cpSync(join(await cityTemplate(), code), dataDir, { recursive: true })
    believe(join(dataDir, LEDGER_FILE))
    const till = new CityTill(dataDir, reach)
    till.pass(nowMs - till.clock.now())
    await till.#signIn()
    return till
  }

  get backend() {
    return this.#till.backend
  }

  administrator(): Promise<TillClient> {
    return clientOf(this.#till, 'administrator')
  }

  /** Time passes, or the clock is set. */
  pass(ms: number): void {
    this.clock.advance(ms)
    this.scheduler.wallMs = this.clock.now()
  }

  async restart(): Promise<void> {
    await this.#till.restart()
    await this.#signIn()
  }

  async close(): Promise<void> {
    await this.#till.close()
    rmSync(this.dataDir, { recursive: true, force: true })
  }

  async #signIn(): Promise<void> {
    this.cashier = await clientOf(this.#till, 'cashier')
    this.supervisor = await clientOf(this.#till, 'supervisor')
  }
}

/** Both tills' folders, made once for all days of a run. */
const cityTemplate = (): Promise<string> =>
  madeOnce('city-of-two-tills', async dir => {
    const ids = templateIds('019aa1b3')
    for (const code of CODES) await setUp(join(dir, code), { code, ids })
  })

async function setUp(dataDir: string, { code, ids }: { code: Code; ids: () => string }): Promise<void> {
  mkdirSync(dataDir)
  const till = new OpenTill({ dataDir, clock: new TestClock(), log: silentLog(), newId: ids })
  const { personId, name } = samplePerson('administrator')
  const drawer = { drawerId: newId(), name: 'Counter', active: true, changeFundCents: cents(20_000) }
  const drawers = [{ ...drawer, limitCents: cents(0) }]
  const screen = till.screen()
  await screen.client.setup.setUp(firstRun({ code, drawers, administrator: { personId, name, pin: PIN } }))
  screen.token = (await screen.client.person.signIn({ personId, pin: PIN })).signInToken
  for (const who of ['cashier', 'supervisor'] as const) {
    const { personId: id, name: own, role } = samplePerson(who)
    const person = { personId: id, name: own, role, active: true, newPin: PIN }
    await screen.client.person.save({ commandId: newId(), before: null, ...person })
  }
  cheapPins(till.backend, ['administrator', 'cashier', 'supervisor'], ids)
  await openDrawer(await clientOf(till, 'cashier'), drawer.name)
  await till.close()
}
