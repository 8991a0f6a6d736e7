/** The one suite that runs through both transports: every operation's good case and each of its refusals. */
import { afterAll, beforeAll, describe, it, onTestFinished } from 'vitest'
import { refused } from '../support/refusals.ts'
import type { AtEnd, TestTill } from '../support/screens.ts'
import { type Operation, operations, readyAt, scenarioOf } from './operations.ts'

export interface TransportOptions {
  firstRun?: boolean
  atEnd: AtEnd
  /** What is done to the data folder before the till is opened on it. */
  prepare?: (dataDir: string) => void
}

/** A way to the till. */
export interface Transport {
  name: string
  /** The sample city's till, or one that has never been set up; it is given back when `atEnd` says so. */
  open(options: TransportOptions): Promise<TestTill>
  /**
   * Which scenarios follow each other at one till, as customers do: those of one operation, or those of all operations
   * of a noun where a program with a page of its own takes too long to start.
   */
  tillFor: 'operation' | 'noun'
  /** All refusals, or one or none of each operation where another transport has shown that the till gives them. */
  refusals: 'all' | 'one of each' | 'none'
}

export interface SharedTill {
  get(): Promise<TestTill>
  /** One of a test's own. A program that runs once on a machine makes room for it: whoever shares it next gets a new one. */
  own(options?: Omit<TransportOptions, 'atEnd'>): Promise<TestTill>
  /** Gives it back, where no other can be open beside it. */
  makeRoom(): Promise<void>
}

/** A till that is opened when the first of several tests wants it, and given back after the last of them. */
export function tillForAll(transport: Transport): SharedTill {
  const endings: (() => Promise<void>)[] = []
  let till: Promise<TestTill> | undefined
  const giveBack = async (): Promise<void> => {
    till = undefined
    for (const end of endings.splice(0)) await end()
  }
  const makeRoom = async (): Promise<void> => {
    if (transport.tillFor === 'noun') await giveBack()
  }
  afterAll(giveBack)
  return {
    get: () => {
      till ??= transport.open({ atEnd: end => void endings.push(end) })
      return till
    },
    own: async options => {
      await makeRoom()
      return transport.open({ ...options, atEnd: onTestFinished })
    },
    makeRoom,
  }
}

function describeOperation(transport: Transport, operation: Operation, shared: SharedTill | undefined): void {
  const { expects, refusals, firstRun, refusedAtFirstRun = [], ownTill } = scenarioOf(operation)
  describe(`${operation.name} through ${transport.name}`, () => {
    const used = shared && !ownTill ? shared : tillForAll(transport)
    if (shared && ownTill) beforeAll(shared.makeRoom)
    it('does what the shop expects of it', async () => {
      // One that was never set up is set up by the scenario, so nobody can follow there.
      const till = await (firstRun ? used.own({ firstRun }) : used.get())
      const { client, input } = await readyAt(operation, till)
      const output = await operation.call(client, input)
      await expects(output, { client, input, till })
    })
    const most = { all: undefined, 'one of each': 1, none: 0 }[transport.refusals]
    const asked = Object.entries(refusals).slice(0, most)
    for (const [code, ask] of asked)
      it(`is refused as ${code}`, async () => {
        const till = refusedAtFirstRun.includes(code) ? used.own({ firstRun: true }) : used.get()
        await refused(ask(await till), code)
      })
  })
}

/** Nouns of the contract, so that a slow transport's suite may be shared out over several files. */
export function describeOperations(transport: Transport, nouns: readonly string[]): void {
  for (const noun of nouns)
    describe(noun, () => {
      const shared = transport.tillFor === 'noun' ? tillForAll(transport) : undefined
      for (const operation of operations)
        if (operation.name.startsWith(`${noun}.`)) describeOperation(transport, operation, shared)
    })
}
