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

/** A till that is opened when the first of several tests wants it, and given back after the last of them. */
export function tillForAll(door: Door): () => Promise<TestTill> {
  const endings: (() => Promise<void>)[] = []
  let till: Promise<TestTill> | undefined
  beforeAll(() => {
    till = undefined
  })
  afterAll(async () => {
    for (const end of endings.splice(0)) await end()
  })
  return () => {
    till ??= door.open({ atEnd: end => void endings.push(end) })
    return till
  }
}

function describeOperation(
  door: Door,
  operation: Operation,
  shared: (() => Promise<TestTill>) | undefined,
): void {
  const { expects, refusals, firstRun, ownTill } = scenarioOf(operation)
  describe(`${operation.name} through ${door.name}`, () => {
    const used = shared && !ownTill ? shared : tillForAll(door)
    // One that was never set up is set up by the scenario, so nobody can follow there.
    const unused = () => door.open({ firstRun: true, atEnd: onTestFinished })
    it('does what the shop expects of it', async () => {
      const till = await (firstRun ? unused : used)()
      const { client, input } = await readyAt(operation, till)
      const output = await operation.call(client, input)
      await expects(output, { client, input, till })
    })
    for (const [code, ask] of Object.entries(refusals))
      it(`is refused as ${code}`, async () => {
        await refused(ask(await used()), code)
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
