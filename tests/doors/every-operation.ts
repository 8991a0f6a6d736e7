/** The one suite that runs through both doors: every operation's good case and each of its refusals. */
import { afterAll, beforeAll, describe, it, onTestFinished } from 'vitest'
import { refused } from '../support/refusals.ts'
import type { AtEnd, TestTill } from '../support/screens.ts'
import { operations, readyAt, scenarioOf } from './operations.ts'

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
   * Whether each scenario has a till of its own, or all of one operation follow each other at one till, as
   * customers do. A program with a page of its own takes too long to start for every scenario.
   */
  tillFor: 'scenario' | 'operation'
}

/** Tills for the tests of one operation. */
function tillsThrough(door: Door): (firstRun: boolean) => Promise<TestTill> {
  if (door.tillFor === 'scenario') return firstRun => door.open({ firstRun, atEnd: onTestFinished })
  const endings: (() => Promise<void>)[] = []
  let used: Promise<TestTill> | undefined
  afterAll(async () => {
    for (const end of endings) await end()
  })
  beforeAll(() => {
    used = undefined
  })
  return firstRun => {
    // One that was never set up is set up by the scenario, so nobody can follow there.
    if (firstRun) return door.open({ firstRun, atEnd: onTestFinished })
    used ??= door.open({ atEnd: end => void endings.push(end) })
    return used
  }
}

/** Nouns of the contract, so that a slow door's suite may be shared out over several files. */
export function describeOperations(door: Door, nouns: readonly string[]): void {
  for (const operation of operations) {
    const [noun = ''] = operation.name.split('.')
    if (!nouns.includes(noun)) continue
    const { expects, refusals, firstRun = false } = scenarioOf(operation)
    describe(`${operation.name} through ${door.name}`, () => {
      const open = tillsThrough(door)
      it('does what the shop expects of it', async () => {
        const till = await open(firstRun)
        const { client, input } = await readyAt(operation, till)
        const output = await operation.call(client, input)
        await expects(output, { client, input, till })
      })
      for (const [code, ask] of Object.entries(refusals))
        it(`is refused as ${code}`, async () => {
          await refused(ask(await open(false)), code)
        })
    })
  }
}
