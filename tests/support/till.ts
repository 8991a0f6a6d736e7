/** A real backend on a real folder, with a clock and ids of the test's own, asked without any transport between. */
import { rmSync } from 'node:fs'
import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { claimFolder } from '../../db/ledger/folder.ts'
import { factOf } from '../../db/ledger/journal.ts'
import { journalPage } from '../../db/queries/journal.ts'
import { allPeople } from '../../db/queries/person.ts'
import { tillNow } from '../../db/queries/till.ts'
import type { Backend } from '../../electron/backend/backend.ts'
import { type BackendOptions, openBackend } from '../../electron/backend/open-backend.ts'
import { ownCommand } from '../../electron/backend/request/pins.ts'
import { router } from '../../electron/backend/router.ts'
import { type Log, silentLog } from '../../electron/backend/runtime/log.ts'
import type { TillClient } from '../../shared/contract/index.ts'
import type { BodyOf, FactKind } from '../../shared/ledger/facts.ts'
import { TestClock, testId } from './clock.ts'
import { OwnJobs } from './own-jobs.ts'
import { type AtEnd, Screen, type TestTill } from './screens.ts'
import { emptyFolder, sampleFolder, samplePerson } from './template.ts'

/** Network, time and key of the line to central, where a test gives its own. */
export type TestLine = Pick<BackendOptions, 'fetch' | 'scheduler' | 'keys'>

/** A till that a test may also look into, and stop and start again. */
export class OpenTill implements TestTill {
  readonly clock: TestClock
  readonly dataDir: string
  readonly #log: Log
  readonly #line: TestLine
  readonly #hasThreads: boolean
  readonly #newId: () => string
  #backend: Backend
  #closed = false

  constructor(options: {
    dataDir: string
    clock: TestClock
    log: Log
    line?: TestLine
    hasThreads?: boolean
    newId?: () => string
  }) {
    this.dataDir = options.dataDir
    this.clock = options.clock
    this.#log = options.log
    this.#line = options.line ?? {}
    this.#hasThreads = options.hasThreads ?? false
    this.#newId = options.newId ?? testId
    this.#backend = this.#open()
    this.clock.onPassed = () => this.#pressKeys()
  }

  /** Whether everybody has left their desk: nobody presses a key while time passes. */
  isDeserted = false

  #pressKeys(): void {
    if (this.isDeserted || this.#closed) return
    const { signIns, ledger } = this.#backend
    for (const { personId } of allPeople(ledger.reader)) signIns.noteActive(personId)
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

  /** Ends the program and starts it again on the same folder, once `meanwhile` was at it. Everybody has to sign in anew. */
  async restart(meanwhile: (dataDir: string) => void = () => undefined): Promise<void> {
    await this.#backend.close()
    meanwhile(this.dataDir)
    this.#backend = this.#open()
  }

  /** A new epoch, as after a restore: the journal goes on, and whatever is numbered says so. */
  beginEpoch(): void {
    const { backend } = this
    ownCommand(backend, 'till', 'till.continue', tx => {
      const { epoch, seq, hash } = backend.ledger.head
      tx.beginEpoch(epoch + 1, {
        follows: { epoch, seq, hash },
        reason: 'restored',
        source: 'E:',
        knownBeyond: null,
        machineId: testId(),
        publicKey: tillNow(tx).public_key,
        personId: samplePerson('administrator').personId,
      })
    })
  }

  /** Ends the program; once more does nothing, so that a test may end it before its own end. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#backend.close()
  }

  #open(): Backend {
    const { dataDir, clock } = this
    return openBackend({
      dataDir,
      log: this.#log,
      clock: clock.now,
      elapsed: clock.elapsed,
      newId: this.#newId,
      ...(this.#hasThreads ? {} : { jobs: new OwnJobs(dataDir) }),
      ...this.#line,
    })
  }
}

export interface TestTillOptions {
  log?: (dataDir: string) => Log
  /** True for a till that has never been set up. */
  firstRun?: boolean
  line?: TestLine
  /** True where threads are what it is about: else long work is done in the test's own process. */
  hasThreads?: boolean
  /** What is done to the data folder before the till is opened. */
  prepare?: (dataDir: string) => void
  /** When the till is given back; at the end of the test if nothing is said. */
  atEnd?: AtEnd
}

/** The till of a folder that is there, closed when the test ends. */
export function openTillIn(dataDir: string): OpenTill {
  const till = new OpenTill({ dataDir, clock: new TestClock(), log: silentLog() })
  onTestFinished(() => till.close())
  return till
}

/** The sample city's till in a folder of this test alone; closed and removed in the end. */
export async function openTestTill(options: TestTillOptions = {}): Promise<OpenTill> {
  const dataDir = options.firstRun ? emptyFolder() : await sampleFolder()
  options.prepare?.(dataDir)
  // As the program does: nothing is written in a folder, not even a line of log, before it is the till's.
  claimFolder(dataDir)
  const log = options.log?.(dataDir) ?? silentLog()
  const { line, hasThreads = false } = options
  const till = new OpenTill({ dataDir, clock: new TestClock(), log, hasThreads, ...(line && { line }) })
  const atEnd = options.atEnd ?? onTestFinished
  atEnd(async () => {
    await till.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return till
}

/** What a till has on record of a kind, in the order in which it was written. */
export function bodiesOf<K extends FactKind>(till: OpenTill, kind: K): BodyOf<K>[] {
  const rows = journalPage(till.backend.ledger.reader, { kind, limit: 500 })
  // The page was asked for this kind alone.
  return rows.map(row => factOf(row).body as BodyOf<K>).reverse()
}
