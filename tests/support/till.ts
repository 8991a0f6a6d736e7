/** A real backend on a real folder, with a clock and ids of the test's own, asked without any door between. */
import { rmSync } from 'node:fs'
import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { type Backend, openBackend } from '../../electron/backend/backend.ts'
import { type Log, silentLog } from '../../electron/backend/log.ts'
import { router } from '../../electron/backend/router.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import { TestClock, testId } from './clock.ts'
import { type AtEnd, Screen, type TestTill } from './screens.ts'
import { emptyFolder, sampleFolder } from './template.ts'

/** A till that a test may also look into, and stop and start again. */
export class OpenTill implements TestTill {
  readonly clock: TestClock
  readonly dataDir: string
  readonly #log: Log
  #backend: Backend

  constructor(options: { dataDir: string; clock: TestClock; log: Log }) {
    this.dataDir = options.dataDir
    this.clock = options.clock
    this.#log = options.log
    this.#backend = this.#open()
  }

  get backend(): Backend {
    return this.#backend
  }

  screen(): Screen {
    return new Screen(
      (screen): TillClient =>
        createRouterClient(router, {
          context: () => ({ till: this.#backend, signInToken: screen.token }),
        }),
    )
  }

  /** Ends the program and starts it again on the same folder. Everybody has to sign in anew. */
  async restart(): Promise<void> {
    await this.#backend.close()
    this.#backend = this.#open()
  }

  close(): Promise<void> {
    return this.#backend.close()
  }

  #open(): Backend {
    return openBackend({ dataDir: this.dataDir, log: this.#log, clock: this.clock.now, newId: testId })
  }
}

export interface TestTillOptions {
  log?: (dataDir: string) => Log
  /** True for a till that has never been set up. */
  firstRun?: boolean
  /** When the till is given back; at the end of the test if nothing is said. */
  atEnd?: AtEnd
}

/** The sample city's till in a folder of this test alone; closed and removed in the end. */
export async function openTestTill(options: TestTillOptions = {}): Promise<OpenTill> {
  const dataDir = options.firstRun ? emptyFolder() : await sampleFolder()
  const log = options.log?.(dataDir) ?? silentLog()
  const till = new OpenTill({ dataDir, clock: new TestClock(), log })
  const atEnd = options.atEnd ?? onTestFinished
  atEnd(async () => {
    await till.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return till
}
