/** A real backend on a real folder, with a clock and ids of the test's own, asked without any door between. */
import { rmSync } from 'node:fs'
import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { type Backend, type BackendOptions, openBackend } from '../../electron/backend/backend.ts'
import { type Log, silentLog } from '../../electron/backend/log.ts'
import { router } from '../../electron/backend/router.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import { TestClock, testId } from './clock.ts'
import { type AtEnd, Screen, type TestTill } from './screens.ts'
import { emptyFolder, sampleFolder } from './template.ts'

/** Network, time and key of the line to central, where a test gives its own. */
export type TestLine = Pick<BackendOptions, 'fetch' | 'pace' | 'keys'>

/** A till that a test may also look into, and stop and start again. */
export class OpenTill implements TestTill {
  readonly clock: TestClock
  readonly dataDir: string
  readonly #log: Log
  readonly #line: TestLine
  #backend: Backend

  constructor(options: { dataDir: string; clock: TestClock; log: Log; line?: TestLine }) {
    this.dataDir = options.dataDir
    this.clock = options.clock
    this.#log = options.log
    this.#line = options.line ?? {}
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
    const { dataDir, clock } = this
    return openBackend({ dataDir, log: this.#log, clock: clock.now, newId: testId, ...this.#line })
  }
}

export interface TestTillOptions {
  log?: (dataDir: string) => Log
  /** True for a till that has never been set up. */
  firstRun?: boolean
  line?: TestLine
  /** What is done to the data folder before the till is opened. */
  prepare?: (dataDir: string) => void
  /** When the till is given back; at the end of the test if nothing is said. */
  atEnd?: AtEnd
}

/** The sample city's till in a folder of this test alone; closed and removed in the end. */
export async function openTestTill(options: TestTillOptions = {}): Promise<OpenTill> {
  const dataDir = options.firstRun ? emptyFolder() : await sampleFolder()
  options.prepare?.(dataDir)
  const log = options.log?.(dataDir) ?? silentLog()
  const { line } = options
  const till = new OpenTill({ dataDir, clock: new TestClock(), log, ...(line && { line }) })
  const atEnd = options.atEnd ?? onTestFinished
  atEnd(async () => {
    await till.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return till
}
