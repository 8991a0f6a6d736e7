/** The one suite that runs through both doors: every operation's good case and each of its refusals. */
import { afterAll, beforeAll, describe, it, onTestFinished } from 'vitest'
import { refused } from '../support/refusals.ts'
import type { AtEnd, TestTill } from '../support/screens.ts'
import { type Operation, operations, readyAt, scenarioOf } from './operations.ts'

export interface DoorOptions {
  firstRun?: boolean
  atEnd: AtEnd
  /** What is done to the data folder before the till is opened on it. */
  prepare?: (dataDir: string) => void
}

/** A way to the till. */
export interface Door {
  name: string
  /** The sample city's till, or one that has never been set up; it is given back when `atEnd` says so. */
  open(options: DoorOptions): Promise<TestTill>
  /**
   * Which scenarios follow each other at one till, as customers do: those of one operation, or those of all operations
   * of a noun where a program with a page of its own takes too long to start.
   */
  tillFor: 'operation' | 'noun'
}

export interface SharedTill {
  get(): Promise<TestTill>
  /** One of a test's own. A program that runs once on a machine makes room for it: whoever shares it next gets a new one. */
  own(options?: Omit<DoorOptions, 'atEnd'>): Promise<TestTill>
  /** Gives it back, where no other can be open beside it. */
  makeRoom(): Promise<void>
}

/** A till that is opened when the first of several tests wants it, and given back after the last of them. */
export function tillForAll(door: Door): SharedTill {
  const endings: (() => Promise<void>)[] = []
  let till: Promise<TestTill> | undefined
  const giveBack = async (): Promise<void> => {
    till = undefined
    for (const end of endings.splice(0)) await end()
  }
  const makeRoom = async (): Promise<void> => {
    if (door.tillFor === 'noun') await giveBack()
  }
  afterAll(giveBack)
  return {
    get: () => {
      till ??= door.open({ atEnd: end => void endings.push(end) })
      return till
    },
    own: async options => {
      await makeRoom()
      return door.open({ ...options, atEnd: onTestFinished })
    },
    makeRoom,
  }
}

function describeOperation(door: Door, operation: Operation, shared: SharedTill | undefined): void {
  const { expects, refusals, firstRun, ownTill } = scenarioOf(operation)
  describe(`${operation.name} through ${door.name}`, () => {
    const used = shared && !ownTill ? shared : tillForAll(door)
    if (shared && ownTill) beforeAll(shared.makeRoom)
    it('does what the shop expects of it', async () => {
      // One that was never set up is set up by the scenario, so nobody can follow there.
      const till = await (firstRun ? used.own({ firstRun }) : used.get())
      const { client, input } = await readyAt(operation, till)
      const output = await operation.call(client, input)
      await expects(output, { client, input, till })
    })
    for (const [code, ask] of Object.entries(refusals))
      it(`is refused as ${code}`, async () => {
        await refused(ask(await used.get()), code)
      })
  })
}

/** Nouns of the contract, so that a slow door's suite may be shared out over several files. */
export function describeOperations(door: Door, nouns: readonly string[]): void {
  for (const noun of nouns)
    describe(noun, () => {
      const shared = door.tillFor === 'noun' ? tillForAll(door) : undefined
      for (const operation of operations)
        if (operation.name.startsWith(`${noun}.`)) describeOperation(door, operation, shared)
    })
}
